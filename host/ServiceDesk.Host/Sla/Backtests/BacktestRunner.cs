using System.Threading.Channels;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Backtests;

/// <summary>
/// Folds the lives of tickets under drafts and counts what comes out otherwise. One thread reads pages of tickets, as many as
/// the machine has processors fold them; nothing of a ticket is kept but what was counted and the clocks that are worth a look.
/// </summary>
public sealed class BacktestRunner(
    ITicketLives lives,
    IBacktestStore store,
    EventCatalog catalog,
    SnapshotJson snapshots,
    TicketExtensions extensions,
    IQueryNames names,
    IClock clock,
    PluginHappening? happening = null
)
{
    /// <summary>The most clocks of a trial that can be looked at afterwards; its figures count all.</summary>
    public const int MostKept = 200_000;

    /// <summary>How many of them are kept here.</summary>
    public int Keeps { get; init; } = MostKept;

    private const int PageSize = 250;
    private const int PagesBetweenReports = 8;

    /// <summary>The fold for drafts: who is meant by a name in a query is asked once.</summary>
    public SlaBacktest Engine() =>
        new(
            new SlaFold(new QueryLanguage(extensions, names, keepsNames: true).Holds, happening),
            (ticket, recorded) => Ticket.Evolve(ticket, recorded, extensions)
        );

    /// <summary>The configuration with the drafts of a request in it.</summary>
    public static DraftConfiguration Overlay(BacktestRequest request, IConfiguration current) =>
        new(current, request.Drafts.Select(draft => DocumentText.FromStored(draft.Kind, draft.Json)));

    /// <summary>Does it, and keeps how it ended.</summary>
    /// <param name="current">The configuration that the drafts are put into.</param>
    /// <returns>How it ended.</returns>
    public async Task<BacktestState> RunAsync(
        long id,
        BacktestRequest request,
        IConfiguration current,
        CancellationToken cancellation
    )
    {
        try
        {
            var end = await FoldAsync(id, request, current, cancellation);
            await store.EndAsync(id, end, clock.GetCurrentInstant(), CancellationToken.None);
            return end.State;
        }
        catch (Exception)
        {
            var failed = new BacktestEnd(BacktestState.Failed);
            await store.EndAsync(id, failed, clock.GetCurrentInstant(), CancellationToken.None);
            throw;
        }
    }

    private async Task<BacktestEnd> FoldAsync(
        long id,
        BacktestRequest request,
        IConfiguration current,
        CancellationToken cancellation
    )
    {
        var question = new LivesQuestion(request.Desks, request.From);
        var total = await lives.CountAsync(question, cancellation);
        var work = new BacktestWork(Engine(), Overlay(request, current), current, request);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pages = System.Threading.Channels.Channel.CreateBounded<IReadOnlyList<StoredLife>>(
            Environment.ProcessorCount
        );
        var folding = Enumerable
            .Range(0, Environment.ProcessorCount)
            .Select(_ => Task.Run(() => FoldPagesAsync(pages, work, stop.Token), stop.Token))
            .ToList();
        var wanted = false;
        try
        {
            wanted = await ReadPagesAsync(id, question, total, pages.Writer, stop.Token);
        }
        finally
        {
            pages.Writer.TryComplete();
            if (!wanted)
            {
                await stop.CancelAsync();
            }
        }

        if (!wanted)
        {
            await Task.WhenAll(folding).ContinueWith(_ => { }, TaskScheduler.Default);
            return new BacktestEnd(BacktestState.Cancelled);
        }

        var counted = await Task.WhenAll(folding);
        var sum = new BacktestCount(request);
        foreach (var count in counted)
        {
            sum.Add(count);
        }

        var (kept, isCut) = sum.Kept(Keeps);
        await store.KeepAsync(id, kept, cancellation);
        return await store.ProgressAsync(id, total, total, clock.GetCurrentInstant(), cancellation)
            ? new BacktestEnd(BacktestState.Done, sum.Customers.Figures(), sum.Teams.Figures(), isCut)
            : new BacktestEnd(BacktestState.Cancelled);
    }

    // Whether it was read to the end; somebody may not want it any more.
    private async Task<bool> ReadPagesAsync(
        long id,
        LivesQuestion question,
        int total,
        ChannelWriter<IReadOnlyList<StoredLife>> pages,
        CancellationToken cancellation
    )
    {
        var (after, done) = (default(TicketId), 0);
        for (var number = 0; ; number++)
        {
            if (
                number % PagesBetweenReports == 0
                && !await store.ProgressAsync(id, done, total, clock.GetCurrentInstant(), cancellation)
            )
            {
                return false;
            }

            var page = await lives.ReadAsync(question, after, PageSize, cancellation);
            if (page.Count == 0)
            {
                return true;
            }

            await pages.WriteAsync(page, cancellation);
            (after, done) = (page[^1].Ticket, done + page.Count);
        }
    }

    private async Task<BacktestCount> FoldPagesAsync(
        Channel<IReadOnlyList<StoredLife>> pages,
        BacktestWork work,
        CancellationToken cancellation
    )
    {
        var count = new BacktestCount(work.Request);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellation))
            {
                foreach (var life in page)
                {
                    if (work.Compare(life.Events(catalog), snapshots.ReadClocks(life.Snapshot)) is { } comparison)
                    {
                        count.Add(comparison);
                    }
                }
            }
        }
        catch (Exception problem)
        {
            // Whoever reads must not wait for ever for somebody to take a page.
            pages.Writer.TryComplete(problem);
            throw;
        }

        return count;
    }
}
