using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Access;

/// <summary>Looks up what makes a person's rights: memberships and the roles of the configuration.</summary>
public sealed class PeopleViewers(IPeople people, ICurrentConfiguration configuration) : IViewers
{
    public async ValueTask<Viewer?> OfAsync(PersonId person, CancellationToken cancellation = default)
    {
        if (await people.FindAsync(person, cancellation) is not { IsActive: true } found)
        {
            return null;
        }

        var organizations = new List<Organization>();
        foreach (var id in found.Organizations)
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization)
            {
                organizations.Add(organization);
            }
        }

        var teams = new List<Team>();
        foreach (var id in found.Teams)
        {
            if (await people.FindTeamAsync(id, cancellation) is { } team)
            {
                teams.Add(team);
            }
        }

        return Viewers.Of(found, organizations, teams, configuration.Snapshot);
    }
}
