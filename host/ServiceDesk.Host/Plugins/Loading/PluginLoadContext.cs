using System.Reflection;
using System.Runtime.Loader;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>
/// One plugin's assemblies. Shared ones come from the server; then the plugin's own folder, so that its private dependencies
/// never clash with others'; then the entry assemblies of plugins that it declares as dependencies. What none of these has
/// is not found: a private dependency of the server is nobody else's.
/// </summary>
internal sealed class PluginLoadContext(string id, string assemblyPath, IReadOnlyList<Assembly> dependencies)
    : AssemblyLoadContext($"plugin {id}")
{
    private readonly AssemblyDependencyResolver resolver = new(assemblyPath);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (SharedAssemblies.Contains(assemblyName))
        {
            return null;
        }

        if (resolver.ResolveAssemblyToPath(assemblyName) is { } path)
        {
            return LoadFromAssemblyPath(path);
        }

        var dependency = dependencies.FirstOrDefault(other =>
            string.Equals(other.GetName().Name, assemblyName.Name, StringComparison.OrdinalIgnoreCase)
        );
        return dependency ?? (IsSatellite(assemblyName) ? null : throw NotBrought(assemblyName));
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static bool IsSatellite(AssemblyName name) =>
        name.Name?.EndsWith(".resources", StringComparison.OrdinalIgnoreCase) == true;

    private static FileNotFoundException NotBrought(AssemblyName name) =>
        new($"The plugin does not bring {name.Name} {name.Version}.", name.Name);
}
