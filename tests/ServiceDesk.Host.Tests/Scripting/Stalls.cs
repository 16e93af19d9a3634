namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>
/// How long this process has stood still because the machine had other things to do: by how much its timers came late. What a
/// test measures less this is what it would have measured on a machine of its own.
/// </summary>
internal static class Stalls
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    // A timer is never quite on time.
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(20);

    private static readonly Timer Timer = new(_ => Look(), null, Between, Timeout.InfiniteTimeSpan);
    private static long looked = TimeProvider.System.GetTimestamp();
    private static long late;

    /// <summary>In all, since the first look, with the one that still goes on.</summary>
    public static TimeSpan SoFar
    {
        get
        {
            var pending = TimeProvider.System.GetElapsedTime(Interlocked.Read(ref looked)) - Between;
            return TimeSpan.FromTicks(Interlocked.Read(ref late)) + (pending > Usual ? pending : TimeSpan.Zero);
        }
    }

    private static void Look()
    {
        var now = TimeProvider.System.GetTimestamp();
        var took = TimeProvider.System.GetElapsedTime(looked, now);
        Interlocked.Exchange(ref looked, now);
        if (took > Between + Usual)
        {
            Interlocked.Add(ref late, (took - Between).Ticks);
        }

        Timer.Change(Between, Timeout.InfiniteTimeSpan);
    }
}
