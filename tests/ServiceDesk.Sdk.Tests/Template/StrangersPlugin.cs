using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Sdk.Tests.Template;

/// <summary>A plugin made from the template in a folder far from this tree, with the packages that the build made of the SDK, and built.</summary>
public class StrangersPlugin : IAsyncLifetime
{
    public const string Id = "acme-stamps";

    public const string DisplayName = "Stamps & seals";

    private readonly string folder = Directory.CreateTempSubdirectory("servicedesk-template-").FullName;
    private readonly DotNet dotnet;

    public StrangersPlugin() => dotnet = new DotNet(folder);

    /// <summary>The root of this tree.</summary>
    public static string Tree { get; } = Path.GetFullPath("../../../..", AppContext.BaseDirectory);

    /// <summary>The solution's folder.</summary>
    public string Solution => Path.Combine(folder, "Acme.Stamps");

    /// <summary>The plugin's folder, as the build made it for a server.</summary>
    public string Built => Path.Combine(Solution, "Acme.Stamps", "bin", "plugins", Id);

    private static string Packages => Path.Combine(AppContext.BaseDirectory, "sdk-packages");

    public async Task InitializeAsync()
    {
        await dotnet.RunAsync(folder, ["new", "install", Path.Combine(Tree, "sdk", "template"), .. dotnet.Hive]);
        await NewAsync(
            "Acme.Stamps",
            "--display-name",
            DisplayName,
            "--sdk-packages",
            Packages,
            "--sdk-version",
            "0.1.0-tested"
        );
        await AdjustAsync();
        await dotnet.RunAsync(Solution, "build", "-nologo", "-v", "q", "-clp:NoSummary", "-warnaserror");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>What its author does to it before it is built.</summary>
    protected virtual Task AdjustAsync() => Task.CompletedTask;

    /// <summary>Makes a plugin from the template.</summary>
    /// <returns>The solution's folder.</returns>
    public async Task<string> NewAsync(string name, params IEnumerable<string> options)
    {
        await dotnet.RunAsync(folder, ["new", "servicedesk-plugin", "-n", name, .. options, .. dotnet.Hive]);
        return Path.Combine(folder, name);
    }

    /// <summary>Runs its own tests, as they were built.</summary>
    /// <returns>The file of results.</returns>
    public async Task<string> TestAsync()
    {
        var results = Path.Combine(folder, "results");
        await dotnet.RunAsync(
            Solution,
            ["test", "--no-build", "-nologo", "--logger", "trx", "--results-directory", results]
        );
        return Assert.Single(Directory.GetFiles(results, "*.trx"));
    }

    /// <summary>A server with this plugin and those of the product, each loaded from its folder.</summary>
    public Task<ServiceDeskServer> ServerAsync()
    {
        var plugins = Path.Combine(folder, "plugins");
        Copy(Path.Combine(Tree, "artifacts", "plugins", "incidents"), Path.Combine(plugins, "incidents"));
        Copy(Built, Path.Combine(plugins, Id));
        return ServiceDeskServer.StartAsync(new ServerSetup { PluginFolder = plugins });
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
