namespace ServiceDesk.Host.Reactions;

/// <summary>Waits that end quietly when the process is told to stop.</summary>
internal static class Pause
{
    public static async Task ForAsync(TimeSpan time, TimeProvider provider, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(time, provider, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The caller's loop sees it.
        }
    }
}
