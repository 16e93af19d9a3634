using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

// Approvals: asked, answered, taken back, left behind.
public static partial class Ticket
{
    private const int MostApprovals = 100;
    private const int LongestReason = 10_000;

    private static Decision AskApproval(TicketQuestion asked, RequestApproval command)
    {
        if (asked.Standing < Standing.Works)
        {
            return CustomerApproval.WhyNot(asked, command) is { Count: > 0 } refusals
                ? Decision.Refuse(refusals)
                : Ask(CustomerApproval.AlwaysPersonal(asked), CustomerApproval.Seen(command));
        }

        return Ask(asked, command);
    }

    private static Decision Ask(TicketQuestion asked, RequestApproval command)
    {
        var (plan, unknown) = ApprovalPlan.Of(asked, command);
        return plan is null
            ? Decision.Refuse(unknown)
            : Rules.Unless(
                [
                    .. unknown,
                    asked.Ticket.Category == StatusCategory.Done ? Refusal.Conflict(RefusalCodes.ApprovalDone) : null,
                    asked.Ticket.Approvals.Count >= MostApprovals
                        ? Refusal.Conflict(RefusalCodes.ApprovalsTooMany, "100")
                        : null,
                    TransitionIsTheirs(asked, command.WhenApproved, "whenApproved"),
                    TransitionIsTheirs(asked, command.WhenDeclined, "whenDeclined"),
                    .. plan.Rules(),
                ],
                () => [plan.Event(asked, command)]
            );
    }

    // The product takes the transition: so it is one that who asks could take.
    private static Refusal? TransitionIsTheirs(TicketQuestion asked, string? id, string field) =>
        id is null ? null
        : asked.Workflow?.Transitions.FirstOrDefault(way => way.Id == id) is not { } known
            ? Refusal.Invalid(RefusalCodes.ApprovalTransition, field, TextRules.Shown(id))
        : TransitionOffer.IsFor(known, asked.Viewer, asked.Ticket) ? null
        : Refusal.Forbidden(RefusalCodes.TransitionRole, id) with { Field = field };

    // Nobody answers for another: what counts is the person who asks, with all that this person may.
    private static Decision Answer(TicketQuestion asked, AnswerApproval command)
    {
        if (VisibleApproval(asked, command.Approval) is not { } approval)
        {
            return Decision.Refuse(Refusal.NotFound(RefusalCodes.ApprovalUnknown));
        }

        var comment = string.IsNullOrWhiteSpace(command.Comment) ? null : command.Comment.Trim();
        return Rules.Unless(
            [
                WhyNotAnswer(approval, asked.Viewer?.Person.Id) ?? WhyNotByHand(asked),
                comment is null ? null : TextRules.Text(comment, "comment", required: false, LongestReason),
                comment is null && !command.Approves && approval.CommentOnDecline
                    ? Refusal.Invalid(RefusalCodes.ApprovalCommentRequired, "comment")
                    : null,
            ],
            () => Answered(asked, approval, command.Approves, comment)
        );
    }

    // What administrators wrote decides for nobody, as whomever it acts.
    private static Refusal? WhyNotByHand(TicketQuestion asked) =>
        asked.Context.Envelope.Actor.Kind is ActorKind.Script or ActorKind.Rule
            ? Refusal.Forbidden(RefusalCodes.ApprovalByPerson)
            : null;

    private static Refusal? WhyNotAnswer(Approval approval, PersonId? person) =>
        person switch
        {
            _ when approval.State != ApprovalState.Pending => Refusal.Conflict(RefusalCodes.ApprovalEnded),
            { } one when approval.MayAnswer(one) => null,
            { } one when approval.Concerns(one) => Refusal.Conflict(RefusalCodes.ApprovalAnswered),
            _ => Refusal.Forbidden(RefusalCodes.ApprovalNotYours),
        };

    private static IEnumerable<TicketEvent> Answered(
        TicketQuestion asked,
        Approval approval,
        bool approves,
        string? comment
    )
    {
        var answer = new ApprovalAnswered(
            approval.Id,
            asked.Viewer!.Person.Id,
            approval.StepsFor(asked.Viewer.Person.Id).ToValueList(),
            approves,
            comment,
            approval.CustomersSee
        );
        yield return answer;
        var outcome = ApprovalFold.With(approval, answer, asked.Now).Counted();
        if (outcome != ApprovalState.Pending)
        {
            yield return new ApprovalEnded(approval.Id, outcome, null, approval.CustomersSee);
        }
    }

    private static Decision Delegate(TicketQuestion asked, DelegateApproval command)
    {
        if (VisibleApproval(asked, command.Approval) is not { } approval)
        {
            return Decision.Refuse(Refusal.NotFound(RefusalCodes.ApprovalUnknown));
        }

        var comment = string.IsNullOrWhiteSpace(command.Comment) ? null : command.Comment.Trim();
        return Rules.Unless(
            [
                WhyNotAnswer(approval, asked.Viewer?.Person.Id)
                    ?? WhyNotByHand(asked)
                    ?? WhyNotDelegate(asked, approval, command.To),
                comment is null ? null : TextRules.Text(comment, "comment", required: false, LongestReason),
            ],
            () =>
                [
                    new ApprovalDelegated(
                        approval.Id,
                        asked.Viewer!.Person.Id,
                        command.To,
                        approval.StepsFor(asked.Viewer.Person.Id).ToValueList(),
                        comment
                    ),
                ]
        );
    }

