using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Reactions.Timers;

/// <summary>
/// Works off timers that are due. Each is claimed by a lease, so that nodes share the work; what makes its effect happen
/// once is the commit of its ticket, not the lease. Waits are measured by the monotonic clock and are short enough that a
/// jump of the wall clock is noticed soon.
/// </summary>
public sealed class TimerSweeper(
    ITimerStore timers,
    ITicketGrains grains,
    TicketEngine engine,
    ICurrentConfiguration configuration,
    TicketWarming warming,
    TimerAlarm alarm,
    TimerBacklog backlog,
    HistoryUnderWay history,
    HostOptions options,
    IClock clock,
    TimeProvider time,
    ILogger<TimerSweeper> logger
) : BackgroundService
{
    /// <summary>How long a claimed timer is this node's: when it dies, others take over after this.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(20);

    /// <summary>The longest wait: timers of other nodes, expired leases and jumps of the clock are found after this.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);
    private const int MostAtOnce = 256;

    // Commits of those that wait share a transaction: the more wait, the fewer syncs of the disk.
    private const int Parallel = 64;

    private readonly ClockWatch watch = new(clock, time);

    /// <summary>Works off everything that is due now.</summary>
    /// <returns>How many timers were claimed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        try
        {
            return await WorkOffAsync(cancellation);
        }
        finally
        {
            backlog.End();
        }
    }

    private async Task<int> WorkOffAsync(CancellationToken cancellation)
    {
        var swept = 0;
        var batch = await ClaimAsync(cancellation);
        while (batch.Timers.Count > 0)
        {
            swept += batch.Timers.Count;
            var isFull = batch.Timers.Count == MostAtOnce;
            if (isFull)
            {
                backlog.Begin();
            }

            // Of many the next are claimed and loaded while these are fired: database and processor do not wait for each other.
            var next = isFull ? ClaimAsync(cancellation) : Task.FromResult(Claimed.None);
            await Task.WhenAll(FireAsync(batch, cancellation), next);
            batch = await next is { Timers.Count: > 0 } ready ? ready : await ClaimAsync(cancellation);
        }

        return swept;
    }

    private async Task<Claimed> ClaimAsync(CancellationToken cancellation)
    {
        var claimed = await timers.ClaimDueAsync(
            options.Node,
            clock.GetCurrentInstant(),
            MostAtOnce,
            Lease,
            cancellation
        );
        if (claimed.Count == 0)
        {
            return Claimed.None;
        }

        // Asked after the claim: what an import commits comes later than its hold, so none of its timers is missed.
        var isHistoryUnderWay = await history.IsAsync(cancellation);
        await warming.WarmAsync(claimed.Select(timer => timer.Ticket), cancellation);
        return new Claimed(claimed, isHistoryUnderWay);
    }

    private Task FireAsync(Claimed batch, CancellationToken cancellation) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            batch.Timers,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation },
            (timer, token) => new ValueTask(FireAsync(timer, batch.IsHistoryUnderWay, token))
        );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (watch.Jump() is { } jump)
                {
                    logger.ClockJumped(jump);
                }

                await SweepAsync(stoppingToken);
                await WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                logger.SweepFailed(problem);
                await Pause.ForAsync(AfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        // Armed before the question, so that a timer committed between question and wait rings too.
        var horizon = clock.GetCurrentInstant() + Duration.FromTimeSpan(LongestWait);
        var ring = alarm.Arm(horizon);
        var next = await timers.NextDueAsync(cancellation) is { } due ? Instant.Min(due, horizon) : horizon;
        var wait = next - clock.GetCurrentInstant();
        if (wait > Duration.Zero)
        {
            await ring.WaitAsync(wait.ToTimeSpan(), cancellation);
        }
    }

    private async Task FireAsync(ClaimedTimer timer, bool isHistoryUnderWay, CancellationToken cancellation)
    {
        try
        {
            if (isHistoryUnderWay && await IsHistoryAsync(timer, cancellation))
            {
                // Not given back: the end of the lease is the pause before the next look.
                return;
            }

            var command = new FireTimer(timer.Key, timer.DueAt);
            var answer = await grains.SendAsync(timer.Ticket, new CommandEnvelope(command, Actor.System), cancellation);
            if (answer.Events.Count == 0)
            {
                // The commit that takes effect takes the row with it; one without effect leaves it to us. The fence
                // keeps a row that was derived anew meanwhile. One that the clock, set back, has no longer reached stays.
                var isEarly = answer.Refusals.Any(refusal => refusal.Code == RefusalCodes.TimerNotDue);
                // A configuration that was published meanwhile may want the same at another instant, and no commit need come that says so.
                if (!isEarly && await DueAnewAsync(timer, cancellation) is { } due)
                {
                    await timers.MoveAsync(timer, due, cancellation);
                }
                else
                {
                    await timers.ReleaseAsync(timer, remove: !isEarly, cancellation);
                }
            }
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            // Not given back: the end of the lease is the pause before the next try.
            logger.TimerFailed(problem, timer.Key, timer.Ticket);
        }
    }

    private async Task<Instant?> DueAnewAsync(ClaimedTimer timer, CancellationToken cancellation) =>
        await grains.GetAsync(timer.Ticket, cancellation) is { } ticket
        && engine
            .TimersOf(ticket, configuration.Snapshot)
            .FirstOrDefault(one => one.Key == timer.Key && one.DueAt != timer.DueAt)
            is { } anew
            ? anew.DueAt
            : null;

    private async Task<bool> IsHistoryAsync(ClaimedTimer timer, CancellationToken cancellation) =>
        await grains.GetAsync(timer.Ticket, cancellation) is { State.ImportedUntil: { } until } && timer.DueAt <= until;

    private sealed record Claimed(IReadOnlyList<ClaimedTimer> Timers, bool IsHistoryUnderWay)
    {
        public static readonly Claimed None = new([], false);
    }
}
