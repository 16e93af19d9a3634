using System.Globalization;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>Makes a condition of a word with a colon, or says why it is none.</summary>
/// <param name="asked">The names that were looked up.</param>
internal sealed class SearchFieldTranslator(
    QueryCatalog catalog,
    QueryScope scope,
    ISearchNames names,
    IReadOnlySet<SearchedName> asked
)
{
    // No address, no key and no name, so that it finds nothing.
    private const string Nobody = "@";

    private int listedLength;

    // Each binds one query: it counts the words of it.
    private QueryBinder Binder => new(catalog, scope, NoNames.Instance);

    /// <summary>The names that have to be looked up before.</summary>
    public static IEnumerable<SearchedName> NamesIn(SearchField field, QueryCatalog catalog, QueryScope scope) =>
        FieldOf(field, catalog) is { } found && SearchIdentities.IsIdentity(found.Kind) && scope.MayName(found)
            ? field.Values.Where(value => !IsSpecial(value)).Select(value => NameOf(found, value))
            : [];

    /// <summary>The condition; null when it is text. A note tells of what seems to have been meant as an operator.</summary>
    public (ConditionSyntax? Condition, QueryError? Note) Translate(SearchField typed)
    {
        var name = Folding.Fold(typed.Name);
        if (SearchWords.IsState(name))
        {
            return State(typed);
        }

        if (FieldOf(typed, catalog) is not { } field || !scope.MayName(field))
        {
            return (null, Unknown(typed));
        }

        if (typed.Values.Count == 0)
        {
            return (null, SearchLexer.Note("search.no-value", typed.Span, typed.Name));
        }

        // The words of the box for open and closed fit where a status is asked for, unless a status is called so.
        if (field.Name == "status" && IsState(field, typed) && State(typed) is { Condition: { } state })
        {
            return (state, null);
        }

        try
        {
            var condition = ConditionOf(field, typed);
            return (condition, null);
        }
        catch (QueryException problem)
        {
            return (null, problem.Error);
        }
    }

    private (ConditionSyntax? Condition, QueryError? Note) State(SearchField typed)
    {
        var conditions = typed
            .Values.Select(value => Folding.Fold(value.Text.Trim()))
            .Distinct()
            .Select(SearchWords.ConditionOf)
            .ToList();
        if (conditions.Count == 0 || conditions.Contains(null) || typed.Operator is not (null or QueryOperator.Equal))
        {
            return (null, SearchLexer.Note("search.unknown-state", typed.Span, typed.Raw, SearchWords.StatesTold));
        }

        try
        {
            var whole =
                conditions.Count == 1
                    ? conditions[0]!
                    : new OrSyntax(conditions.OfType<ConditionSyntax>().ToValueList(), typed.Span);
            Binder.Bind(new QuerySyntax(whole, []));
            return (whole, null);
        }
        catch (QueryException)
        {
            // A state of the agents' own.
            return (
                null,
                SearchLexer.Note("search.unknown-state", typed.Span, typed.Raw, "open, closed, waiting, new")
            );
        }
    }

    private static bool IsState(QueryField status, SearchField typed) =>
        typed.Values.All(value => QueryCatalog.Matching(status.Choices, value.Text).Count == 0);

    private ComparisonSyntax ConditionOf(QueryField field, SearchField typed)
    {
        if (
            typed is { Operator: null or QueryOperator.Equal or QueryOperator.NotEqual, Values: [var only] }
            && IsNoneOf(field, only)
        )
        {
            var isNot = typed.Operator == QueryOperator.NotEqual;
            return Tried(Comparison(field, typed, isNot ? QueryOperator.NotEmpty : QueryOperator.Empty, []));
        }

        if (SpanOf(field, typed) is { } span)
        {
            return Tried(Comparison(field, typed, QueryOperator.During, span));
        }

        var isPart = field.Kind is QueryValueKind.Search or QueryValueKind.LongText or QueryValueKind.Text;
        var wanted = typed.Operator ?? (isPart ? QueryOperator.Contains : QueryOperator.Equal);
        if (isPart && wanted == QueryOperator.Contains)
        {
            var text = string.Join(' ', typed.Values.Select(Phrase));
            return Tried(Comparison(field, typed, wanted, [typed.Values[0] with { Text = text, IsQuoted = true }]));
        }

        if (!SearchIdentities.IsIdentity(field.Kind))
        {
            var (listed, values) = Listed(wanted, typed.Values.Select(value => Written(field, value)));
            return Tried(Comparison(field, typed, listed, values));
        }

        var found = typed.Values.DistinctBy(value => value.Text).SelectMany(value => Identities(field, value)).ToList();
        var (@operator, byName) = Listed(wanted, found.Select(one => one.Written));
        Tried(Comparison(field, typed, @operator, found.Select(one => one.ById).ToValueList()));
        return Comparison(field, typed, @operator, byName);
    }

    private ComparisonSyntax Tried(ComparisonSyntax comparison)
    {
        Binder.Bind(new QuerySyntax(comparison, []));
        return comparison;
    }

    private static ComparisonSyntax Comparison(
        QueryField field,
        SearchField typed,
        QueryOperator @operator,
        ValueList<ValueSyntax> values
    ) => new(new SubjectSyntax(field.Name, null, typed.NameSpan), @operator, typed.Span, values, typed.Span);

    private (QueryOperator Operator, ValueList<ValueSyntax> Values) Listed(
        QueryOperator wanted,
        IEnumerable<ValueSyntax> written
    )
    {
        var values = written.DistinctBy(value => (value.Text, value.IsQuoted)).ToValueList();
        if (values.Count == 1)
        {
            return (wanted, values);
        }

        // Short ones are counted as if they were longer, since there may not be too many either.
        var length = values.Sum(value => value.Text.Length + 15);
        if (listedLength + length > SearchText.MaxListed)
        {
            throw QueryProblem.At("search.too-many-values", values[^1].Span);
        }

        listedLength += length;
        return wanted switch
        {
            QueryOperator.Equal => (QueryOperator.In, values),
            QueryOperator.NotEqual => (QueryOperator.NotIn, values),
            // By order only one can be compared with.
            _ => throw QueryProblem.At("search.one-value", values[1].Span, wanted.Symbol()),
        };
    }

    private IEnumerable<(ValueSyntax Written, ValueSyntax ById)> Identities(QueryField field, ValueSyntax value)
    {
        if (IsSpecial(value))
        {
            var function = field.Kind switch
            {
                QueryValueKind.Person => "currentUser",
                QueryValueKind.Team => "myTeams",
                _ => "myOrganizations",
            };
            var own = new ValueSyntax(function, false, [], value.Span);
            return [(own, own)];
        }

        var name = NameOf(field, value);
        if (!asked.Contains(name))
        {
            throw QueryProblem.At("search.too-many-names", value.Span, $"{SearchText.MaxNames}");
        }

        var found = names.Find(name);
        if (scope.IsCustomer && found is null or { Count: 0 })
        {
            // Customers are not told whether there is such a name.
            var nobody = new ValueSyntax(Nobody, true, null, value.Span);
            return [(nobody, nobody)];
        }

        return found switch
        {
            null => throw QueryProblem.At("search.many-names", value.Span, value.Text, $"{ISearchNames.Most}"),
            { Count: 0 } => throw QueryProblem.At("search.unknown-name", value.Span, value.Text),
            _ => found.Select(one =>
                (
                    new ValueSyntax(one.Written, one.IsQuoted, null, value.Span),
                    new ValueSyntax(one.Id.ToString(CultureInfo.InvariantCulture), false, null, value.Span)
                )
            ),
        };
    }

    // "2026-01-01..2026-01-31", of which one end may be left out.
    private static ValueList<ValueSyntax>? SpanOf(QueryField field, SearchField typed) =>
        field.Kind is QueryValueKind.Moment or QueryValueKind.Date
        && typed is { Operator: null, Values: [{ } only] }
        && only.Text.Split("..") is [{ Length: > 0 } start, { Length: > 0 } end]
            ? [only with { Text = start }, only with { Text = end }]
            : null;

    // What is called differently in queries than people say.
    private static ValueSyntax Written(QueryField field, ValueSyntax value) =>
        field.Kind is QueryValueKind.Moment or QueryValueKind.Date && Today(value) is { } day
            ? new ValueSyntax("startOfDay", false, day == 0 ? [] : [new($"{day}", false, null, value.Span)], value.Span)
            : value;

    private static int? Today(ValueSyntax value) =>
        Folding.Fold(value.Text) switch
        {
            "today" or "오늘" => 0,
            "yesterday" or "어제" => -1,
            _ => null,
        };

    private static string Phrase(ValueSyntax value) =>
        value.Text.Any(char.IsWhiteSpace) ? SearchTerms.Quote(value.Text) : value.Text;

    private static bool IsNoneOf(QueryField field, ValueSyntax value) =>
        SearchWords.IsNone(Folding.Fold(value.Text.Trim()))
        && QueryCatalog.Matching(field.Choices, value.Text).Count == 0;

    private static bool IsSpecial(ValueSyntax value) => SearchWords.IsMe(Folding.Fold(value.Text.Trim()));

    private static SearchedName NameOf(QueryField field, ValueSyntax value) =>
        new(field.Kind, Hangul.Typed(Folding.Fold(value.Text.Trim(), QueryText.MaxTermLength)));

    private static QueryField? FieldOf(SearchField typed, QueryCatalog catalog) =>
        catalog.Find(SearchWords.Fields.GetValueOrDefault(Folding.Fold(typed.Name), typed.Name));

    // A word with a colon that is near no field is a word, as in "error:timeout".
    private QueryError? Unknown(SearchField typed)
    {
        var known = catalog
            .Fields.Where(scope.MayName)
            .SelectMany(field => field.Aliases.Prepend(field.Name))
            .Concat(SearchWords.Fields.Keys);
        return typed.Name.Length > 3 && Folding.Nearest(typed.Name, known) is { } near
            ? SearchLexer.Note("query.unknown-field-near", typed.NameSpan, typed.Name, near)
            : null;
    }
}
