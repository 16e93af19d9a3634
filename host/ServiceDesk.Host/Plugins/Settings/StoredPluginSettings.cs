using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Settings;

/// <summary>A plugin's settings out of the newest configuration.</summary>
internal sealed class StoredPluginSettings<TSettings>(string plugin, ICurrentConfiguration configuration)
    : IPluginSettings<TSettings>
    where TSettings : class, new()
{
    public TSettings Current => configuration.Snapshot.Settings<TSettings>(plugin);
}

/// <summary>Registers the settings of a plugin under the class that it declared.</summary>
internal static class SettingsRegistration
{
    public static void Add(IServiceCollection services, string plugin, Type settings)
    {
        var port = typeof(IPluginSettings<>).MakeGenericType(settings);
        var stored = typeof(StoredPluginSettings<>).MakeGenericType(settings);
        services.AddSingleton(
            port,
            provider => Activator.CreateInstance(stored, plugin, provider.GetRequiredService<ICurrentConfiguration>())!
        );
    }
}
