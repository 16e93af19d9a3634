using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Access;

/// <summary>Permissions of the product itself. Plugins add their own, prefixed by their id.</summary>
public static class Permissions
{
    /// <summary>See all tickets of the desks that one works on, with internal notes. Without it one is a customer.</summary>
    public const string WorkTickets = "ticket.work";

    /// <summary>Open requests in the portal and answer in them.</summary>
    public const string AskInPortal = "portal.ask";

    /// <summary>Move tickets to another desk.</summary>
    public const string MoveTickets = "ticket.move";

    /// <summary>Read and write configuration documents.</summary>
    public const string Configure = "configuration.write";

    /// <summary>See and change people, organizations and teams.</summary>
    public const string ManagePeople = "people.write";

    /// <summary>See plugins, dead letters and health in detail.</summary>
    public const string Operate = "system.operate";

    /// <summary>See every desk, whatever its agents are.</summary>
    public const string SeeEverything = "ticket.see-all";

    /// <summary>Approve corrections of SLA clocks that somebody else proposed.</summary>
    public const string CorrectClocks = "sla.correct";

    /// <summary>Tell the customers of one's desks something in the portal.</summary>
    public const string Announce = "portal.announce";

    /// <summary>Take words and files of tickets out for good.</summary>
    public const string Redact = "ticket.redact";

    /// <summary>All of them.</summary>
    public static ValueList<string> All { get; } =
    [
        WorkTickets,
        AskInPortal,
        MoveTickets,
        Configure,
        ManagePeople,
        Operate,
        SeeEverything,
        CorrectClocks,
        Announce,
        Redact,
    ];
}

/// <summary>Who looks or acts, with everything that decides what is shown: made once per request, read by every query and page.</summary>
/// <param name="Person">The person.</param>
/// <param name="Permissions">Ids of permissions of the person's role.</param>
/// <param name="Desks">Keys of the desks on which the person works as an agent.</param>
/// <param name="AskableDesks">Keys of the desks on which the person may ask as a customer.</param>
/// <param name="SharedOrganizations">Organizations whose requests the person sees as a customer, because the organization allows it.</param>
/// <param name="SharingDesks">Keys of the desks that share requests within an organization.</param>
public sealed record Viewer(
    Person Person,
    ValueList<string> Permissions,
    ValueList<string> Desks,
    ValueList<string> AskableDesks,
    ValueList<OrganizationId> SharedOrganizations,
    ValueList<string> SharingDesks
)
{
    /// <summary>Whether the person's role has the permission.</summary>
    public bool May(string permission) => Permissions.Contains(permission, StringComparer.Ordinal);

    /// <summary>Whether the person works on the desk: sees its tickets with everything internal.</summary>
    public bool WorksOn(string desk) => Desks.Contains(desk, StringComparer.Ordinal);
}

/// <summary>A permission that a plugin declares.</summary>
/// <param name="Id">Prefixed by the plugin's id: <c>incidents.declare-major</c>.</param>
/// <param name="NameKey">The key of its name in the plugin's texts.</param>
/// <param name="DefaultRoles">Ids of roles that get it when the plugin first loads; an administrator may take it from them for good. A role that does not exist is passed over. Where there is one, <c>administrator</c> gets it too, since nobody hands out what he does not have.</param>
public sealed record PermissionDefinition(string Id, string NameKey, ValueList<string> DefaultRoles)
{
    /// <summary>The key of a sentence in the plugin's texts that tells who gives it what follows; null for none.</summary>
    public string? DescriptionKey { get; init; }
}
