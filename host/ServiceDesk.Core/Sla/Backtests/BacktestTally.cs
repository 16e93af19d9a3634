using System.Runtime.InteropServices;
using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Backtests;

/// <summary>
/// Counts comparisons, those of one agreement: a rate over promises to customers and between teams together says nothing of
/// either. Each thread has one of its own; they are added up in the end.
/// </summary>
/// <param name="zone">In which hours and days are told.</param>
/// <param name="from">The begin of the span.</param>
/// <param name="to">Its end.</param>
public sealed class BacktestTally(DateTimeZone zone, Instant from, Instant to)
{
    private const int HoursOfDay = 24;

    private readonly LocalDate first = from.InZone(zone).Date;
    private readonly Dictionary<(string, ClockVerdict?, ClockVerdict?), int> flips = [];
    private readonly Dictionary<string, GroupCounts> metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<OrganizationId, GroupCounts> organizations = [];
    private readonly Dictionary<Priority, GroupCounts> priorities = [];
    private readonly Dictionary<TeamId, GroupCounts> teams = [];
    private readonly Dictionary<int, GroupCounts> hours = [];
    private readonly Dictionary<TeamId, DayCounts> loads = [];
    private readonly int days = Period.DaysBetween(from.InZone(zone).Date, to.InZone(zone).Date) + 1;
    private GroupCounts all = GroupCounts.None;
    private int tickets;
    private int flipped;

    // Ids begin with 1: none stands for nobody.
    private static readonly TeamId NoTeam = new(0);
    private static readonly OrganizationId NoOrganization = new(0);

    /// <summary>The hour of the week of an instant: 0 is Monday from midnight.</summary>
    public static int HourOfWeek(Instant at, DateTimeZone zone)
    {
        var local = at.InZone(zone);
        return (((int)local.DayOfWeek - 1) * HoursOfDay) + local.Hour;
    }

    /// <summary>Counts a ticket.</summary>
    public void Add(TicketComparison comparison)
    {
        tickets++;
        flipped += comparison.Clocks.Any(clock => clock.Flips) ? 1 : 0;
        var ticket = comparison.Ticket;
        var hour = HourOfWeek(ticket.CreatedAt, zone);
        foreach (var clock in comparison.Clocks)
        {
            all = all.With(clock);
            Count(metrics, clock.Metric, clock);
            Count(organizations, ticket.Organization ?? NoOrganization, clock);
            Count(priorities, ticket.Priority, clock);
            Count(teams, ticket.Team ?? NoTeam, clock);
            Count(hours, hour, clock);
            CollectionsMarshal.GetValueRefOrAddDefault(
                flips,
                (clock.Metric, clock.Official?.Verdict, clock.Draft?.Verdict),
                out _
            )++;
            Load(ticket.Team ?? NoTeam, clock);
        }
    }

    /// <summary>Adds what another one counted over the same span.</summary>
    public void Add(BacktestTally other)
    {
        tickets += other.tickets;
        flipped += other.flipped;
        all += other.all;
        Add(metrics, other.metrics);
        Add(organizations, other.organizations);
        Add(priorities, other.priorities);
        Add(teams, other.teams);
        Add(hours, other.hours);
        foreach (var (key, count) in other.flips)
        {
            flips[key] = flips.GetValueOrDefault(key) + count;
        }

        foreach (var (team, counts) in other.loads)
        {
            LoadOf(team).Add(counts);
        }
    }

    /// <summary>What was counted.</summary>
    public BacktestFigures Figures() =>
        new()
        {
            Tickets = tickets,
            FlippedTickets = flipped,
            All = all,
            Flips = flips
                .Where(flip => flip.Key.Item2 != flip.Key.Item3)
                .OrderBy(flip => flip.Key.Item1, StringComparer.Ordinal)
                .ThenByDescending(flip => flip.Value)
                .ThenBy(flip => flip.Key.Item2)
                .ThenBy(flip => flip.Key.Item3)
                .Select(flip => new VerdictFlip(flip.Key.Item1, flip.Key.Item2, flip.Key.Item3, flip.Value))
                .ToValueList(),
            Metrics = Groups(metrics, metric => metric),
            Organizations = Groups(organizations, id => id == NoOrganization ? (OrganizationId?)null : id),
            Priorities = priorities
                .OrderByDescending(group => group.Key)
                .Select(group => new BacktestGroup<Priority>(group.Key, group.Value))
                .ToValueList(),
            Teams = Groups(teams, id => id == NoTeam ? (TeamId?)null : id),
            Hours = hours
                .OrderBy(group => group.Key)
                .Select(group => new BacktestGroup<int>(group.Key, group.Value))
                .ToValueList(),
            Load = loads
                .Select(load => load.Value.Of(load.Key == NoTeam ? null : load.Key))
                .OrderByDescending(load => load.DraftDuePerDay)
                .ThenBy(load => load.Team?.Value)
                .ToValueList(),
            Days = Days(),
        };