    // Whom the requester or somebody who is asked already would stand in for stays asked, and so does whom a customer asked.
    private static Decision HandOver(TicketQuestion asked, HandApprovalOver command)
    {
        if (asked.Ticket.FindApproval(command.Approval) is not { } approval)
        {
            return Decision.Refuse(Refusal.NotFound(RefusalCodes.ApprovalUnknown));
        }

        var steps = approval.StepsFor(command.Absent).ToValueList();
        return Rules.Unless(
            [
                Rules.OnlyProduct(asked),
                WhyNotAnswer(approval, command.Absent),
                approval.ByCustomer || asked.Facts.Find(command.To) is not { IsActive: true }
                    ? Refusal.Invalid(RefusalCodes.PersonUnknown, "to", command.To.ToString())
                : command.To == asked.Ticket.Requester ? Refusal.Invalid(RefusalCodes.ApprovalDelegateRequester, "to")
                : steps.Any(step => approval.Steps[step].Approvers.Contains(command.To))
                    ? Refusal.Invalid(RefusalCodes.ApprovalDelegateAsked, "to")
                : null,
            ],
            () => [new ApprovalDelegated(approval.Id, command.Absent, command.To, steps, null)]
        );
    }

    // Who is asked sees the ticket: so it is somebody who works on the desk, or of the own house; of what a customer asked,
    // somebody of the ticket's house.
    private static Refusal? WhyNotDelegate(TicketQuestion asked, Approval approval, PersonId to)
    {
        var me = asked.Viewer!.Person;
        var mayBeAsked =
            asked.Facts.Find(to) is { IsActive: true } person
            && (approval.ByCustomer ? IsOfHouse(asked.Ticket, person) : WorksOrShares(asked, person, me));
        return !mayBeAsked ? Refusal.Invalid(RefusalCodes.PersonUnknown, "to", to.ToString())
            : to == asked.Ticket.Requester ? Refusal.Invalid(RefusalCodes.ApprovalDelegateRequester, "to")
            : approval.StepsFor(me.Id).Any(step => approval.Steps[step].Approvers.Contains(to))
                ? Refusal.Invalid(RefusalCodes.ApprovalDelegateAsked, "to")
            : null;
    }

    private static bool IsOfHouse(TicketState ticket, Person person) =>
        ticket.Organization is { } organization && person.Organizations.Contains(organization);

    private static bool WorksOrShares(TicketQuestion asked, Person person, Person me) =>
        (asked.Desk(asked.Ticket.Desk) is { } desk && asked.Facts.WorksOn(desk, person, asked.Configuration))
        || person.Organizations.Any(me.Organizations.Contains);

    private static Decision Withdraw(TicketQuestion asked, WithdrawApproval command)
    {
        if (VisibleApproval(asked, command.Approval) is not { } approval)
        {
            return Decision.Refuse(Refusal.NotFound(RefusalCodes.ApprovalUnknown));
        }

        var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason.Trim();
        var isAsker = asked.Viewer is { } viewer && approval.RequestedBy == viewer.Person.Id;
        return Rules.Unless(
            [
                isAsker ? null : Rules.OnlyAgents(asked),
                approval.State == ApprovalState.Pending ? null : Refusal.Conflict(RefusalCodes.ApprovalEnded),
                reason is null ? null : TextRules.Text(reason, "reason", required: false, LongestReason),
            ],
            () => [new ApprovalEnded(approval.Id, ApprovalState.Withdrawn, reason, approval.CustomersSee)]
        );
    }

    // Nothing is asked here: the product asks, for the status and not for a person, once it reads this.
    private static Decision AskAgain(TicketQuestion asked) =>
        Rules.Unless(
            [
                Rules.OnlyAgents(asked),
                asked.Ticket.Category == StatusCategory.Done ? Refusal.Conflict(RefusalCodes.ApprovalDone)
                : asked.Ticket.ApprovalTrouble is null ? Refusal.Conflict(RefusalCodes.ApprovalNotStuck)
                : null,
            ],
            () => [new ApprovalAskedAgain(asked.Ticket.Status, asked.Ticket.ApprovalTrouble!.Approval)]
        );

    private static Approval? VisibleApproval(TicketQuestion asked, long id) =>
        asked.Ticket.FindApproval(id) is { } approval && ApprovalAccess.MaySee(asked.Viewer, asked.Ticket, approval)
            ? approval
            : null;

    /// <summary>What ends because the ticket moved on: approvals for a status that it left, and all of a ticket that is done.</summary>
    internal static IEnumerable<TicketEvent> LeftBehind(TicketState ticket) =>
        ticket
            .Approvals.Where(approval => approval.State == ApprovalState.Pending)
            .Where(approval =>
                ticket.Category == StatusCategory.Done || (approval.ForStatus is { } status && status != ticket.Status)
            )
            .Select(approval => new ApprovalEnded(approval.Id, ApprovalState.Withdrawn, null, approval.CustomersSee));
}
