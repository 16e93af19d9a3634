using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Approvals;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The approval policies: whom each asks, and where it is asked.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ApprovalsModel(ICurrentConfiguration configuration, DocumentText documents, ApprovalWords words)
    : PageModel
{
    /// <summary>A policy in the list.</summary>
    /// <param name="Sentence">Whom it asks.</param>
    /// <param name="Statuses">The statuses that ask for it.</param>
    /// <param name="Types">The ticket types and request types whose tickets come through them.</param>
    /// <param name="Others">What else names it.</param>
    public sealed record Line(
        ApprovalDocument Policy,
        string Sentence,
        IReadOnlyList<(WorkflowDocument Workflow, WorkflowStatus Status)> Statuses,
        IReadOnlyList<ConfigurationDocument> Types,
        IReadOnlyList<ConfigurationDocument> Others
    );

    /// <summary>The policies by name.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var snapshot = (ConfigurationSnapshot)configuration.Snapshot;
        var policies = snapshot.All<ApprovalDocument>();
        var uses = new ApprovalUses(snapshot, documents);
        await words.PrepareAsync(policies, cancellation);
        Lines =
        [
            .. policies
                .OrderBy(policy => policy.Name.ToString(), StringComparer.CurrentCulture)
                .Select(policy => new Line(
                    policy,
                    words.Sentence(policy),
                    uses.Statuses(policy.Id),
                    uses.Types(policy.Id),
                    uses.Others(policy.Id)
                )),
        ];
    }
}
