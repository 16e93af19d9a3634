using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Background;

/// <summary>Lets each plugin write its part of the demo, in load order. One that throws or hangs is counted, and the demo goes on.</summary>
public sealed class PluginDemoData(PluginCatalog plugins, IServiceScopeFactory scopes, TimeProvider time)
{
    private const string Handler = "demo data";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Writes everything.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
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
                await data.WriteAsync(cancellation).WaitAsync(Limit, time, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                plugin.Health.Count(Handler, exception);
            }
        }
    }
}
