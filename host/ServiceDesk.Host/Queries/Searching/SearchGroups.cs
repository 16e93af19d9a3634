using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Queries.Searching;

/// <summary>What a source found, with what was looked for marked.</summary>
/// <param name="IsMissing">Whether the source gave no answer.</param>
public sealed record FoundGroup(SearchSourceDefinition Source, IReadOnlyList<MarkedHit> Hits, bool IsMissing);

/// <summary>Something found beside tickets.</summary>
public sealed record MarkedHit(MarkedText Title, string Address, MarkedText? Detail, MarkedText? Text);

/// <summary>Asks everything that the search box finds beside tickets: the product's own sources and those of plugins, each on its own.</summary>
public sealed class SearchGroups(PluginCatalog plugins, IServiceScopeFactory scopes, TimeProvider time)
{
    private const int ExcerptLength = 140;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly SearchSourceRegistration[] Own =
    [
        new(null, PeopleSource.Definition, typeof(PeopleSource)),
        new(null, OrganizationSource.Definition, typeof(OrganizationSource)),
    ];

    /// <summary>The groups that the viewer may be shown, in order; without words there is nothing to look for.</summary>
    /// <exception cref="StorageUnavailableException">The database is out of reach.</exception>
    public async Task<IReadOnlyList<FoundGroup>> FindAsync(
        Viewer viewer,
        ValueList<string> words,
        int limit,
        CancellationToken cancellation
    )
    {
        if (words.Count == 0)
        {
            return [];
        }

        var asked = Own.Concat(plugins.SearchSources)
            .Where(source => source.Plugin is null || plugins.IsActive(source.Plugin))
            .Where(source => source.Definition.Permission is not { } permission || viewer.May(permission))
            .OrderBy(source => source.Definition.Order)
            .ThenBy(source => source.Definition.Id, StringComparer.Ordinal)
            .Select(source => AskAsync(source, new SearchQuestion(viewer, words, limit), cancellation));
        return await Task.WhenAll(asked);
    }

    private async Task<FoundGroup> AskAsync(
        SearchSourceRegistration registration,
        SearchQuestion question,
        CancellationToken cancellation
    )
    {
        var health = registration.Plugin is { } plugin ? plugins.Find(plugin)!.Health : null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var source = (ISearchSource)scope.ServiceProvider.GetRequiredService(registration.Source);
            var hits = await source.FindAsync(question, cancellation).AsTask().WaitAsync(Limit, time, cancellation);
            health?.Succeeded(registration.Handler);
            var marked = hits.Take(question.Limit).Select(hit => Marked(hit, question.Words)).ToList();
            return new FoundGroup(registration.Definition, marked, IsMissing: false);
        }
        catch (Exception problem)
            when (health is not null && problem is not (StorageUnavailableException or OperationCanceledException))
        {
            health.Count(registration.Handler, problem);
            return new FoundGroup(registration.Definition, [], IsMissing: true);
        }
    }

    private static MarkedHit Marked(SearchHit hit, ValueList<string> words) =>
        new(
            Highlights.Of(hit.Title, words),
            // Addresses lie on this server, whatever a plugin says.
            hit.Address.StartsWith('/') && !hit.Address.StartsWith("//", StringComparison.Ordinal)
                ? hit.Address
                : "/",
            hit.Detail is { } detail ? Highlights.Of(detail, words) : null,
            hit.Text is { } text ? Highlights.Excerpt(text, words, ExcerptLength) : null
        );
}
