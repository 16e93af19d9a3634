using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Scripting;

/// <summary>
/// What scripts find under one name. Described once: from it come the checks of arguments while a script runs, the
/// declarations and completion of the editor, and the reference page.
/// </summary>
/// <param name="Name">A JavaScript identifier in camelCase; a plugin's is its id.</param>
/// <param name="Functions">Its functions.</param>
public sealed record ScriptModule(string Name, ValueList<ScriptFunction> Functions);

/// <summary>A function that scripts may call.</summary>
/// <param name="Name">A JavaScript identifier in camelCase, unique in the module.</param>
/// <param name="SummaryKey">The text key of one sentence that says what it does.</param>
/// <param name="Parameters">What it takes; optional ones stand last.</param>
/// <param name="Returns">What it gives back.</param>
/// <param name="RunAsync">Does it. Arguments were held against <paramref name="Parameters"/>; a no is thrown as <see cref="ScriptRefusedException"/>. Limit 10 seconds.</param>
public sealed record ScriptFunction(
    string Name,
    string SummaryKey,
    ValueList<ScriptParameter> Parameters,
    ScriptType Returns,
    Func<IScriptCall, CancellationToken, Task<JsonNode?>> RunAsync
)
{
    /// <summary>A permission that the script's person needs; null for none. The ticket behind it is guarded apart.</summary>
    public string? Permission { get; init; }
}

/// <summary>A parameter of a function.</summary>
/// <param name="Name">A JavaScript identifier.</param>
/// <param name="Type">What it may be.</param>
/// <param name="IsOptional">Whether it may be left out or null.</param>
public sealed record ScriptParameter(string Name, ScriptType Type, bool IsOptional = false);

/// <summary>One call of a function by a script.</summary>
public interface IScriptCall
{
    /// <summary>The rights of the person as whom the script acts: look only at what they may see.</summary>
    Viewer Viewer { get; }

    /// <summary>The product's services and the plugin's own, for the length of this call.</summary>
    IServiceProvider Services { get; }

    /// <summary>The argument at a place; null when it was left out.</summary>
    JsonElement? Argument(int place);

    /// <summary>The text at a place; empty when it was left out.</summary>
    string Text(int place);

    /// <summary>Values of fields, each read by the kind of its field, from the object at a place; none when it was left out. An emptied field is null.</summary>
    /// <exception cref="ScriptRefusedException">One cannot be read.</exception>
    ValueMap<FieldValue?> Fields(int place);

    /// <summary>The ticket with a key, where the person may see it.</summary>
    /// <exception cref="ScriptRefusedException">There is none, or it must look so.</exception>
    Task<TicketSnapshot> TicketAsync(string key, CancellationToken cancellation);

    /// <summary>Opens a ticket as the script's person. In a trial it is decided and nothing is written.</summary>
    /// <returns>The new ticket.</returns>
    /// <exception cref="ScriptRefusedException">The command was refused.</exception>
    Task<TicketSnapshot> OpenAsync(OpenTicket command, CancellationToken cancellation);

    /// <summary>Sends a command as the script's person. In a trial it is decided and nothing is written.</summary>
    /// <returns>The ticket after it.</returns>
    /// <exception cref="ScriptRefusedException">The command was refused.</exception>
    Task<TicketSnapshot> SendAsync(TicketSnapshot ticket, TicketCommand command, CancellationToken cancellation);
}

/// <summary>A function says no; the script gets it as an error with the first reason's sentence and code.</summary>
public sealed class ScriptRefusedException(ValueList<Refusal> refusals) : Exception(refusals[0].Code)
{
    /// <summary>Says no for one reason.</summary>
    public ScriptRefusedException(Refusal refusal)
        : this([refusal]) { }

    /// <summary>The reasons, at least one.</summary>
    public ValueList<Refusal> Refusals { get; } = refusals;
}
