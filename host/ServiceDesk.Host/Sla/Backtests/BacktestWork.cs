using NodaTime;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Backtests;

/// <summary>What is done with each ticket of a trial.</summary>
internal sealed record BacktestWork(
    SlaBacktest Engine,
    DraftConfiguration Draft,
    IConfiguration Current,
    BacktestRequest Request
)
{
    /// <summary>Holds what a ticket would have against what it has; null when it was never opened.</summary>
    public TicketComparison? Compare(IEnumerable<RecordedEvent> events, ValueList<SlaClock> official)
    {
        var folded = Engine.Fold(events, Draft);
        if (folded is null)
        {
            return null;
        }

        // What people did while the trial ran lies behind its instant.
        var now = Instant.Max(Request.To, folded.State.UpdatedAt);
        return SlaBacktest.Compare(folded, official, now, Draft, Current);
    }
}

/// <summary>What a thread counted, and which clocks it thinks worth a look.</summary>
internal sealed class BacktestCount(BacktestRequest request)
{
    private readonly DateTimeZone zone = DateTimeZoneProviders.Tzdb[request.Zone];
    private readonly List<KeptClock> flipped = [];
    private readonly List<KeptClock> breached = [];

    /// <summary>Promises to customers.</summary>
    public BacktestTally Customers { get; } = Tally(request);

    /// <summary>Promises between teams.</summary>
    public BacktestTally Teams { get; } = Tally(request);

    public void Add(TicketComparison comparison)
    {
        Customers.Add(comparison.Under(AgreementType.Sla));
        Teams.Add(comparison.Under(AgreementType.Ola));
        foreach (var clock in comparison.Clocks)
        {
            if (clock.Flips || clock.IsBreached)
            {
                (clock.Flips ? flipped : breached).Add(Kept(comparison.Ticket, clock));
            }
        }
    }

    public void Add(BacktestCount other)
    {
        Customers.Add(other.Customers);
        Teams.Add(other.Teams);
        flipped.AddRange(other.flipped);
        breached.AddRange(other.breached);
    }

    /// <summary>The clocks to keep: those whose verdict changes come first, and of all the latest.</summary>
    public (IReadOnlyList<KeptClock> Clocks, bool IsCut) Kept(int most) =>
        (
            [
                .. flipped
                    .OrderByDescending(clock => clock.DraftOver)
                    .Concat(breached.OrderByDescending(clock => clock.DraftOver))
                    .Take(most),
            ],
            flipped.Count + breached.Count > most
        );

    private static BacktestTally Tally(BacktestRequest request) =>
        new(DateTimeZoneProviders.Tzdb[request.Zone], request.From, request.To);

    private KeptClock Kept(TicketState ticket, ComparedClock clock) =>
        new(
            ticket.Id,
            clock.Metric,
            clock.Cycle,
            clock.Official?.Verdict,
            clock.Draft?.Verdict,
            ticket.Organization,
            ticket.Priority,
            ticket.Team,
            BacktestTally.HourOfWeek(ticket.CreatedAt, zone),
            clock.Official?.Over ?? Duration.Zero,
            clock.Draft?.Over ?? Duration.Zero,
            clock.Official?.Agreement,
            clock.Draft?.Agreement
        );
}
