using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Intake.Library;

/// <summary>Takes away the files of desks that were removed, once nobody is likely to write the desk again.</summary>
public sealed class ForgetDeskFiles(
    IFileLibrary library,
    IDocumentStore documents,
    ICurrentConfiguration configuration,
    IClock clock
) : IUpkeepTask
{
    /// <summary>For how long a desk that is written again finds its files.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    public string Name => "files of removed desks";

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var forgotten = 0;
        var until = clock.GetCurrentInstant() - Kept;
        foreach (var desk in await library.DesksAsync(cancellation))
        {
            if (configuration.Snapshot.TryGet<DeskDocument>(desk, out _))
            {
                continue;
            }

            // Asked of the database, since this node may not know yet of a desk that another one just wrote.
            var history = await documents.HistoryAsync(DocumentKinds.Desk, desk, cancellation);
            if (history.Count == 0 || (history[0].Json is null && history[0].Author.At < until))
            {
                forgotten += await library.ForgetAsync(desk, cancellation);
            }
        }

        return forgotten;
    }
}
