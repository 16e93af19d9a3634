using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// A part of the state of tickets that a plugin owns, made by folding events. Must be pure: the same events give the same facet,
/// today and after a rebuild. A method that throws leaves the facet as it was and is counted in the administration.
/// </summary>
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

    /// <summary>
    /// Timers that follow from the state. Computed after every commit and kept in the same transaction; what no longer follows
    /// is taken away. After five failures in a row none is derived until an administrator resumes them.
    /// </summary>
    /// <param name="ticket">The ticket after the commit.</param>
    /// <param name="facet">The facet after the commit.</param>
    /// <returns>Timers with keys that begin with <see cref="Id"/> and a colon; others are passed over.</returns>
    public virtual IEnumerable<DerivedTimer> Timers(TicketState ticket, TFacet facet) => [];

    /// <summary>
    /// What happens when a timer of this facet comes due: once, however late. The events must make the facet derive it no
    /// longer, or it comes due again at once.
    /// </summary>
    /// <param name="ticket">The ticket when it comes due.</param>
    /// <param name="facet">The facet when it comes due.</param>
    /// <param name="timer">The timer, with the instant at which it was due.</param>
    public virtual IEnumerable<TicketEvent> OnTimer(TicketState ticket, TFacet facet, DerivedTimer timer) => [];
}

/// <summary>An instant at which something is to happen to a ticket, derived from its state.</summary>
/// <param name="Key">Unique in the ticket; a plugin's begins with its facet's id and a colon.</param>
/// <param name="DueAt">When; an instant in the past is due at once.</param>
public sealed record DerivedTimer(string Key, Instant DueAt);

/// <summary>What a decision may look at, besides the ticket and the command.</summary>
/// <param name="Now">The instant of the decision; an importer's own. The only time that a decision may know.</param>
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

/// <summary>
/// Decides a plugin's command. Pure: no clock, no database, no services. May be called more than once for a command, when
/// another node was faster. That the sender may see the ticket was checked before; what else the command needs is for the decider
/// to check, by <see cref="CommandEnvelope.Viewer"/>. One that throws is a refusal that names the plugin.
/// </summary>
/// <typeparam name="TCommand">The command.</typeparam>
public interface ICommandDecider<in TCommand>
    where TCommand : TicketCommand
{
    /// <summary>Events, or refusals whose codes are texts of the plugin.</summary>
    /// <param name="ticket">The ticket as it is.</param>
    /// <param name="command">What is asked; nothing in it is checked before.</param>
    /// <param name="context">What else may be looked at.</param>
    /// <returns>Events of the plugin or the product, in order; none when nothing would change.</returns>
    Decision Decide(TicketState ticket, TCommand command, DecisionContext context);
}

/// <summary>A part in every decision, the product's and other plugins' included. Pure.</summary>
public interface ITicketPolicy
{
    /// <summary>Reasons against events that were decided; empty when there are none.</summary>
    /// <param name="before">The ticket before; null when it is being opened.</param>
    /// <param name="after">The ticket as it would be.</param>
    /// <param name="events">What was decided, with what followed from it.</param>
    /// <param name="context">What else may be looked at.</param>
    /// <returns>Refusals whose codes are texts of the plugin. A check that throws refuses a person's, rule's or script's command by the plugin's name, and is passed over for timers and imports.</returns>
    IEnumerable<Refusal> Check(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    ) => [];

    /// <summary>Events that follow from those decided, such as a priority from impact and urgency. Called once per decision. What throws is passed over and counted.</summary>
    /// <param name="before">The ticket before; null when it is being opened.</param>
    /// <param name="after">The ticket as it would be with <paramref name="events"/>.</param>
    /// <param name="events">What was decided, and what other policies added before.</param>
    /// <param name="context">What else may be looked at.</param>
    /// <returns>Events to add behind those decided; none when nothing follows.</returns>
    IEnumerable<TicketEvent> Follow(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    ) => [];
}

/// <summary>
/// Something that happens after a commit, for each event of the log, at least once and in order per ticket. Made anew for each
/// event, with services of its own scope. One that is new to an installation begins with the events after it was installed.
/// </summary>
public interface IReaction
{
    /// <summary>
    /// Reacts to an event. What it throws is retried with back-off (5 s, 30 s, 2 min, 10 min, 1 h) and then becomes a dead
    /// letter; other tickets and reactions go on. Limit 30 seconds. A change to a ticket is a command with
    /// <see cref="CommandEnvelope.Cause"/> the event's position, <see cref="CommandEnvelope.Depth"/> its depth plus one and an
    /// idempotency key made of both, so that "at least once" takes effect once.
    /// </summary>
    /// <param name="event">Any committed event, of whichever owner; pass over quickly what does not matter.</param>
    /// <param name="cancellation">Ends at the limit and when the server stops.</param>
    Task ReactAsync(RecordedEvent @event, CancellationToken cancellation);
}
