using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The people whom a customer may know: those of the own organizations.</summary>
public sealed class Colleagues(IPeopleStore people)
{
    private const int Most = 500;

    /// <summary>Active members of the organizations, by name: id and name. Nobody when there are none.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> OfAsync(
        ValueList<OrganizationId> organizations,
        CancellationToken cancellation
    )
    {
        if (organizations.Count == 0)
        {
            return [];
        }

        var found = new List<(string, string)>();
        string? cursor = null;
        do
        {
            var page = await people.ListAsync(
                new PeopleFilter { Organizations = organizations },
                200,
                cursor,
                cancellation
            );
            found.AddRange(page.Items.Select(person => (person.Id.ToString(), person.Name)));
            cursor = page.Next;
        } while (cursor is not null && found.Count < Most);

        return found;
    }
}
