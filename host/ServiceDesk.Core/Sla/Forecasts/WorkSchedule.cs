using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>A piece of work on a ticket, with the clocks that it stops.</summary>
internal sealed class WorkPiece(ForecastOwner owner, IReadOnlyList<ForecastClock> clocks, Instant now, LateWork late)
{
    public ForecastOwner Owner => owner;

    public IReadOnlyList<ForecastClock> Clocks => clocks;

    public TicketId Ticket => clocks[0].Ticket;

    public ForecastWork Work => clocks[0].Work;

    /// <summary>Whether it waits until all else is done.</summary>
    public bool Waits { get; } = late == LateWork.Last && clocks.All(clock => clock.DueAt <= now);

    /// <summary>By what it stands in the order.</summary>
    public Instant DueAt { get; } =
        late == LateWork.Last && clocks.FirstOrDefault(clock => clock.DueAt > now) is { } next
            ? next.DueAt
            : clocks[0].DueAt;

    public Duration Need { get; } = clocks.Max(clock => clock.Need);
}

/// <summary>Lays pieces of work into working hours, one after the other.</summary>
internal sealed class WorkSchedule
{
    private readonly Workforce workforce;
    private readonly Instant now;
    private readonly Instant until;
    private readonly Dictionary<ForecastWorker, FreeHours> free;
    private readonly Dictionary<ForecastOwner, (ForecastHand Hand, FreeHours Free)[]> hands;
    private readonly Dictionary<ForecastOwner, int> laid = [];

    public WorkSchedule(Workforce workforce, IReadOnlyList<WorkPiece> pieces, Instant now, Instant until)
    {
        (this.workforce, this.now, this.until) = (workforce, now, until);
        free = workforce.Hours.ToDictionary(one => one.Key, one => new FreeHours(one.Value));

        // Who has least of the own takes what is nobody's. It must not depend on the hours: more of them would else harm somebody.
        var own = pieces
            .Where(piece => piece.Owner.Person is not null)
            .GroupBy(piece => piece.Owner.Person)
            .ToDictionary(group => group.Key!.Value, group => group.Sum(piece => piece.Need.TotalSeconds));
        hands = pieces
            .Select(piece => piece.Owner)
            .Distinct()
            .ToDictionary(
                owner => owner,
                owner =>
                    workforce
                        .HandsOf(owner)
                        .Where(hand => free.ContainsKey(hand.Worker))
                        .OrderBy(hand => hand.Worker.Person is { } id ? own.GetValueOrDefault(id) : 0)
                        .ThenBy(hand => hand.Worker.Person?.Value)
                        .ThenBy(hand => hand.Worker.Number)
                        .Select(hand => (hand, free[hand.Worker]))
                        .ToArray()
            );
    }

    /// <summary>Lays a piece behind those before it, and says what becomes of its clocks.</summary>
    public IEnumerable<ForecastLine> Lay(WorkPiece piece)
    {
        var mine = hands[piece.Owner];
        var worked = new List<Interval>();
        var left = piece.Need;
        for (var here = now; left > Duration.Zero && here < until; )
        {
            if (Next(mine, here) is not { } next || next.Span.Start >= until)
            {
                break;
            }

            var end = Instant.Min(Instant.Min(next.Span.End, until), next.Span.Start + left);
            var span = new Interval(next.Span.Start, end);
            next.Free.Take(span);
            worked.Add(span);
            (left, here) = (left - span.Duration, end);
        }

        var ahead = laid.GetValueOrDefault(piece.Owner);
        laid[piece.Owner] = ahead + 1;
        var by =
            left > Duration.Zero ? (Instant?)null
            : worked.Count > 0 ? worked[^1].End
            : now;
        return
        [
            .. piece.Clocks.Where(clock => clock.DueAt > now).Select(clock => Judge(clock, piece, worked, by, ahead)),
        ];
    }

    private ForecastLine Judge(
        ForecastClock clock,
        WorkPiece piece,
        IReadOnlyList<Interval> worked,
        Instant? by,
        int ahead
    )
    {
        var available = workforce.Available(piece.Owner, now, clock.DueAt);
        if (by <= clock.DueAt)
        {
            return new ForecastLine(clock, by, null, available, Duration.Zero, piece.Need, ahead);
        }

        var done = worked
            .Where(span => span.Start < clock.DueAt)
            .Aggregate(Duration.Zero, (sum, span) => sum + (Instant.Min(span.End, clock.DueAt) - span.Start));
        var stillFree = hands[piece.Owner]
            .Aggregate(Duration.Zero, (sum, one) => sum + Between(one.Hand, one.Free, clock.DueAt));
        return new ForecastLine(clock, by, Why(clock, available), available, available - stillFree - done, done, ahead);
    }

    private ForecastReason Why(ForecastClock clock, Duration available) =>
        workforce.HandsOf(clock.Owner).Count == 0 ? ForecastReason.Nobody
        : available > Duration.Zero ? ForecastReason.Load
        : workforce.CutsOf(clock.Owner, clock.DueAt).Any(cut => cut.Absence is not null) ? ForecastReason.Absent
        : ForecastReason.OutsideHours;

    // Who is free first; of several the first in order, until one before that one is free too.
    private static (Interval Span, FreeHours Free)? Next((ForecastHand Hand, FreeHours Free)[] mine, Instant here)
    {
        (Interval Span, FreeHours Free)? first = null;
        foreach (var (hand, hours) in mine)
        {
            if (hours.Next(here, hand.Windows) is not { } span)
            {
                continue;
            }

            if (first is not { } found)
            {
                first = (span, hours);
            }
            else if (span.Start < found.Span.Start)
            {
                first = (new Interval(span.Start, Instant.Min(span.End, found.Span.Start)), hours);
            }

            if (span.Start == here)
            {
                break;
            }
        }

        return first;
    }

    private Duration Between(ForecastHand hand, FreeHours hours, Instant due) =>
        hand.Windows is null
            ? hours.Between(now, due)
            : hand.Windows.Aggregate(
                Duration.Zero,
                (sum, window) =>
                    window.Start < due && window.End > now
                        ? sum + hours.Between(Instant.Max(now, window.Start), Instant.Min(due, window.End))
                        : sum
            );
}
