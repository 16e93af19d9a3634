using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Host.Plugins.Quarantine;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Administration;

/// <inheritdoc cref="IPluginAdministration"/>
internal sealed class PluginAdministration(PluginCatalog catalog, PluginMarks marks, ITexts texts)
    : IPluginAdministration
{
    public IReadOnlyList<PluginReport> List() =>
        [.. catalog.All.Select(Report).OrderBy(report => report.Name, StringComparer.CurrentCultureIgnoreCase)];

    public PluginReport? Find(string plugin) => catalog.Find(plugin) is { } found ? Report(found) : null;

    public PluginChange SwitchOff(string plugin)
    {
        if (catalog.Find(plugin) is not { } found)
        {
            return PluginChange.NoSuchPlugin;
        }

        marks.SetDisabled(found.Id, disabled: true);
        found.Health.IsSwitchedOff = true;
        return found.State == PluginLoadState.Loaded ? PluginChange.Now : PluginChange.AtNextStart;
    }

    public PluginChange SwitchOn(string plugin)
    {
        if (catalog.Find(plugin) is not { } found)
        {
            return PluginChange.NoSuchPlugin;
        }

        marks.SetDisabled(found.Id, disabled: false);
        found.Health.IsSwitchedOff = false;
        return found.State == PluginLoadState.Loaded ? PluginChange.Now : PluginChange.AtNextStart;
    }

    public PluginChange EndQuarantine(string plugin)
    {
        if (catalog.Find(plugin) is not { } found)
        {
            return PluginChange.NoSuchPlugin;
        }

        marks.EndQuarantine(found.Id);
        return PluginChange.AtNextStart;
    }

    public PluginChange Resume(string plugin, string handler)
    {
        if (catalog.Find(plugin) is not { } found)
        {
            return PluginChange.NoSuchPlugin;
        }

        found.Health.Resume(handler);
        return PluginChange.Now;
    }

    private PluginReport Report(InstalledPlugin plugin)
    {
        var isDisabled = marks.IsDisabled(plugin.Id);
        var isInQuarantine = marks.Quarantine(plugin.Id) is not null;
        var wasKeptOut = plugin.Reason?.Code is "plugins.reason.disabled";
        return new PluginReport(
            plugin.Id,
            plugin.Manifest?.Name ?? plugin.Id,
            plugin.Manifest?.Version,
            plugin.Manifest?.Description ?? string.Empty,
            plugin.Folder,
            plugin.State,
            plugin.Reason is { } reason ? texts.Format(reason.Code, [.. reason.Arguments]) : null,
            isDisabled,
            isInQuarantine,
            NeedsRestart: isDisabled != wasKeptOut
                || (plugin is { State: PluginLoadState.Crashed, Manifest: not null } && !isInQuarantine),
            plugin.Health.Failures,
            [.. plugin.Health.Handlers.Select(Report)],
            plugin.Contents?.Settings is not null
        );
    }

    private static HandlerReport Report(HandlerHealth health) =>
        new(health.Handler, health.Failures, health.InARow, health.LastError, health.LastAt, health.IsPaused);
}
