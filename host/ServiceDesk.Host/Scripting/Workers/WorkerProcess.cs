using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>A worker as the server sees it. One thing at a time is asked of it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    // What the runtime ends with when a stack overflows: SIGABRT, or Windows' STATUS_STACK_OVERFLOW.
    private const int Aborted = 134;
    private const int StackOverflow = unchecked((int)0xC00000FD);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly IDisposable? job;

    private WorkerProcess(Process process, IDisposable? job) => (this.process, this.job) = (process, job);

    /// <summary>The process's id, for tests that end it.</summary>
    public int Id => process.Id;

    /// <summary>Bytes of its own memory.</summary>
    public long Memory => WorkerMemory.Of(process);

    /// <summary>Whether it has gone.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>When it was last used, by the pool's time.</summary>
    public long UsedAt { get; set; }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <exception cref="ScriptWorkerLostException">It did not start.</exception>
    public static async Task<WorkerProcess> StartAsync(long heap, long memory, CancellationToken cancellation)
    {
        var started = Process.Start(WorkerStart.Info(heap)) ?? throw new ScriptWorkerLostException("It did not start.");
        // What a runtime says when it dies; nobody reads it, but a full pipe would hold it up.
        started.ErrorDataReceived += static (_, _) => { };
        started.BeginErrorReadLine();
        // Twice the limit: the server's watch comes first and says why.
        var around = OperatingSystem.IsWindows() ? WindowsJob.Around(started, 2 * memory) : null;
        var worker = new WorkerProcess(started, around);
        try
        {
            return await worker.ReceiveAsync(cancellation) is ReadyMessage
                ? worker
                : throw new ScriptWorkerLostException("It ended before it was ready.");
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says something to it; when it has gone, the next reading tells.</summary>
    public async Task SendAsync(ToWorker message, CancellationToken cancellation)
    {
        var frame = Frames.Of(JsonSerializer.SerializeToUtf8Bytes(message, WorkerJson.Options));
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(frame, cancellation);
            await process.StandardInput.BaseStream.FlushAsync(cancellation);
        }
        catch (IOException)
        {
            // The pipe is broken.
        }
    }

    /// <summary>The next thing it says; null when it has gone or speaks nonsense.</summary>
    public async Task<FromWorker?> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            return await Frames.ReadAsync(process.StandardOutput.BaseStream, cancellation) is { } json
                ? JsonSerializer.Deserialize<FromWorker>(json, WorkerJson.Options)
                : null;
        }
        catch (Exception problem)
            when (problem is IOException or InvalidDataException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether it ended by what ran in it, and not from outside.</summary>
    public async Task<bool> HasCrashedAsync()
    {
        await process.WaitForExitAsync().WaitAsync(End);
        return process.ExitCode is Aborted or StackOverflow;
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception)
        {
            // It has gone already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        try
        {
            await process.WaitForExitAsync().WaitAsync(End);
        }
        catch (TimeoutException)
        {
            // The system is about to end it.
        }

        process.Dispose();
        job?.Dispose();
    }
}

/// <summary>A worker went away, and not by the fault of what ran in it. What it was doing can be done again.</summary>
public sealed class ScriptWorkerLostException(string message) : Exception(message);

/// <summary>More scripts wait than may.</summary>
public sealed class ScriptsBusyException() : Exception("Too many scripts wait for a worker.");
