namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// The entry of a plugin: one public class with a parameterless constructor in the assembly that <c>plugin.json</c> names.
/// Called once at start. What it throws quarantines the plugin until an administrator tries it again; the server lives.
/// </summary>
public interface IServiceDeskPlugin
{
    /// <summary>Registers everything the plugin brings. Must not do work that can block; limit 10 seconds. The server is not built yet: there are no services, no database and no configuration to ask.</summary>
    /// <param name="builder">Takes what the plugin brings; of no use afterwards.</param>
    void Configure(IPluginBuilder builder);
}

/// <summary>The contents of <c>plugin.json</c>.</summary>
/// <param name="Id">A lower-case letter, then lower-case letters, digits and dashes, at most 40 characters, such as <c>incidents</c>; prefix of the plugin's permissions, routes, tables and texts.</param>
/// <param name="Version">Semantic version of the plugin.</param>
/// <param name="Sdk">The range of SDK versions it works with, such as <c>&gt;=0.1 &lt;0.2</c>: bounds parted by spaces, of which all must hold; a version alone means that or newer.</param>
/// <param name="Assembly">File name of the entry assembly in the plugin's folder, not a path.</param>
/// <param name="Name">Display name in English.</param>
/// <param name="Description">One sentence in English.</param>
/// <param name="Dependencies">Ids of plugins that must be loaded before, each with a version range.</param>
public sealed record PluginManifest(
    string Id,
    string Version,
    string Sdk,
    string Assembly,
    string Name,
    string Description,
    IReadOnlyDictionary<string, string> Dependencies
);

/// <summary>What became of a plugin at start.</summary>
public enum PluginLoadState
{
    /// <summary>It works.</summary>
    Loaded = 1,

    /// <summary>An administrator switched it off.</summary>
    Disabled = 2,

    /// <summary>It needs another SDK version.</summary>
    Incompatible = 3,

    /// <summary>A plugin that it needs is missing or not loaded.</summary>
    MissingDependency = 4,

    /// <summary>It threw, or hung, while it was loaded; or its folder is broken.</summary>
    Crashed = 5,
}
