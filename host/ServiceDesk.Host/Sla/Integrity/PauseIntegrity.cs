using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Core.Sla.Integrity;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Integrity;

/// <summary>Something that looks wrong with a clock of a ticket, with both verdicts.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Finding">What looks wrong.</param>
/// <param name="Official">What the clock comes to.</param>
/// <param name="Adjusted">What it would come to without what looks wrong.</param>
public sealed record IntegrityLine(TicketState Ticket, SlaFinding Finding, ClockOutcome Official, ClockOutcome Adjusted)
{
    /// <summary>Whether a correction would change the verdict, and not the time alone.</summary>
    public bool ChangesVerdict => Official.Verdict != Adjusted.Verdict;
}

/// <summary>What looks wrong with the clocks of the tickets that changed lately.</summary>
/// <param name="Lines">The newest first.</param>
/// <param name="Tickets">How many tickets were looked at.</param>
/// <param name="IsCut">Whether there were more.</param>
public sealed record IntegrityReport(IReadOnlyList<IntegrityLine> Lines, int Tickets, bool IsCut);

/// <summary>Looks through the clocks of the desks that somebody works on.</summary>
public sealed class PauseIntegrity(
    ITicketLives lives,
    EventCatalog catalog,
    SnapshotJson snapshots,
    ICurrentConfiguration configuration,
    IClock clock
)
{
    /// <summary>How many tickets are looked at; those that changed last.</summary>
    public const int MostTickets = 2_000;

    /// <summary>How many days back one can look.</summary>
    public const int MostDays = 365;

    /// <summary>Looks through the tickets that changed within days.</summary>
    public async Task<IntegrityReport> ReadAsync(Viewer viewer, int days, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var found = await lives.ChangedAsync(
            viewer.Desks,
            now - Duration.FromDays(days),
            MostTickets + 1,
            cancellation
        );
        var lines = found.Take(MostTickets).SelectMany(life => Lines(life, now)).ToList();
        return new IntegrityReport(
            [.. lines.OrderByDescending(line => line.Finding.At)],
            Math.Min(found.Count, MostTickets),
            found.Count > MostTickets
        );
    }

    /// <summary>What looks wrong with the clocks of one ticket.</summary>
    public IEnumerable<IntegrityLine> Of(TicketSnapshot ticket, IReadOnlyList<RecordedEvent> events)
    {
        var at = Instant.Max(clock.GetCurrentInstant(), ticket.State.UpdatedAt);
        var snapshot = configuration.Snapshot;
        return SlaIntegrity
            .Of(events, ticket, at, snapshot, new IntegrityLimits())
            .Select(finding => new IntegrityLine(
                ticket.State,
                finding,
                ClockOutcome.Of(finding.Clock, at, snapshot),
                ClockCorrections.Preview(finding.Clock, finding.Spans, finding.KeptGoals, at, snapshot)
            ));
    }

    // The clocks alone tell mostly that there is nothing to find: the events are read only of tickets that paused or changed.
    private IEnumerable<IntegrityLine> Lines(StoredLife life, Instant now)
    {
        var clocks = snapshots.ReadClocks(life.Snapshot);
        return clocks.Any(one => one.Marks.Count > 2 || one.StoppedAt is null && one.Since <= now)
            ? Of(snapshots.Read(life.Snapshot), [.. life.Events(catalog)])
            : [];
    }
}
