using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Pages;

/// <summary>Named places in host pages where plugins show partial views (<see cref="Plugins.IPluginBuilder.AddSlotView"/>). Views see only what the viewer may see and use the classes of the design system, which <c>/design</c> shows while developing.</summary>
public static class Slots
{
    /// <summary>Above the ticket in the workspace; model <see cref="TicketSlot"/>. For what nobody may overlook.</summary>
    public const string TicketBanner = "ticket.banner";

    /// <summary>A panel in the ticket's side column; model <see cref="TicketSlot"/>.</summary>
    public const string TicketPanel = "ticket.panel";

    /// <summary>Buttons beside the ticket's transitions; model <see cref="TicketSlot"/>.</summary>
    public const string TicketActions = "ticket.actions";

    /// <summary>Above the workspace's lists; model <see cref="ViewerSlot"/>.</summary>
    public const string WorkspaceBanner = "workspace.banner";

    /// <summary>Above the portal; model <see cref="ViewerSlot"/>. Customers see it.</summary>
    public const string PortalBanner = "portal.banner";

    /// <summary>Below the conversation of a request in the portal; model <see cref="TicketSlot"/>. Customers see it.</summary>
    public const string PortalRequest = "portal.request";

    /// <summary>Every place.</summary>
    public static ValueList<string> All { get; } =
    [TicketBanner, TicketPanel, TicketActions, WorkspaceBanner, PortalBanner, PortalRequest];
}

/// <summary>What a view at a place on a ticket gets.</summary>
/// <param name="Ticket">The ticket with its clocks.</param>
/// <param name="Viewer">Who looks. In portal slots a customer: show nothing internal.</param>
public sealed record TicketSlot(TicketSnapshot Ticket, Viewer Viewer);

/// <summary>What a view at a place without a ticket gets.</summary>
/// <param name="Viewer">Who looks.</param>
public sealed record ViewerSlot(Viewer Viewer);
