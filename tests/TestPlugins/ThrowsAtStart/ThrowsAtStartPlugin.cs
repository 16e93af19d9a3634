using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;

namespace TestPlugins.ThrowsAtStart;

public sealed class ThrowsAtStartPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder)
    {
        builder.Services.AddSingleton<LeftBehind>();
        builder.AddQueryField(new QueryFieldDefinition("left-behind", QueryFieldKind.Flag, _ => null));
        throw new InvalidOperationException("The licence file is missing.");
    }
}

public sealed class LeftBehind;
