using System.Reflection;
using System.Runtime.Loader;

namespace Architecture.Tests;

/// <summary>The plugins that ship, as they were built. They see the SDK that the tests see.</summary>
internal static class ShippedPlugins
{
    /// <summary>All types of all of them.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. Load().SelectMany(assembly => assembly.GetTypes())];

    private static IEnumerable<Assembly> Load()
    {
        var root = Path.Combine(SourceTree.OfTheProduct.Root, "artifacts/plugins");
        var files = Directory
            .EnumerateFiles(root, "*.dll", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".resources.dll", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        var context = new Context(files);
        return files
            .Where(file => file.Key.StartsWith("ServiceDesk.", StringComparison.Ordinal))
            .Select(file => context.LoadFromAssemblyPath(file.First()));
    }

    // What a plugin does not bring comes from where the tests run.
    private sealed class Context(ILookup<string, string> files) : AssemblyLoadContext("shipped plugins")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            files[assemblyName.Name!].FirstOrDefault() is { } file ? LoadFromAssemblyPath(file) : null;
    }
}
