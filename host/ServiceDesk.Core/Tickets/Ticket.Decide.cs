using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

public static partial class Ticket
{
    private const int DeepestReaction = 10;

    /// <summary>What a ticket says to a command: the facts that follow, or every reason against it. Pure.</summary>
    /// <exception cref="InvalidOperationException">No key was reserved although one is needed: a fault of the host.</exception>
    public static Decision Decide(TicketQuestion asked, TicketExtensions extensions) =>
        AtTheDoor(asked) is { } refusal ? Decision.Refuse(refusal) : Answer(asked, extensions);

    private static Refusal? AtTheDoor(TicketQuestion asked)
    {
        var envelope = asked.Context.Envelope;
        return (asked.Before, envelope.Command) switch
        {
            // A person without rights is a fault of the intake; the ticket rather says no than everything.
            _ when envelope.Actor.Kind == ActorKind.Person && envelope.Viewer is null => Refusal.Forbidden(
                RefusalCodes.ViewerMissing
            ),
            _ when envelope.Depth > DeepestReaction => Refusal.Conflict(RefusalCodes.Loop),
            (null, OpenTicket) => null,
            (not null, OpenTicket) => Refusal.Conflict(RefusalCodes.TicketExists),
            (null, _) => Refusal.NotFound(RefusalCodes.TicketUnknown),
            // Who configures moves tickets of every desk, and reads none of them by that.
            (not null, ReplaceStatus) when asked.Viewer?.May(Permissions.Configure) == true => null,
            _ when asked.Standing == Standing.None => Refusal.NotFound(RefusalCodes.TicketUnknown),
            _ => Gone(asked),
        };
    }

    private static Decision Answer(TicketQuestion asked, TicketExtensions extensions) =>
        asked.Context.Envelope.Command switch
        {
            OpenTicket command => new Opening(asked, command).Decide(),
            EditTicket command => Edit(asked, command),
            AssignTicket command => Assign(asked, command),
            TakeAssignment command => Take(asked, command),
            SetPriority command => Prioritize(asked, command),
            ChangeOrganization command => BelongTo(asked, command),
            ShareTicket command => Share(asked, command),
            UnshareTicket command => Unshare(asked, command),
            AddPublicComment command => Comment(asked, command),
            AddInternalNote command => Note(asked, command),
            TransitionTicket command => Transition(asked, command),
            ReplaceStatus => Replace(asked),
            PutBackStatus command => PutBack(asked, command),
            ReopenTicket command => Reopen(asked, command),
            AttachFiles command => Attach(asked, command),
            RedactText command => Redact(asked, command),
            RedactFile command => Redact(asked, command),
            AddParticipants command => Invite(asked, command),
            RemoveParticipants command => Dismiss(asked, command),
            WatchTicket command => Watch(asked, command),
            MoveTicket command => Move(asked, command),
            MergeTicket command => Merge(asked, command),
            UndoMerge => Unmerge(asked),
            HoldMerged command => Hold(asked, command),
            NoteOffspring command => Note(asked, command),
            AddTask command => Add(asked, command),
            ChangeTask command => Change(asked, command),
            TickTask command => Tick(asked, command),
            RemoveTask command => Remove(asked, command),
            PlaceTask command => Place(asked, command),
            RequestApproval command => AskApproval(asked, command),
            AnswerApproval command => Answer(asked, command),
            DelegateApproval command => Delegate(asked, command),
            HandApprovalOver command => HandOver(asked, command),
            WithdrawApproval command => Withdraw(asked, command),
            AskApprovalAgain => AskAgain(asked),
            NoteApprovalNotAsked command => Rules.Unless(
                [Rules.OnlyProduct(asked)],
                () => [new ApprovalNotAsked(asked.Ticket.Status, command.Policy, command.Why)]
            ),
            NoteApprovalNotFollowed command => Rules.Unless(
                [Rules.OnlyProduct(asked)],
                () => [new ApprovalNotFollowed(command.Approval, command.Transition, command.Why)]
            ),
            CallRule command => Call(asked, command),
            CallWebhook command => Call(asked, command),
            NoteEscalation command => Rules.Unless([Rules.OnlyProduct(asked)], () => [command.Acted]),
            MarkImported command => MarkHistory(asked, command),
            CorrectDates command => Correct(asked, command),
            ApplySlaVersion command => Apply(asked, command),
            CorrectSla command => Correct(asked, command),
            FireTimer => Rules.Unless([Rules.OnlyProduct(asked)], () => []),
            var command => OfPlugin(asked, command, extensions),
        };

    private static Decision OfPlugin(TicketQuestion asked, TicketCommand command, TicketExtensions extensions) =>
        extensions.Deciders.TryGetValue(command.GetType(), out var decide)
            ? extensions.Guard(
                $"command {command.GetType().Name}",
                () => decide(asked.Ticket, command, asked.Context),
                Decision.Refuse(Refusal.Conflict(RefusalCodes.PluginFailed))
            )
            : Decision.Refuse(Refusal.Invalid(RefusalCodes.CommandUnknown, null, command.GetType().Name));
}
