using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>The workers of this node: started when they are wanted, ended when nobody wants them, replaced when they go.</summary>
public sealed class ScriptWorkers : IAsyncDisposable
{
    private readonly WorkerPool runs;
    private readonly WorkerPool asked;
    private readonly WorkerPool compiling;
    private readonly ScriptWorkerOptions options;

    public ScriptWorkers(ScriptWorkerOptions options, ScriptMetrics metrics)
    {
        this.options = options;
        runs = new WorkerPool(options.Workers, options.Waiting, options.Heap, options.Memory, metrics);
        asked = new WorkerPool(options.Workers, options.Waiting, options.Heap, options.Memory, metrics);
        compiling = new WorkerPool(1, options.Waiting, options.CompilerHeap, options.CompilerMemory, metrics);
    }

    /// <summary>The ids of the processes that run scripts.</summary>
    public IReadOnlyList<int> Processes => [.. runs.Processes, .. asked.Processes];

    /// <summary>Runs a script once.</summary>
    /// <exception cref="ScriptWorkerLostException">The worker went away: nothing is known of the run.</exception>
    /// <exception cref="ScriptsBusyException">Too many wait already.</exception>
    public Task<ScriptResult> RunAsync(RunMessage run, IScriptCalls calls, CancellationToken cancellation) =>
        runs.UseAsync(
            worker => new WorkerRun(worker, run, calls, options.Memory).ExecuteAsync(cancellation),
            cancellation
        );

    /// <summary>
    /// Runs a script that others wait for, and that itself waits for none: on workers of their own, since a script that sends a
    /// command holds its worker until the scripts that guard a transition have answered.
    /// </summary>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public Task<ScriptResult> AskAsync(RunMessage run, IScriptCalls calls, CancellationToken cancellation) =>
        asked.UseAsync(
            worker => new WorkerRun(worker, run, calls, options.Memory).ExecuteAsync(cancellation),
            cancellation
        );

    /// <summary>Compiles a source.</summary>
    /// <exception cref="ScriptWorkerLostException">The worker went away.</exception>
    /// <exception cref="ScriptsBusyException">Too many wait already.</exception>
    public Task<ScriptCompilation> CompileAsync(string source, CancellationToken cancellation) =>
        compiling.UseAsync(worker => CompileAsync(worker, source, cancellation), cancellation);

    public async ValueTask DisposeAsync()
    {
        await runs.DisposeAsync();
        await asked.DisposeAsync();
        await compiling.DisposeAsync();
    }

    private async Task<(ScriptCompilation, bool)> CompileAsync(
        WorkerProcess worker,
        string source,
        CancellationToken cancellation
    )
    {
        await using var watch = new Watch(worker, options.CompileTime, options.CompilerMemory);
        await worker.SendAsync(new CompileMessage(source), cancellation);
        switch (await worker.ReceiveAsync(cancellation))
        {
            case CompiledMessage compiled:
                return (new ScriptCompilation(compiled.Script, null, null), true);
            case FailedMessage failed:
                return (new ScriptCompilation(null, failed.Message, failed.Place), true);
        }

        if (watch.Reason is null && !await worker.HasCrashedAsync())
        {
            throw new ScriptWorkerLostException("A compiler went away.");
        }

        return (new ScriptCompilation(null, "It is too large or too deep to be compiled.", null), false);
    }
}
