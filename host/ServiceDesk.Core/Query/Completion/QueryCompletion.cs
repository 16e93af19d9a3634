using System.Globalization;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Completion;

/// <summary>What kind of word a suggestion is.</summary>
public enum SuggestionKind
{
    Field = 1,
    Operator = 2,
    Value = 3,
    Function = 4,
    Keyword = 5,
    Person = 6,
    Team = 7,
    Organization = 8,
}

/// <summary>A word that may be written.</summary>
/// <param name="Text">What is written, quoted where it must be.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Label">Its name in the reader's language; null when the text says it.</param>
public sealed record Suggestion(string Text, SuggestionKind Kind, string? Label = null);

/// <summary>What may be written at a place of an unfinished query.</summary>
/// <param name="Start">Where the suggestion begins: it replaces the text from here.</param>
/// <param name="Length">How much of the text it replaces.</param>
/// <param name="Suggestions">The best first, at most <see cref="QueryCompletion.Most"/>.</param>
/// <param name="Names">Whose names fit here, for <paramref name="Prefix"/>: the database knows them.</param>
/// <param name="Prefix">What is written of the word so far.</param>
public sealed record Completion(
    int Start,
    int Length,
    ValueList<Suggestion> Suggestions,
    SuggestionKind? Names,
    string Prefix
)
{
    /// <summary>The subject whose value is written here; null elsewhere. Its plugin may know values.</summary>
    public string? Field { get; init; }
}

/// <summary>Helps to write a query. Pure.</summary>
public static class QueryCompletion
{
    /// <summary>Most suggestions at once.</summary>
    public const int Most = 25;

    private static readonly Suggestion[] States =
    [
        .. ClockBinder.States.Select(state => new Suggestion(state, SuggestionKind.Value)),
        .. Durations(),
    ];

    private static Suggestion[] Pasts => [Keyword("NOT"), Keyword("IN"), Keyword("EMPTY")];

    private static Suggestion[] Conjunctions => [Keyword("AND"), Keyword("OR"), Keyword("ORDER BY")];

    /// <summary>What may be written at the caret.</summary>
    /// <param name="caret">Index in the text before which the next character would stand.</param>
    public static Completion At(string text, int caret, QueryCatalog catalog, QueryScope scope)
    {
        var place = CompletionPlace.Find(text, caret);
        var field = place.Expected switch
        {
            Expected.Person => HistoryBinder.By,
            Expected.Moment or Expected.SpanStart or Expected.SpanEnd => catalog.Find("created"),
            _ => place.Subject is { } subject ? FieldOf(subject, catalog, scope) : null,
        };
        var function = place.Subject is { } named && !scope.IsCustomer ? catalog.FindFunction(named.Name) : null;
        var all = place.Expected switch
        {
            Expected.Metric when function is not null => Arguments(function, catalog),
            Expected.Operator when function is not null && place.Subject!.Argument is not null => Conjunctions,
            Expected.Subject => Subjects(catalog, scope).Append(Keyword("NOT")),
            Expected.SortKey => Subjects(catalog, scope, onlySortable: true),
            Expected.Metric => catalog.Metrics.Select(metric => Choice(metric)),
            Expected.Operator when field is not null => scope
                .MayUse(field.Operators)
                .Select(one => new Suggestion(one.Symbol(), SuggestionKind.Operator)),
            Expected.Was when field is not null => [.. Values(field, scope), .. Pasts],
            Expected.ClauseValue when field is not null => [.. Values(field, scope), Keyword("EMPTY")],
            _ when IsValue(place.Expected) && field is not null => Values(field, scope),
            Expected.Clause => [.. Clauses(place.IsChange), .. Conjunctions],
            Expected.ListOpening or Expected.SpanOpening => [Keyword("(")],
            Expected.SpanComma => [Keyword(",")],
            Expected.SpanClosing => [Keyword(")")],
            Expected.ListGoesOn => [Keyword(","), Keyword(")")],
            Expected.Emptiness => [Keyword("EMPTY"), Keyword("NOT EMPTY")],
            Expected.Conjunction => Conjunctions,
            Expected.SortGoesOn => [Keyword("ASC"), Keyword("DESC")],
            _ => [],
        };
        var isValue = IsValue(place.Expected);
        var isTeam =
            place.Expected == Expected.Argument
            && string.Equals(place.Function, ValueFunctions.MembersOf, StringComparison.OrdinalIgnoreCase);
        return new Completion(
            place.Start,
            Math.Clamp(caret, place.Start, text.Length) - place.Start,
            Fitting(all, place.Prefix).ToValueList(),
            scope.IsCustomer ? null
                : isTeam ? SuggestionKind.Team
                : isValue ? NamesOf(field)
                : null,
            place.Prefix
        )
        {
            Field = isValue && !scope.IsCustomer ? field?.Name : null,
        };
    }

    private static bool IsValue(Expected expected) =>
        expected
            is Expected.Value
                or Expected.ListValue
                or Expected.Was
                or Expected.ClauseValue
                or Expected.Person
                or Expected.Moment
                or Expected.SpanStart
                or Expected.SpanEnd;

    private static IEnumerable<Suggestion> Clauses(bool isChange) =>
        Enum.GetValues<HistoryClause>()
            .Where(clause => isChange || clause > HistoryClause.By)
            .Select(clause => Keyword(clause.Word()));

