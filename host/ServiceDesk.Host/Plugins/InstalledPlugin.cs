using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins;

/// <summary>A plugin's folder that was found at start, and what became of it.</summary>
public sealed class InstalledPlugin(string id, string folder, PluginManifest? manifest)
{
    /// <summary>The manifest's id; the folder's name when the manifest cannot be read.</summary>
    public string Id { get; } = id;

    /// <summary>Its absolute folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Its manifest; null when it cannot be read.</summary>
    public PluginManifest? Manifest { get; } = manifest;

    /// <summary>What became of it.</summary>
    public PluginLoadState State { get; private set; } = PluginLoadState.Crashed;

    /// <summary>Why; null when it is loaded.</summary>
    public PluginReason? Reason { get; private set; }

    /// <summary>What it registered; null unless it is loaded.</summary>
    public PluginContents? Contents { get; private set; }

    /// <summary>Counts what its handlers do wrong.</summary>
    public PluginHealth Health { get; } = new(id, manifest?.Name ?? id);

    /// <summary>Whether its handlers are called: it is loaded, and nobody switched it off since.</summary>
    public bool IsActive => State == PluginLoadState.Loaded && !Health.IsSwitchedOff;

    internal void Load(PluginContents contents)
    {
        Contents = contents;
        Reason = null;
        State = PluginLoadState.Loaded;
    }

    /// <summary>Takes a loaded plugin out of service, when what it needs cannot be made; what it registered stays known, so that its tickets stay readable.</summary>
    internal void GiveUp(PluginReason reason)
    {
        Health.IsSwitchedOff = true;
        Reason = reason;
        State = PluginLoadState.Crashed;
    }

    internal void Fail(PluginLoadState state, PluginReason reason)
    {
        Contents = null;
        Reason = reason;
        State = state;
    }
}
