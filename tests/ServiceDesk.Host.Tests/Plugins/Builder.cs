using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>Makes the builder of a plugin <c>good</c> without loading one.</summary>
internal static class Builder
{
    public static IPluginBuilder Of(PluginContents contents) =>
        new PluginBuilder(
            new PluginManifest("good", "1.0", ">=0.1", "x.dll", "Good", "", new Dictionary<string, string>()),
            contents,
            new PluginHealth("good", "Good")
        );

    public static PluginContents Contents() => new(typeof(Builder).Assembly);
}
