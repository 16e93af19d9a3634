using System.Reflection;

namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>
/// The assemblies of which a plugin gets the server's copy: the framework, the SDK, EF Core and NodaTime. The framework's names
/// are written into the host when it is built, so that a self-contained server shares the same ones.
/// </summary>
internal static class SharedAssemblies
{
    private static readonly HashSet<string> Names = Read();

    public static bool Contains(AssemblyName name) => name.Name is { } simple && Names.Contains(simple);

    private static HashSet<string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("SharedFramework.txt")!;
        using var reader = new StreamReader(stream);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "ServiceDesk.Sdk",
            "ServiceDesk.Sdk.Data",
            "Microsoft.EntityFrameworkCore",
            "Microsoft.EntityFrameworkCore.Abstractions",
            "Microsoft.EntityFrameworkCore.Relational",
            "NodaTime",
            "System.Private.CoreLib",
        };
        while (reader.ReadLine() is { } line)
        {
            names.Add(line.Trim());
        }

        return names;
    }
}
