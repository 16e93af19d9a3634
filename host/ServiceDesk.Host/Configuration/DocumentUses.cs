using ServiceDesk.Host.Plugins;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Configuration;

/// <summary>Which tickets use documents of the kinds that plugins tell of.</summary>
public sealed class DocumentUses(PluginCatalog plugins, IWordTickets tickets)
{
    /// <summary>Whether a plugin tells of documents of this kind.</summary>
    public bool Knows(string kind) => Of(kind).Any();

    /// <summary>How many tickets use a document, of all desks.</summary>
    public async Task<int> CountAsync(string kind, string id, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var use in Of(kind))
        {
            count += await tickets.CountAsync(use.Function, use.Words(id), cancellation);
        }

        return count;
    }

    /// <summary>The query that finds them.</summary>
    public string QueryOf(string kind, string id) =>
        string.Join(" OR ", Of(kind).SelectMany(use => use.Words(id).Select(word => $"{use.Function}(\"{word}\")")));

    private IEnumerable<DocumentUseDefinition> Of(string kind) => plugins.DocumentUses.Where(use => use.Kind == kind);
}
