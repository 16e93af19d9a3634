using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Versions;

/// <summary>What publishing a draft would do to the clocks that run.</summary>
/// <param name="Tickets">How many tickets have clocks that it touches.</param>
/// <param name="Clocks">How many clocks.</param>
/// <param name="Breached">How many of them are breached already.</param>
/// <param name="BreachedWhenKept">How many would be when elapsed time stays.</param>
/// <param name="BreachedWhenRecomputed">How many would be when they were recomputed.</param>
/// <param name="EndedWhenRecomputed">How many would have ended by now when they were recomputed.</param>
/// <param name="IsCut">Whether there are more tickets than were looked at.</param>
public sealed record SlaPreviewFigures(
    int Tickets,
    int Clocks,
    int Breached,
    int BreachedWhenKept,
    int BreachedWhenRecomputed,
    int EndedWhenRecomputed,
    bool IsCut
);

/// <summary>Tells what publishing a draft would do, by doing it to copies.</summary>
public sealed class SlaPreview(
    ITicketLives lives,
    EventCatalog catalog,
    SnapshotJson snapshots,
    SlaFold fold,
    TicketExtensions extensions,
    ICurrentConfiguration configuration,
    IClock clock
)
{
    /// <summary>How many tickets with touched clocks are looked at.</summary>
    public const int MostTickets = 2_000;

    private const int PageSize = 100;

    /// <summary>Whether a configuration has a version of a document.</summary>
    public static bool Knows(IConfiguration configuration, string kind, string document, int version) =>
        kind == DocumentKinds.Calendar
            ? configuration.AtVersion<CalendarDocument>(document, version) is not null
            : configuration.AtVersion<SlaPolicyDocument>(document, version) is not null;

    /// <summary>What publishing the document as its next version would do.</summary>
    public async Task<SlaPreviewFigures> OfAsync(ConfigurationDocument document, CancellationToken cancellation)
    {
        var draft = new DraftConfiguration(configuration.Snapshot, [document]);
        var isCalendar = document is CalendarDocument;
        var applied = new SlaVersionApplied(
            isCalendar ? DocumentKinds.Calendar : DocumentKinds.SlaPolicy,
            document.Id,
            isCalendar
                ? draft.VersionOf<CalendarDocument>(document.Id)
                : draft.VersionOf<SlaPolicyDocument>(document.Id),
            ChangeoverMode.KeepElapsed,
            [],
            default
        );
        var figures = new SlaPreviewFigures(0, 0, 0, 0, 0, 0, IsCut: false);
        TicketId after = default;
        while (
            await lives.CountedByAsync(applied.Kind, applied.Document, after, PageSize, cancellation)
                is { Count: > 0 } page
        )
        {
            after = page[^1];
            // What the index says may be older than the ticket: the ticket decides.
            foreach (var life in await lives.FindAsync(page, cancellation))
            {
                var ticket = snapshots.Read(life.Snapshot);
                if (ticket.Clocks.Any(one => IsTouched(one, applied)))
                {
                    if (figures.Tickets == MostTickets)
                    {
                        return figures with { IsCut = true };
                    }

                    figures = Add(figures, ticket, [.. life.Events(catalog)], applied, draft);
                }
            }
        }

        return figures;
    }

    private static bool IsTouched(SlaClock clock, SlaVersionApplied applied) =>
        SlaFold.Takes(clock, applied.Kind, applied.Document, applied.Version);

    private SlaPreviewFigures Add(
        SlaPreviewFigures figures,
        TicketSnapshot ticket,
        IReadOnlyList<RecordedEvent> events,
        SlaVersionApplied applied,
        DraftConfiguration draft
    )
    {
        var now = Instant.Max(clock.GetCurrentInstant(), ticket.State.UpdatedAt);
        var touched = ticket.Clocks.Where(one => IsTouched(one, applied)).ToValueList();
        var recorded = new RecordedEvent(
            ticket.State.Id,
            ticket.State.Version + 1,
            0,
            applied,
            now,
            Actor.System,
            draft.Revision,
            null,
            0
        );
        var kept = fold.Apply(touched, ticket.State, ticket.State, recorded, draft).Take(touched.Count);
        var recompute = new SlaRecompute(fold, (state, one) => Ticket.Evolve(state, one, extensions));
        var recomputed = recompute.Of(events, touched, applied with { Mode = ChangeoverMode.Recompute }, draft);
        return figures with
        {
            Tickets = figures.Tickets + 1,
            Clocks = figures.Clocks + touched.Count,
            Breached = figures.Breached + Breached(touched, now, draft),
            BreachedWhenKept = figures.BreachedWhenKept + Breached(kept, now, draft),
            BreachedWhenRecomputed = figures.BreachedWhenRecomputed + Breached(recomputed, now, draft),
            EndedWhenRecomputed =
                figures.EndedWhenRecomputed + recomputed.Count(one => one.Status == ClockStatus.Stopped),
        };
    }

    private static int Breached(IEnumerable<SlaClock> clocks, Instant now, IConfiguration configuration) =>
        clocks.Count(one => ClockReading.Of(one, now, configuration).Verdict == ClockVerdict.Breached);
}
