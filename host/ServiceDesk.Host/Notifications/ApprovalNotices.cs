using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Notifications;

/// <summary>
/// Tells approvers that they are asked, each step when its turn comes, reminds them, and tells how an approval ended: who asked for it, the
/// agent of the ticket, and where customers see the approval, the ticket's requester. Nobody is told of the own act.
/// </summary>
public sealed class ApprovalNotices(
    ITicketGrains grains,
    INotifications notifications,
    TicketHolders holders,
    NoticeWords words,
    TextCatalogue texts
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.approval-notices";

    private const string Prefix = "approval:";

    /// <summary>Whether a notification is of an approval, by its key.</summary>
    public static bool IsKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
        @event.Event switch
        {
            _ when @event.Actor.Kind == ActorKind.Import => Task.CompletedTask,
            ApprovalRequested asked => AskAsync(@event, asked.Approval, cancellation),
            ApprovalAnswered answered => AskAsync(@event, answered.Approval, cancellation),
            ApprovalDelegated delegated => AskAsync(@event, delegated.Approval, cancellation),
            ApprovalReminded reminded => RemindAsync(@event, reminded, cancellation),
            ApprovalEnded ended => EndAsync(@event, ended, cancellation),
            ApprovalNotAsked or ApprovalNotFollowed => StuckAsync(@event, cancellation),
            _ => Task.CompletedTask,
        };

    // As it stands now: who need not answer any more is not asked to.
    private async Task AskAsync(RecordedEvent @event, long id, CancellationToken cancellation)
    {
        if (await FindAsync(@event.Ticket, id, cancellation) is not ({ } ticket, { } approval))
        {
            return;
        }

        foreach (var step in approval.OpenSteps())
        {
            var people = approval.Steps[step].Approvers.Where(person => approval.StepsFor(person).Contains(step));
            var notice = new Notification(
                $"{Prefix}{ticket.Id}:{id}:{step}",
                Say("notifications.approval-asked", ticket, approval),
                ticket.Id,
                Visibility.Public
            );
            await notifications.SendAsync(notice, [.. people.Where(IsAnother(@event))], cancellation);
        }
    }

    // After a stop several may be due at once: the last one tells.
    private async Task RemindAsync(RecordedEvent @event, ApprovalReminded reminded, CancellationToken cancellation)
    {
        if (
            await FindAsync(@event.Ticket, reminded.Approval, cancellation) is ({ } ticket, { } approval)
            && approval.RemindedAt == @event.At
        )
        {
            var notice = new Notification(
                $"{Prefix}{ticket.Id}:{reminded.Approval}:reminder:{approval.Reminders}",
                Say("notifications.approval-reminded", ticket, approval),
                ticket.Id,
                Visibility.Public
            );
            await notifications.SendAsync(notice, [.. approval.WaitingFor()], cancellation);
        }
    }

    private async Task EndAsync(RecordedEvent @event, ApprovalEnded ended, CancellationToken cancellation)
    {
        if (await FindAsync(@event.Ticket, ended.Approval, cancellation) is not ({ } ticket, { } approval))
        {
            return;
        }

        var people = new[] { approval.RequestedBy, ticket.Assignee, approval.CustomersSee ? ticket.Requester : null };
        var notice = new Notification(
            $"{Prefix}{ticket.Id}:{ended.Approval}:ended",
            Say($"notifications.approval-{ended.State.ToString().ToLowerInvariant()}", ticket, approval),
            ticket.Id,
            approval.CustomersSee ? Visibility.Public : Visibility.Internal
        );
        await notifications.SendAsync(notice, [.. people.OfType<PersonId>().Where(IsAnother(@event))], cancellation);
    }

    // Unless it goes on meanwhile.
    private async Task StuckAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if ((await grains.GetAsync(@event.Ticket, cancellation))?.State is not { ApprovalTrouble: not null } ticket)
        {
            return;
        }

        var notice = new Notification(
            $"{Prefix}{ticket.Id}:stuck:{@event.Version}",
            words.Say("notifications.approval-stuck", _ => [ticket.Key.ToString()]),
            ticket.Id,
            Visibility.Internal
        );
        await notifications.SendAsync(notice, await holders.OfAsync(ticket, cancellation), cancellation);
    }

    private async Task<(TicketState? Ticket, Approval? Approval)> FindAsync(
        TicketId ticket,
        long approval,
        CancellationToken cancellation
    )
    {
        var state = (await grains.GetAsync(ticket, cancellation))?.State;
        return (state, state?.FindApproval(approval));
    }

    // What a rule or script does in somebody's name is news to that one too.
    private static Func<PersonId, bool> IsAnother(RecordedEvent @event) =>
        person => @event.Actor.Kind is ActorKind.Rule or ActorKind.Script || person != @event.Actor.Person;

    private LocalizedText Say(string key, TicketState ticket, Approval approval) =>
        texts.Say(key, language => [ticket.Key.ToString(), approval.Title.In(language)]);
}
