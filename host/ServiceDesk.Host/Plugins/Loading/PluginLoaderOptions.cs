using System.Reflection;
using ServiceDesk.Host.Plugins.Manifests;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>Where plugins are looked for and how long one may take.</summary>
public sealed record PluginLoaderOptions
{
    /// <summary>Folders whose folders are plugins. Of the same id in several the highest version wins, then the earlier folder.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Where marks are kept between starts.</summary>
    public required string MarksFolder { get; init; }

    /// <summary>How long a plugin may take to configure itself before it counts as hanging.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The SDK's version that plugins are measured against.</summary>
    public SemanticVersion SdkVersion { get; init; } = SdkVersionOf(typeof(IServiceDeskPlugin).Assembly);

    /// <summary>Entry assemblies that the process has already loaded, by simple name: a test's own plugin, whose types the test shares.</summary>
    public IReadOnlyDictionary<string, Assembly> InProcess { get; init; } =
        new Dictionary<string, Assembly>(StringComparer.OrdinalIgnoreCase);

    private static SemanticVersion SdkVersionOf(Assembly assembly)
    {
        var version = assembly.GetName().Version!;
        return new SemanticVersion(version.Major, version.Minor, version.Build);
    }
}
