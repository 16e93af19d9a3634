using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Searching;

internal enum SearchTokenKind
{
    Word = 1,
    Phrase = 2,
    Field = 3,
    Not = 4,
    Or = 5,
    And = 6,
    Open = 7,
    Close = 8,
    End = 9,
}

/// <summary>A piece of a search; <see cref="Text"/> is what stands between the quotes of a phrase.</summary>
internal sealed record SearchToken(SearchTokenKind Kind, string Text, QuerySpan Span, SearchField? Field = null);

/// <summary>Cuts a search into words, phrases, words with a colon and signs. Every character is read as something.</summary>
internal sealed class SearchLexer(string text, List<QueryError> notes)
{
    private const int MaxDepth = 8;
    private readonly List<SearchToken> tokens = [];
    private readonly Stack<int> opened = new();

    public List<SearchToken> Cut()
    {
        var at = 0;
        while (at < text.Length)
        {
            at = char.IsWhiteSpace(text[at]) ? at + 1 : Next(at);
        }

        foreach (var index in opened)
        {
            notes.Add(Note("search.open-parenthesis", tokens[index].Span, "("));
            tokens[index] = tokens[index] with { Kind = SearchTokenKind.Word };
        }

        tokens.Add(new SearchToken(SearchTokenKind.End, string.Empty, new QuerySpan(text.Length, 0)));
        return tokens;
    }

    public static QueryError Note(string code, QuerySpan span, params ReadOnlySpan<string> arguments) =>
        QueryProblem.At(code, span, arguments).Error;

    private int Next(int at)
    {
        switch (text[at])
        {
            case '"' or '“' or '”':
                return Phrase(at);
            case '(' when opened.Count < MaxDepth:
                opened.Push(tokens.Count);
                return Add(SearchTokenKind.Open, at, 1);
            case ')' when opened.Count > 0:
                opened.Pop();
                return Add(SearchTokenKind.Close, at, 1);
            case '-' when IsMinus(at):
                return Add(SearchTokenKind.Not, at, 1);
            default:
                return Word(at);
        }
    }

    // Dashes alone, and names of switches such as --force, are text.
    private bool IsMinus(int at) =>
        at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]) && text[at + 1] is not ('-' or ')');

    private int Phrase(int at)
    {
        var close = text.AsSpan(at + 1).IndexOfAny('"', '“', '”');
        var end = close < 0 ? text.Length : at + 1 + close;
        if (close < 0)
        {
            notes.Add(Note("search.open-quote", new QuerySpan(at, text.Length - at), text[at..(at + 1)]));
        }

        var content = text[(at + 1)..end];
        var next = close < 0 ? text.Length : end + 1;
        if (!string.IsNullOrWhiteSpace(content))
        {
            tokens.Add(new SearchToken(SearchTokenKind.Phrase, content, new QuerySpan(at, next - at)));
        }

        return next;
    }

    private int Word(int at)
    {
        var end = EndOfWord(at);
        var colon = text.AsSpan(at, end - at).IndexOfAny(':', '：');
        if (
            colon > 0
            && IsName(text.AsSpan(at, colon))
            && !text.AsSpan(at + colon).StartsWith("://", StringComparison.Ordinal)
        )
        {
            return Field(at, at + colon);
        }

        return Add(KeywordAt(at, end), at, end - at);
    }

    private SearchTokenKind KeywordAt(int at, int end) =>
        text.AsSpan(at, end - at) switch
        {
            "AND" => SearchTokenKind.And,
            "OR" => SearchTokenKind.Or,
            "NOT" => SearchTokenKind.Not,
            _ => SearchTokenKind.Word,
        };

    private int Field(int at, int colon)
    {
        var values = new List<ValueSyntax>();
        var (sign, next) = Sign(colon + 1);
        while (next < text.Length && !char.IsWhiteSpace(text[next]) && !IsClosing(next))
        {
            var (value, end) = Value(next);
            values.AddRange(value);
            next = end;
            if (next < text.Length && text[next] is ',' or '，')
            {
                next++;
            }
            else
            {
                break;
            }
        }

        var span = new QuerySpan(at, next - at);
        var field = new SearchField(
            text[at..colon],
            new QuerySpan(at, colon - at),
            sign,
            values.ToValueList(),
            text[at..next],
            span
        );
        tokens.Add(new SearchToken(SearchTokenKind.Field, field.Raw, span, field));
        return next;
    }

    private (QueryOperator? Sign, int Next) Sign(int at) =>
        text.AsSpan(at) switch
        {
            ['>', '=', ..] => (QueryOperator.GreaterOrEqual, at + 2),
            ['<', '=', ..] => (QueryOperator.LessOrEqual, at + 2),
            ['!', '=', ..] => (QueryOperator.NotEqual, at + 2),
            ['>', ..] => (QueryOperator.Greater, at + 1),
            ['<', ..] => (QueryOperator.Less, at + 1),
            ['=', ..] => (QueryOperator.Equal, at + 1),
            _ => (null, at),
        };

    private (IEnumerable<ValueSyntax> Value, int End) Value(int at)
    {
        if (text[at] == '"' && text.IndexOf('"', at + 1) is > 0 and var close)
        {
            return ([new ValueSyntax(text[(at + 1)..close], true, null, new QuerySpan(at, close + 1 - at))], close + 1);
        }

        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not (',' or '，') && !IsClosing(end))
        {
            end++;
        }

        return (end == at ? [] : [new ValueSyntax(text[at..end], true, null, new QuerySpan(at, end - at))], end);
    }

    private int EndOfWord(int at)
    {
        var end = at + 1;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && !IsClosing(end))
        {
            end++;
        }

        return end;
    }

    // A parenthesis ends a word where one was opened before it, and not in the word itself: f(x) is one word.
    private bool IsClosing(int at)
    {
        if (text[at] != ')' || opened.Count == 0)
        {
            return false;
        }

        var from = tokens.Count > 0 ? tokens[^1].Span.End : 0;
        var word = text.AsSpan(from, at - from);
        return word.Count('(') <= word.Count(')');
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length > 40 || !char.IsLetter(name[0]))
        {
            return false;
        }

        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private int Add(SearchTokenKind kind, int at, int length)
    {
        tokens.Add(new SearchToken(kind, text.Substring(at, length), new QuerySpan(at, length)));
        return at + length;
    }
}
