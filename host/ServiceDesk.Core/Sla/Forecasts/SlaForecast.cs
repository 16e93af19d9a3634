using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>Whether what is late already goes before what is due.</summary>
public enum LateWork
{
    /// <summary>It is due since longer, so it goes first.</summary>
    First = 1,

    /// <summary>It waits until everything else is done.</summary>
    Last = 2,
}

/// <summary>
/// Which clocks will break within a horizon, when everybody works on what is due next. Work is laid into free working hours in
/// the order of its due instants, each piece as early as one of those who have it is free; one person at a time works on it, and
/// it may be put aside overnight. So more hours never break more clocks. Pure.
/// </summary>
/// <param name="Now">From when.</param>
/// <param name="Until">To when.</param>
/// <param name="Lines">The clocks that are due within it, in order of due.</param>
/// <param name="Loads">What everybody has to do, by who has most that breaks.</param>
public sealed record SlaForecast(
    Instant Now,
    Instant Until,
    IReadOnlyList<ForecastLine> Lines,
    IReadOnlyList<ForecastLoad> Loads
)
{
    /// <summary>Clocks that will break.</summary>
    public IEnumerable<ForecastLine> Breaking => Lines.Where(line => line.Breaks);

    /// <summary>Reckons.</summary>
    /// <param name="clocks">Clocks that run; those that are due after <paramref name="until"/> do not matter.</param>
    public static SlaForecast Of(
        IEnumerable<ForecastClock> clocks,
        Workforce workforce,
        Instant now,
        Instant until,
        LateWork late = LateWork.First
    )
    {
        var pieces = clocks
            .Where(clock => clock.DueAt <= until)
            .GroupBy(clock => (clock.Ticket, clock.Work, clock.Owner))
            .Select(group => new WorkPiece(group.Key.Owner, [.. group.OrderBy(clock => clock.DueAt)], now, late))
            .OrderBy(piece => piece.Waits)
            .ThenBy(piece => piece.DueAt)
            .ThenBy(piece => piece.Ticket.Value)
            .ThenBy(piece => piece.Work)
            .ToList();
        var schedule = new WorkSchedule(workforce, pieces, now, until);
        var lines = pieces.SelectMany(schedule.Lay).ToList();
        lines.Sort(
            (one, other) =>
                (one.Clock.DueAt, one.Clock.Ticket.Value).CompareTo((other.Clock.DueAt, other.Clock.Ticket.Value))
        );
        return new SlaForecast(now, until, lines, Load(pieces, lines, workforce, now, until));
    }

    /// <summary>Clocks that break in another forecast and do not in this one.</summary>
    public IReadOnlyList<ForecastLine> BreakingOnlyIn(SlaForecast other)
    {
        var here = Breaking.Select(Key).ToHashSet();
        return [.. other.Breaking.Where(line => !here.Contains(Key(line)))];
    }

    private static (TicketId, string, int) Key(ForecastLine line) =>
        (line.Clock.Ticket, line.Clock.Metric, line.Clock.Cycle);

    private static IReadOnlyList<ForecastLoad> Load(
        IReadOnlyList<WorkPiece> pieces,
        IReadOnlyList<ForecastLine> lines,
        Workforce workforce,
        Instant now,
        Instant until
    )
    {
        var due = lines.ToLookup(line => line.Clock.Owner);
        return
        [
            .. pieces
                .GroupBy(piece => piece.Owner)
                .Select(group => new ForecastLoad(
                    group.Key,
                    workforce.Available(group.Key, now, until),
                    group.Aggregate(Duration.Zero, (sum, piece) => sum + piece.Need),
                    due[group.Key].Count(),
                    due[group.Key].Count(line => line.Breaks),
                    group.Sum(piece => piece.Clocks.Count(clock => clock.DueAt <= now))
                ))
                .OrderByDescending(load => load.Breaks)
                .ThenByDescending(load => load.Needed)
                .ThenBy(load => load.Owner.Person?.Value)
                .ThenBy(load => load.Owner.Team?.Value)
                .ThenBy(load => load.Owner.Desk, StringComparer.Ordinal),
        ];
    }
}
