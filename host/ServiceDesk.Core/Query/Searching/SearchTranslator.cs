using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>
/// Makes a query of a search, so that what may be found is decided where it is for every query. What names no field, or says
/// of one what cannot be said, is looked for as text. Pure, but for whom the names fit.
/// </summary>
public sealed class SearchTranslator
{
    private readonly List<QueryError> notes = [];
    private readonly List<string> plain = [];
    private readonly QueryCatalog catalog;
    private readonly SearchFieldTranslator fields;
    private int words;
    private int seen;

    private SearchTranslator(QueryCatalog catalog, SearchFieldTranslator fields) =>
        (this.catalog, this.fields) = (catalog, fields);

    /// <summary>The query of a search.</summary>
    public static SearchPlan Plan(SearchText text, QueryCatalog catalog, QueryScope scope, ISearchNames names) =>
        new SearchTranslator(
            catalog,
            new SearchFieldTranslator(catalog, scope, names, NamesIn(text, catalog, scope))
        ).Plan(text);

    /// <summary>The names that have to be looked up before: the first ones, of fields that may be named.</summary>
    public static IReadOnlySet<SearchedName> NamesIn(SearchText text, QueryCatalog catalog, QueryScope scope)
    {
        var found = new HashSet<SearchedName>();
        Collect(text.Root);
        return found;

        void Collect(SearchPart? part)
        {
            switch (part)
            {
                case SearchAll all:
                    all.Parts.ToList().ForEach(Collect);
                    break;
                case SearchAny any:
                    any.Parts.ToList().ForEach(Collect);
                    break;
                case SearchNot not:
                    Collect(not.Part);
                    break;
                case SearchField field:
                    found.UnionWith(
                        SearchFieldTranslator
                            .NamesIn(field, catalog, scope)
                            .Where(name => !found.Contains(name))
                            .Distinct()
                            .Take(SearchText.MaxNames - found.Count)
                    );
                    break;
            }
        }
    }

    private SearchPlan Plan(SearchText text)
    {
        var filter = text.Root is null ? null : Translate(text.Root, isWanted: true);
        return new SearchPlan(
            new QuerySyntax(filter, []),
            SearchPlan.TermsOf(filter, catalog).ToValueList(),
            plain.ToValueList(),
            text.Notes.Concat(notes).OrderBy(note => note.Start).ToValueList()
        );
    }

    /// <summary>The condition; null when nothing of the part is looked for.</summary>
    private ConditionSyntax? Translate(SearchPart part, bool isWanted)
    {
        switch (part)
        {
            case SearchAll all:
                return Join(all, isWanted);
            case SearchAny any:
                var choices = any.Parts.Select(one => Translate(one, isWanted)).OfType<ConditionSyntax>().ToList();
                return choices.Count > 1 ? new OrSyntax(choices.ToValueList(), any.Span) : choices.FirstOrDefault();
            case SearchNot not:
                return Translate(not.Part, !isWanted) is { } inner ? Negate(inner, not.Span) : null;
            case SearchField field when ++seen <= SearchText.MaxFields:
                return Field(field) ?? Text([.. Split(field)], field.Span, isWanted);
            case SearchWord word:
                return Text([word], word.Span, isWanted);
            default:
                notes.Add(SearchLexer.Note("search.too-many-fields", part.Span, $"{SearchText.MaxFields}"));
                return null;
        }
    }

    // Words beside each other are one search for all of them.
    private ConditionSyntax? Join(SearchAll all, bool isWanted)
    {
        var texts = all.Parts.OfType<SearchWord>().ToList();
        var parts = new List<ConditionSyntax>();
        foreach (var part in all.Parts)
        {
            var one =
                part is not SearchWord ? Translate(part, isWanted)
                : ReferenceEquals(part, texts[0]) ? Text(texts, part.Span, isWanted)
                : null;
            if (one is not null)
            {
                parts.Add(one);
            }
        }

        return parts.Count > 1 ? new AndSyntax(parts.ToValueList(), all.Span) : parts.FirstOrDefault();
    }

    private ConditionSyntax? Field(SearchField field)
    {
        var (condition, note) = fields.Translate(field);
        if (note is not null)
        {
            notes.Add(note);
        }

        if (
            condition is ComparisonSyntax { Operator: QueryOperator.Contains } text
            && !Takes(SearchTerms.Of(text.Values[0].Text).Count, field.Span)
        )
        {
            return null;
        }

        return condition;
    }

    private static IEnumerable<SearchWord> Split(SearchField field) =>
        field
            .Raw.Replace('"', ' ')
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => new SearchWord(word, false, field.Span));

    private ComparisonSyntax? Text(IReadOnlyList<SearchWord> wanted, QuerySpan span, bool isWanted)
    {
        var taken = new List<string>();
        foreach (var word in wanted)
        {
            var text = Folding.Fold(SearchTerms.OneSpaced(word.Text), QueryText.MaxTermLength);
            if (!Takes(1, word.Span))
            {
                break;
            }

            taken.Add(word.IsPhrase || text.StartsWith('"') ? SearchTerms.Quote(text) : text);
            if (isWanted)
            {
                plain.Add(text);
            }
        }

        return taken.Count == 0
            ? null
            : new ComparisonSyntax(
                new SubjectSyntax("text", null, span),
                QueryOperator.Contains,
                span,
                [new ValueSyntax(string.Join(' ', taken), true, null, span)],
                span
            );
    }

    // Told once, where the first one stands that is left out.
    private bool Takes(int count, QuerySpan span)
    {
        if (words <= SearchText.MaxWords && words + count > SearchText.MaxWords)
        {
            notes.Add(SearchLexer.Note("search.too-many-words", span, $"{SearchText.MaxWords}"));
        }

        words += count;
        return words <= SearchText.MaxWords;
    }

    private static ConditionSyntax Negate(ConditionSyntax condition, QuerySpan span) =>
        condition is NotSyntax not ? not.Part : new NotSyntax(condition, span);
}
