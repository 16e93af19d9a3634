using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

// Two tickets that are one, and two again. The merged ticket says it; the one that stays follows.
public static partial class Ticket
{
    /// <summary>The id under which the change of status stands that a merge made.</summary>
    public const string MergeTransition = "merge";

    /// <summary>The id under which the change of status stands that the undoing of a merge made.</summary>
    public const string UnmergeTransition = "undo-merge";

    private const string DuplicateResolution = "duplicate";

    // What is done behind people's backs goes on; people, rules and scripts go to the ticket that stays.
    private static Refusal? Gone(TicketQuestion asked) =>
        asked.Ticket.Merged is not { } merged
        || asked.Context.Envelope is { Viewer: null, Actor.Kind: ActorKind.Plugin }
        || asked.Context.Envelope.Command
            is UndoMerge
                or MergeTicket
                or HoldMerged
                or NoteOffspring
                or FireTimer
                or NoteEscalation
                or TakeAssignment
                or ReplaceStatus
                or ApplySlaVersion
                or WatchTicket { Watch: false }
                or RedactText
                or RedactFile
            ? null
            : Refusal.Conflict(RefusalCodes.TicketMerged, merged.Key.ToString());

    private static Decision Merge(TicketQuestion asked, MergeTicket command)
    {
        var (ticket, partner) = (asked.Ticket, asked.Facts.Related);
        if (Rules.OnlyAgents(asked) is { } stranger)
        {
            return Decision.Refuse(stranger);
        }

        if (ticket.Merged is { } merged)
        {
            return merged.Ticket == partner?.Ticket.Id
                ? Decision.Accept()
                : Decision.Refuse(Refusal.Conflict(RefusalCodes.TicketMerged, merged.Key.ToString()));
        }

        return partner is null
            ? Decision.Refuse(
                Refusal.NotFound(RefusalCodes.MergeTargetUnknown, command.Into.ToString()) with
                {
                    Field = "into",
                }
            )
            : Rules.Unless([WhyNotInto(ticket, partner), Done(asked).Refusal], () => Merging(asked, partner.Ticket));
    }

    private static Refusal? WhyNotInto(TicketState ticket, RelatedTicket partner)
    {
        var (other, key) = (partner.Ticket, partner.Ticket.Key.ToString());
        return other.Id == ticket.Id ? Refusal.Invalid(RefusalCodes.MergeItself, "into")
            : !partner.WorksThere ? Refusal.Forbidden(RefusalCodes.MergeNotThere, key) with { Field = "into" }
            : other.Merged is { } onwards
                ? Refusal.Conflict(RefusalCodes.MergeTargetMerged, key, onwards.Key.ToString()) with
                {
                    Field = "into",
                }
            : !AskTogether(ticket, other)
                ? Refusal.Conflict(RefusalCodes.MergeOtherOrganization, key) with
                {
                    Field = "into",
                }
            : ticket.Approvals.Any(approval => approval.State == ApprovalState.Pending && !IsOfStatus(ticket, approval))
                ? Refusal.Conflict(RefusalCodes.MergeApproval, ticket.Key.ToString())
            : Coming(other, CustomersOf(ticket)).Count + other.Participants.Count > MostParticipants
                ? Refusal.Conflict(
                    RefusalCodes.ParticipantsTooMany,
                    MostParticipants.ToString(CultureInfo.InvariantCulture)
                ) with
                {
                    Field = "into",
                }
            : null;
    }

    // What the status asks goes with the status, and is asked anew when the merge is undone.
    private static bool IsOfStatus(TicketState ticket, Approval approval) =>
        approval is { RequestedBy: null, ByCustomer: false } && approval.ForStatus == ticket.Status;

    // Who asked here comes to read what is written there: companies stay apart, and so do people of none and of one.
    private static bool AskTogether(TicketState ticket, TicketState other) =>
        ticket.Organization == other.Organization
        || (ticket.Requester == other.Requester && (ticket.Organization is null || other.Organization is null));

    private static IEnumerable<TicketEvent> Merging(TicketQuestion asked, TicketState other)
    {
        yield return new TicketMerged(other.Id, other.Key);
        if (Done(asked).Entering is { } entering)
        {
            yield return entering;
        }
    }

