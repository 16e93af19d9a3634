using System.Collections.Concurrent;
using System.Text.Json;
using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers.Inside;

/// <summary>The worker's end of the pipe. Read on a thread of its own, so that a worker whose server has gone ends, whatever its script does.</summary>
internal sealed class WorkerPipe(Stream input, Stream output)
{
    private readonly BlockingCollection<ToWorker> received = [];

    /// <summary>Begins to read.</summary>
    public void Start() => new Thread(Read) { IsBackground = true, Name = "pipe" }.Start();

    /// <summary>The next message; waits for it.</summary>
    public ToWorker Take() => received.Take();

    /// <summary>Says something to the server.</summary>
    public void Say(FromWorker message)
    {
        output.Write(Frames.Of(JsonSerializer.SerializeToUtf8Bytes(message, WorkerJson.Options)));
        output.Flush();
    }

    private void Read()
    {
        try
        {
            while (Frames.ReadAsync(input, CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } json)
            {
                received.Add(JsonSerializer.Deserialize<ToWorker>(json, WorkerJson.Options)!);
            }
        }
        finally
        {
            Environment.Exit(0);
        }
    }
}
