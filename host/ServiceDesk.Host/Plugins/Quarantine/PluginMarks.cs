using System.Text.Json;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins.Quarantine;

/// <summary>
/// What is remembered of plugins between starts, one small file each in the data folder: switched off, in quarantine and why,
/// or "is being loaded just now". A process that dies while it loads a plugin leaves the last mark behind, so that the next
/// start finds the culprit and lives.
/// </summary>
public sealed class PluginMarks(string folder)
{
    /// <summary>Whether an administrator switched the plugin off.</summary>
    public bool IsDisabled(string plugin) => File.Exists(PathOf(plugin, "disabled"));

    /// <summary>Switches off or on; takes effect at the next start.</summary>
    public void SetDisabled(string plugin, bool disabled)
    {
        if (disabled)
        {
            Write(plugin, "disabled", "");
        }
        else
        {
            File.Delete(PathOf(plugin, "disabled"));
        }
    }

    /// <summary>Why the plugin is in quarantine; null when it is not.</summary>
    public PluginReason? Quarantine(string plugin)
    {
        if (File.Exists(PathOf(plugin, "loading")))
        {
            return PluginReason.Of("plugins.reason.killed-the-process");
        }

        try
        {
            var path = PathOf(plugin, "quarantine");
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : null;
        }
        catch (IOException exception)
        {
            return PluginReason.Of("plugins.reason.bad-mark", exception.Message);
        }
    }

    /// <summary>Keeps the plugin from being loaded until an administrator ends the quarantine.</summary>
    public void SetQuarantine(string plugin, PluginReason reason) =>
        Write(plugin, "quarantine", JsonSerializer.Serialize(new Mark(reason.Code, [.. reason.Arguments])));

    /// <summary>Lets the plugin be tried again at the next start.</summary>
    public void EndQuarantine(string plugin)
    {
        File.Delete(PathOf(plugin, "quarantine"));
        File.Delete(PathOf(plugin, "loading"));
    }

    /// <summary>Marks that the plugin is being loaded, durably, until disposed.</summary>
    public IDisposable Loading(string plugin)
    {
        Write(plugin, "loading", "");
        return new LoadingMark(PathOf(plugin, "loading"));
    }

    private string PathOf(string plugin, string mark) => Path.Combine(folder, $"{plugin}.{mark}");

    private void Write(string plugin, string mark, string text)
    {
        Directory.CreateDirectory(folder);
        using var file = new FileStream(PathOf(plugin, mark), FileMode.Create, FileAccess.Write, FileShare.None);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    private static PluginReason Parse(string text)
    {
        try
        {
            var mark = JsonSerializer.Deserialize<Mark>(text);
            return new PluginReason(mark!.Code, mark.Arguments.ToValueList());
        }
        catch (JsonException exception)
        {
            return PluginReason.Of("plugins.reason.bad-mark", exception.Message);
        }
    }

    private sealed record Mark(string Code, string[] Arguments);

    private sealed class LoadingMark(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