    // A merged ticket is nobody's open work. One that is done stays as it is.
    private static (StatusChanged? Entering, Refusal? Refusal) Done(TicketQuestion asked)
    {
        var ticket = asked.Ticket;
        if (ticket.Category == StatusCategory.Done)
        {
            return (null, null);
        }

        var ends = asked.Workflow?.Statuses.Where(status => status.Category == StatusCategory.Done).ToList() ?? [];
        var resolution = asked.Workflow?.Resolutions.FirstOrDefault(known => known.Id == DuplicateResolution)?.Id;
        return (ends.Find(status => status.Closes) ?? ends.FirstOrDefault()) is { } status
            ? (Entering(ticket, MergeTransition, status, resolution), null)
            : (null, Refusal.Conflict(RefusalCodes.WorkflowBroken, ticket.Type));
    }

    private static Decision Unmerge(TicketQuestion asked)
    {
        if (Rules.OnlyAgents(asked) is { } stranger)
        {
            return Decision.Refuse(stranger);
        }

        return asked.Ticket.Merged is not { } merged ? Decision.Accept()
            : asked.Facts.Related is { WorksThere: false }
                ? Decision.Refuse(Refusal.Forbidden(RefusalCodes.MergeNotThere, merged.Key.ToString()))
            : Decision.Accept(Unmerging(asked, merged));
    }

    private static IEnumerable<TicketEvent> Unmerging(TicketQuestion asked, MergedInto merged)
    {
        var (ticket, before) = (asked.Ticket, merged.Before);
        if (StatusAgain(asked.Workflow, before) is { } status && status.Id != ticket.Status)
        {
            var resolution = status.Category == StatusCategory.Done ? before.Resolution : null;
            yield return new StatusChanged(
                UnmergeTransition,
                ticket.Status,
                status.Id,
                status.Category,
                status.Closes,
                resolution
            );
        }

        yield return new MergeUndone(merged.Ticket, merged.Key);
    }

    // The workflow may have changed meanwhile.
    private static WorkflowStatus? StatusAgain(WorkflowDocument? workflow, StandingBeforeMerge before) =>
        workflow?.Status(before.Status)
        ?? workflow?.ReplacementOf(before.Status)
        ?? workflow?.Statuses.FirstOrDefault(status => status.Category == before.Category)
        ?? workflow?.Status(workflow.Initial);

    // Two that were merged into each other at the same time would both be gone: that one yields which comes to hold the other.
    private static Decision Hold(TicketQuestion asked, HoldMerged command)
    {
        var ticket = asked.Ticket;
        if (Rules.OnlyProduct(asked) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var isHeld = ticket.TakenIn.Any(other => other.Ticket == command.Ticket);
        return (isHeld, command.IsMerged) switch
        {
            (true, false) => Decision.Accept(new TicketLetGo(command.Ticket, command.Key)),
            (false, true) when ticket.Merged is { } merged => Decision.Refuse(
                Refusal.Conflict(RefusalCodes.TicketMerged, merged.Key.ToString())
            ),
            (false, true) => Decision.Accept(
                new TicketTakenIn(
                    command.Ticket,
                    command.Key,
                    Coming(ticket, command.Customers).Take(MostParticipants).ToValueList(),
                    command.Watchers.Except(OwnWatchers(ticket)).ToValueList()
                )
            ),
            _ => Decision.Accept(),
        };
    }

    /// <summary>The requester and the participants.</summary>
    public static ValueList<PersonId> CustomersOf(TicketState ticket) =>
        ticket.Participants.Contains(ticket.Requester)
            ? ticket.Participants
            : [ticket.Requester, .. ticket.Participants];

    // Who came with another merge comes with this one too, so that the undoing of one takes nobody from the other.
    private static ValueList<PersonId> Coming(TicketState ticket, ValueList<PersonId> customers)
    {
        var brought = ticket.TakenIn.SelectMany(other => other.Participants).ToHashSet();
        return customers
            .Where(person => !TicketAccess.IsCustomerOf(ticket, person) || brought.Contains(person))
            .ToValueList();
    }

    private static IEnumerable<PersonId> OwnWatchers(TicketState ticket) =>
        ticket.Watchers.Except(ticket.TakenIn.SelectMany(other => other.Watchers));
}
