using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Backtests;

/// <summary>How many clocks ended how.</summary>
/// <param name="Met">Stopped in time.</param>
/// <param name="Breached">Too late.</param>
/// <param name="Open">Not decided yet.</param>
public sealed record VerdictCounts(int Met, int Breached, int Open)
{
    /// <summary>None.</summary>
    public static VerdictCounts None { get; } = new(0, 0, 0);

    /// <summary>The share of the decided ones that is breached; null when none is decided.</summary>
    public double? BreachRate => Met + Breached == 0 ? null : (double)Breached / (Met + Breached);

    /// <summary>One more.</summary>
    public VerdictCounts With(ClockVerdict? verdict) =>
        verdict switch
        {
            ClockVerdict.Met => this with { Met = Met + 1 },
            ClockVerdict.Breached => this with { Breached = Breached + 1 },
            ClockVerdict.Open => this with { Open = Open + 1 },
            _ => this,
        };

    /// <summary>Both together.</summary>
    public static VerdictCounts operator +(VerdictCounts left, VerdictCounts right) =>
        new(left.Met + right.Met, left.Breached + right.Breached, left.Open + right.Open);
}

/// <summary>Clocks of a group, as they were and as they would have been.</summary>
/// <param name="Official">As they were.</param>
/// <param name="Draft">As they would have been.</param>
/// <param name="Worse">How many that were not breached would be.</param>
/// <param name="Better">How many that were breached would not be.</param>
public sealed record GroupCounts(VerdictCounts Official, VerdictCounts Draft, int Worse, int Better)
{
    /// <summary>None.</summary>
    public static GroupCounts None { get; } = new(VerdictCounts.None, VerdictCounts.None, 0, 0);

    /// <summary>One clock more.</summary>
    public GroupCounts With(ComparedClock clock)
    {
        var was = clock.Official is { Verdict: ClockVerdict.Breached };
        var would = clock.Draft is { Verdict: ClockVerdict.Breached };
        return new GroupCounts(
            Official.With(clock.Official?.Verdict),
            Draft.With(clock.Draft?.Verdict),
            Worse + (would && !was ? 1 : 0),
            Better + (was && !would ? 1 : 0)
        );
    }

    /// <summary>Both together.</summary>
    public static GroupCounts operator +(GroupCounts left, GroupCounts right) =>
        new(
            left.Official + right.Official,
            left.Draft + right.Draft,
            left.Worse + right.Worse,
            left.Better + right.Better
        );
}

/// <summary>How many clocks of a metric went from one verdict to another; null where there was or would be no clock.</summary>
public sealed record VerdictFlip(string Metric, ClockVerdict? Official, ClockVerdict? Draft, int Count);

/// <summary>A group of clocks.</summary>
/// <typeparam name="T">What they have in common.</typeparam>
public sealed record BacktestGroup<T>(T Of, GroupCounts Counts);

/// <summary>The work of a team.</summary>
/// <param name="Team">Null for tickets of no team.</param>
/// <param name="DuePerDay">How many clocks were due on a day on average, over the days of the span.</param>
/// <param name="MostDue">How many were due on the worst day.</param>
/// <param name="MostOpen">How many were open on the worst day.</param>
/// <param name="DraftDuePerDay">How many would have been due on a day.</param>
/// <param name="DraftMostDue">How many would have been due on the worst day.</param>
/// <param name="DraftMostOpen">How many would have been open on the worst day.</param>
public sealed record TeamLoad(
    TeamId? Team,
    double DuePerDay,
    int MostDue,
    int MostOpen,
    double DraftDuePerDay,
    int DraftMostDue,
    int DraftMostOpen
);

/// <summary>The work of a day over all teams: clocks that were due on it and that were open on it.</summary>
public sealed record DayLoad(LocalDate Day, int Due, int DraftDue, int Open, int DraftOpen);

/// <summary>What a draft would have meant for the promises of an agreement. Rates count clocks: each run of each metric on each ticket.</summary>
public sealed record BacktestFigures
{
    /// <summary>How many tickets were folded.</summary>
    public required int Tickets { get; init; }

    /// <summary>How many of them have a clock whose verdict would be another one.</summary>
    public required int FlippedTickets { get; init; }

    /// <summary>All clocks.</summary>
    public required GroupCounts All { get; init; }

    /// <summary>From which verdict to which, for each metric.</summary>
    public required ValueList<VerdictFlip> Flips { get; init; }

    /// <summary>By metric.</summary>
    public required ValueList<BacktestGroup<string>> Metrics { get; init; }

    /// <summary>By customer; null for tickets of no organization.</summary>
    public required ValueList<BacktestGroup<OrganizationId?>> Organizations { get; init; }

    /// <summary>By priority, as it is now.</summary>
    public required ValueList<BacktestGroup<Priority>> Priorities { get; init; }

    /// <summary>By team, as it is now.</summary>
    public required ValueList<BacktestGroup<TeamId?>> Teams { get; init; }

    /// <summary>By the hour of the week in which the ticket was opened: 0 is Monday from midnight.</summary>
    public required ValueList<BacktestGroup<int>> Hours { get; init; }

    /// <summary>By team, the most work first.</summary>
    public required ValueList<TeamLoad> Load { get; init; }

    /// <summary>Every day of the span.</summary>
    public required ValueList<DayLoad> Days { get; init; }
}
