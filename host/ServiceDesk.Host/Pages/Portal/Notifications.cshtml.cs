using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Pages.Notices;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>What somebody in the portal was told.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class PortalNotificationsModel(Bell bell, INotificationStore store) : NoticesModel(bell, store)
{
    public override string Here => "/Portal/Notifications";

    public override string AddressOf(string key) => Url.Page("/Portal/Request", new { key })!;
}
