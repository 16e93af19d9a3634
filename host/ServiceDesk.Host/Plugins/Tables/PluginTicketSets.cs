using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Plugins.Tables;

/// <inheritdoc cref="ITicketSets"/>
internal sealed class PluginTicketSets(TicketSets sets) : ITicketSets
{
    public async Task<TicketSet> MatchingAsync(Viewer viewer, string query, CancellationToken cancellation = default)
    {
        var (sql, parameters) = await sets.MatchingAsync(viewer, query, cancellation);
        return new TicketSet(sql, parameters);
    }
}
