using ServiceDesk.Sdk.Plugins;

namespace TestPlugins.NeedsNewerSdk;

public sealed class NeedsNewerSdkPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder) => throw new InvalidOperationException("This must never run.");
}
