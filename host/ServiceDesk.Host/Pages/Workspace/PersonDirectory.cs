using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
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

    /// <summary>People whose name or address contains what was typed, for completion.</summary>
    public async Task<IReadOnlyList<Person>> SuggestAsync(Viewer viewer, string? typed, CancellationToken cancellation)
    {
        var text = (typed ?? "").Trim();
        return text.Length == 0
            ? []
            : (await people.ListAsync(KnownTo(viewer) with { Text = text }, 10, null, cancellation)).Items;
    }

    /// <summary>People for a field that holds one: ids and names.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> ChoicesAsync(
        Viewer viewer,
        CancellationToken cancellation
    ) =>
        [
            .. (await people.ListAsync(KnownTo(viewer), 200, null, cancellation)).Items.Select(person =>
                (person.Id.ToString(), person.Name)
            ),
        ];

    private async Task<Person?> FindByAddressAsync(Viewer viewer, string address, CancellationToken cancellation)
    {
        var found = await people.FindByEmailAsync(address, cancellation);
        var isKnown =
            found is not null
            && await people.CountAsync(KnownTo(viewer) with { Person = found.Id, OnlyActive = false }, cancellation)
                > 0;
        return isKnown ? found : null;
    }

    private PeopleFilter KnownTo(Viewer viewer) => new() { KnownTo = Acquaintances.Of(viewer, configuration.Snapshot) };
}
