using System.Text.Json;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Configuration;

/// <summary>
/// The snapshot of this node, read anew when the store has another revision. Readers never wait: they keep the snapshot
/// that they took.
/// </summary>
public sealed class ConfigurationCache(IDocumentStore store, ILogger<ConfigurationCache> log)
    : ICurrentConfiguration,
        IConfigurationReader,
        IDisposable
{
    // Clocks pin the versions that they started under; nothing else looks at old ones.
    private static readonly string[] PinnedKinds = [DocumentKinds.Calendar, DocumentKinds.SlaPolicy];

    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile ConfigurationSnapshot snapshot = ConfigurationSnapshot.Empty;

    /// <summary>The newest snapshot that this node has read.</summary>
    public ConfigurationSnapshot Snapshot => snapshot;

    IConfiguration ICurrentConfiguration.Snapshot => snapshot;

    IConfiguration IConfigurationReader.Current => snapshot;

    /// <summary>Reads the configuration when the store has a newer revision than this node.</summary>
    /// <returns>The snapshot afterwards.</returns>
    public async Task<ConfigurationSnapshot> RefreshAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (await store.RevisionAsync(cancellation) != snapshot.Revision)
            {
                snapshot = await ReadAsync(cancellation);
            }

            return snapshot;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<ConfigurationSnapshot> ReadAsync(CancellationToken cancellation)
    {
        var set = await store.ReadAsync(cancellation: cancellation);
        var current = set.Documents.ToDictionary(document => (document.Kind, document.Id, document.Version));
        var older = (await store.AllVersionsAsync(PinnedKinds, cancellation)).Where(document =>
            !current.ContainsKey((document.Kind, document.Id, document.Version))
        );
        return ConfigurationSnapshot.From(
            set.Revision,
            set.Documents.Select(document => Versioned(document, isCurrent: true))
                .Concat(older.Select(document => Versioned(document, isCurrent: false)))
                .OfType<VersionedDocument>()
        );
    }

    private VersionedDocument? Versioned(StoredDocument stored, bool isCurrent)
    {
        try
        {
            var document = DocumentText.FromStored(stored.Kind, stored.Json);
            return new VersionedDocument(document, stored.Version, isCurrent);
        }
        catch (JsonException error)
        {
            // Written by a newer version of the product, or by hand. The rest of the configuration must go on.
            log.DocumentUnreadable(stored.Kind, stored.Id, stored.Version, error);
            return null;
        }
    }
}
