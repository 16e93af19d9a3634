using System.Collections.Immutable;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Grains;

/// <inheritdoc cref="ICommitSignal"/>
public sealed class CommitSignal(TimeProvider time) : ICommitSignal
{
    private readonly Lock gate = new();
    private ImmutableList<Action<IReadOnlyList<RecordedEvent>>> subscribers = [];
    private TaskCompletionSource changed = NewChange();
    private long head;

    public long Head => Volatile.Read(ref head);

    public void Publish(IReadOnlyList<RecordedEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        TaskCompletionSource waiting;
        lock (gate)
        {
            head = Math.Max(head, events[^1].Position);
            waiting = changed;
            changed = NewChange();
        }

        waiting.TrySetResult();
        foreach (var subscriber in subscribers)
        {
            subscriber(events);
        }
    }

    public async Task WaitAsync(long position, TimeSpan atMost, CancellationToken cancellation)
    {
        Task change;
        lock (gate)
        {
            if (head > position)
            {
                return;
            }

            change = changed.Task;
        }

        try
        {
            await change.WaitAsync(atMost, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Nothing was committed here; the caller looks at the log for what others did.
        }
    }

    public IDisposable Subscribe(Action<IReadOnlyList<RecordedEvent>> committed)
    {
        ImmutableInterlocked.Update(ref subscribers, list => list.Add(committed));
        return new Subscription(this, committed);
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Subscription(CommitSignal signal, Action<IReadOnlyList<RecordedEvent>> committed) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref signal.subscribers, list => list.Remove(committed));
    }
}
