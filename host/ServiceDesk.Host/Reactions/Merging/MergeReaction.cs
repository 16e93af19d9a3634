using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Merging;

/// <summary>
/// Lets the ticket that stays follow a merge and its undoing. It sends what the merged ticket says now and not the step that it
/// took, so that both agree in the end however often and in whatever order it is repeated. A ticket that was itself merged
/// meanwhile takes nothing in: then the merge is undone.
/// </summary>
public sealed class MergeReaction(ITicketGrains grains, ILogger<MergeReaction> logger) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.merges";

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event switch
        {
            TicketMerged merged => FollowAsync(@event, merged.Into, cancellation),
            MergeUndone undone => FollowAsync(@event, undone.Into, cancellation),
            _ => Task.CompletedTask,
        };

    private async Task FollowAsync(RecordedEvent @event, TicketId stays, CancellationToken cancellation)
    {
        if ((await grains.GetAsync(@event.Ticket, cancellation))?.State is not { } ticket)
        {
            return;
        }

        var hold = new HoldMerged(
            ticket.Id,
            ticket.Key,
            ticket.Merged?.Ticket == stays,
            Ticket.CustomersOf(ticket),
            ticket.Watchers
        );
        var answer = await grains.SendAsync(stays, Envelope(@event, hold, "hold"), cancellation);
        if (!answer.IsAccepted)
        {
            logger.MergeUndone(ticket.Key, answer.Refusals[0].Code);
            await grains.SendAsync(ticket.Id, Envelope(@event, new UndoMerge(), "undo"), cancellation);
        }
    }

    private static CommandEnvelope Envelope(RecordedEvent @event, TicketCommand command, string act) =>
        new(command, new Actor(ActorKind.System, @event.Actor.Person))
        {
            Cause = @event.Position,
            Depth = @event.Depth + 1,
            IdempotencyKey = $"{Name}.{act}:{@event.Position}",
        };
}

/// <summary>What the reaction writes to the log.</summary>
internal static partial class MergeLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "{Ticket} is a ticket of its own again: the one into which it was merged did not take it in ({Code})."
    )]
    public static partial void MergeUndone(this ILogger logger, TicketKey ticket, string code);
}
