using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins.Background;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>
/// Lets plugins go on with the tickets of the demo once the server runs, after the start that filled it: what they do is no
/// history that was brought in, so that reactions, rules and scripts answer it.
/// </summary>
internal sealed class DemoTelling(
    DemoFilling filling,
    PluginDemoData plugins,
    SlaDrafts drafts,
    Backtests backtests,
    ICurrentConfiguration configuration,
    IPeopleStore people,
    IViewers viewers,
    IHostApplicationLifetime lifetime
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        if (filling.HasFilled)
        {
            var cast = new DemoCast(
                await ViewerAsync("emily.carter", stoppingToken),
                await ViewerAsync("admin", stoppingToken)
            );
            await plugins.TellAsync(cast, stoppingToken);
            var draft = new DemoDraft(drafts, backtests, configuration);
            await draft.WriteAsync(await ViewerAsync("admin", stoppingToken), stoppingToken);
        }
    }

    private async Task<Viewer> ViewerAsync(string address, CancellationToken cancellation)
    {
        var person = await people.FindByEmailAsync(DemoAccounts.Email(address), cancellation);
        return (await viewers.OfAsync(person!.Id, cancellation))!;
    }
}