    /// <summary>The suggestions that begin with, or else contain, what is written.</summary>
    public static IEnumerable<Suggestion> Fitting(IEnumerable<Suggestion> suggestions, string prefix)
    {
        var folded = Folding.Fold(prefix, 100).Trim();
        return suggestions
            .Select(one =>
                (one, text: Rank(one.Text.Trim('"'), folded), label: Rank(one.Label ?? string.Empty, folded))
            )
            .GroupBy(entry => entry.one.Text, StringComparer.Ordinal)
            .Select(same => same.MinBy(entry => entry.label))
            .Select(entry => (entry.one, rank: Math.Min(entry.text, entry.label)))
            .Where(entry => entry.rank < 2)
            .OrderBy(entry => entry.rank)
            .Take(Most)
            .Select(entry => entry.one);
    }

    /// <summary>A name as a value: in quotes where a bare word would not do.</summary>
    public static string Written(string name) =>
        name.Length > 0
        && name.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.' or '@')
            ? name
            : QueryText.Quote(name);

    private static int Rank(string text, string folded)
    {
        var at = Folding.Fold(text, 200).IndexOf(folded, StringComparison.Ordinal);
        return at == 0 && text.Length > 0 ? 0
            : at > 0 ? 1
            : Hangul.Finds(text, folded) ? 1
            : 2;
    }

    private static QueryField? FieldOf(SubjectSyntax subject, QueryCatalog catalog, QueryScope scope) =>
        SubjectBinder.Find(subject, catalog) is { } field && scope.MayName(field) ? field : null;

    private static IEnumerable<Suggestion> Subjects(QueryCatalog catalog, QueryScope scope, bool onlySortable = false)
    {
        var fields = catalog
            .Fields.Where(field => scope.MayName(field) && (!onlySortable || field.IsSortable))
            .Select(field => new Suggestion(field.Name, SuggestionKind.Field, Label(field)));
        return onlySortable || scope.IsCustomer
            ? fields
            : fields
                .Concat(
                    catalog.Metrics.Select(metric => new Suggestion(
                        $"sla({QueryText.Quote(Choice(metric).Label ?? metric.Id)})",
                        SuggestionKind.Function
                    ))
                )
                .Concat(catalog.Functions.SelectMany(function => Calls(function, catalog)));
    }

    private static IEnumerable<Suggestion> Calls(QueryFunctionDefinition function, QueryCatalog catalog) =>
        function.Argument == QueryArgumentKind.TicketKey
            ? [new Suggestion($"{function.Name}(", SuggestionKind.Function)]
            : Arguments(function, catalog)
                .Select(argument => new Suggestion($"{function.Name}({argument.Text})", SuggestionKind.Function));

    private static IEnumerable<Suggestion> Arguments(QueryFunctionDefinition function, QueryCatalog catalog) =>
        function
            .Suggest(catalog.Configuration)
            .Select(text => new Suggestion(QueryText.Quote(text), SuggestionKind.Value));

    private static string? Label(QueryField field) =>
        field.Label?.ToString() ?? (IsKorean ? field.Aliases.LastOrDefault(alias => alias.Any(c => c >= '가')) : null);

    private static bool IsKorean => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ko";

    private static IEnumerable<Suggestion> Values(QueryField field, QueryScope scope) =>
        field.Kind switch
        {
            QueryValueKind.Named or QueryValueKind.Ranked => field
                .Choices.Where(scope.MayName)
                .SelectMany(choice => ByEachName(choice, scope)),
            QueryValueKind.Flag => [new("true", SuggestionKind.Value), new("false", SuggestionKind.Value)],
            QueryValueKind.Moment or QueryValueKind.Date => ValueFunctions
                .Moments.Select(name => new Suggestion(name, SuggestionKind.Function))
                .Concat(new[] { "-1d", "-7d", "-30d" }.Select(text => new Suggestion(text, SuggestionKind.Value))),
            QueryValueKind.Remaining or QueryValueKind.Duration => Durations(),
            QueryValueKind.Clock => States,
            QueryValueKind.Person when scope.IsCustomer => [new(ValueFunctions.CurrentUser, SuggestionKind.Function)],
            QueryValueKind.Person =>
            [
                new(ValueFunctions.CurrentUser, SuggestionKind.Function),
                new(ValueFunctions.MembersOf + "(", SuggestionKind.Function),
            ],
            QueryValueKind.Team => [new(ValueFunctions.MyTeams, SuggestionKind.Function)],
            QueryValueKind.Organization => [new(ValueFunctions.MyOrganizations, SuggestionKind.Function)],
            _ => [],
        };

    private static Suggestion[] Durations() =>
        [.. new[] { "30m", "1h", "4h", "1d" }.Select(text => new Suggestion(text, SuggestionKind.Value))];

    private static SuggestionKind? NamesOf(QueryField? field) =>
        field?.Kind switch
        {
            QueryValueKind.Person => SuggestionKind.Person,
            QueryValueKind.Team => SuggestionKind.Team,
            QueryValueKind.Organization => SuggestionKind.Organization,
            _ => null,
        };

    // Workflows may name one status differently: it is found by each name, and shown by the one that was meant.
    private static IEnumerable<Suggestion> ByEachName(QueryChoice choice, QueryScope scope)
    {
        var names = scope.IsCustomer ? choice.CustomerNames ?? choice.Names : choice.Names;
        return names.Count == 0
            ? [Choice(choice)]
            : names
                .Select(name => new Suggestion(Written(choice.Id), SuggestionKind.Value, name.ToString()))
                .Distinct();
    }

    private static Suggestion Choice(QueryChoice choice) =>
        new(Written(choice.Id), SuggestionKind.Value, choice.Names.Count > 0 ? choice.Names[0].ToString() : null);

    private static Suggestion Keyword(string word) => new(word, SuggestionKind.Keyword);
}
