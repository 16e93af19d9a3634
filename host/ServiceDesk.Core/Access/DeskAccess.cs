using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

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
        && (
            role.Permissions.Contains(Permissions.SeeEverything)
            || (
                role.Permissions.Contains(Permissions.WorkTickets)
                && (desk.Agents.Everyone || teams.Any(team => IsMember(team, person) && Takes(desk, team)))
            )
        );

    /// <summary>Whether work of the desk may be given to the team.</summary>
    public static bool Takes(DeskDocument desk, Team team) =>
        desk.Agents.Everyone || desk.Agents.Teams.Contains(team.Name);

    /// <summary>Whether the desk answers the person as a customer: it serves everyone or one of the person's organizations.</summary>
    public static bool Serves(DeskDocument desk, Person person, IEnumerable<Organization> organizations) =>
        desk.Customers.Everyone
        || organizations.Any(organization =>
            person.Organizations.Contains(organization.Id) && desk.Customers.Organizations.Contains(organization.Key)
        );

    private static bool IsMember(Team team, Person person) =>
        person.Teams.Contains(team.Id) || team.Members.Contains(person.Id);
}
