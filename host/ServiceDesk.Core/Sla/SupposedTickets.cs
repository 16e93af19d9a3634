using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla;

/// <summary>What is supposed of tickets: of some subjects a value, or that a comparison holds, by the subject's name.</summary>
public sealed class TicketSupposition
{
    internal TicketSupposition(IReadOnlyDictionary<string, SupposedValue> values) => Values = values;

    internal IReadOnlyDictionary<string, SupposedValue> Values { get; }
}

/// <summary>A value that a query names, or a comparison of one that holds.</summary>
/// <param name="Value">The value as it is compared; null when nothing but the comparison is supposed.</param>
/// <param name="Rank">Its place or number; null when it has none.</param>
/// <param name="Comparison">The comparison that it was taken from, in its canonical form.</param>
internal sealed record SupposedValue(string? Value, double? Rank, string Comparison);

/// <summary>
/// Asks queries about tickets that might come. A sample has desk, type, priority, status and team; of everything else that the
/// queries compare (organization, request type, own fields, region, language, what plugins know) a value that one of them names
/// is supposed, so that whatever a query chooses by is met. Not for many threads.
/// </summary>
/// <param name="language">The query language.</param>
/// <param name="names">Which organizations and people are meant by names.</param>
/// <param name="queries">The queries that will be asked.</param>
public sealed class SupposedTickets(
    QueryLanguage language,
    IQueryNames names,
    Instant now,
    IConfiguration configuration,
    IReadOnlyCollection<string> queries
)
{
    /// <summary>How many suppositions there are at most: beyond it no more than two subjects are supposed at once.</summary>
    public const int Most = 128;

    private const string RequestType = "requestType";
    private const string Team = "team";
    private static readonly string[] OfSample = ["key", "desk", "type", "priority", "status", "category", Team];

    private readonly QueryCatalog catalog = language.Catalog(configuration);
    private readonly Dictionary<string, ConditionSyntax?> read = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Condition, TeamId? Team), bool> asked = [];
    private List<string>? ofTeams;
    private TicketState? sample;

    /// <summary>What may be supposed: nothing first, then values of one subject, then of several.</summary>
    public IReadOnlyList<TicketSupposition> Suppositions()
    {
        var subjects = queries
            .SelectMany(query => Comparisons(Read(query)))
            .SelectMany(Candidates)
            .GroupBy(one => one.Subject, one => one.Value, StringComparer.Ordinal)
            .Select(group => (Subject: group.Key, Values: group.DistinctBy(Identity).ToList()))
            .ToList();
        var found = new List<Dictionary<string, SupposedValue>> { new(StringComparer.Ordinal) };
        var isAll = subjects.Aggregate(1L, (count, one) => Math.Min(Most + 1L, count * (one.Values.Count + 1))) <= Most;
        foreach (var (subject, values) in subjects)
        {
            var earlier = found.Where(one => isAll || one.Count < 2).ToList();
            found.AddRange(
                earlier.SelectMany(one =>
                    values.Select(value => new Dictionary<string, SupposedValue>(one, StringComparer.Ordinal)
                    {
                        [subject] = value,
                    })
                )
            );
        }

        return [.. found.OrderBy(one => one.Count).Take(Most).Select(one => new TicketSupposition(one))];
    }

    /// <summary>Asks about another sample from here on.</summary>
    public void About(TicketState ticket)
    {
        sample = ticket;
        asked.Clear();
    }

    /// <summary>Whether there can be such a ticket: a request type has its own ticket type and desk.</summary>
    public bool IsPossible(TicketSupposition supposed) =>
        !supposed.Values.TryGetValue(RequestType, out var value)
        || value.Value is not { } id
        || !configuration.TryGet<RequestTypeDocument>(id, out var type)
        || (type.Type == sample!.Type && type.Desk == sample.Desk);

    /// <summary>Whether a query holds for the sample with a team, as far as nothing else is supposed. Empty text holds.</summary>
    public bool Holds(string query, TeamId? team, TicketSupposition supposed) =>
        string.IsNullOrWhiteSpace(query)
        || (
            Read(query) is { } condition && supposed.Values.Count > 0
                ? Decide(condition, team, supposed)
                : Ask(query, team)
        );

    /// <summary>Whether some comparison tells tickets of a team from those of none.</summary>
    public bool Tells(TeamId team) =>
        (
            ofTeams ??= [
                .. queries.SelectMany(query => Parts(Read(query))).Where(MayTell).Select(QueryWriter.Write).Distinct(),
            ]
        ).Exists(part => Ask(part, team) != Ask(part, null));

    private bool MayTell(ConditionSyntax part) =>
        part is FunctionSyntax
        || (part is ComparisonSyntax comparison && catalog.Find(comparison.Subject.Name)?.Name == Team);

    private bool Decide(ConditionSyntax condition, TeamId? team, TicketSupposition supposed) =>
        condition switch
        {
            AndSyntax and => and.Parts.All(part => Decide(part, team, supposed)),
            OrSyntax or => or.Parts.Any(part => Decide(part, team, supposed)),
            NotSyntax not => !Decide(not.Part, team, supposed),
            ComparisonSyntax comparison
                when FieldOf(comparison) is { } field && supposed.Values.TryGetValue(field.Name, out var value) =>
                Decide(comparison, field, value),
            _ => Ask(QueryWriter.Write(condition), team),
        };

    private bool Decide(ComparisonSyntax comparison, QueryField field, SupposedValue supposed)
    {
        if (supposed.Comparison == QueryWriter.Write(comparison))
        {
            return true;
        }

        bool IsSame(ValueSyntax value) =>
            value.Arguments is null
            && Above(field, supposed.Value).Contains(Value(field, value), StringComparer.Ordinal);
        bool Ranks(Func<int, bool> holds) =>
            supposed.Rank is { } rank && Rank(field, comparison.Values[0]) is { } other && holds(rank.CompareTo(other));
        return comparison.Operator switch
        {
            QueryOperator.Equal or QueryOperator.In => comparison.Values.Any(IsSame),
            QueryOperator.NotEqual or QueryOperator.NotIn => !comparison.Values.Any(IsSame),
            QueryOperator.Contains => Contains(supposed, comparison),
            QueryOperator.NotContains => !Contains(supposed, comparison),
            QueryOperator.NotEmpty => true,
            QueryOperator.Less => Ranks(by => by < 0),
            QueryOperator.LessOrEqual => Ranks(by => by <= 0),
            QueryOperator.Greater => Ranks(by => by > 0),
            QueryOperator.GreaterOrEqual => Ranks(by => by >= 0),
            _ => false,
        };
    }

    // A value with the choices that it is part of.
    private static IEnumerable<string> Above(QueryField field, string? value)
    {
        var steps = field.Document?.Choices.Count ?? 0;
        for (var at = value; at is not null && steps >= 0; steps--)
        {
            yield return at;
            at = field.Document?.Choices.FirstOrDefault(choice => choice.Id == at)?.Under;
        }
    }

    private static bool Contains(SupposedValue supposed, ComparisonSyntax comparison) =>
        supposed.Value?.Contains(Folding.Fold(comparison.Values[0].Text.Trim()), StringComparison.Ordinal) == true;

    // Equality names the value itself; of every other comparison that something must have, no more is known than that it holds.
    private IEnumerable<(string Subject, SupposedValue Value)> Candidates(ComparisonSyntax comparison)
    {
        if (FieldOf(comparison) is not { } field || comparison.Operator == QueryOperator.Empty)
        {
            yield break;
        }

        var isNamed = comparison.Operator is QueryOperator.Equal or QueryOperator.In;
        foreach (var value in isNamed ? comparison.Values.Where(value => value.Arguments is null) : [])
        {
            var text = QueryWriter.Write(comparison);
            yield return (field.Name, new SupposedValue(Value(field, value), Rank(field, value), text));
        }

        if (!isNamed)
        {
            yield return (field.Name, new SupposedValue(null, null, QueryWriter.Write(comparison)));
        }
    }

    private static string Identity(SupposedValue one) => one.Value is { } value ? $"={value}" : one.Comparison;

    // The subject of a comparison of the present that a sample does not have by itself; null for others.
    private QueryField? FieldOf(ComparisonSyntax comparison) =>
        comparison.Subject.Argument is null
        && !comparison.Operator.ReadsHistory()
        && catalog.Find(comparison.Subject.Name) is { } field
        && field.Kind < QueryValueKind.Moment
        && !OfSample.Contains(field.Name, StringComparer.Ordinal)
            ? field
            : null;

    private string Value(QueryField field, ValueSyntax value)
    {
        var folded = Folding.Fold(value.Text.Trim());
        var ids = field.Kind switch
        {
            QueryValueKind.Organization => names.Organizations(folded),
            QueryValueKind.Person => names.People(folded),
            _ => [],
        };
        return ids.Count > 0 ? string.Join(',', ids.Order())
            : QueryCatalog.Matching(field.Choices, value.Text) is [var choice, ..] ? choice.Id
            : folded;
    }

    private static double? Rank(QueryField field, ValueSyntax value) =>
        QueryCatalog.Matching(field.Choices, value.Text) is [var choice, ..] ? choice.Value
        : double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    private bool Ask(string condition, TeamId? team)
    {
        if (!asked.TryGetValue((condition, team), out var holds))
        {
            var ticket = new TicketSnapshot(sample! with { Team = team }, []);
            asked[(condition, team)] = holds = language.Holds(condition, ticket, now, configuration);
        }

        return holds;
    }

    private ConditionSyntax? Read(string query)
    {
        if (!read.TryGetValue(query, out var condition))
        {
            read[query] = condition = QueryParser.TryParse(query, out var syntax, out _) ? syntax.Filter : null;
        }

        return condition;
    }

    private static IEnumerable<ComparisonSyntax> Comparisons(ConditionSyntax? condition) =>
        Parts(condition).OfType<ComparisonSyntax>();

    private static IEnumerable<ConditionSyntax> Parts(ConditionSyntax? condition) =>
        condition switch
        {
            null => [],
            AndSyntax and => and.Parts.SelectMany(Parts),
            OrSyntax or => or.Parts.SelectMany(Parts),
            NotSyntax not => Parts(not.Part),
            _ => [condition],
        };
}
