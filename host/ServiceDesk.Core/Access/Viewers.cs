using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>Makes the <see cref="Viewer"/> of a person: the one place where documents and memberships become rights.</summary>
public static class Viewers
{
    /// <summary>What the person may under a configuration. A person who is not active may nothing.</summary>
    /// <param name="organizations">The organizations of the person; others are left out.</param>
    /// <param name="teams">The teams of the person; others are left out.</param>
    public static Viewer Of(
        Person person,
        IReadOnlyCollection<Organization> organizations,
        IReadOnlyCollection<Team> teams,
        IConfiguration configuration
    )
    {
        if (!person.IsActive || !configuration.TryGet<RoleDocument>(person.Role, out var role))
        {
            return new Viewer(person, [], [], [], [], []);
        }

        var desks = configuration.All<DeskDocument>();
        var asks = role.Permissions.Contains(Permissions.AskInPortal);
        return new Viewer(
            person,
            role.Permissions,
            Keys(desks.Where(desk => DeskAccess.WorksOn(desk, person, teams, configuration))),
            asks ? Keys(desks.Where(desk => DeskAccess.Serves(desk, person, organizations))) : [],
            Shared(person, organizations),
            Keys(desks.Where(desk => desk.Customers.ShareWithinOrganization))
        );
    }

    private static ValueList<OrganizationId> Shared(Person person, IEnumerable<Organization> organizations) =>
        organizations
            .Where(organization =>
                (person.SeesColleagues ?? organization.MembersSeeEachOther)
                && person.Organizations.Contains(organization.Id)
            )
            .Select(organization => organization.Id)
            .ToValueList();

    private static ValueList<string> Keys(IEnumerable<DeskDocument> desks) =>
        desks.Select(desk => desk.Id).ToValueList();
}
