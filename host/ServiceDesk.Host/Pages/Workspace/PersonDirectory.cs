using ServiceDesk.Sdk.People;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Finds the person whom somebody means by an address or a whole name.</summary>
public sealed class PersonDirectory(IPeopleStore people)
{
    /// <summary>The one active person with this address or, when it is clear, with this name; else null.</summary>
    public async Task<Person?> FindOneAsync(string? typed, CancellationToken cancellation)
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
            return await people.FindByEmailAsync(address, cancellation);
        }

        var page = await people.ListAsync(new PeopleFilter { Text = text }, 20, null, cancellation);
        var same = page.Items.Where(p => string.Equals(p.Name, text, StringComparison.OrdinalIgnoreCase)).ToList();
        return same.Count == 1 ? same[0]
            : same.Count == 0 && page.Items.Count == 1 ? page.Items[0]
            : null;
    }

    /// <summary>People whose name or address contains what was typed, for completion.</summary>
    public async Task<IReadOnlyList<Person>> SuggestAsync(string? typed, CancellationToken cancellation)
    {
        var text = (typed ?? "").Trim();
        return text.Length == 0
            ? []
            : (await people.ListAsync(new PeopleFilter { Text = text }, 10, null, cancellation)).Items;
    }

    /// <summary>People for a field that holds one: ids and names.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> ChoicesAsync(CancellationToken cancellation) =>
        [
            .. (await people.ListAsync(new PeopleFilter(), 200, null, cancellation)).Items.Select(person =>
                (person.Id.ToString(), person.Name)
            ),
        ];
}
