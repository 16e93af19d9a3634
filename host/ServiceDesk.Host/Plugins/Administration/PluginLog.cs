using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Administration;

/// <summary>Writes into the log what became of plugins and each failure of a handler.</summary>
internal sealed partial class PluginLog(ILogger<PluginLog> logger)
{
    public void Follow(PluginCatalog catalog)
    {
        foreach (var plugin in catalog.All)
        {
            if (plugin.State == PluginLoadState.Loaded)
            {
                LogLoaded(plugin.Id, plugin.Manifest!.Version);
            }
            else
            {
                var reason = plugin.Reason is { } why ? $"{why.Code} {string.Join(", ", why.Arguments)}" : "";
                LogNotLoaded(plugin.Id, plugin.State, reason);
            }

            plugin.Health.Failed += LogFailure;
        }
    }

    private void LogFailure(PluginHealth health, string handler, Exception exception) =>
        LogFailure(exception, health.Id, handler);

    [LoggerMessage(LogLevel.Information, "The plugin {Plugin} {Version} is loaded")]
    private partial void LogLoaded(string plugin, string version);

    [LoggerMessage(LogLevel.Warning, "The plugin {Plugin} is not loaded: {State}, {Reason}")]
    private partial void LogNotLoaded(string plugin, PluginLoadState state, string reason);

    [LoggerMessage(LogLevel.Error, "The plugin {Plugin} failed in {Handler}")]
    private partial void LogFailure(Exception exception, string plugin, string handler);
}
