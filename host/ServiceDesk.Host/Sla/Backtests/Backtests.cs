using System.Threading.Channels;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Backtests;

/// <summary>How the wish for a trial ended.</summary>
/// <param name="Id">The trial that was begun; null when none was.</param>
/// <param name="Problems">What is wrong with the drafts.</param>
/// <param name="IsBusy">Whether another trial runs.</param>
public sealed record BacktestStart(long? Id, ValueList<FileProblem> Problems, bool IsBusy);

/// <summary>
/// Trials of SLA drafts on past tickets: begun, watched, ended, looked at. One runs at a time. A trial counts the tickets of
/// the desks of whoever began it, and only who works on all of these may see it.
/// </summary>
public sealed class Backtests(
    IBacktestStore store,
    IConfigurationEditor editor,
    ConfigurationCache cache,
    DocumentText text,
    IClock clock
)
{
    /// <summary>How many months back tickets can be looked for.</summary>
    public const int MostMonths = 36;

    /// <summary>How many documents can be tried together.</summary>
    public const int MostDrafts = 20;

    /// <summary>How many trials are listed and kept.</summary>
    public const int MostListed = 20;

    private static readonly Duration Silence = Duration.FromMinutes(2);
    private readonly Channel<(long Id, BacktestRequest Request)> begun =
        System.Threading.Channels.Channel.CreateUnbounded<(long, BacktestRequest)>();

    internal ChannelReader<(long Id, BacktestRequest Request)> Begun => begun.Reader;

    /// <summary>Begins a trial.</summary>
    /// <param name="documents">Policies and calendars.</param>
    /// <param name="months">How many months back tickets were opened that count, 1 to <see cref="MostMonths"/>.</param>
    public async Task<BacktestStart> StartAsync(
        IReadOnlyCollection<ConfigurationDocument> documents,
        int months,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, MostMonths);
        var problems = await ProblemsAsync(documents, viewer, cancellation);
        if (problems.Count > 0)
        {
            return new BacktestStart(null, problems, IsBusy: false);
        }

        var now = clock.GetCurrentInstant();
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(viewer.Person.Zone ?? "") ?? DateTimeZone.Utc;
        var first = now.InZone(zone).Date.PlusMonths(-months);
        var request = new BacktestRequest(
            documents
                .Select(one => new BacktestDraft(DocumentTypes.KindOf(one), one.Id, text.ToJson(one)))
                .ToValueList(),
            zone.AtStartOfDay(first).ToInstant(),
            now,
            zone.Id,
            viewer.Desks,
            cache.Snapshot.Revision
        );
        var id = await store.BeginAsync(request, viewer.Person.Id, now, now - Silence, cancellation);
        if (id is { } begins)
        {
            begun.Writer.TryWrite((begins, request));
        }

        return new BacktestStart(id, [], IsBusy: id is null);
    }

    /// <summary>A trial that the viewer may see; null when there is none.</summary>
    public async Task<Backtest?> FindAsync(long id, Viewer viewer, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } found && MaySee(found, viewer) ? Heard(found) : null;

    /// <summary>The newest trials that the viewer may see, newest first, without figures.</summary>
    public async Task<IReadOnlyList<Backtest>> ListAsync(Viewer viewer, CancellationToken cancellation) =>
        [.. (await store.ListAsync(MostListed, cancellation)).Where(one => MaySee(one, viewer)).Select(Heard)];

    /// <summary>Ends a running trial.</summary>
    /// <returns>Whether the viewer may see one that ran.</returns>
    public async Task<bool> CancelAsync(long id, Viewer viewer, CancellationToken cancellation) =>
        await FindAsync(id, viewer, cancellation) is not null && await store.CancelAsync(id, cancellation);

    private static bool MaySee(Backtest trial, Viewer viewer) =>
        viewer.May(Permissions.Configure) && trial.Request.Desks.All(viewer.WorksOn);

    // One whose server went away says no more.
    private Backtest Heard(Backtest trial) =>
        trial.State == BacktestState.Running && trial.SeenAt < clock.GetCurrentInstant() - Silence
            ? trial with
            {
                State = BacktestState.Failed,
            }
            : trial;

    private async Task<ValueList<FileProblem>> ProblemsAsync(
        IReadOnlyCollection<ConfigurationDocument> documents,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var files = documents.Select(one => new ConfigurationFile(
            ConfigurationFolder.PathOf(DocumentTypes.KindOf(one), one.Id),
            text.ToYaml(one)
        ));
        var outcome = await editor.ImportAsync(
            [.. files],
            new ConfigurationImport { KeepOthers = true, IsTrial = true },
            new ConfigurationAuthor(viewer.Person.Id, null, null),
            cancellation
        );
        return outcome.Status == ConfigurationStatus.Invalid ? outcome.Problems : [];
    }
}

/// <summary>Runs trials that were begun on this server, one after another.</summary>
public sealed partial class BacktestJob(
    Backtests trials,
    BacktestRunner runner,
    ICurrentConfiguration current,
    ILogger<BacktestJob> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (id, request) in trials.Begun.ReadAllAsync(stoppingToken))
            {
                await RunAsync(id, request, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; one that was waiting is found to have failed.
        }
    }

    private async Task RunAsync(long id, BacktestRequest request, CancellationToken stoppingToken)
    {
        try
        {
            await runner.RunAsync(id, request, current.Snapshot, stoppingToken);
        }
        catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(problem, id);
        }
    }

    [LoggerMessage(LogLevel.Error, "Trial {Id} of SLA drafts failed")]
    private partial void LogFailed(Exception problem, long id);
}

/// <summary>Forgets old trials.</summary>
public sealed class ForgetBacktests(IBacktestStore store, IClock clock) : Upkeep.IUpkeepTask
{
    /// <summary>How long a trial is kept.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public string Name => "trials of SLA drafts";

    public Task<int> RunAsync(CancellationToken cancellation) =>
        store.ForgetAsync(clock.GetCurrentInstant() - Kept, Backtests.MostListed, cancellation);
}
