using System.Reflection;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>Runs a plugin's start on a thread of its own, so that one that never comes back holds up nobody but itself.</summary>
internal static class StartLimit
{
    /// <summary>Runs the start.</summary>
    /// <returns>What it made; or the reason why it made nothing, null when it did not come back in time.</returns>
    public static (T? Made, PluginReason? Fault) Run<T>(TimeSpan limit, Func<T> start)
        where T : class
    {
        var outcome = new Outcome<T>();
        var thread = new Thread(() => outcome.Set(Try(start))) { IsBackground = true, Name = "plugin start" };
        thread.Start();
        return thread.Join(limit) ? outcome.Get() : (null, null);
    }

    private static (T?, PluginReason?) Try<T>(Func<T> start)
        where T : class
    {
        try
        {
            return (start(), null);
        }
        catch (PluginRefusedException refused)
        {
            return (null, refused.Reason);
        }
        catch (Exception exception)
        {
            var cause = exception is TargetInvocationException or TypeInitializationException
                ? exception.InnerException ?? exception
                : exception;
            return (null, PluginReason.Threw("plugins.reason.threw", cause));
        }
    }

    /// <summary>Handed over by the end of the thread, which orders memory.</summary>
    private sealed class Outcome<T>
        where T : class
    {
        private (T?, PluginReason?) value;

        public void Set((T?, PluginReason?) outcome) => value = outcome;

        public (T?, PluginReason?) Get() => value;
    }
}
