using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Dialects;

namespace ServiceDesk.Storage.Verification;

/// <summary>Every text that searches read stands in the index, and nothing else does.</summary>
internal sealed class TextIndexCheck(SnapshotReader reader, Dialect dialect, List<Finding> findings)
{
    public async Task RunAsync(CancellationToken cancellation) =>
        findings.AddRange(
            (await reader.RowsAsync(new Statement(dialect.TextsNotIndexed), cancellation)).Select(row => new Finding(
                "search-index",
                $"text {row[0]}",
                "The search index and the texts differ."
            ))
        );
}
