using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Pages.Notices;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What an agent was told.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class NotificationsModel(Bell bell, INotificationStore store) : NoticesModel(bell, store)
{
    public override string Here => "/Workspace/Notifications";

    public override string AddressOf(string key) => Url.Page("/Workspace/Ticket", new { key })!;
}
