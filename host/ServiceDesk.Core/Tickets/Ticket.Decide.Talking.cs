using ServiceDesk.Core.Access;
using ServiceDesk.Core.Files;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// Comments and notes, and what a customer's words set in motion.
public static partial class Ticket
{
    /// <summary>The id under which a reopening stands in the record, by the workflow's reopen rule.</summary>
    public const string ReopenTransition = "reopen";

    private static Decision Comment(TicketQuestion asked, AddPublicComment command) =>
        Rules.Unless(
            [
                Rules.OnlyWhoTakesPart(asked),
                TextRules.Text(command.Body, "body", required: true),
                .. TextRules.Files(command.Files),
                .. FileRuling.WhyNot(asked, asked.Ticket.Desk, command.Files),
                Carried(asked, command.Channel, [Channel.Phone, Channel.Mail]),
            ],
            () =>
            {
                var byCustomer = IsByCustomer(asked);
                var comment = new PublicCommentAdded(0, command.Body, byCustomer, command.Files)
                {
                    Channel = command.Channel,
                };
                return byCustomer && AfterCustomerComment(asked) is { } next ? [comment, next] : [comment];
            }
        );

    private static Decision Note(TicketQuestion asked, AddInternalNote command) =>
        Rules.Unless(
            [
                Rules.OnlyAgents(asked),
                TextRules.Text(command.Body, "body", required: true),
                .. TextRules.Files(command.Files),
                .. FileRuling.WhyNot(asked, asked.Ticket.Desk, command.Files),
                Carried(asked, command.Channel, [Channel.Phone]),
            ],
            () => [new InternalNoteAdded(0, command.Body, command.Files) { Channel = command.Channel }]
        );

    // Whoever tells how words came could make a clock stop by it: only agents and the product do.
    private static Refusal? Carried(TicketQuestion asked, Channel? channel, ReadOnlySpan<Channel> known) =>
        channel is not { } told ? null
        : !known.Contains(told) ? Refusal.Invalid(RefusalCodes.ChannelUnknown, "channel")
        : Rules.OnlyAgents(asked);

    private static Decision Reopen(TicketQuestion asked, ReopenTicket command)
    {
        var refusals = new[]
        {
            Rules.OnlyWhoTakesPart(asked),
            command.Reason is null ? null : TextRules.Text(command.Reason, "reason", required: true),
            WhyNotReopen(asked),
        };
        return Rules.Unless(
            refusals,
            () =>
            {
                var reopened = Reopened(asked.Ticket, asked.Workflow!)!;
                return command.Reason is { } reason
                    ? [new PublicCommentAdded(0, reason, IsByCustomer(asked), []), reopened]
                    : [reopened];
            }
        );
    }

    // Only a done ticket is opened again, where the workflow has a rule for it, within its window.
    private static Refusal? WhyNotReopen(TicketQuestion asked) =>
        (asked.Ticket.Category, asked.Workflow) switch
        {
            (not StatusCategory.Done, _) => Refusal.Conflict(RefusalCodes.NotDone),
            (_, not { Reopen: not null }) => Refusal.Conflict(RefusalCodes.ReopenNever),
            (_, { } workflow) when Reopened(asked.Ticket, workflow) is null => Refusal.Conflict(
                RefusalCodes.WorkflowBroken,
                asked.Ticket.Type
            ),
            (_, { } workflow) when !workflow.MayReopen(asked.Ticket, asked.Now) => Refusal.Conflict(
                RefusalCodes.ReopenTooLate
            ),
            _ => null,
        };

    private static StatusChanged? Reopened(TicketState ticket, WorkflowDocument workflow) =>
        workflow.Reopen is { } rule && workflow.Status(rule.To) is { } status
            ? Entering(ticket, ReopenTransition, status, null)
            : null;

    // The requester and participants are the ticket's customers, also when they are agents: their words are questions, not answers.
    private static bool IsByCustomer(TicketQuestion asked) =>
        asked.Person is { } person && TicketAccess.IsCustomerOf(asked.Ticket, person);

    // A customer's words open a done ticket again, and let go on what waited for them.
    private static StatusChanged? AfterCustomerComment(TicketQuestion asked)
    {
        if (asked.Workflow is not { } workflow)
        {
            return null;
        }

        if (asked.Ticket.Category == StatusCategory.Done)
        {
            return workflow.Reopen is { OnCustomerComment: true } && workflow.MayReopen(asked.Ticket, asked.Now)
                ? Reopened(asked.Ticket, workflow)
                : null;
        }

        var way = workflow
            .TransitionsFrom(asked.Ticket.Status)
            .FirstOrDefault(transition =>
                transition is { OnCustomerComment: true, RequiresResolution: false }
                && !FieldRules
                    .Filled(transition.RequiredFields, asked.Ticket.Fields, Sdk.Values.ValueMap<FieldValue?>.Empty)
                    .Any()
                && TransitionOffer.Holds(transition, asked.Before!, asked.Configuration, asked.Condition, asked.Now)
                && asked.Facts.Against(transition) is null
                && !asked.Facts.Validated(transition).Any()
                && asked.LinkedStandsAgainst(transition) is null
                && ApprovalGate.Against(transition, asked.Ticket, workflow) is null
                && (workflow.Status(transition.To) is not { } status || TasksStandAgainst(asked, status) is null)
            );
        return way is not null && workflow.Status(way.To) is { } next
            ? Entering(asked.Ticket, way.Id, next, way.GivenResolution())
            : null;
    }
}
