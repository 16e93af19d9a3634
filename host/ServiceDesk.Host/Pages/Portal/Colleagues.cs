using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The people whom a customer may know: those of the own organizations.</summary>
public sealed class Colleagues(IPeopleStore people)
{
    private const int Most = 500;

    /// <summary>The first active members of the organizations whose name, or its initial consonants, contain what was typed.</summary>
    public async Task<IReadOnlyList<Person>> FindAsync(
        ValueList<OrganizationId> organizations,
        string? typed,
        CancellationToken cancellation,
        int limit = 10
    ) =>
        organizations.Count == 0
            ? []
            : (
                await people.ListAsync(
                    new PeopleFilter
                    {
                        Organizations = organizations,
                        Text = (typed ?? "").Trim(),
                        ByNameAlone = true,
                    },
                    limit,
                    null,
                    cancellation
                )
            ).Items;

    /// <summary>The one active member of the organizations with this name, when it is clear, or in whose name alone it stands; else null.</summary>
    public async Task<Person?> FindOneAsync(
        ValueList<OrganizationId> organizations,
        string typed,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(organizations, typed, cancellation, limit: 50);
        var same = found
            .Where(one => string.Equals(one.Name, typed.Trim(), StringComparison.OrdinalIgnoreCase))
            .ToList();
        return same.Count == 1 ? same[0]
            : same.Count == 0 && found.Count == 1 ? found[0]
            : null;
    }

    /// <summary>The first active members of the organizations by name, and those whom fields hold: id and name. Nobody when there are no organizations.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> OfAsync(
        ValueList<OrganizationId> organizations,
        IReadOnlyCollection<FieldValue> held,
        CancellationToken cancellation,
        int most = Most
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
                Math.Min(200, most),
                cursor,
                cancellation
            );
            found.AddRange(page.Items.Select(person => (person.Id.ToString(), person.Name)));
            cursor = page.Next;
        } while (cursor is not null && found.Count < most);

        foreach (var id in held.OfType<PersonValue>().Select(value => value.Person).Distinct())
        {
            if (found.TrueForAll(person => person.Item1 != id.ToString()))
            {
                var filter = new PeopleFilter { Organizations = organizations, Person = id };
                var page = await people.ListAsync(filter, 1, null, cancellation);
                found.AddRange(page.Items.Select(person => (person.Id.ToString(), person.Name)));
            }
        }

        return found;
    }
}
