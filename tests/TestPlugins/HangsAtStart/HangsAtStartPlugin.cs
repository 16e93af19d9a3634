using ServiceDesk.Sdk.Plugins;

namespace TestPlugins.HangsAtStart;

public sealed class HangsAtStartPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder)
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
