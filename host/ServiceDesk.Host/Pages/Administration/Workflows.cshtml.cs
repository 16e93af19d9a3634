using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Workflows;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The workflows, for which ticket types they are, and how many tickets still have to leave statuses that are gone.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class WorkflowsModel(ICurrentConfiguration configuration, WorkflowTickets tickets, IWorkflowDrafts drafts)
    : PageModel
{
    /// <summary>A workflow in the list.</summary>
    /// <param name="Types">The ticket types that it is for.</param>
    /// <param name="Left">Tickets that are in statuses which it has replaced.</param>
    /// <param name="HasDraft">Whether something is written of it that is not published.</param>
    public sealed record Line(
        WorkflowDocument Workflow,
        IReadOnlyList<TicketTypeDocument> Types,
        int Left,
        bool HasDraft
    );

    /// <summary>Drafts of workflows that were never published.</summary>
    public IReadOnlyList<WorkflowDraft> New { get; private set; } = [];

    /// <summary>The workflows by name.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        var written = await drafts.AllAsync(cancellation);
        New = [.. written.Where(draft => !snapshot.TryGet<WorkflowDocument>(draft.Workflow, out _))];
        var lines = new List<Line>();
        foreach (var workflow in snapshot.All<WorkflowDocument>().OrderBy(one => one.Name.ToString()))
        {
            var types = snapshot.All<TicketTypeDocument>().Where(type => type.Workflow == workflow.Id);
            var left = await tickets.LeftAsync(workflow, cancellation);
            lines.Add(new Line(workflow, [.. types], left, written.Any(draft => draft.Workflow == workflow.Id)));
        }

        Lines = lines;
    }
}
