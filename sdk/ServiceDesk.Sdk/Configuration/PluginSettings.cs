using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>The saved settings of a plugin; its id is the plugin's. A property that is missing has the default of the plugin's class.</summary>
public sealed record PluginSettingsDocument : ConfigurationDocument
{
    /// <summary>Values by property name in camelCase, as <see cref="SettingsText"/> writes them.</summary>
    public ValueMap<string> Values { get; init; } = ValueMap<string>.Empty;
}

/// <summary>Reads settings of plugins from a configuration, so that pure decisions see them in the revision they are decided under.</summary>
public static class PluginSettingsReading
{
    private static readonly ConditionalWeakTable<PluginSettingsDocument, ConcurrentDictionary<Type, object>> Read = [];

    /// <summary>The settings of a plugin in this configuration; the defaults of the class when none were saved. The same object is given to everybody: never change it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="plugin">The plugin's id.</param>
    public static TSettings Settings<TSettings>(this IConfiguration configuration, string plugin)
        where TSettings : class, new() =>
        configuration.TryGet<PluginSettingsDocument>(plugin, out var document)
            ? (TSettings)
                Read.GetOrCreateValue(document)
                    .GetOrAdd(typeof(TSettings), _ => SettingsText.Read<TSettings>(document.Values))
            : Defaults<TSettings>.Value;

    private static class Defaults<TSettings>
        where TSettings : class, new()
    {
        public static readonly TSettings Value = new();
    }
}
