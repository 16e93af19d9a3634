using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Storage.Verification;

/// <summary>Something that is not as it must be.</summary>
/// <param name="Check">The check's name, such as <c>log-dense</c>.</param>
/// <param name="Subject">What it is about: <c>ticket 17</c>, <c>file 4</c>.</param>
/// <param name="What">What is wrong, one sentence in English for operators.</param>
public sealed record Finding(string Check, string Subject, string What);

/// <summary>What a verification looked at and found.</summary>
public sealed record VerificationReport(int Tickets, long Events, int Files, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether everything is as it must be.</summary>
    public bool IsClean => Findings.Count == 0;
}

/// <summary>Makes anew what a commit wrote, for the checks that need the core.</summary>
public interface ITicketReplay
{
    /// <summary>A ticket folded anew from all its events, clocks included.</summary>
    Task<TicketSnapshot?> ReplayAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation);

    /// <summary>Which timers there may be for a ticket, and which there must be.</summary>
    Task<ExpectedTimers> TimersAsync(TicketSnapshot ticket, RecordedEvent last, CancellationToken cancellation);
}

/// <summary>Timers that follow from a ticket.</summary>
/// <param name="May">All, under the configuration of its last event.</param>
/// <param name="Must">
/// Those of them that have not come yet, or that would have an effect if they came now. One that has come and had none is not
/// kept.
/// </param>
public sealed record ExpectedTimers(IReadOnlyCollection<DerivedTimer> May, IReadOnlyCollection<DerivedTimer> Must);

/// <summary>
/// Checks on a live database what the product promises: the log is gap-free, every row follows from it, each attachment has
/// its file, nothing is counted twice. Reads only; may run beside a server, whose commits it does not mistake for faults.
/// </summary>
public sealed class StorageVerifier(
    Database database,
    EventCatalog catalog,
    SnapshotJson json,
    TicketExtensions extensions,
    IFileStore files
)
{
    private const int PageSize = 100;

    /// <summary>Runs every check.</summary>
    /// <param name="replay">The core's fold; without it states and timers are not recomputed.</param>
    /// <param name="progress">Told the number of tickets that were checked.</param>
    /// <exception cref="StorageUnavailableException">The database cannot be read.</exception>
    public async Task<VerificationReport> RunAsync(
        ITicketReplay? replay = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var findings = new List<Finding>();
        await using var reader = await SnapshotReader.OpenAsync(database, cancellation);
        await new LogCheck(reader, findings).RunAsync(cancellation);
        var promises = await PromiseCheck.OpenAsync(reader, cancellation);
        var tickets = new TicketCheck(reader, catalog, json, extensions, replay, promises, findings);
        var (count, events, after) = (0, 0L, 0L);
        while (await tickets.NextAsync(after, PageSize, cancellation) is { Tickets: > 0 } page)
        {
            (count, events, after) = (count + page.Tickets, events + page.Events, page.LastId);
            progress?.Report(count);
        }

        await new TextIndexCheck(reader, database.Dialect, findings).RunAsync(cancellation);
        findings.AddRange(await promises.LostStaysAsync(cancellation));
        await new ReferenceCheck(reader, findings).RunAsync(cancellation);
        var checkedFiles = await new FileCheck(reader, files, findings).RunAsync(cancellation);
        return new VerificationReport(count, events, checkedFiles, findings);
    }
}
