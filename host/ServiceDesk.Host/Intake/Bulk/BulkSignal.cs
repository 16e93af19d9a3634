using System.Threading.Channels;

namespace ServiceDesk.Host.Intake.Bulk;

/// <summary>Wakes who works on bulk edits in the background.</summary>
public sealed class BulkSignal
{
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>There is something to do.</summary>
    public void Ring() => rung.Writer.TryWrite(true);

    /// <summary>Waits for a ring, or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(rung.Reader.ReadAsync(either.Token).AsTask(), Task.Delay(most, time, either.Token));
        await either.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }
}
