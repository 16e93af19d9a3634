using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>A part of the state of tickets that a plugin owns, made by folding events. Must be pure.</summary>
/// <typeparam name="TFacet">An immutable record with value equality that serializes to JSON.</typeparam>
public abstract class Facet<TFacet>
    where TFacet : class
{
    /// <summary>The facet's id: the plugin's id, or that with a dot and a word.</summary>
    public abstract string Id { get; }

    /// <summary>Folds an event into the facet. Total: returns <paramref name="current"/> for what it does not know, never throws.</summary>
    /// <param name="current">The facet so far; null when the ticket has none.</param>
    /// <param name="event">Any event of the ticket, of whichever owner.</param>
    /// <param name="ticket">The ticket before the event; null before the first.</param>
    /// <returns>The facet after the event; null for none.</returns>
    public abstract TFacet? Evolve(TFacet? current, RecordedEvent @event, TicketState? ticket);

    /// <summary>Timers that follow from the state. Computed after every commit; what no longer follows is taken away.</summary>
    public virtual IEnumerable<DerivedTimer> Timers(TicketState ticket, TFacet facet) => [];

    /// <summary>What happens when a timer of this facet comes due.</summary>
    public virtual IEnumerable<TicketEvent> OnTimer(TicketState ticket, TFacet facet, DerivedTimer timer) => [];
}

/// <summary>An instant at which something is to happen to a ticket, derived from its state.</summary>
/// <param name="Key">Unique in the ticket; a plugin's begins with its facet's id and a colon.</param>
/// <param name="DueAt">When.</param>
public sealed record DerivedTimer(string Key, Instant DueAt);

/// <summary>What a decision may look at, besides the ticket and the command.</summary>
/// <param name="Now">The instant of the decision.</param>
/// <param name="Envelope">The command with its sender.</param>
/// <param name="Configuration">The configuration under which it is decided.</param>
public sealed record DecisionContext(Instant Now, CommandEnvelope Envelope, IConfiguration Configuration)
{
    /// <summary>What the sources of plugins found out for this command, see <see cref="IFactSource{TFact}"/>.</summary>
    public ValueList<object> Facts { get; init; } = [];

    /// <summary>What a plugin's source found out; null when it found nothing, or the plugin has none.</summary>
    public TFact? Fact<TFact>()
        where TFact : class => Facts.OfType<TFact>().FirstOrDefault();
}

/// <summary>
/// Looks up, before a command is decided, what a plugin's decider or policy must know from outside of the ticket: another
/// ticket, a contract. The decision itself stays pure. Asked for every command to every ticket, so it answers at once where
/// the command is none of its business.
/// </summary>
/// <typeparam name="TFact">The plugin's own immutable record.</typeparam>
public interface IFactSource<TFact>
    where TFact : class
{
    /// <summary>Finds out what there is to know. What it throws is counted and leaves the fact unknown; limit 5 seconds.</summary>
    /// <param name="before">The ticket as it was last seen; null when it is being opened.</param>
    /// <param name="envelope">The command with its sender: look only at what <see cref="CommandEnvelope.Viewer"/> may see.</param>
    /// <returns>Null when the command needs nothing.</returns>
    /// <exception cref="StorageUnavailableException">The database cannot be read: the command is answered with 503 and nothing is written.</exception>
    ValueTask<TFact?> FindAsync(TicketState? before, CommandEnvelope envelope, CancellationToken cancellation);
}

/// <summary>Decides a plugin's command. Pure: no clock, no database, no services.</summary>
public interface ICommandDecider<in TCommand>
    where TCommand : TicketCommand
{
    /// <summary>Events, or refusals whose codes are texts of the plugin.</summary>
    Decision Decide(TicketState ticket, TCommand command, DecisionContext context);
}

/// <summary>A part in every decision. Pure.</summary>
public interface ITicketPolicy
{
    /// <summary>Reasons against events that were decided; empty when there are none.</summary>
    /// <param name="before">The ticket before; null when it is being opened.</param>
    /// <param name="after">The ticket as it would be.</param>
    IEnumerable<Refusal> Check(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    ) => [];

    /// <summary>Events that follow from those decided, such as a priority from impact and urgency. Called once per decision.</summary>
    IEnumerable<TicketEvent> Follow(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    ) => [];
}

/// <summary>Something that happens after a commit, for each event of the log, at least once and in order per ticket.</summary>
public interface IReaction
{
    /// <summary>
    /// Reacts to an event. What it throws is retried with back-off (5 s, 30 s, 2 min, 10 min, 1 h) and then becomes a dead
    /// letter; other tickets and reactions go on. Limit 30 seconds. A change to a ticket is a command with
    /// <see cref="CommandEnvelope.Cause"/> the event's position, <see cref="CommandEnvelope.Depth"/> its depth plus one and an
    /// idempotency key made of both, so that "at least once" takes effect once.
    /// </summary>
    Task ReactAsync(RecordedEvent @event, CancellationToken cancellation);
}
