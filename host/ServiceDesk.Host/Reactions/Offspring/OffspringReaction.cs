using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Offspring;

/// <summary>Lets a ticket follow that another one came out of it. The new one says so in the commit that opens it; repeated, this changes nothing.</summary>
public sealed class OffspringReaction(ITicketGrains grains) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.offspring";

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event is TicketOpened { Origin: { } origin } opened
            ? grains.SendAsync(
                origin.Ticket,
                new CommandEnvelope(
                    new NoteOffspring(origin.Kind, opened.Id, opened.Key, origin.Comment),
                    new Actor(ActorKind.System, @event.Actor.Person)
                )
                {
                    Cause = @event.Position,
                    Depth = @event.Depth + 1,
                    IdempotencyKey = $"{Name}:{@event.Position}",
                },
                cancellation
            )
            : Task.CompletedTask;
}
