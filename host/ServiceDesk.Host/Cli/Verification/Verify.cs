using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Verification;

namespace ServiceDesk.Host.Cli.Verification;

/// <summary><c>verify</c>: holds the database against what the product promises. Prints each finding; ends with 1 when there is one.</summary>
public sealed class Verify(StorageVerifier verifier, TicketEngine engine, IDocumentStore documents, IClock clock)
    : IHostCommand
{
    private const int MostPrinted = 1000;
    private const int ProgressStep = 10_000;

    public string Name => "verify";

    public async Task<int> RunAsync(
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var history = await ConfigurationHistory.OpenAsync(documents, cancellation);
        var progress = new Progress(output);
        var replay = new TicketReplay(
            engine,
            history,
            await documents.RevisionAsync(cancellation),
            clock.GetCurrentInstant()
        );
        var report = await verifier.RunAsync(replay, progress, cancellation);
        await progress.WrittenAsync();
        foreach (var finding in report.Findings.Take(MostPrinted))
        {
            await output.ResultAsync($"{finding.Check}\t{finding.Subject}\t{finding.What}");
        }

        await output.NoteAsync(
            CliTexts.Get(
                report.IsClean ? "cli.verify-clean" : "cli.verify-found",
                Number(report.Tickets),
                Number(report.Events),
                Number(report.Files),
                Number(report.Findings.Count)
            )
        );
        return report.IsClean ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Called between pages of tickets: lines are written one behind the other, without holding up the reading.
    private sealed class Progress(ICommandOutput output) : IProgress<int>
    {
        private Task written = Task.CompletedTask;
        private int next = ProgressStep;

        public void Report(int value)
        {
            if (value < next)
            {
                return;
            }

            next = value + ProgressStep;
            var line = CliTexts.Get("cli.verify-progress", Number(value));
            written = Behind(written, line);
        }

        public Task WrittenAsync() => written;

        private async Task Behind(Task earlier, string line)
        {
            await earlier;
            await output.NoteAsync(line);
        }
    }
}
