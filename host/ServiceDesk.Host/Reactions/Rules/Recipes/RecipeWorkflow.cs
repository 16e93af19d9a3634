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
        Answered =
        [
            .. workflow
                .Statuses.Where(status => IsWithCustomer(status) && LeadsTo(workflow, status, Resolved))
                .Select(status => status.Id),
        ];
        Resolution = workflow.Resolutions.FirstOrDefault()?.Id;
        Reopened = workflow.Reopen?.To;
    }

    /// <summary>Done, and not closed yet.</summary>
    public string? Resolved { get; }

    /// <summary>The status that closes.</summary>
    public string? Closed { get; }

    /// <summary>Where a ticket stands that was answered: not done, waiting for nobody but the customer, and with a way to resolving it.</summary>
    public IReadOnlyList<string> Answered { get; } = [];

    /// <summary>Where a reopened ticket goes.</summary>
    public string? Reopened { get; }

    /// <summary>A resolution.</summary>
    public string? Resolution { get; }

    private static bool HasResolving(WorkflowDocument workflow) => workflow.Statuses.Any(IsResolved);

    private static bool IsResolved(WorkflowStatus status) =>
        status is { Category: StatusCategory.Done, Closes: false }
        && status.Id.Contains("resolved", StringComparison.Ordinal);

    private static bool IsWithCustomer(WorkflowStatus status) =>
        status.Category == StatusCategory.Waiting
            ? status.Waits() == WaitsFor.Customer
            : status.Category != StatusCategory.Done;

    private static bool LeadsTo(WorkflowDocument workflow, WorkflowStatus from, string? to) =>
        workflow.TransitionsFrom(from.Id).Any(way => way.To == to);
}
