using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Startup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Configuration;

/// <summary>
/// Loads the configuration and writes shipped documents that never were there. What an administrator changed or removed
/// is left alone: a document that ever had a version is not written again.
/// </summary>
public sealed class ConfigurationStartup(
    ConfigurationCache cache,
    ConfigurationWriter writer,
    ConfigurationReview review,
    ShippedDocuments shipped,
    IDocumentStore store,
    ILogger<ConfigurationStartup> log
) : IStartupStep
{
    public int Order => StartupOrder.Configuration;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var snapshot = await cache.RefreshAsync(cancellation);
        if (await IsCompleteAsync(snapshot, cancellation))
        {
            return;
        }

        var missing = new List<(string Source, ConfigurationDocument Document)>();
        foreach (var entry in shipped.All)
        {
            var kind = DocumentTypes.KindOf(entry.Document);
            if (!await WasThereAsync(snapshot, entry.Document.GetType(), kind, entry.Document.Id, cancellation))
            {
                missing.Add(entry);
            }
        }

        foreach (var group in Fitting(snapshot, missing).GroupBy(entry => entry.Source, StringComparer.Ordinal))
        {
            await WriteAsync(group.Key, [.. group.Select(entry => entry.Document)], cancellation);
        }
    }

    // The usual start: whatever is shipped has been written once, and need not even be read.
    private async Task<bool> IsCompleteAsync(ConfigurationSnapshot snapshot, CancellationToken cancellation)
    {
        if (shipped.Names() is not { } names)
        {
            return false;
        }

        foreach (var (kind, id) in names)
        {
            if (
                DocumentTypes.Find(kind) is not { } type
                || !await WasThereAsync(snapshot, type, kind, id, cancellation)
            )
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> WasThereAsync(
        ConfigurationSnapshot snapshot,
        Type type,
        string kind,
        string id,
        CancellationToken cancellation
    ) => snapshot.Find(type, id) is not null || (await store.HistoryAsync(kind, id, cancellation)).Count > 0;

    // A desk may name a ticket type of a plugin that is not installed: what does not fit waits until it does.
    private List<(string Source, ConfigurationDocument Document)> Fitting(
        ConfigurationSnapshot snapshot,
        List<(string Source, ConfigurationDocument Document)> missing
    )
    {
        while (true)
        {
            var whole = ConfigurationWriter.Apply(snapshot, [.. missing.Select(entry => Added(entry.Document))]);
            var wrong = review.Problems(snapshot, whole).ToLookup(found => (found.Kind, found.Id));
            var left = missing.Where(entry => wrong.Contains(KeyOf(entry.Document))).ToList();
            if (left.Count == 0)
            {
                return missing;
            }

            foreach (var (source, document) in left)
            {
                var found = wrong[KeyOf(document)].First();
                log.ShippedLeftOut(
                    source,
                    ConfigurationFolder.PathOf(found.Kind, found.Id),
                    found.Problem.Path,
                    found.Problem.Code,
                    found.Problem.Arguments.ToString()
                );
            }

            missing = [.. missing.Except(left)];
        }
    }

    private async Task WriteAsync(
        string source,
        IReadOnlyCollection<ConfigurationDocument> documents,
        CancellationToken cancellation
    )
    {
        // The documents of all sources were reviewed together; between the groups a reference may still be open.
        var outcome = await writer.WriteUnreviewedAsync(
            before =>
                [.. documents.Where(document => before.Find(document.GetType(), document.Id) is null).Select(Added)],
            new ConfigurationAuthor(null, source, null),
            cancellation
        );
        if (outcome.Status == ConfigurationStatus.Written)
        {
            log.ShippedWritten(documents.Count, source);
        }
    }

    private static DocumentDifference Added(ConfigurationDocument document) =>
        new(DifferenceKind.Added, DocumentTypes.KindOf(document), document.Id, null, document);

    private static (string Kind, string Id) KeyOf(ConfigurationDocument document) =>
        (DocumentTypes.KindOf(document), document.Id);
}
