using System.Diagnostics;
using System.Text;

namespace ServiceDesk.Benchmarks.Processes;

/// <summary>A server that runs as a process of its own, so that its time and memory are its own.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildServer(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The server ended."));
    }

    /// <summary>When the process was started, of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long StartedAt { get; private set; }

    /// <summary>The memory that is the process's alone and the memory that it has in use, in MiB.</summary>
    public MemoryUse Memory => MemoryUse.Of(process);

    /// <summary>The time of processors that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it says that it listens.</summary>
    public static async Task<ChildServer> StartAsync(ProcessStartInfo start)
    {
        var server = new ChildServer(start);
        server.StartedAt = Stopwatch.GetTimestamp();
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        try
        {
            await server.listening.Task.WaitAsync(Patience);
        }
        catch (Exception problem)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException("The server did not start:\n" + server.Said(), problem);
        }

        return server;
    }

    /// <summary>Waits until it has nothing to do: it took less than a twentieth of a processor over five seconds.</summary>
    public async Task RestAsync()
    {
        const double rest = 0.05;
        var span = TimeSpan.FromSeconds(5);
        TimeSpan before;
        do
        {
            before = ProcessorTime;
            await Task.Delay(span);
        } while ((ProcessorTime - before) / span > rest);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private string Said()
    {
        lock (said)
        {
            return said.ToString();
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (said)
        {
            said.AppendLine(line);
        }

        if (line.Contains("Now listening on", StringComparison.Ordinal))
        {
            listening.TrySetResult();
        }
    }
}
