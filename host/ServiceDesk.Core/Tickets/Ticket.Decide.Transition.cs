using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

public static partial class Ticket
{
    /// <summary>The id under which a change of status stands that an importer brought and the workflow has no transition for.</summary>
    public const string ImportTransition = "import";

    private static Decision Transition(TicketQuestion asked, TransitionTicket command)
    {
        if (Rules.OnlyWhoTakesPart(asked) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (FieldRules.Unseen(command.Fields.Keys, asked.Ticket.Status, asked) is { Count: > 0 } unseen)
        {
            return Decision.Refuse(unseen);
        }

        if (asked.Workflow is not { } workflow)
        {
            return Decision.Refuse(Refusal.Conflict(RefusalCodes.WorkflowBroken, asked.Ticket.Type));
        }

        var ways = Ways(asked, workflow, command.To);
        var open = ways.Find(way =>
            TransitionOffer.Holds(way, asked.Before!, asked.Configuration, asked.Condition, asked.Now)
            && asked.Facts.Against(way) is null
            && (asked.IsImport || ApprovalGate.Against(way, asked.Ticket, workflow) is null)
        );
        return (ways.Count, open) switch
        {
            _ when asked.IsImport => Imported(asked, workflow, command, open),
            (0, _) => NoWay(asked, workflow, command),
            (_, null) => Decision.Refuse(
                ways.Select(way => ApprovalGate.Against(way, asked.Ticket, workflow) ?? asked.Facts.Against(way))
                    .OfType<Refusal>()
                    .FirstOrDefault()
                    ?? Refusal.Conflict(RefusalCodes.TransitionCondition, ways[0].Id)
            ),
            (_, { } way) when workflow.Status(way.To) is { } status => Through(asked, workflow, command, way, status),
            _ => Decision.Refuse(Refusal.Conflict(RefusalCodes.WorkflowBroken, asked.Ticket.Type)),
        };
    }

    // The wanted name is that of a status first, then that of a transition.
    private static List<WorkflowTransition> Ways(TicketQuestion asked, WorkflowDocument workflow, string to) =>
        [
            .. workflow
                .TransitionsFrom(asked.Ticket.Status)
                .Where(way => way.To == to || way.Id == to)
                .Where(way => TransitionOffer.IsFor(way, asked.Viewer, asked.Ticket))
                .OrderByDescending(way => way.To == to),
        ];

    // Being there already is no change, unless something else was asked with it.
    private static Decision NoWay(TicketQuestion asked, WorkflowDocument workflow, TransitionTicket command)
    {
        var ticket = asked.Ticket;
        var isThere = command.To == ticket.Status;
        var isKnown = workflow.Status(command.To) is not null || workflow.Transitions.Any(way => way.Id == command.To);
        var asksMore =
            (command.Resolution is { } resolution && resolution != ticket.Resolution)
            || FieldRules.Differing(ticket.Fields, FieldRules.Normalized(command.Fields)).Count > 0;
        return (isThere, isKnown) switch
        {
            (true, _) when !asksMore => Decision.Accept(),
            (_, true) when IsKeptForOthers(asked, workflow, command.To) => Decision.Refuse(
                Refusal.Forbidden(RefusalCodes.TransitionRole, command.To)
            ),
            (_, true) => Decision.Refuse(
                Refusal.Conflict(RefusalCodes.TransitionNotPossible, ticket.Status, command.To)
            ),
            _ => Decision.Refuse(Refusal.Invalid(RefusalCodes.StatusUnknown, "to", TextRules.Shown(command.To))),
        };
    }

    // There is such a way, but for agents of other roles.
    private static bool IsKeptForOthers(TicketQuestion asked, WorkflowDocument workflow, string to) =>
        asked.Standing == Standing.Works
        && workflow.TransitionsFrom(asked.Ticket.Status).Any(way => way.To == to || way.Id == to);

    private static Decision Through(
        TicketQuestion asked,
        WorkflowDocument workflow,
        TransitionTicket command,
        WorkflowTransition way,
        WorkflowStatus status
    )
    {
        var ticket = asked.Ticket;
        var changes = FieldRules.Differing(ticket.Fields, FieldRules.Normalized(command.Fields));
        var resolution = command.Resolution ?? way.GivenResolution();
        return Rules.Unless(
            [
                .. OnlyTheScreenForCustomers(asked, way, changes),
                .. FieldRules.Taken(changes, ticket.Type, asked, byCustomer: asked.Standing < Standing.Works),
                .. FieldRules.Changeable(changes, asked),
                .. FieldRules.Filled(Needs(asked, way).Concat(FieldRules.NeededToLeave(asked)), changes, asked),
                ResolutionFits(workflow, command, way, status),
                .. asked.Facts.Validated(way),
                asked.LinkedStandsAgainst(way),
                TasksStandAgainst(asked, status),
            ],
            () => Steps(asked, changes, Entering(ticket, way.Id, status, resolution))
        );
    }

    // What a status needs is the agents' to fill: a customer is held to what the transition itself asks for.
    private static IEnumerable<string> Needs(TicketQuestion asked, WorkflowTransition way) =>
        asked.Standing >= Standing.Works
            ? FieldNeeds.Of(way, asked.Ticket.Type, asked.Configuration)
            : way.RequiredFields;

    // Customers fill what the transition's screen shows them, agents any field that they may change.
    private static IEnumerable<Refusal?> OnlyTheScreenForCustomers(
        TicketQuestion asked,
        WorkflowTransition way,
        ValueMap<FieldValue?> changes
    ) =>
        asked.Standing >= Standing.Works
            ? []
            : changes
                .Keys.Where(id => !way.Screen.Contains(id) && !way.RequiredFields.Contains(id))
                .Select(id => Refusal.Invalid(RefusalCodes.FieldNotInForm, FieldRules.NameOf(id), TextRules.Shown(id)));

    // A resolution is given where one is asked for, is one of the workflow's, and only what is done has one.
    private static Refusal? ResolutionFits(
        WorkflowDocument workflow,
        TransitionTicket command,
        WorkflowTransition way,
        WorkflowStatus status
    ) =>
        command.Resolution switch
        {
            null when way.RequiresResolution => Refusal.Invalid(RefusalCodes.ResolutionRequired, "resolution"),
            null => null,
            _ when status.Category != StatusCategory.Done => Refusal.Invalid(
                RefusalCodes.ResolutionNotExpected,
                "resolution"
            ),
            { } resolution when workflow.Resolutions.All(known => known.Id != resolution) => Refusal.Invalid(
                RefusalCodes.ResolutionUnknown,
                "resolution",
                TextRules.Shown(resolution)
            ),
            _ => null,
        };

    // History is taken as it was: any status of the workflow, whether or not there is a way now.
    private static Decision Imported(
        TicketQuestion asked,
        WorkflowDocument workflow,
        TransitionTicket command,
        WorkflowTransition? way
    )
    {
        var ticket = asked.Ticket;
        if (workflow.Status(way?.To ?? command.To) is not { } status)
        {
            return Decision.Refuse(Refusal.Invalid(RefusalCodes.StatusUnknown, "to", TextRules.Shown(command.To)));
        }

        var changes = FieldRules.Differing(ticket.Fields, FieldRules.Normalized(command.Fields));
        var isThere = status.Id == ticket.Status;
        return Rules.Unless(
            [
                .. FieldRules.Taken(changes, ticket.Type, asked, byCustomer: asked.Standing < Standing.Works),
                ResolutionFits(
                    workflow,
                    command,
                    new WorkflowTransition
                    {
                        Id = "",
                        Name = status.Name,
                        To = status.Id,
                    },
                    status
                ),
            ],
            () =>
                Steps(
                    asked,
                    changes,
                    isThere ? null : Entering(ticket, way?.Id ?? ImportTransition, status, command.Resolution)
                )
        );
    }

    private static IEnumerable<TicketEvent> Steps(
        TicketQuestion asked,
        ValueMap<FieldValue?> changes,
        StatusChanged? entering
    )
    {
        foreach (var attached in FieldFiles.Attached(asked, changes, asked.Standing < Standing.Works))
        {
            yield return attached;
        }

        if (changes.Count > 0)
        {
            yield return new FieldsChanged(changes);
        }

        if (entering is not null)
        {
            yield return entering;
        }
    }

    // From done to done the resolution stays unless another is given.
    private static StatusChanged Entering(
        TicketState ticket,
        string transition,
        WorkflowStatus status,
        string? resolution
    ) =>
        new(
            transition,
            ticket.Status,
            status.Id,
            status.Category,
            status.Closes,
            status.Category == StatusCategory.Done ? resolution ?? ticket.Resolution : null
        );

    /// <summary>The fact that a ticket closes by itself, by its workflow's rule; null when the rule's transition leads nowhere.</summary>
    internal static StatusChanged? ClosingByItself(TicketState ticket, WorkflowDocument workflow) =>
        workflow.AutoClose is { } rule
        && ticket.Merged is null
        && rule.From == ticket.Status
        && workflow.Transitions.FirstOrDefault(way => way.Id == rule.Transition) is { } way
        && way.LeavesFrom(ticket.Status)
        && ApprovalGate.Against(way, ticket, workflow) is null
        && workflow.Status(way.To) is { } status
            ? Entering(ticket, way.Id, status, way.GivenResolution())
            : null;
}
