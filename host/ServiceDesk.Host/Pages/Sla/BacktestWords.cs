using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>A line of a table of groups, with what its figures open.</summary>
/// <param name="Name">The group in words.</param>
/// <param name="Counts">Its clocks.</param>
/// <param name="Metric">The metric that it is; null when it is none.</param>
/// <param name="Organization">The customer that it is, 0 for none; null when it is no customer.</param>
/// <param name="Priority">The priority that it is.</param>
/// <param name="Team">The team that it is, 0 for none; null when it is no team.</param>
public sealed record BacktestLine(
    string Name,
    GroupCounts Counts,
    string? Metric = null,
    long? Organization = null,
    Priority? Priority = null,
    long? Team = null
);

/// <summary>A table of groups.</summary>
public sealed record BacktestTable(
    long Trial,
    string? Agreement,
    string Id,
    string Heading,
    string Corner,
    IReadOnlyList<BacktestLine> Lines
);

/// <summary>Writes trials of SLA drafts for the reader.</summary>
public sealed class BacktestWords(ITexts texts, IPeopleStore people, ICurrentConfiguration configuration)
{
    /// <summary>A share in percent; a dash when there is none.</summary>
    public static string Rate(double? rate) =>
        rate is { } share ? share.ToString("P1", CultureInfo.CurrentCulture) : "—";

    /// <summary>A whole number.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A number with one place behind the point.</summary>
    public static string Number(double number) => number.ToString("N1", CultureInfo.CurrentCulture);

    /// <summary>By how much a clock was too late, or how much time was left.</summary>
    public string Over(Duration over, ClockVerdict? verdict) =>
        verdict is null
            ? "—"
            : texts.Format(
                over > Duration.Zero ? "sla-trial.late-by" : "sla-trial.left",
                DurationText.Format(
                    over > Duration.Zero ? over : -over,
                    CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                    DurationDays.None
                )
            );

    /// <summary>A verdict in a word.</summary>
    public string Verdict(ClockVerdict? verdict) =>
        texts[verdict is { } one ? $"sla-trial.verdict-{Word(one)}" : "sla-trial.verdict-none"];

    /// <summary>The colour of a verdict.</summary>
    public static string Tone(ClockVerdict? verdict) =>
        verdict switch
        {
            ClockVerdict.Breached => "red",
            ClockVerdict.Met => "green",
            _ => "gray",
        };

    /// <summary>The state of a trial in a word.</summary>
    public string State(BacktestState state) => texts[$"sla-trial.state-{state.ToString().ToLowerInvariant()}"];

    /// <summary>A priority in a word.</summary>
    public string Priority(Priority priority) => texts[$"common.priority-{priority.ToString().ToLowerInvariant()}"];

    /// <summary>The names of the documents that a trial tries.</summary>
    public static string Drafts(Backtest trial) =>
        string.Join(", ", Documents(trial).Select(one => one.Name.ToString()));

    /// <summary>The documents that a trial tries.</summary>
    public static IEnumerable<ConfigurationDocument> Documents(Backtest trial) =>
        trial.Request.Drafts.Select(draft => DocumentText.FromStored(draft.Kind, draft.Json));

    /// <summary>The name of a metric, as the drafts or the policies of now have it.</summary>
    public string Metric(string metric, Backtest trial) =>
        Documents(trial)
            .OfType<SlaPolicyDocument>()
            .Concat(configuration.Snapshot.All<SlaPolicyDocument>())
            .SelectMany(policy => policy.Metrics)
            .FirstOrDefault(one => one.Id == metric)
            ?.Name.ToString()
        ?? metric;

    /// <summary>The tables of a trial: by metric, customer, priority and team.</summary>
    public async Task<IReadOnlyList<BacktestTable>> TablesAsync(
        Backtest trial,
        AgreementType agreement,
        CancellationToken cancellation
    )
    {
        if (trial.FiguresOf(agreement) is not { } figures)
        {
            return [];
        }

        BacktestTable Table(string by, IReadOnlyList<BacktestLine> lines) =>
            new(
                trial.Id,
                AgreementIn(agreement),
                $"by-{by}",
                texts[$"sla-trial.by-{by}"],
                texts[$"sla-trial.{by}"],
                lines
            );

        var customers = new List<BacktestLine>();
        foreach (var group in figures.Organizations)
        {
            var name = group.Of is { } id
                ? (await people.FindOrganizationAsync(id, cancellation))?.Name ?? "?"
                : texts["sla-trial.no-organization"];
            customers.Add(new BacktestLine(name, group.Counts, Organization: group.Of?.Value ?? 0));
        }

        var teams = await TeamsAsync(cancellation);
        return
        [
            Table(
                "metric",
                [.. figures.Metrics.Select(g => new BacktestLine(Metric(g.Of, trial), g.Counts, Metric: g.Of))]
            ),
            Table("organization", customers),
            Table(
                "priority",
                [.. figures.Priorities.Select(g => new BacktestLine(Priority(g.Of), g.Counts, Priority: g.Of))]
            ),
            Table(
                "team",
                [.. figures.Teams.Select(g => new BacktestLine(Team(g.Of, teams), g.Counts, Team: g.Of?.Value ?? 0))]
            ),
        ];
    }

    /// <summary>The names of teams.</summary>
    public async Task<IReadOnlyDictionary<TeamId, string>> TeamsAsync(CancellationToken cancellation) =>
        (await people.TeamsAsync(cancellation)).ToDictionary(team => team.Id, team => team.Name);

    /// <summary>The name of a team.</summary>
    public string Team(TeamId? team, IReadOnlyDictionary<TeamId, string> teams) =>
        team is { } id ? teams.GetValueOrDefault(id, "?") : texts["sla-trial.no-team"];

    /// <summary>The word of a fate in addresses.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The name of a weekday, 0 is Monday.</summary>
    public static string Weekday(int day) =>
        CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)((day + 1) % 7));

    /// <summary>How deep a cell of the week is coloured: 0 for none to 5.</summary>
    public static int Heat(GroupCounts? counts) =>
        counts?.Draft.BreachRate is not { } rate ? 0
        : rate <= 0 ? 1
        : 2 + Math.Min(3, (int)(rate * 8));

    /// <summary>The agreement as addresses have it; null for promises to customers, which nobody needs to say.</summary>
    public static string? AgreementIn(AgreementType agreement) =>
        agreement == AgreementType.Sla ? null : Word(agreement);

    /// <summary>The word of a verdict in addresses; <c>none</c> without a clock.</summary>
    public static string VerdictIn(ClockVerdict? verdict) => verdict is { } one ? Word(one) : "none";
}
