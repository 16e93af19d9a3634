using System.Collections.Concurrent;

namespace ServiceDesk.Faults.Tests;

/// <summary>What a client did.</summary>
public enum Deed
{
    /// <summary>A ticket was opened.</summary>
    Opened = 1,

    /// <summary>A comment was written.</summary>
    Commented = 2,

    /// <summary>A ticket was resolved.</summary>
    Resolved = 3,

    /// <summary>A ticket got another summary.</summary>
    Edited = 4,

    /// <summary>A file was attached.</summary>
    Attached = 5,
}

/// <summary>Something that the server said it did.</summary>
public sealed record Act(string Marker, string Ticket, Deed Deed);

/// <summary>The clients' own books: what they asked for, and what they were told was done.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, byte> attempted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Act> acknowledged = new(StringComparer.Ordinal);
    private int refused;
    private volatile Goal? goal;

    /// <summary>Everything that was ever asked for.</summary>
    public ICollection<string> Attempted => attempted.Keys;

    /// <summary>Everything that was acknowledged.</summary>
    public IReadOnlyCollection<Act> Acknowledged => [.. acknowledged.Values];

    /// <summary>How often the server said that it cannot now.</summary>
    public int Refused => refused;

    /// <summary>Ends when so many more acts were acknowledged. One waits at a time.</summary>
    public Task ReachAsync(int more)
    {
        var wanted = new Goal(acknowledged.Count + more);
        goal = wanted;
        if (acknowledged.Count >= wanted.Count)
        {
            wanted.Reached.TrySetResult();
        }

        return wanted.Reached.Task;
    }

    public void Attempt(string marker) => attempted[marker] = 0;

    public void Acknowledge(Act act)
    {
        Assert.True(acknowledged.TryAdd(act.Marker, act), $"{act} twice");
        if (goal is { } wanted && acknowledged.Count >= wanted.Count)
        {
            wanted.Reached.TrySetResult();
        }
    }

    public void Refuse() => Interlocked.Increment(ref refused);

    private sealed record Goal(int Count)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
