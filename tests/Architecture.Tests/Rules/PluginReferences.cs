using System.Reflection;

namespace Architecture.Tests.Rules;

/// <summary>What a plugin's compiled assembly may see of the product: the SDK alone.</summary>
public static class PluginReferences
{
    private static readonly string[] Forbidden =
    [
        "ServiceDesk.Host",
        "ServiceDesk.Core",
        "ServiceDesk.Storage",
        "ServiceDesk.Sdk.Testing",
    ];

    public static IEnumerable<string> Violations(string plugin, IEnumerable<AssemblyName> references) =>
        references.Where(r => Forbidden.Contains(r.Name)).Select(r => $"{plugin} sees {r.Name}");
}
