using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Who works on desks: to whom a ticket can be given.</summary>
public sealed class AgentDirectory(IPeopleStore people, ICurrentConfiguration configuration)
{
    private const int Most = 200;

    /// <summary>Those who work on every one of the desks, by name; of very many the first.</summary>
    public async Task<IReadOnlyList<Person>> OfAsync(
        IReadOnlyCollection<DeskDocument> desks,
        IReadOnlyList<Team> teams,
        CancellationToken cancellation
    )
    {
        var snapshot = configuration.Snapshot;
        var working = snapshot.All<RoleDocument>().Where(role => role.Permissions.Contains(Permissions.WorkTickets));
        var filter = new PeopleFilter { Roles = working.Select(role => role.Id).ToValueList() };
        var found = new List<Person>();
        string? cursor = null;
        do
        {
            var page = await people.ListAsync(filter, Most, cursor, cancellation);
            found.AddRange(
                page.Items.Where(person => desks.All(desk => DeskAccess.WorksOn(desk, person, teams, snapshot)))
            );
            cursor = page.Next;
        } while (cursor is not null && found.Count < Most);

        return [.. found.Take(Most)];
    }
}
