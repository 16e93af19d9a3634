using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Configuration;

/// <summary>The configuration under which an event was decided. Nearly always the newest one, which is in memory; older ones are read once and kept while they are asked for.</summary>
public sealed class PastConfigurations(ICurrentConfiguration current, IDocumentStore store) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private ConfigurationHistory? history;
    private long historyUntil;

    /// <summary>The configuration at a revision.</summary>
    public async ValueTask<IConfiguration> AtAsync(long revision, CancellationToken cancellation)
    {
        var newest = current.Snapshot;
        if (newest.Revision == revision)
        {
            return newest;
        }

        await turn.WaitAsync(cancellation);
        try
        {
            // A history knows the pinned versions of the day it was opened on.
            if (history is null || revision > historyUntil)
            {
                historyUntil = await store.RevisionAsync(cancellation);
                history = await ConfigurationHistory.OpenAsync(store, cancellation);
            }

            return await history.AtAsync(revision, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
