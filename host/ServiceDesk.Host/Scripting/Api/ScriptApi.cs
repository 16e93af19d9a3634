using System.Text.Json;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Scripting.Api.Modules;
using ServiceDesk.Sdk.Scripting;

namespace ServiceDesk.Host.Scripting.Api;

/// <summary>A module with whose it is.</summary>
/// <param name="Module">Its description.</param>
/// <param name="Plugin">The plugin's id; null for the product's own.</param>
/// <param name="Type">The type whose methods its functions are, with the key of the value as their first parameter; null for a module that scripts name.</param>
public sealed record KnownModule(ScriptModule Module, string? Plugin, string? Type = null)
{
    /// <summary>Methods of the type that answer with another one.</summary>
    public IReadOnlyCollection<string> MakesAnother { get; init; } = [];
}

/// <summary>Every function that scripts may call: the one description from which checks, declarations, completion and reference come.</summary>
public sealed class ScriptApi
{
    private readonly PluginCatalog plugins;

    public ScriptApi(IEnumerable<IHostModule> own, PluginCatalog plugins)
    {
        this.plugins = plugins;
        All =
        [
            .. own.Select(module => new KnownModule(module.Describe(), null, module.Type)
            {
                MakesAnother = module.MakesAnother,
            }),
            .. plugins
                .Loaded.Where(plugin => plugin.Contents!.ScriptModule is not null)
                .Select(plugin => new KnownModule(plugin.Contents!.ScriptModule!, plugin.Id)),
        ];
    }

    /// <summary>All modules, those of plugins that are switched off included.</summary>
    public IReadOnlyList<KnownModule> All { get; }

    /// <summary>The modules that scripts find now.</summary>
    public IEnumerable<KnownModule> Active =>
        All.Where(known => known.Plugin is null || plugins.IsActive(known.Plugin));

    /// <summary>What a worker needs to know of them.</summary>
    public JsonElement Outline() =>
        JsonSerializer.SerializeToElement(
            Active.Select(known => new
            {
                name = known.Module.Name,
                type = known.Type,
                functions = known.Module.Functions.Select(function => new
                {
                    name = function.Name,
                    shape = ShapeOf(function.Returns),
                    changes = known.Type is not null
                        && ShapeOf(function.Returns) == known.Type
                        && !known.MakesAnother.Contains(function.Name),
                }),
            })
        );

    private static string? ShapeOf(ScriptType type) =>
        type switch
        {
            ScriptType.NamedType named => named.Name,
            ScriptType.ListType list => ShapeOf(list.Item),
            ScriptType.NullableType nullable => ShapeOf(nullable.Value),
            _ => null,
        };
}
