using System.Text.Json;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Configuration;

/// <summary>The configuration as it was at each revision, for folding events again under what they were decided under.</summary>
public sealed class ConfigurationHistory
{
    // The revisions of a page of tickets lie close together; older ones are read again when they are needed.
    private const int MostKept = 64;

    private readonly IDocumentStore store;
    private readonly IReadOnlyList<StoredDocument> versions;
    private readonly Dictionary<long, ConfigurationSnapshot> kept = [];

    private ConfigurationHistory(IDocumentStore store, IReadOnlyList<StoredDocument> versions)
    {
        this.store = store;
        this.versions = versions;
    }

    /// <summary>Opens the history.</summary>
    public static async Task<ConfigurationHistory> OpenAsync(IDocumentStore store, CancellationToken cancellation) =>
        new(store, await store.AllVersionsAsync([DocumentKinds.Calendar, DocumentKinds.SlaPolicy], cancellation));

    /// <summary>The configuration at a revision.</summary>
    public async Task<ConfigurationSnapshot> AtAsync(long revision, CancellationToken cancellation)
    {
        if (kept.TryGetValue(revision, out var snapshot))
        {
            return snapshot;
        }

        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        snapshot = await ReadAsync(revision, cancellation);
        kept.Add(revision, snapshot);
        return snapshot;
    }

    private async Task<ConfigurationSnapshot> ReadAsync(long revision, CancellationToken cancellation)
    {
        var set = await store.ReadAsync(revision, cancellation);
        var current = set.Documents.Select(document => (document.Kind, document.Id, document.Version)).ToHashSet();
        var older = versions.Where(document => !current.Contains((document.Kind, document.Id, document.Version)));
        return ConfigurationSnapshot.From(
            set.Revision,
            set.Documents.Select(document => Versioned(document, isCurrent: true))
                .Concat(older.Select(document => Versioned(document, isCurrent: false)))
                .OfType<VersionedDocument>()
        );
    }

    private static VersionedDocument? Versioned(StoredDocument stored, bool isCurrent)
    {
        try
        {
            var document = DocumentText.FromStored(stored.Kind, stored.Json);
            return new VersionedDocument(document, stored.Version, isCurrent);
        }
        catch (JsonException)
        {
            // The server leaves out what it cannot read, and decided without it.
            return null;
        }
    }
}
