using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>A module of the product's own.</summary>
public interface IHostModule
{
    /// <summary>The type whose methods its functions are; null for a module that scripts name.</summary>
    string? Type => null;

    /// <summary>Methods of the type that answer with another one: theirs stays what it is.</summary>
    IReadOnlyCollection<string> MakesAnother => [];

    /// <summary>Its description with the code behind it.</summary>
    ScriptModule Describe();
}

/// <summary>Short words for describing functions of the host.</summary>
internal static class Describing
{
    /// <summary>A function whose summary stands under <c>scripts.api.MODULE.NAME</c>.</summary>
    public static ScriptFunction Function(
        string module,
        string name,
        ValueList<ScriptParameter> parameters,
        ScriptType returns,
        Func<ScriptCall, CancellationToken, Task<JsonNode?>> run
    ) =>
        new(
            name,
            $"scripts.api.{module}.{name}",
            parameters,
            returns,
            (call, cancellation) => run((ScriptCall)call, cancellation)
        );

    /// <summary>A value as scripts get it: as the API shows it.</summary>
    public static JsonNode? Shown<T>(T value) => JsonSerializer.SerializeToNode(value, ServiceDeskJson.Api);
}
