using ServiceDesk.Sdk.Plugins;

namespace TestPlugins.EndsTheProcess;

public sealed class EndsTheProcessPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder) => Environment.FailFast("This plugin ends the process.");
}
