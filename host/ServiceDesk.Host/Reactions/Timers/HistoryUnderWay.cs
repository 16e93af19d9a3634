using System.Security.Cryptography;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Timers;

namespace ServiceDesk.Host.Reactions.Timers;

/// <summary>
/// Whether some node is bringing in history. Meanwhile no node fires a timer that was due in it: the next row may tell what
/// happened before, and a ticket never goes back. The database knows it, by a lease that is renewed while the import runs.
/// </summary>
public sealed class HistoryUnderWay(
    IHistoryHolds holds,
    HostOptions options,
    TimeProvider time,
    ILogger<HistoryUnderWay> logger
)
{
    /// <summary>How long others wait for an import whose process died.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(30);

    /// <summary>How often the lease is renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    private const int HolderDigits = 32;

    /// <summary>Whether there is any, on any node.</summary>
    public Task<bool> IsAsync(CancellationToken cancellation) => holds.AnyAsync(cancellation);

    /// <summary>Begins; the end of what is returned ends it.</summary>
    /// <exception cref="StorageUnavailableException">The other nodes could not be told.</exception>
    public async Task<IAsyncDisposable> BeginAsync(CancellationToken cancellation)
    {
        var holder = $"{options.Node}:{RandomNumberGenerator.GetHexString(HolderDigits, lowercase: true)}";
        await holds.HoldAsync(holder, Lease, cancellation);
        return new Import(this, holder);
    }

    private async Task RenewAsync(string holder, CancellationToken ended)
    {
        while (true)
        {
            await Pause.ForAsync(Renewal, time, ended);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await holds.HoldAsync(holder, Lease, CancellationToken.None);
            }
            catch (StorageUnavailableException problem)
            {
                logger.HoldNotRenewed(problem);
            }
        }
    }

    private async Task EndAsync(string holder)
    {
        try
        {
            await holds.ReleaseAsync(holder, CancellationToken.None);
        }
        catch (StorageUnavailableException problem)
        {
            logger.HoldNotReleased(problem);
        }
    }

    private sealed class Import : IAsyncDisposable
    {
        private readonly CancellationTokenSource ended = new();
        private readonly HistoryUnderWay under;
        private readonly string holder;
        private readonly Task renewing;

        public Import(HistoryUnderWay under, string holder)
        {
            (this.under, this.holder) = (under, holder);
            renewing = under.RenewAsync(holder, ended.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await ended.CancelAsync();
            await renewing;
            ended.Dispose();
            await under.EndAsync(holder);
        }
    }
}
