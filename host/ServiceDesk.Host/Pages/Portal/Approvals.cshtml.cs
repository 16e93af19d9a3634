using Microsoft.AspNetCore.Authorization;
using ServiceDesk.Host.Pages.Approvals;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The approvals of somebody in the portal.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class PortalApprovalsModel(ApprovalInbox inbox) : ApprovalsModel(inbox);
