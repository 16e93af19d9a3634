using System.Collections.Concurrent;
using System.Text.Json;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Real worker processes, without a server around them.</summary>
public sealed class WorkersUnderTest : IAsyncLifetime
{
    /// <summary>What a script may cost in tests.</summary>
    public static readonly ScriptLimits Limits = new() { Statements = 400_000, Milliseconds = 3_000 };

    private static readonly JsonElement NoGlobals = JsonSerializer.SerializeToElement(new { });
    private readonly ScriptMetrics metrics = new();

    public ScriptWorkers Workers { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Workers = new ScriptWorkers(new ScriptWorkerOptions { Workers = 2, Waiting = 50 }, metrics);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Workers.DisposeAsync();
        metrics.Dispose();
    }

    /// <summary>Compiles a source that must be right.</summary>
    public async Task<CompiledScript> CompileAsync(string source)
    {
        var compiled = await Workers.CompileAsync(source, CancellationToken.None);
        Assert.True(compiled.Script is not null, compiled.Error);
        return compiled.Script!;
    }

    /// <summary>Compiles and runs a source.</summary>
    public async Task<ScriptResult> RunAsync(string source, IScriptCalls? calls = null) =>
        await Workers.RunAsync(Message(await CompileAsync(source)), calls ?? new Echo(), CancellationToken.None);

    /// <summary>A run with one module, <c>echo</c>.</summary>
    public static RunMessage Message(CompiledScript script, ScriptLimits? limits = null) =>
        new(
            script,
            [],
            NoGlobals,
            JsonSerializer.SerializeToElement(
                new[] { new { name = "echo", functions = new[] { new { name = "back" }, new { name = "refuse" } } } }
            ),
            limits ?? Limits
        );

    /// <summary>Gives back what it gets.</summary>
    public sealed class Echo : IScriptCalls
    {
        private readonly ConcurrentDictionary<string, int> calls = new(StringComparer.Ordinal);

        /// <summary>How often which function was called.</summary>
        public IReadOnlyDictionary<string, int> Calls => calls;

        public Task<AnswerMessage> CallAsync(CallMessage call, CancellationToken cancellation)
        {
            calls.AddOrUpdate($"{call.Module}.{call.Function}", 1, (_, count) => count + 1);
            return Task.FromResult(
                call.Function == "refuse"
                    ? new AnswerMessage(null, "Not today.", "test.refused")
                    : new AnswerMessage(call.Arguments, null, null)
            );
        }
    }
}
