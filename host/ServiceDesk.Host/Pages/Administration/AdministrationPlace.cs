using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A page of the administration's navigation.</summary>
/// <param name="Id">Its id; its name is <c>administration.ID</c>.</param>
/// <param name="Page">The page.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Permission">Who may open it.</param>
public sealed record AdministrationPlace(string Id, string Page, string Icon, string Permission)
{
    private static readonly AdministrationPlace[] All =
    [
        new("configuration", "/Administration/Configuration", "adjustments", Permissions.Configure),
        new("desks", "/Administration/Desks", "headset", Permissions.Configure),
        new("help-centre", "/Administration/HelpCentreEditor", "lifebuoy", Permissions.Configure),
        new("workflows", "/Administration/Workflows", "hierarchy", Permissions.Configure),
        new("approvals", "/Administration/Approvals", "checkbox", Permissions.Configure),
        new("ticket-types", "/Administration/TicketTypes", "ticket", Permissions.Configure),
        new("link-types", "/Administration/LinkTypes", "link", Permissions.Configure),
        new("request-types", "/Administration/RequestTypes", "forms", Permissions.Configure),
        new("fields", "/Administration/Fields", "list-details", Permissions.Configure),
        new("queues", "/Administration/Queues", "inbox", Permissions.Configure),
        new("sla", "/Administration/Policies", "clock-check", Permissions.Configure),
        new("calendars", "/Administration/Calendars", "calendar-time", Permissions.Configure),
        new("sla-drafts", "/Administration/SlaDrafts", "progress-check", Permissions.Configure),
        new("rules", "/Administration/Rules", "bolt", Permissions.Configure),
        new("macros", "/Administration/Macros", "wand", Permissions.Configure),
        new("assignments", "/Administration/Assignments", "route", Permissions.Configure),
        new("files", "/Administration/FileRulesEditor", "paperclip", Permissions.Configure),
        new("changes", "/Administration/Changes", "history", Permissions.Configure),
        new("scripts", "/Administration/Scripts", "code", Permissions.Configure),
        new("roles", "/Administration/Roles", "user-shield", Permissions.Configure),
        new("people", "/Administration/People", "users", Permissions.ManagePeople),
        new("organizations", "/Administration/Organizations", "building", Permissions.ManagePeople),
        new("teams", "/Administration/Teams", "users-group", Permissions.ManagePeople),
        new("plugins", "/Administration/Plugins", "puzzle", Permissions.Operate),
        new("dead-letters", "/Administration/DeadLetters", "mail-opened", Permissions.Operate),
    ];

    /// <summary>The text of its name.</summary>
    public string NameKey => $"administration.{Id}";

    /// <summary>Those that the viewer may open, in order.</summary>
    public static IEnumerable<AdministrationPlace> Of(Viewer viewer) =>
        All.Where(place => viewer.May(place.Permission));
}
