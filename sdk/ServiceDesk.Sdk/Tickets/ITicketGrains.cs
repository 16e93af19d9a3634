using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>A command with who sends it and why.</summary>
/// <param name="Command">What is asked.</param>
/// <param name="Actor">Who asks; written into the events.</param>
public sealed record CommandEnvelope(TicketCommand Command, Actor Actor)
{
    /// <summary>What the actor may; null for the system, timers and imports, which may everything.</summary>
    public Viewer? Viewer { get; init; }

    /// <summary>The version that the sender has seen; another current version is refused as stale. Null takes any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Unique per intake and act, 1 to 200 characters: the same key again has no second effect and gets the first answer.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>A hash of what was asked, at most 64 characters: the same <see cref="IdempotencyKey"/> with another one is refused instead of answered. Null is not compared.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The position of the event that a reaction answers.</summary>
    public long? Cause { get; init; }

    /// <summary>0 for people; a reaction's is that of its event plus one. Above 10 it is refused as a loop.</summary>
    public int Depth { get; init; }

    /// <summary>When it happened, for imports only; must not lie before the ticket's last event. Null is now.</summary>
    public Instant? At { get; init; }

    /// <summary>A command of a person, who may what the viewer may.</summary>
    public static CommandEnvelope By(Viewer viewer, TicketCommand command) =>
        new(command, Actor.Of(viewer.Person.Id)) { Viewer = viewer };
}

/// <summary>A ticket with its clocks, as they were at the last commit. Immutable.</summary>
/// <param name="State">The ticket.</param>
/// <param name="Clocks">Every promise on it, running and finished, in the order in which they started.</param>
public sealed record TicketSnapshot(TicketState State, ValueList<SlaClock> Clocks);

/// <summary>A grain's answer, given only after the commit.</summary>
public sealed record GrainAnswer
{
    private GrainAnswer(TicketSnapshot? ticket, ValueList<RecordedEvent> events, ValueList<Refusal> refusals)
    {
        Ticket = ticket;
        Events = events;
        Refusals = refusals;
    }

    /// <summary>The ticket after the command; null when refused.</summary>
    public TicketSnapshot? Ticket { get; }

    /// <summary>What was recorded; empty when nothing changed or refused.</summary>
    public ValueList<RecordedEvent> Events { get; }

    /// <summary>The reasons for a no; empty when accepted.</summary>
    public ValueList<Refusal> Refusals { get; }

    /// <summary>Whether it was accepted.</summary>
    public bool IsAccepted => Refusals.Count == 0;

    /// <summary>Accepted and committed.</summary>
    public static GrainAnswer Accepted(TicketSnapshot ticket, ValueList<RecordedEvent> events) =>
        new(ticket, events, []);

    /// <summary>Refused; nothing was written.</summary>
    /// <param name="refusals">At least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static GrainAnswer Refused(ValueList<Refusal> refusals) =>
        refusals.Count > 0
            ? new GrainAnswer(null, [], refusals)
            : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));
}

/// <summary>The one door to tickets: ask a grain by id, it answers. Knows nothing above of how grains are hosted.</summary>
public interface ITicketGrains
{
    /// <summary>Opens a ticket.</summary>
    /// <param name="envelope">An <see cref="OpenTicket"/> with its sender.</param>
    /// <returns>The ticket as it was committed, or every reason against it.</returns>
    /// <exception cref="InvalidOperationException">The envelope's command is not <see cref="OpenTicket"/>.</exception>
    /// <exception cref="StorageUnavailableException">The database did not take the commit; nothing was written, or the outcome is unknown and the idempotency key tells.</exception>
    Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation = default);

    /// <summary>
    /// Sends a command to a ticket. Commands to one ticket are decided one at a time; a command that loses against another
    /// node is decided again on the newer state. What the sender may is checked when <see cref="CommandEnvelope.Viewer"/> is given.
    /// </summary>
    /// <param name="ticket">The ticket; an unknown one is a refusal of the kind not found.</param>
    /// <param name="envelope">Any command but <see cref="OpenTicket"/>, with its sender.</param>
    /// <returns>The ticket as it was committed, or every reason against it.</returns>
    /// <exception cref="StorageUnavailableException">As for <see cref="OpenAsync"/>.</exception>
    Task<GrainAnswer> SendAsync(TicketId ticket, CommandEnvelope envelope, CancellationToken cancellation = default);

    /// <summary>The ticket as it is now, without any access check; null when there is none. For people use <see cref="Queries.ITicketQueries"/>.</summary>
    /// <exception cref="StorageUnavailableException">The database could not be reached.</exception>
    Task<TicketSnapshot?> GetAsync(TicketId ticket, CancellationToken cancellation = default);
}

/// <summary>The database could not be reached or refused to write. Becomes 503 with Retry-After.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
