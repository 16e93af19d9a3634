using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Queries.Searching;

/// <summary>Organizations by a part of name or key: of those that the viewer may look up. A hit leads to what its people asked for.</summary>
public sealed class OrganizationSource(IPeople people, ICurrentConfiguration configuration) : ISearchSource
{
    public static SearchSourceDefinition Definition { get; } =
        new("organizations", "search.organizations", "building", 20) { Permission = Permissions.WorkTickets };

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SearchHit>> FindAsync(SearchQuestion question, CancellationToken cancellation)
    {
        var known = Acquaintances.Of(question.Viewer, configuration.Snapshot);
        var all = await people.OrganizationsAsync(cancellation);
        return
        [
            .. all.Where(known.Knows)
                .Where(one => question.Words.All(word => Hangul.Finds(one.Name, word) || Hangul.Finds(one.Key, word)))
                .Take(question.Limit)
                .Select(one => new SearchHit(one.Name, SearchAddress.Of("organization", one.Key)) { Detail = one.Key }),
        ];
    }
}
