namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// Work of a plugin that is done again and again, by one node at a time. It may be cut off at any point and is then done
/// anew, so every step must be one that can be repeated: a command with an idempotency key, a row with a unique key.
/// </summary>
public interface IJob
{
    /// <summary>
    /// Does what there is to do by now. What it throws is counted, and it is tried again at its next turn; after five failures in
    /// a row it rests until an administrator resumes it. Limit 10 minutes.
    /// </summary>
    Task RunAsync(CancellationToken cancellation);
}
