using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>
/// Whom somebody may look up by name or address. An agent of a desk that serves everyone: everybody. Other agents: those whom
/// their desks serve, and other agents. A customer: colleagues. Everyone else looks as if they did not exist.
/// </summary>
/// <param name="Self">The one who looks, who is always known.</param>
/// <param name="Everybody">Whether nobody is left out; the rest then says nothing.</param>
/// <param name="Organizations">Organizations whose members are known: one's own.</param>
/// <param name="OrganizationKeys">Keys of further ones.</param>
/// <param name="Roles">Ids of roles whose people are known.</param>
public sealed record Acquaintances(
    PersonId Self,
    bool Everybody,
    ValueList<OrganizationId> Organizations,
    ValueList<string> OrganizationKeys,
    ValueList<string> Roles
)
{
    /// <summary>Whom a viewer may look up under a configuration.</summary>
    public static Acquaintances Of(Viewer viewer, IConfiguration configuration)
    {
        var customers = configuration
            .All<DeskDocument>()
            .Where(desk => viewer.WorksOn(desk.Id))
            .Select(desk => desk.Customers)
            .ToList();
        return new Acquaintances(
            viewer.Person.Id,
            viewer.May(Permissions.ManagePeople) || customers.Any(served => served.Everyone),
            viewer.Person.Organizations,
            customers.SelectMany(served => served.Organizations).Distinct(StringComparer.Ordinal).ToValueList(),
            customers.Count > 0 ? WorkingRoles(configuration) : []
        );
    }

    /// <summary>Whether the organization is known.</summary>
    public bool Knows(Organization organization) =>
        Everybody
        || Organizations.Contains(organization.Id)
        || OrganizationKeys.Contains(organization.Key, StringComparer.Ordinal);

    private static ValueList<string> WorkingRoles(IConfiguration configuration) =>
        configuration
            .All<RoleDocument>()
            .Where(role => role.Permissions.Contains(Permissions.WorkTickets))
            .Select(role => role.Id)
            .ToValueList();
}
