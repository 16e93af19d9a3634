using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Workflow;

/// <summary>Finds one's way in a workflow.</summary>
public static class Workflows
{
    private static readonly (string Word, WaitsFor Waits)[] Guesses =
    [
        ("customer", WaitsFor.Customer),
        ("approval", WaitsFor.Approval),
        ("supplier", WaitsFor.Supplier),
        ("problem", WaitsFor.Ticket),
        ("change", WaitsFor.Ticket),
    ];

    /// <summary>The workflow of a ticket type; null when type or workflow does not exist.</summary>
    public static WorkflowDocument? WorkflowOf(this IConfiguration configuration, string type) =>
        configuration.TryGet<TicketTypeDocument>(type, out var ticketType)
        && configuration.TryGet<WorkflowDocument>(ticketType.Workflow, out var workflow)
            ? workflow
            : null;

    /// <summary>The status with this id, or null.</summary>
    public static WorkflowStatus? Status(this WorkflowDocument workflow, string id) =>
        workflow.Statuses.FirstOrDefault(status => status.Id == id);

    /// <summary>The status to which tickets go that are left in one that is gone; null when it is not gone, or nobody said.</summary>
    public static WorkflowStatus? ReplacementOf(this WorkflowDocument workflow, string status) =>
        workflow.Status(status) is null
        && workflow.Replaced.FirstOrDefault(replacement => replacement.From == status) is { } found
            ? workflow.Status(found.To)
            : null;

    /// <summary>Whether a transition leaves from a status.</summary>
    public static bool LeavesFrom(this WorkflowTransition transition, string status) =>
        transition.From.Count == 0 ? transition.To != status : transition.From.Contains(status);

    /// <summary>The resolution that a transition gives where none is named; where one must be named, it is only proposed.</summary>
    public static string? GivenResolution(this WorkflowTransition transition) =>
        transition.RequiresResolution ? null : transition.Resolution;

    /// <summary>The transitions that leave from a status, in the order in which they are offered.</summary>
    public static IEnumerable<WorkflowTransition> TransitionsFrom(this WorkflowDocument workflow, string status) =>
        workflow.Transitions.Where(transition => transition.LeavesFrom(status));

    /// <summary>
    /// For whom a ticket in a status waits; null when it does not, or nobody can tell. A workflow that does not say it is read
    /// by its approvals and the ids of its statuses, as it was before workflows could say it.
    /// </summary>
    public static WaitsFor? Waits(this WorkflowStatus status) =>
        status switch
        {
            { WaitsFor: { } declared } => declared,
            { Category: not StatusCategory.Waiting } => null,
            { Approval: not null } => WaitsFor.Approval,
            _ => GuessOf(status.Id),
        };

    /// <summary>For whom a ticket of a type waits in a status; of one that no workflow has any longer, as its id reads.</summary>
    public static WaitsFor? WaitsIn(this IConfiguration configuration, string type, string status) =>
        configuration.WorkflowOf(type)?.Status(status) is { } known ? known.Waits() : GuessOf(status);

    /// <summary>Whether a done ticket may still be opened again: there is a rule, and its window is not over.</summary>
    public static bool MayReopen(this WorkflowDocument workflow, TicketState ticket, Instant now) =>
        ticket.Merged is null
        && ticket.Category == StatusCategory.Done
        && workflow.Reopen is { } rule
        && IsWithin(rule, ticket, now);

    /// <summary>Whether the window of a reopen rule is still open.</summary>
    public static bool IsWithin(ReopenRule rule, TicketState ticket, Instant now) =>
        rule.Within is not { } window || now - (ticket.ResolvedAt ?? ticket.StatusSince) <= window;

    /// <summary>The status that takes a ticket coming from another workflow: the one of the same id and meaning, else of the same meaning, else the first.</summary>
    public static WorkflowStatus? Counterpart(this WorkflowDocument workflow, TicketState ticket)
    {
        var closed = ticket.ClosedAt is not null;
        var sameMeaning = workflow.Statuses.Where(status => status.Category == ticket.Category).ToList();
        return sameMeaning.Find(status => status.Id == ticket.Status)
            ?? sameMeaning.Find(status => status.Closes == closed)
            ?? sameMeaning.FirstOrDefault()
            ?? workflow.Status(workflow.Initial);
    }

    private static WaitsFor? GuessOf(string status) =>
        Guesses
            .Where(guess => status.Contains(guess.Word, StringComparison.Ordinal))
            .Select(guess => (WaitsFor?)guess.Waits)
            .FirstOrDefault();
}
