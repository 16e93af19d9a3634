using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>A span of a clock's life with its reason.</summary>
public sealed record ClockSegmentAnswer
{
    /// <summary><c>running</c>, <c>paused</c> or <c>outside-hours</c>.</summary>
    public required LedgerSegmentKind Kind { get; init; }

    /// <summary>Its begin.</summary>
    public required Instant From { get; init; }

    /// <summary>Its end; the next segment begins here.</summary>
    public required Instant To { get; init; }

    /// <summary>What it adds to elapsed.</summary>
    public required Duration Working { get; init; }

    /// <summary>The version of the ticket's event that brought the clock into this state.</summary>
    public required long EventVersion { get; init; }

    /// <summary>The event's stored name, such as <c>ticket.status-changed</c>.</summary>
    public required string? Event { get; init; }

    /// <summary>What kind of actor did it.</summary>
    public required ActorKind? Actor { get; init; }

    /// <summary>Who did it; null for the product.</summary>
    public required PersonAnswer? By { get; init; }

    /// <summary>What the event did to the clock: <c>started</c>, <c>paused</c>, <c>resumed</c>, <c>goal-changed</c>, <c>version-applied</c> or <c>recomputed</c>.</summary>
    public required ClockMarkKind Mark { get; init; }

    /// <summary>The condition that the event met, in the policy's notation; of one that resumed the clock the pause that holds no longer. Empty for a goal that asks for nothing and for a correction; null when it reads a field that is hidden from who asks.</summary>
    public required string? Condition { get; init; }

    /// <summary>The calendar that counted, in its pinned version.</summary>
    public required DocumentVersion Calendar { get; init; }

    /// <summary>The holiday's name.</summary>
    public LocalizedText? Holiday { get; init; }

    /// <summary>Where the calendar says so, as a JSON pointer.</summary>
    public string? CalendarLine { get; init; }

    internal static ClockSegmentAnswer Of(LedgerSegment segment, ClockWitnesses witnesses)
    {
        var cause = witnesses.Cause(segment.EventVersion);
        return new ClockSegmentAnswer
        {
            Kind = segment.Kind,
            From = segment.From,
            To = segment.To,
            Working = segment.Working,
            EventVersion = segment.EventVersion,
            Event = cause is null ? null : witnesses.NameOf(cause.Event),
            Actor = cause?.Actor.Kind,
            By = witnesses.Show(cause?.Actor.Person),
            Mark = segment.Mark,
            Condition = segment.Condition,
            Calendar = segment.Calendar,
            Holiday = segment.Holiday,
            CalendarLine = segment.CalendarLine,
        };
    }
}

/// <summary>What a clock was before two people corrected it.</summary>
/// <param name="EventVersion">The version of the event that corrected it.</param>
/// <param name="Was">The verdict that it had.</param>
/// <param name="ElapsedWas">The working time that it had counted.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who proposed it.</param>
/// <param name="ApprovedBy">Who approved it.</param>
public sealed record ClockCorrectionAnswer(
    long EventVersion,
    ClockVerdict Was,
    Duration ElapsedWas,
    string Reason,
    PersonAnswer? By,
    PersonAnswer? ApprovedBy
)
{
    internal static ClockCorrectionAnswer Of(ClockCorrection correction, ClockWitnesses witnesses) =>
        new(
            correction.EventVersion,
            correction.Was,
            correction.ElapsedWas,
            correction.Reason,
            witnesses.Show(correction.By),
            witnesses.Show(correction.ApprovedBy)
        );
}

/// <summary>What happened to a ticket and who did it, for the answers of its clocks.</summary>
internal sealed class ClockWitnesses(
    IReadOnlyDictionary<long, RecordedEvent> events,
    EventCatalog catalog,
    PeopleOfAnswer people,
    string desk
)
{
    public RecordedEvent? Cause(long version) => events.GetValueOrDefault(version);

    public PersonAnswer? Show(PersonId? person) => people.Show(person, desk);

    // Without the version of the stored form.
    public string NameOf(TicketEvent happened)
    {
        var name = catalog.NameOf(happened);
        return name[..name.LastIndexOf('/')];
    }
}

/// <summary>Reads what happened to a ticket, as far as the viewer sees it, and who did it.</summary>
internal sealed class ClockWitnessReader(IEventLog log, EventCatalog catalog, IPeople people)
{
    public async Task<ClockWitnesses> ReadAsync(
        Viewer viewer,
        TicketSnapshot ticket,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var events = FieldSight.Shown(
            viewer,
            ticket.State,
            await log.ReadTicketAsync(ticket.State.Id, cancellation),
            configuration
        );
        var corrections = ticket.Clocks.Select(one => one.Correction).OfType<ClockCorrection>();
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            viewer,
            events
                .Select(recorded => recorded.Actor.Person)
                .Concat(corrections.SelectMany(one => (PersonId?[])[one.By, one.ApprovedBy])),
            cancellation
        );
        var causes = events.ToDictionary(recorded => recorded.Version);
        return new ClockWitnesses(causes, catalog, shown, ticket.State.Desk);
    }
}
