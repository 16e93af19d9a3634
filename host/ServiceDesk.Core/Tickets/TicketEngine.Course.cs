using System.Collections.Immutable;
using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

public sealed partial class TicketEngine
{
    /// <summary>Folds one recorded event into a ticket and its clocks. Total; null while the ticket was not opened.</summary>
    /// <param name="configuration">The configuration at the event's revision.</param>
    public TicketSnapshot? Fold(TicketSnapshot? before, RecordedEvent recorded, IConfiguration configuration)
    {
        var state = Ticket.Evolve(before?.State, recorded, Extensions);
        return state is null
            ? null
            : new TicketSnapshot(state, sla.Apply(before?.Clocks ?? [], before?.State, state, recorded, configuration));
    }

    /// <summary>The ticket after all these events: what its stored snapshot must be equal to.</summary>
    /// <param name="events">All events of one ticket, in order.</param>
    /// <param name="configurationAt">The configuration at a revision.</param>
    public TicketSnapshot? Replay(IEnumerable<RecordedEvent> events, Func<long, IConfiguration> configurationAt) =>
        events.Aggregate(
            (TicketSnapshot?)null,
            (ticket, recorded) => Fold(ticket, recorded, configurationAt(recorded.ConfigurationRevision))
        );

    /// <summary>A ticket on its way through a step: what it is by now and what was recorded. Immutable, so that a try leaves no trace.</summary>
    private sealed record Course(TicketEngine Engine, TicketSnapshot? Ticket, IConfiguration Configuration)
    {
        private ImmutableList<RecordedEvent> Events { get; init; } = [];

        /// <summary>Timers that took their effect in this step.</summary>
        private ImmutableHashSet<DerivedTimer> Spent { get; init; } = [];

        public ValueList<RecordedEvent> Recorded => Events.ToValueList();

        /// <summary>All timers that follow now.</summary>
        public ValueList<DerivedTimer> Timers() =>
            Ticket is null
                ? []
                : Engine.Derive(Ticket, Configuration).Where(timer => !Spent.Contains(timer)).ToValueList();

        public Course WithSpent(DerivedTimer timer) => this with { Spent = Spent.Add(timer) };

        public Course With(IEnumerable<TicketEvent> events, DecisionContext context) =>
            events.Aggregate(this, (course, @event) => course.With(@event, context));

        private Course With(TicketEvent @event, DecisionContext context)
        {
            var version = (Ticket?.State.Version ?? 0) + 1;
            var envelope = context.Envelope;
            var recorded = new RecordedEvent(
                Ticket?.State.Id ?? (@event as TicketOpened)?.Id ?? default,
                version,
                Position: 0,
                Numbered(@event, version),
                Instant.Max(context.Now, Ticket?.State.UpdatedAt ?? Instant.MinValue),
                envelope.Actor,
                Configuration.Revision,
                envelope.Cause,
                envelope.Depth
            );
            return this with { Ticket = Engine.Fold(Ticket, recorded, Configuration), Events = Events.Add(recorded) };
        }

        // A comment's and an approval's id is the version of its event, which only the record knows.
        private static TicketEvent Numbered(TicketEvent @event, long version) =>
            @event switch
            {
                PublicCommentAdded comment => comment with { CommentId = version },
                InternalNoteAdded note => note with { CommentId = version },
                ApprovalRequested approval => approval with { Approval = version },
                _ => @event,
            };
    }
}
