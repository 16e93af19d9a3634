using Microsoft.Extensions.Hosting;
using ServiceDesk.Host.Plugins.Isolation;

namespace ServiceDesk.Host.Plugins.Background;

/// <summary>
/// Runs a plugin's background service so that it cannot end the server: neither by throwing or hanging when it starts or
/// stops, nor by ending its loop with an exception, which the host would otherwise take for its own end.
/// </summary>
internal sealed class GuardedHostedService(
    Func<IHostedService> make,
    string name,
    PluginHealth health,
    TimeProvider time
) : IHostedService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly string handler = $"service {name}";
    private IHostedService? inner;

    public Task StartAsync(CancellationToken cancellationToken) =>
        TryAsync(async () =>
        {
            inner = make();
            await inner.StartAsync(cancellationToken);
            if (inner is BackgroundService { ExecuteTask: { } loop })
            {
                _ = WatchAsync(loop);
            }
        });

    public Task StopAsync(CancellationToken cancellationToken) =>
        inner is null ? Task.CompletedTask : TryAsync(() => inner.StopAsync(cancellationToken));

    private async Task WatchAsync(Task loop)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
        catch (Exception exception)
        {
            health.Count(handler, exception);
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await Task.Run(work).WaitAsync(Limit, time);
        }
        catch (Exception exception)
        {
            health.Count(handler, exception);
        }
    }
}
