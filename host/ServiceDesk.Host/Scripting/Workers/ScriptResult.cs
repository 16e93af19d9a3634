using System.Text.Json;
using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>What a run came to.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Value">What it returned.</param>
/// <param name="Error">The engine's words when it failed; may be empty where <paramref name="End"/> says all.</param>
/// <param name="Place">Where in the source.</param>
/// <param name="Cost">What it cost; nothing is known of a worker that was ended.</param>
/// <param name="Log">Its lines.</param>
/// <param name="Duration">How long it took, waiting for its turn not included.</param>
public sealed record ScriptResult(
    ScriptEnd End,
    JsonElement? Value,
    string? Error,
    SourcePlace? Place,
    RunCost Cost,
    IReadOnlyList<ScriptLogLine> Log,
    TimeSpan Duration
);

/// <summary>A line of a script's log.</summary>
public sealed record ScriptLogLine(string Level, string Text);

/// <summary>A source compiled, or what is wrong with it.</summary>
/// <param name="Script">Null when it is wrong.</param>
public sealed record ScriptCompilation(CompiledScript? Script, string? Error, SourcePlace? Place);

/// <summary>Answers the calls of one run.</summary>
public interface IScriptCalls
{
    /// <summary>Checks and does what a script asks. Never throws for what a script did wrong.</summary>
    Task<AnswerMessage> CallAsync(CallMessage call, CancellationToken cancellation);
}
