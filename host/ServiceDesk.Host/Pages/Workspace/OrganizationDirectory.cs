using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Finds the organization whom somebody means by a name or key, among those whom that somebody may look up.</summary>
public sealed class OrganizationDirectory(IPeopleStore people, ICurrentConfiguration configuration)
{
    private const int Most = 10;

    /// <summary>The one organization with this key or, when it is clear, with this name; else null.</summary>
    public async Task<Organization?> FindOneAsync(Viewer viewer, string? typed, CancellationToken cancellation)
    {
        var text = (typed ?? "").Trim();
        if (text.Length == 0)
        {
            return null;
        }

        // What completion wrote: "Name <key>".
        var open = text.LastIndexOf('<');
        var isWritten = open >= 0 && text.EndsWith('>');
        var key = isWritten ? text[(open + 1)..^1] : text;
        if (
            await people.FindOrganizationAsync(key, cancellation) is { } keyed
            && Acquaintances.Of(viewer, configuration.Snapshot).Knows(keyed)
        )
        {
            return keyed;
        }

        var found = isWritten ? [] : await FindAsync(viewer, text, int.MaxValue, cancellation);
        var same = found.Where(one => Folding.Fold(one.Name) == Folding.Fold(text)).ToList();
        return same.Count == 1 ? same[0]
            : same.Count == 0 && found.Count == 1 ? found[0]
            : null;
    }

    /// <summary>The first organizations whose name, initial consonants or key contain what was typed, for completion; none before anything was.</summary>
    public async Task<IReadOnlyList<Organization>> SuggestAsync(
        Viewer viewer,
        string? typed,
        CancellationToken cancellation
    ) => string.IsNullOrWhiteSpace(typed) ? [] : await FindAsync(viewer, typed, Most, cancellation);

    private Task<IReadOnlyList<Organization>> FindAsync(
        Viewer viewer,
        string text,
        int limit,
        CancellationToken cancellation
    ) => people.FindOrganizationsAsync(Acquaintances.Of(viewer, configuration.Snapshot), text, limit, cancellation);
}
