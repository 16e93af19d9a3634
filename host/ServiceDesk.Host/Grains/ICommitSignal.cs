using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Grains;

/// <summary>
/// Tells the parts of this process at once what the grains of this process committed. Only a hint: what another node
/// committed, and what was missed, is found in the log.
/// </summary>
public interface ICommitSignal
{
    /// <summary>The greatest position that was committed here; 0 before the first.</summary>
    long Head { get; }

    /// <summary>Called by grains after a commit, with the events in their positions.</summary>
    void Publish(IReadOnlyList<RecordedEvent> events);

    /// <summary>Ends when <see cref="Head"/> is greater than <paramref name="position"/>, or after <paramref name="atMost"/>.</summary>
    Task WaitAsync(long position, TimeSpan atMost, CancellationToken cancellation);

    /// <summary>Calls back after each commit, on the committing thread: must be quick and not throw. Dispose to end.</summary>
    IDisposable Subscribe(Action<IReadOnlyList<RecordedEvent>> committed);
}
