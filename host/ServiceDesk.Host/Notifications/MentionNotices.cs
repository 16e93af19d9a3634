using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Notifications;

/// <summary>
/// Tells agents of the desk that a colleague mentioned them, and lets them watch the ticket from then on, so that they find it
/// again. Of what customers write, and of the own words, nobody is told.
/// </summary>
public sealed class MentionNotices(
    ITicketGrains grains,
    INotifications notifications,
    IPeopleStore people,
    IViewers viewers,
    NoticeWords words
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.mention-notices";

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event switch
        {
            _ when @event.Actor is not { Kind: ActorKind.Person, Person: not null } => Task.CompletedTask,
            PublicCommentAdded { ByCustomer: false } comment => TellAsync(@event, comment.Body, cancellation),
            InternalNoteAdded note => TellAsync(@event, note.Body, cancellation),
            _ => Task.CompletedTask,
        };

    private async Task TellAsync(RecordedEvent @event, string body, CancellationToken cancellation)
    {
        var author = @event.Actor.Person!.Value;
        var mentioned = MentionedPeople.In(body).Where(person => person != author).ToList();
        if (
            mentioned.Count == 0
            || await grains.GetAsync(@event.Ticket, cancellation) is not { } ticket
            || await people.FindAsync(author, cancellation) is not { } writer
        )
        {
            return;
        }

        var notice = new Notification(
            $"mention:{@event.Ticket}:{@event.Version}",
            words.Say("notifications.mentioned", _ => [writer.Name, ticket.State.Key.ToString()]),
            @event.Ticket,
            Visibility.Internal
        );
        await notifications.SendAsync(notice, mentioned, cancellation);
        foreach (var person in mentioned)
        {
            if (await viewers.OfAsync(person, cancellation) is { } viewer && viewer.WorksOn(ticket.State.Desk))
            {
                await WatchAsync(@event, person, cancellation);
            }
        }
    }

    // A ticket that refuses, such as a merged one, is not watched.
    private Task<GrainAnswer> WatchAsync(RecordedEvent @event, PersonId person, CancellationToken cancellation) =>
        grains.SendAsync(
            @event.Ticket,
            new CommandEnvelope(new WatchTicket(person, Watch: true), Actor.System)
            {
                IdempotencyKey = $"mention:{@event.Ticket}:{@event.Version}:{person}",
                Cause = @event.Position,
                Depth = @event.Depth + 1,
            },
            cancellation
        );
}
