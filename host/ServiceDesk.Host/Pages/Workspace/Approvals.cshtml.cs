using Microsoft.AspNetCore.Authorization;
using ServiceDesk.Host.Pages.Approvals;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The approvals of an agent.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class WorkspaceApprovalsModel(ApprovalInbox inbox) : ApprovalsModel(inbox);
