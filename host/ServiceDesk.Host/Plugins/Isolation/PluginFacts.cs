using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>Asks the plugins' sources for what their deciders and policies want to know. One that throws or hangs leaves its fact unknown and is counted; only a database that is out of reach ends the command.</summary>
public sealed class PluginFacts(PluginCatalog plugins, IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Everything that is known for a command.</summary>
    /// <exception cref="StorageUnavailableException">A source could not read the database.</exception>
    public async ValueTask<ValueList<object>> FindAsync(
        TicketState? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        if (plugins.Facts.Count == 0)
        {
            return [];
        }

        await using var scope = scopes.CreateAsyncScope();
        var found = new List<object>();
        foreach (var source in plugins.Facts)
        {
            var health = plugins.Find(source.Plugin)!.Health;
            if (health.IsSwitchedOff)
            {
                continue;
            }

            try
            {
                var asked = source.FindAsync(scope.ServiceProvider, before, envelope, cancellation);
                if (await asked.AsTask().WaitAsync(Limit, time, cancellation) is { } fact)
                {
                    found.Add(fact);
                }

                health.Succeeded(source.Handler);
            }
            catch (Exception problem) when (problem is not (StorageUnavailableException or OperationCanceledException))
            {
                health.Count(source.Handler, problem);
            }
        }

        return found.ToValueList();
    }
}
