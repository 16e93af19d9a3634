using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceDesk.Host.Scripting.Workers.Protocol;

/// <summary>What the server says to a worker.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "say")]
[JsonDerivedType(typeof(CompileMessage), "compile")]
[JsonDerivedType(typeof(RunMessage), "run")]
[JsonDerivedType(typeof(AnswerMessage), "answer")]
public abstract record ToWorker;

/// <summary>Compile a source to what the engine runs.</summary>
public sealed record CompileMessage(string Source) : ToWorker;

/// <summary>Run a script once, in an engine that nothing ran in before.</summary>
/// <param name="Script">What runs.</param>
/// <param name="Libraries">What it may import, and what those may.</param>
/// <param name="Globals">Names that it finds, with their values.</param>
/// <param name="Modules">The modules that it finds, see <c>ApiOutline</c>.</param>
/// <param name="Limits">What the engine allows.</param>
public sealed record RunMessage(
    CompiledScript Script,
    IReadOnlyList<CompiledLibrary> Libraries,
    JsonElement Globals,
    JsonElement Modules,
    ScriptLimits Limits
) : ToWorker;

/// <summary>The answer to a call.</summary>
/// <param name="Value">What it gives back.</param>
/// <param name="Error">The sentence that it throws instead.</param>
/// <param name="Code">The error's code.</param>
public sealed record AnswerMessage(JsonElement? Value, string? Error, string? Code) : ToWorker;

/// <summary>What a worker says to the server.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "say")]
[JsonDerivedType(typeof(ReadyMessage), "ready")]
[JsonDerivedType(typeof(CompiledMessage), "compiled")]
[JsonDerivedType(typeof(LogMessage), "log")]
[JsonDerivedType(typeof(CallMessage), "call")]
[JsonDerivedType(typeof(DoneMessage), "done")]
[JsonDerivedType(typeof(FailedMessage), "failed")]
public abstract record FromWorker;

/// <summary>It has started.</summary>
public sealed record ReadyMessage : FromWorker;

/// <summary>A source was compiled.</summary>
public sealed record CompiledMessage(CompiledScript Script) : FromWorker;

/// <summary>A line of the script's log.</summary>
/// <param name="Level"><c>info</c>, <c>warn</c> or <c>error</c>.</param>
public sealed record LogMessage(string Level, string Text) : FromWorker;

/// <summary>A call of the API; the script waits for its answer.</summary>
public sealed record CallMessage(string Module, string Function, JsonElement Arguments) : FromWorker;

/// <summary>The script has ended.</summary>
/// <param name="Value">What it returned.</param>
public sealed record DoneMessage(JsonElement? Value, RunCost Cost) : FromWorker;

/// <summary>The script, or its compilation, came to no good end.</summary>
/// <param name="Kind">Which end.</param>
/// <param name="Message">The engine's words.</param>
/// <param name="Place">Where in the source.</param>
public sealed record FailedMessage(ScriptEnd Kind, string Message, SourcePlace? Place, RunCost Cost) : FromWorker;

/// <summary>How messages are written.</summary>
public static class WorkerJson
{
    /// <summary>The one form that both sides write and read.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            // Between two processes of ours, never in a page: texts stay as they are.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowOutOfOrderMetadataProperties = true,
            MaxDepth = 256,
            Converters = { new JsonStringEnumConverter() },
        };
}
