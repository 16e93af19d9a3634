using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The assignment policies in the order in which they are asked.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class AssignmentsModel(ICurrentConfiguration configuration) : PageModel
{
    /// <summary>The policies.</summary>
    public IReadOnlyList<AssignmentDocument> Policies { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public void OnGet() => Policies = [.. Core.Duty.Assignments.InOrder(configuration.Snapshot)];
}
