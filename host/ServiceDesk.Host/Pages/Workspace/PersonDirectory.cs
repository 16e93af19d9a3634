using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Finds the person whom somebody means by an address or a whole name, among those whom that somebody may look up.</summary>
public sealed class PersonDirectory(IPeopleStore people, ICurrentConfiguration configuration)
{
    /// <summary>The one active person with this address or, when it is clear, with this name; else null.</summary>
    public async Task<Person?> FindOneAsync(Viewer viewer, string? typed, CancellationToken cancellation)
    {
        var text = (typed ?? "").Trim();
        if (text.Length == 0)
        {
            return null;
        }

        // What completion wrote: "Name <address>".
        var open = text.LastIndexOf('<');
        var address = open >= 0 && text.EndsWith('>') ? text[(open + 1)..^1] : text;
        if (address.Contains('@', StringComparison.Ordinal))
        {
            return await FindByAddressAsync(viewer, address, cancellation);
        }

        var page = await people.ListAsync(KnownTo(viewer) with { Text = text }, 20, null, cancellation);
        var same = page.Items.Where(p => string.Equals(p.Name, text, StringComparison.OrdinalIgnoreCase)).ToList();
        return same.Count == 1 ? same[0]
            : same.Count == 0 && page.Items.Count == 1 ? page.Items[0]
            : null;
    }

    /// <summary>People whose name, initial consonants or address contain what was typed, for completion.</summary>
    /// <param name="all">Whether the first ones are found when nothing was typed; nobody is without.</param>
    public async Task<IReadOnlyList<Person>> SuggestAsync(
        Viewer viewer,
        string? typed,
        bool all,
        CancellationToken cancellation
    )
    {
        var text = (typed ?? "").Trim();
        return text.Length == 0 && !all
            ? []
            : (await people.ListAsync(KnownTo(viewer) with { Text = text }, 10, null, cancellation)).Items;
    }

    /// <summary>Whom fields of a form offer. What they hold is always among it, so that no form empties a field by itself; nameless when the viewer may not look it up.</summary>
    /// <param name="kinds">The kinds of the form's fields.</param>
    /// <param name="held">What they hold.</param>
    public async Task<FieldOffers> OffersAsync(
        Viewer viewer,
        IReadOnlyCollection<FieldKind> kinds,
        IReadOnlyCollection<FieldValue> held,
        CancellationToken cancellation
    ) =>
        new(
            kinds.Contains(FieldKind.Person) ? await PeopleAsync(viewer, held, cancellation) : [],
            kinds.Contains(FieldKind.Organization) ? await OrganizationsAsync(viewer, held, cancellation) : [],
            kinds.Contains(FieldKind.Team) ? await TeamsAsync(viewer, held, cancellation) : []
        )
        {
            Finder = "/Workspace/People",
        };

    private async Task<IReadOnlyList<(string Id, string Name)>> PeopleAsync(
        Viewer viewer,
        IReadOnlyCollection<FieldValue> held,
        CancellationToken cancellation
    )
    {
        var known = (await people.ListAsync(KnownTo(viewer), 200, null, cancellation)).Items.ToList();
        foreach (var id in held.OfType<PersonValue>().Select(value => value.Person).Distinct())
        {
            if (known.TrueForAll(person => person.Id != id))
            {
                var filter = KnownTo(viewer) with { Person = id, OnlyActive = false };
                known.AddRange((await people.ListAsync(filter, 1, null, cancellation)).Items);
            }
        }

        return With(
            known.Select(person => (person.Id.ToString(), person.Name)),
            held.OfType<PersonValue>().Select(value => value.Person.ToString())
        );
    }

    private async Task<IReadOnlyList<(string Id, string Name)>> OrganizationsAsync(
        Viewer viewer,
        IReadOnlyCollection<FieldValue> held,
        CancellationToken cancellation
    )
    {
        var acquaintances = Acquaintances.Of(viewer, configuration.Snapshot);
        var all = await people.OrganizationsAsync(cancellation);
        return With(
            all.Where(acquaintances.Knows).Select(organization => (organization.Id.ToString(), organization.Name)),
            held.OfType<OrganizationValue>().Select(value => value.Organization.ToString())
        );
    }

    private async Task<IReadOnlyList<(string Id, string Name)>> TeamsAsync(
        Viewer viewer,
        IReadOnlyCollection<FieldValue> held,
        CancellationToken cancellation
    ) =>
        With(
            viewer.May(Permissions.WorkTickets)
                ? (await people.TeamsAsync(cancellation)).Select(team => (team.Id.ToString(), team.Name))
                : [],
            held.OfType<TeamValue>().Select(value => value.Team.ToString())
        );

    private static List<(string Id, string Name)> With(
        IEnumerable<(string Id, string Name)> known,
        IEnumerable<string> held
    )
    {
        var all = known.ToList();
        return [.. all, .. held.Distinct().Except(all.Select(one => one.Id)).Select(id => (id, "?"))];
    }

    private async Task<Person?> FindByAddressAsync(Viewer viewer, string address, CancellationToken cancellation)
    {
        var found = await people.FindByEmailAsync(address, cancellation);
        var isKnown =
            found is not null
            && await people.CountAsync(KnownTo(viewer) with { Person = found.Id, OnlyActive = false }, cancellation)
                > 0;
        return isKnown ? found : null;
    }

    // Who sees no addresses of others does not find out parts of them.
    private PeopleFilter KnownTo(Viewer viewer) =>
        new()
        {
            KnownTo = Acquaintances.Of(viewer, configuration.Snapshot),
            ByNameAlone = !viewer.May(Permissions.WorkTickets) && !viewer.May(Permissions.ManagePeople),
        };
}
