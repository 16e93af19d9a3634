using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Background;

/// <summary>Lets each plugin write its part of the demo, in load order. One that throws or hangs is counted, and the demo goes on.</summary>
public sealed class PluginDemoData(PluginCatalog plugins, IServiceScopeFactory scopes, TimeProvider time)
{
    private const string Handler = "demo data";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Writes what is there before any ticket.</summary>
    public Task WriteAsync(CancellationToken cancellation) =>
        EachAsync(data => data.WriteAsync(cancellation), cancellation);

    /// <summary>Goes on with the tickets.</summary>
    public Task TellAsync(DemoCast cast, CancellationToken cancellation) =>
        EachAsync(data => data.TellAsync(cast, cancellation), cancellation);

    private async Task EachAsync(Func<IDemoData, Task> part, CancellationToken cancellation)
    {
        foreach (var plugin in plugins.Loaded.Where(plugin => plugin.IsActive))
        {
            if (plugin.Contents!.DemoData is not { } type)
            {
                continue;
            }

            await using var scope = scopes.CreateAsyncScope();
            try
            {
                var data = (IDemoData)scope.ServiceProvider.GetRequiredService(type);
                await part(data).WaitAsync(Limit, time, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                plugin.Health.Count(Handler, exception);
            }
        }
    }
}
