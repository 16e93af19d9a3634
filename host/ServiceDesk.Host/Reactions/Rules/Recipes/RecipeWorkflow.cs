using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Rules.Recipes;

/// <summary>The statuses between which recipes move tickets: of the workflow that most ticket types have.</summary>
internal sealed class RecipeWorkflow
{
    public RecipeWorkflow(IConfiguration configuration)
    {
        var used = configuration.All<TicketTypeDocument>().Select(type => type.Workflow).ToList();
        var workflow = configuration
            .All<WorkflowDocument>()
            .OrderByDescending(one => used.Count(id => id == one.Id))
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .FirstOrDefault(HasResolving);
        if (workflow is null)
        {
            return;
        }

        Resolved = workflow.Statuses.FirstOrDefault(IsResolved)?.Id;
        Closed = workflow.Statuses.FirstOrDefault(status => status.Closes)?.Id;
        var open = workflow.Statuses.Where(status => LeadsTo(workflow, status, Resolved)).ToList();
        var waiting = open.FindAll(WaitsForCustomer);
        Answered =
        [
            .. (waiting.Count > 0 ? waiting : open.FindAll(status => !IsDoneOrWaits(status))).Select(status =>
                status.Id
            ),
        ];
        Resolution = workflow.Resolutions.FirstOrDefault()?.Id;
        Reopened = workflow.Reopen?.To;
    }

    /// <summary>Done, and not closed yet.</summary>
    public string? Resolved { get; }

    /// <summary>The status that closes.</summary>
    public string? Closed { get; }

    /// <summary>
    /// Where a ticket stands whose turn is its customer's, with a way to resolving it: the statuses that wait for the customer.
    /// Where the workflow has none, those that are not done and wait for nobody.
    /// </summary>
    public IReadOnlyList<string> Answered { get; } = [];

    /// <summary>Where a reopened ticket goes.</summary>
    public string? Reopened { get; }

    /// <summary>A resolution.</summary>
    public string? Resolution { get; }

    private static bool HasResolving(WorkflowDocument workflow) => workflow.Statuses.Any(IsResolved);

    private static bool IsResolved(WorkflowStatus status) =>
        status is { Category: StatusCategory.Done, Closes: false }
        && status.Id.Contains("resolved", StringComparison.Ordinal);

    private static bool WaitsForCustomer(WorkflowStatus status) =>
        status.Category == StatusCategory.Waiting && status.Waits() == WaitsFor.Customer;

    private static bool IsDoneOrWaits(WorkflowStatus status) =>
        status.Category is StatusCategory.Done or StatusCategory.Waiting;

    private static bool LeadsTo(WorkflowDocument workflow, WorkflowStatus from, string? to) =>
        workflow.TransitionsFrom(from.Id).Any(way => way.To == to);
}
