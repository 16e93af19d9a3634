using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>
/// Reads what people type into the search box: words that must all occur, "phrases", <c>-word</c> or <c>NOT</c>, <c>OR</c>,
/// parentheses, and words with a colon. Pure, and never fails: what is no operator is text, with a note where one seems to
/// have been meant.
/// </summary>
/// <remarks>
/// <code>
/// search = or
/// or     = and {"OR" and}
/// and    = not {["AND"] not}
/// not    = {"NOT" | "-"} part
/// part   = "(" or ")" | phrase | field | word
/// field  = name ":" [">" | "&gt;=" | "&lt;" | "&lt;=" | "=" | "!="] value {"," value}
/// </code>
/// </remarks>
public sealed class SearchParser
{
    private readonly List<QueryError> notes = [];
    private readonly List<SearchToken> tokens;
    private int at;

    private SearchParser(string text) => tokens = new SearchLexer(text, notes).Cut();

    private SearchToken Current => tokens[at];

    /// <summary>Reads a search.</summary>
    /// <exception cref="QueryException">It is longer than <see cref="SearchText.MaxLength"/>.</exception>
    public static SearchText Parse(string text)
    {
        if (text.Length > SearchText.MaxLength)
        {
            throw QueryProblem.At(
                "search.too-long",
                new QuerySpan(SearchText.MaxLength, text.Length - SearchText.MaxLength),
                $"{SearchText.MaxLength}"
            );
        }

        var parser = new SearchParser(text);
        var root = parser.Current.Kind == SearchTokenKind.End ? null : parser.Or();
        return new SearchText(root, parser.notes.OrderBy(note => note.Start).ToValueList());
    }

    private SearchPart Or()
    {
        var parts = new List<SearchPart> { And() };
        while (Current.Kind == SearchTokenKind.Or)
        {
            at++;
            parts.Add(And());
        }

        return parts.Count == 1 ? parts[0] : new SearchAny(parts.ToValueList(), Whole(parts));
    }

    private SearchPart And()
    {
        var parts = new List<SearchPart> { Not() };
        while (true)
        {
            if (Current.Kind == SearchTokenKind.And && Begins(at + 1))
            {
                at++;
            }

            // An OR that has nothing to join is a word here.
            if (
                Current.Kind is SearchTokenKind.End or SearchTokenKind.Close
                || (Current.Kind == SearchTokenKind.Or && Begins(at + 1))
            )
            {
                return parts.Count == 1 ? parts[0] : new SearchAll(parts.ToValueList(), Whole(parts));
            }

            parts.Add(Not());
        }
    }

    private SearchPart Not()
    {
        var first = Current;
        var isNegated = false;
        while (Current.Kind == SearchTokenKind.Not && Begins(at + 1))
        {
            isNegated = !isNegated;
            at++;
        }

        var part = Part();
        return isNegated ? new SearchNot(part, first.Span.To(part.Span)) : part;
    }

    private SearchPart Part()
    {
        var token = Current;
        at++;
        switch (token.Kind)
        {
            case SearchTokenKind.Open when Current.Kind == SearchTokenKind.Close:
                at++;
                return new SearchWord("()", false, token.Span.To(tokens[at - 1].Span));
            case SearchTokenKind.Open:
                var inner = Or();
                at++;
                return inner;
            case SearchTokenKind.Field:
                return token.Field!;
            case SearchTokenKind.Phrase:
                return new SearchWord(token.Text, true, token.Span);
            case SearchTokenKind.Word:
                return new SearchWord(token.Text, false, token.Span);
            default:
                notes.Add(SearchLexer.Note("search.nothing-to-join", token.Span, token.Text));
                return new SearchWord(token.Text, false, token.Span);
        }
    }

    /// <summary>Whether a part begins with the token, or such words before it as lead to one.</summary>
    private bool Begins(int index)
    {
        while (tokens[index].Kind == SearchTokenKind.Not)
        {
            index++;
        }

        return tokens[index].Kind
            is SearchTokenKind.Word
                or SearchTokenKind.Phrase
                or SearchTokenKind.Field
                or SearchTokenKind.Open;
    }

    private static QuerySpan Whole(List<SearchPart> parts) => parts[0].Span.To(parts[^1].Span);
}
