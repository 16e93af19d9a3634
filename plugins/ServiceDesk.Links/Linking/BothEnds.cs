using System.Globalization;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Linking;

/// <summary>
/// Makes the other end of a link like the one that changed, and tells linked tickets of a change of status. It sends the state
/// that the changed ticket has now and not the step that it took, so that two ends changed at the same time agree in the end.
/// </summary>
public sealed class BothEnds(ITicketGrains grains) : IReaction
{
    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event switch
        {
            TicketsLinked e => MirrorAsync(@event, e.Type, e.Direction, e.Other, e.Hierarchical, cancellation),
            TicketsUnlinked e => MirrorAsync(@event, e.Type, e.Direction, e.Other, hierarchical: false, cancellation),
            StatusChanged e => TellAsync(@event, e.Category, isNews: true, cancellation),
            TicketMoved e => TellAsync(
                @event,
                e.Category,
                e.StatusBefore is { } before && before != e.Status,
                cancellation
            ),
            _ => Task.CompletedTask,
        };

    private async Task MirrorAsync(
        RecordedEvent @event,
        string type,
        LinkDirection direction,
        TicketId other,
        bool hierarchical,
        CancellationToken cancellation
    )
    {
        if ((await grains.GetAsync(@event.Ticket, cancellation))?.State is not { } ticket)
        {
            return;
        }

        var own = ticket.Links().Find(type, direction, other);
        var mirror = new MirrorLink(
            type,
            direction.Opposite(),
            ticket.Id,
            ticket.Category,
            own?.Hierarchical ?? hierarchical,
            own is not null
        );
        var answer = await grains.SendAsync(other, Envelope(@event, mirror, "mirror", other), cancellation);
        if (answer.Refusals.Any(refusal => refusal.Code == LinkRules.Unknown))
        {
            throw new InvalidOperationException($"What {other} is linked with could not be looked up in time.");
        }

        // A link that the other end does not have is none, whatever was said against it there.
        if (!answer.IsAccepted && own is not null)
        {
            var undo = new MirrorLink(type, direction, other, ticket.Category, hierarchical, IsLinked: false);
            await grains.SendAsync(ticket.Id, Envelope(@event, undo, "undo", ticket.Id), cancellation);
        }
    }

    private async Task TellAsync(
        RecordedEvent @event,
        StatusCategory category,
        bool isNews,
        CancellationToken cancellation
    )
    {
        if ((await grains.GetAsync(@event.Ticket, cancellation))?.State is not { } ticket)
        {
            return;
        }

        foreach (var other in ticket.Links().Others)
        {
            var note = new NoteLinkedTicket(ticket.Id, category, isNews);
            await grains.SendAsync(other, Envelope(@event, note, "status", other), cancellation);
        }
    }

    private static CommandEnvelope Envelope(RecordedEvent @event, TicketCommand command, string act, TicketId to) =>
        new(command, new Actor(ActorKind.Plugin, @event.Actor.Person, LinksPlugin.Id))
        {
            Cause = @event.Position,
            Depth = @event.Depth + 1,
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"links.{act}:{@event.Position}:{to}"),
        };
}