    private static ValueList<BacktestGroup<TShown>> Groups<TKey, TShown>(
        Dictionary<TKey, GroupCounts> groups,
        Func<TKey, TShown> shown
    )
        where TKey : notnull =>
        groups
            .OrderByDescending(group => group.Value.Worse + group.Value.Better)
            .ThenByDescending(group => group.Value.Draft.Breached)
            .ThenBy(group => group.Key.ToString(), StringComparer.Ordinal)
            .Select(group => new BacktestGroup<TShown>(shown(group.Key), group.Value))
            .ToValueList();

    private static void Count<TKey>(Dictionary<TKey, GroupCounts> groups, TKey key, ComparedClock clock)
        where TKey : notnull => groups[key] = groups.GetValueOrDefault(key, GroupCounts.None).With(clock);

    private static void Add<TKey>(Dictionary<TKey, GroupCounts> groups, Dictionary<TKey, GroupCounts> other)
        where TKey : notnull
    {
        foreach (var (key, counts) in other)
        {
            groups[key] = groups.GetValueOrDefault(key, GroupCounts.None) + counts;
        }
    }

    private void Load(TeamId team, ComparedClock clock)
    {
        var counts = LoadOf(team);
        Load(counts.Due, counts.Open, clock.Official);
        Load(counts.DraftDue, counts.DraftOpen, clock.Draft);
    }

    private void Load(int[] due, int[] open, ClockOutcome? outcome)
    {
        if (outcome is null)
        {
            return;
        }

        if (outcome.DueAt is { } at && Day(at) is var day && day >= 0 && day < days)
        {
            due[day]++;
        }

        // Open from the day of the start to that of the end: a step up, and one down behind it.
        var begin = Math.Clamp(Day(outcome.StartedAt), 0, days);
        var end = Math.Clamp(Day(outcome.StoppedAt ?? to) + 1, begin, days);
        open[begin]++;
        open[end]--;
    }

    private int Day(Instant at)
    {
        var day = Instant.Max(Instant.Min(at, to + Duration.FromDays(2)), from - Duration.FromDays(2));
        return Period.DaysBetween(first, day.InZone(zone).Date);
    }

    private DayCounts LoadOf(TeamId team) =>
        CollectionsMarshal.GetValueRefOrAddDefault(loads, team, out _) ??= new DayCounts(days);

    private ValueList<DayLoad> Days()
    {
        var sum = new DayCounts(days);
        foreach (var load in loads.Values)
        {
            sum.Add(load);
        }

        var (open, draftOpen) = (DayCounts.Running(sum.Open), DayCounts.Running(sum.DraftOpen));
        return Enumerable
            .Range(0, days)
            .Select(day => new DayLoad(first.PlusDays(day), sum.Due[day], sum.DraftDue[day], open[day], draftOpen[day]))
            .ToValueList();
    }

    private sealed class DayCounts(int days)
    {
        public int[] Due { get; } = new int[days];
        public int[] DraftDue { get; } = new int[days];

        // Steps: what was open on a day is their sum up to it.
        public int[] Open { get; } = new int[days + 1];
        public int[] DraftOpen { get; } = new int[days + 1];

        public static int[] Running(int[] steps)
        {
            var sums = new int[steps.Length];
            var sum = 0;
            for (var day = 0; day < steps.Length; day++)
            {
                sums[day] = sum += steps[day];
            }

            return sums;
        }

        public void Add(DayCounts other)
        {
            Add(Due, other.Due);
            Add(DraftDue, other.DraftDue);
            Add(Open, other.Open);
            Add(DraftOpen, other.DraftOpen);
        }

        public TeamLoad Of(TeamId? team) =>
            new(
                team,
                (double)Due.Sum() / days,
                Due.Max(),
                Running(Open).Max(),
                (double)DraftDue.Sum() / days,
                DraftDue.Max(),
                Running(DraftOpen).Max()
            );

        private static void Add(int[] to, int[] from)
        {
            for (var day = 0; day < to.Length; day++)
            {
                to[day] += from[day];
            }
        }
    }
}
