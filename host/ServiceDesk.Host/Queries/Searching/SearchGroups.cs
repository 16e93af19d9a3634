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
public sealed partial class SearchGroups(
    PluginCatalog plugins,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<SearchGroups> log
)
{
    private const int ExcerptLength = 140;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly SearchSourceRegistration[] Own =
    [
        new(null, PeopleSource.Definition, typeof(PeopleSource)),
        new(null, OrganizationSource.Definition, typeof(OrganizationSource)),
    ];

    /// <summary>
    /// The groups that the viewer may be shown in the portal or the workspace, in order; without words there is nothing to look for. A source that fails or is
    /// too slow is missing alone, and what it still does is cancelled.
    /// </summary>
    public async Task<IReadOnlyList<FoundGroup>> FindAsync(
        Viewer viewer,
        ValueList<string> words,
        int limit,
        bool inPortal,
        CancellationToken cancellation
    )
    {
        if (words.Count == 0)
        {
            return [];
        }

        var asked = Own.Concat(plugins.SearchSources)
            .Where(source => source.Plugin is null || plugins.IsActive(source.Plugin))
            .Where(source => source.Definition.InPortal || !inPortal)
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
        using var late = new CancellationTokenSource(Limit, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var source = (ISearchSource)scope.ServiceProvider.GetRequiredService(registration.Source);
            var hits = await source.FindAsync(question, over.Token).AsTask().WaitAsync(over.Token);
            health?.Succeeded(registration.Handler);
            var marked = hits.Take(question.Limit).Select(hit => Marked(hit, question.Words)).ToList();
            return new FoundGroup(registration.Definition, marked, IsMissing: false);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            var told = late.IsCancellationRequested
                ? new TimeoutException("The search took too long.", problem)
                : problem;
            if (health is null)
            {
                Missing(log, told, registration.Definition.Id);
            }
            else if (problem is not StorageUnavailableException)
            {
                health.Count(registration.Handler, told);
            }

            return new FoundGroup(registration.Definition, [], IsMissing: true);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The search for {Source} gives no answer")]
    private static partial void Missing(ILogger log, Exception problem, string source);

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
