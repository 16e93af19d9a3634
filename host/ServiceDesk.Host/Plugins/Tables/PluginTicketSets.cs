using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Values;
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

    public ValueList<FieldDocument> WordFields(Viewer viewer) => sets.WordFields(viewer);

    public async Task<TicketWords?> HeldAsync(Viewer viewer, string field, CancellationToken cancellation = default) =>
        await sets.HeldAsync(viewer, field, cancellation) is { } held
            ? new TicketWords(held.Sql, held.Parameters)
            : null;
}
