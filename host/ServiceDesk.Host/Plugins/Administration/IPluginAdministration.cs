using NodaTime;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Administration;

/// <summary>What an administrator sees of plugins and may do with them. Callers check <c>system.operate</c>.</summary>
public interface IPluginAdministration
{
    /// <summary>Every plugin that was found at start, by name.</summary>
    IReadOnlyList<PluginReport> List();

    /// <summary>One of them; null when none has the id.</summary>
    PluginReport? Find(string plugin);

    /// <summary>Switches a plugin off: its handlers, pages and routes at once, the rest at the next start. Its events and facets stay readable.</summary>
    PluginChange SwitchOff(string plugin);

    /// <summary>Switches a plugin on: at once when this process has loaded it, else at the next start.</summary>
    PluginChange SwitchOn(string plugin);

    /// <summary>Lets a crashed plugin be tried again at the next start.</summary>
    PluginChange EndQuarantine(string plugin);

    /// <summary>Lets a handler that rests after five failures in a row work again, at once.</summary>
    PluginChange Resume(string plugin, string handler);
}

/// <summary>When a change takes effect.</summary>
public enum PluginChange
{
    /// <summary>No plugin has the id; nothing was done.</summary>
    NoSuchPlugin = 1,

    /// <summary>At once.</summary>
    Now = 2,

    /// <summary>At the next start of the server.</summary>
    AtNextStart = 3,
}

/// <summary>A plugin as the administration shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Version">Its version; null when its manifest cannot be read.</param>
/// <param name="Description">One sentence; may be empty.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="State">What became of it at start.</param>
/// <param name="Reason">Why, in the reader's language; null when it is loaded.</param>
/// <param name="IsSwitchedOff">Whether it is switched off from the next start on.</param>
/// <param name="IsInQuarantine">Whether it is kept from loading because it crashed.</param>
/// <param name="NeedsRestart">Whether the next start will make something else of it than this one did.</param>
/// <param name="Failures">Failures of its handlers since start.</param>
/// <param name="Handlers">The handlers that failed.</param>
/// <param name="HasSettings">Whether it has settings to edit.</param>
public sealed record PluginReport(
    string Id,
    string Name,
    string? Version,
    string Description,
    string Folder,
    PluginLoadState State,
    string? Reason,
    bool IsSwitchedOff,
    bool IsInQuarantine,
    bool NeedsRestart,
    long Failures,
    IReadOnlyList<HandlerReport> Handlers,
    bool HasSettings
);

/// <summary>A handler that failed.</summary>
/// <param name="Handler">Kind and name, such as <c>reaction notify</c>.</param>
/// <param name="Failures">How often since start.</param>
/// <param name="InARow">How often since it last succeeded.</param>
/// <param name="LastError">The last error.</param>
/// <param name="LastAt">When.</param>
/// <param name="IsPaused">Whether it rests.</param>
public sealed record HandlerReport(
    string Handler,
    long Failures,
    int InARow,
    string? LastError,
    Instant? LastAt,
    bool IsPaused
);
