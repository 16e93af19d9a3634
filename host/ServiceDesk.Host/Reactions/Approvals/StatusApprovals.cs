using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Reactions.Approvals;

/// <summary>
/// Asks for the approval of a status that a ticket entered, and takes the transition that follows from an approval. An
/// approval that cannot be asked, because a team is missing or too small, and a transition that the ticket refuses are noted at the
/// ticket with the reasons, for those who work on it: they repair it and let it be tried again.
/// </summary>
public sealed class StatusApprovals(
    ITicketGrains grains,
    ICurrentConfiguration configuration,
    ILogger<StatusApprovals> logger
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.approvals";

    private const int MostTries = 5;

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event switch
        {
            _ when @event.Actor.Kind == ActorKind.Import => Task.CompletedTask,
            TicketOpened opened => AskAsync(@event, opened.Status, cancellation),
            StatusChanged changed => AskAsync(@event, changed.To, cancellation),
            TicketMoved moved => AskAsync(@event, moved.Status, cancellation),
            // The status still waits: it asks anew, those whom its policy names now.
            ApprovalEnded { State: ApprovalState.Withdrawn } ended => AskAgainAsync(@event, ended, cancellation),
            ApprovalEnded ended => GoOnAsync(@event, ended.Approval, cancellation),
            ApprovalAskedAgain { Approval: { } approval } => GoOnAsync(@event, approval, cancellation),
            ApprovalAskedAgain again => AskAsync(@event, again.Status, cancellation),
            _ => Task.CompletedTask,
        };

    private async Task AskAgainAsync(RecordedEvent @event, ApprovalEnded ended, CancellationToken cancellation)
    {
        var ticket = (await grains.GetAsync(@event.Ticket, cancellation))?.State;
        // Also one that somebody asked by hand: so a ticket is freed whose status never asked, or whose no led nowhere.
        if (ticket?.FindApproval(ended.Approval) is { ByCustomer: false })
        {
            await AskAsync(@event, ticket.Status, cancellation);
        }
    }

    private async Task AskAsync(RecordedEvent @event, string status, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var ticket = (await grains.GetAsync(@event.Ticket, cancellation))?.State;
            if (ticket is null || Wanted(ticket, status) is not { } approval)
            {
                return;
            }

            var command = new RequestApproval
            {
                Policy = approval.Policy,
                ForStatus = true,
                WhenApproved = approval.Approved,
                WhenDeclined = approval.Declined,
            };
            // At the version that was looked at, so that it is asked for this status and no later one.
            var envelope = Envelope(command, @event) with
            {
                ExpectedVersion = ticket.Version,
            };
            var answer = await grains.SendAsync(ticket.Id, envelope, cancellation);
            if (answer.IsAccepted)
            {
                return;
            }

            if (IsStale(answer))
            {
                continue;
            }

            logger.ApprovalNotAsked(ticket.Key, approval.Policy, answer.Refusals[0].Code);
            var note = Envelope(new NoteApprovalNotAsked(approval.Policy, answer.Refusals), @event, "not-asked") with
            {
                ExpectedVersion = ticket.Version,
            };
            if (!IsStale(await grains.SendAsync(ticket.Id, note, cancellation)))
            {
                return;
            }
        }

        throw new InvalidOperationException($"Ticket {@event.Ticket} changes too fast to ask for its approval.");
    }

    // Nothing is asked for a status that was left meanwhile, nor twice for the same stay.
    private StatusApproval? Wanted(TicketState ticket, string status) =>
        ticket.Status == status
        && ticket.Merged is null
        && ticket.Category != StatusCategory.Done
        && configuration.Snapshot.WorkflowOf(ticket.Type)?.Status(status)?.Approval is { } wanted
        && MayAsk(wanted, ApprovalGate.OwnOf(ticket))
            ? wanted
            : null;

    // What was declined or came too late without a way that follows would hold the ticket for ever.
    private static bool MayAsk(StatusApproval wanted, Approval? own) =>
        own is null or { State: ApprovalState.Withdrawn }
        || (own.State is ApprovalState.Declined or ApprovalState.Expired && wanted.Declined is null);

    private async Task GoOnAsync(RecordedEvent @event, long id, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var ticket = (await grains.GetAsync(@event.Ticket, cancellation))?.State;
            if (
                ticket?.FindApproval(id) is not { } approval
                || WayOf(approval, approval.State) is not { } way
                || (approval.ForStatus is { } status && status != ticket.Status)
            )
            {
                return;
            }

            var command = new TransitionTicket(way, null, ValueMap<FieldValue?>.Empty);
            var answer = await grains.SendAsync(ticket.Id, Envelope(command, @event), cancellation);
            if (answer.IsAccepted)
            {
                return;
            }

            logger.TransitionAfterApprovalRefused(ticket.Key, way, answer.Refusals[0].Code);
            // At the version that was looked at: who took the ticket on meanwhile needs no notice.
            var note = Envelope(new NoteApprovalNotFollowed(id, way, answer.Refusals), @event, "not-followed") with
            {
                ExpectedVersion = ticket.Version,
            };
            if (!IsStale(await grains.SendAsync(ticket.Id, note, cancellation)))
            {
                return;
            }
        }

        throw new InvalidOperationException($"Ticket {@event.Ticket} changes too fast to follow its approval.");
    }

    private static bool IsStale(GrainAnswer answer) =>
        !answer.IsAccepted && answer.Refusals[0].Kind == RefusalKind.Stale;

    private static string? WayOf(Approval approval, ApprovalState outcome) =>
        outcome switch
        {
            ApprovalState.Approved => approval.WhenApproved,
            ApprovalState.Declined or ApprovalState.Expired => approval.WhenDeclined,
            _ => null,
        };

    private static CommandEnvelope Envelope(TicketCommand command, RecordedEvent @event, string? what = null) =>
        new(command, Actor.System)
        {
            Cause = @event.Position,
            Depth = @event.Depth + 1,
            IdempotencyKey = what is null ? $"{Name}:{@event.Position}" : $"{Name}:{@event.Position}:{what}",
        };
}

/// <summary>What the reaction writes to the log.</summary>
internal static partial class ApprovalLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "{Ticket} was decided but refused its transition {Transition}: {Code}. People must take it."
    )]
    public static partial void TransitionAfterApprovalRefused(
        this ILogger logger,
        TicketKey ticket,
        string transition,
        string code
    );

    [LoggerMessage(2, LogLevel.Warning, "The approval {Policy} of {Ticket} cannot be asked: {Code}")]
    public static partial void ApprovalNotAsked(this ILogger logger, TicketKey ticket, string policy, string code);
}
