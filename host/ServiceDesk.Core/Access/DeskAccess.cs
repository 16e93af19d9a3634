using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>Who works on a desk and whom it serves: read from its document, the person's role, teams and organizations.</summary>
public static class DeskAccess
{
    /// <summary>Whether an active person's role may work tickets and the desk takes every agent or one of the person's teams; or the role sees every desk.</summary>
    public static bool WorksOn(
        DeskDocument desk,
        Person person,
        IEnumerable<Team> teams,
        IConfiguration configuration
    ) =>
        person.IsActive
        && configuration.TryGet<RoleDocument>(person.Role, out var role)
        && LackOf(desk, role, teams.Where(team => IsMember(team, person))) == DeskLack.Nothing;

    /// <summary>What somebody with this role in these teams lacks to work on the desk.</summary>
    public static DeskLack LackOf(DeskDocument desk, RoleDocument role, IEnumerable<Team> teams) =>
        role.Permissions.Contains(Permissions.SeeEverything) ? DeskLack.Nothing
        : !role.Permissions.Contains(Permissions.WorkTickets) ? DeskLack.Role
        : desk.Agents.Everyone || teams.Any(team => Takes(desk, team)) ? DeskLack.Nothing
        : DeskLack.Team;

    /// <summary>Why a person works on a desk; null for one who does not (<see cref="WorksOn"/>).</summary>
    public static DeskWork? WhyWorksOn(
        DeskDocument desk,
        Person person,
        IReadOnlyCollection<Team> teams,
        IConfiguration configuration
    )
    {
        if (
            !WorksOn(desk, person, teams, configuration)
            || !configuration.TryGet<RoleDocument>(person.Role, out var role)
        )
        {
            return null;
        }

        var works = role.Permissions.Contains(Permissions.WorkTickets);
        return new DeskWork(
            role.Permissions.Contains(Permissions.SeeEverything),
            works && desk.Agents.Everyone,
            works && !desk.Agents.Everyone
                ? teams.Where(team => IsMember(team, person) && Takes(desk, team)).ToValueList()
                : []
        );
    }

    /// <summary>Whether work of the desk may be given to the team.</summary>
    public static bool Takes(DeskDocument desk, Team team) =>
        desk.Agents.Everyone || desk.Agents.Teams.Contains(team.Name);

    /// <summary>Whether the desk answers the person as a customer: it serves everyone or one of the person's organizations.</summary>
    public static bool Serves(DeskDocument desk, Person person, IEnumerable<Organization> organizations) =>
        desk.Customers.Everyone
        || organizations.Any(organization =>
            person.Organizations.Contains(organization.Id) && desk.Customers.Organizations.Contains(organization.Key)
        );

    /// <summary>Whether the viewer may learn that there is the desk: works on it, asks there, or configures all of them.</summary>
    public static bool Knows(Viewer viewer, string desk) =>
        viewer.May(Permissions.Configure)
        || viewer.WorksOn(desk)
        || viewer.AskableDesks.Contains(desk, StringComparer.Ordinal);

    private static bool IsMember(Team team, Person person) =>
        person.Teams.Contains(team.Id) || team.Members.Contains(person.Id);
}

/// <summary>What keeps somebody from working on a desk.</summary>
public enum DeskLack
{
    /// <summary>Nothing does.</summary>
    Nothing,

    /// <summary>A role that may work tickets.</summary>
    Role,

    /// <summary>One of the teams that the desk takes.</summary>
    Team,
}

/// <summary>Why a person works on a desk; each alone is enough.</summary>
/// <param name="SeesEverything">Because the role sees every desk.</param>
/// <param name="EveryAgent">Because every agent works there.</param>
/// <param name="Teams">Through these teams, which the desk names.</param>
public sealed record DeskWork(bool SeesEverything, bool EveryAgent, ValueList<Team> Teams)
{
    /// <summary>Whether the person no longer works there without these teams.</summary>
    public bool IsOnlyThroughTeams => !SeesEverything && !EveryAgent;
}
