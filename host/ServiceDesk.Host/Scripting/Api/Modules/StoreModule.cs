using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>What a script keeps between its runs, apart from all other scripts. A trial reads it and writes nothing.</summary>
public sealed class StoreModule(IScriptStore store) : IHostModule
{
    /// <summary>How many keys a script may have.</summary>
    public const int MostKeys = 200;

    /// <summary>Characters of a value as JSON.</summary>
    public const int LongestValue = 32_000;

    private const string Name = "store";

    private static readonly ScriptParameter Key = new("key", ScriptType.TextUpTo(100));

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Describing.Function(
                    Name,
                    "get",
                    [Key],
                    ScriptType.Any,
                    async (call, cancellation) =>
                        await store.FindValueAsync(call.Actor.Script, call.Text(0), cancellation) is { } json
                            ? JsonNode.Parse(json)
                            : null
                ),
                Describing.Function(Name, "set", [Key, new("value", ScriptType.Any)], ScriptType.Nothing, SetAsync),
                Describing.Function(
                    Name,
                    "remove",
                    [Key],
                    ScriptType.Nothing,
                    (call, cancellation) => WriteAsync(call, null, cancellation)
                ),
                Describing.Function(
                    Name,
                    "keys",
                    [],
                    ScriptType.ListOf(ScriptType.Text),
                    async (call, cancellation) =>
                        Describing.Shown(await store.KeysAsync(call.Actor.Script, cancellation))
                ),
            ]
        );

    private Task<JsonNode?> SetAsync(ScriptCall call, CancellationToken cancellation)
    {
        var json = call.Argument(1) is { } value ? JsonSerializer.Serialize(value) : "null";
        return json.Length <= LongestValue && call.Text(0).Length > 0
            ? WriteAsync(call, json, cancellation)
            : throw new ScriptRefusedException(Refusal.Invalid("scripts.store.too-long", "value", $"{LongestValue}"));
    }

    private async Task<JsonNode?> WriteAsync(ScriptCall call, string? json, CancellationToken cancellation)
    {
        if (
            !call.Actor.IsTrial
            && !await store.SetValueAsync(call.Actor.Script, call.Text(0), json, MostKeys, cancellation)
        )
        {
            throw new ScriptRefusedException(Refusal.Conflict("scripts.store.full", $"{MostKeys}"));
        }

        return null;
    }
}
