using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Backtests;

/// <summary>How the wish to put a trial into force ended.</summary>
/// <param name="Status">How writing ended; a conflict when something moved on.</param>
/// <param name="Moved">Documents that were changed since the trial began; nothing was written then.</param>
/// <param name="Written">What has a new version.</param>
/// <param name="Problems">What is wrong with the documents by now.</param>
public sealed record BacktestPublished(
    ConfigurationStatus Status,
    IReadOnlyList<ConfigurationDocument> Moved,
    IReadOnlyList<DocumentDifference> Written,
    ValueList<FileProblem> Problems
);

/// <summary>
/// Puts what was tried into force: all documents of a trial as one revision, with one choice for running clocks. The figures
/// of a trial hold for what its documents were when it began, so nothing is written over a version that came since.
/// </summary>
public sealed class BacktestPublication(
    IConfigurationEditor editor,
    ConfigurationCache cache,
    SlaDrafts drafts,
    DocumentText text,
    ChangeoverSignal signal
)
{
    /// <summary>The documents that a trial tries.</summary>
    public static IReadOnlyList<ConfigurationDocument> Documents(Backtest trial) =>
        [.. trial.Request.Drafts.Select(draft => DocumentText.FromStored(draft.Kind, draft.Json))];

    /// <summary>What of it is not in force as it was tried.</summary>
    public IReadOnlyList<ConfigurationDocument> Open(Backtest trial) =>
        [.. Documents(trial).Where(one => !IsInForce(one))];

    /// <summary>What of it was changed since the trial began, to something else than was tried.</summary>
    public async Task<IReadOnlyList<ConfigurationDocument>> MovedAsync(Backtest trial, CancellationToken cancellation)
    {
        var moved = new List<ConfigurationDocument>();
        foreach (var document in Open(trial))
        {
            var history = await editor.HistoryAsync(DocumentTypes.KindOf(document), document.Id, cancellation);
            if (history.Count > 0 && history[0].Revision > trial.Request.ConfigurationRevision)
            {
                moved.Add(document);
            }
        }

        return moved;
    }

    /// <summary>Documents of the trial with an open draft that says something else. Such a draft stays as it is.</summary>
    public async Task<IReadOnlyList<ConfigurationDocument>> DraftedOtherwiseAsync(
        Backtest trial,
        CancellationToken cancellation
    )
    {
        var others = new List<ConfigurationDocument>();
        foreach (var document in Documents(trial))
        {
            if (await DraftAsync(document, cancellation) is { } draft && !drafts.Says(draft, document))
            {
                others.Add(document);
            }
        }

        return others;
    }

    /// <summary>Writes all documents of a trial that came to its end, and brings them to the clocks that run as the mode says.</summary>
    public async Task<BacktestPublished> PublishAsync(
        Backtest trial,
        ChangeoverMode mode,
        string? comment,
        PersonId by,
        CancellationToken cancellation
    )
    {
        if (trial.State != BacktestState.Done)
        {
            throw new ArgumentException("It has not come to its end.", nameof(trial));
        }

        var revision = (await cache.RefreshAsync(cancellation)).Revision;
        var moved = await MovedAsync(trial, cancellation);
        if (moved.Count > 0)
        {
            return new BacktestPublished(ConfigurationStatus.Conflict, moved, [], []);
        }

        var files = Documents(trial)
            .Select(one => new ConfigurationFile(
                ConfigurationFolder.PathOf(DocumentTypes.KindOf(one), one.Id),
                text.ToYaml(one)
            ));
        // Of what was looked at above: whoever writes in between is seen.
        var import = new ConfigurationImport { KeepOthers = true, ExpectedRevision = revision };
        var outcome = await editor.ImportAsync([.. files], import, drafts.AuthorOf(by, mode, comment), cancellation);
        if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
        {
            await PutAwayAsync(trial);
            signal.Ring();
        }

        var written = outcome.Status == ConfigurationStatus.Written ? outcome.Differences : [];
        return new BacktestPublished(outcome.Status, [], written, outcome.Problems);
    }

    private async Task PutAwayAsync(Backtest trial)
    {
        foreach (var document in Documents(trial))
        {
            if (await DraftAsync(document, CancellationToken.None) is { } draft && drafts.Says(draft, document))
            {
                await drafts.RemoveAsync(draft, CancellationToken.None);
            }
        }
    }

    private Task<SlaDraft?> DraftAsync(ConfigurationDocument document, CancellationToken cancellation) =>
        drafts.FindAsync(DocumentTypes.KindOf(document), document.Id, cancellation);

    private bool IsInForce(ConfigurationDocument document) =>
        cache.Snapshot.Find(document.GetType(), document.Id) is { } current
        && text.ToJson(current.Document) == text.ToJson(document);
}
