namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>What workers may take of the machine.</summary>
public sealed record ScriptWorkerOptions
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>How many scripts run at once on this node.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>How many may wait for a worker; one more is told to come again.</summary>
    public int Waiting { get; init; } = 500;

    /// <summary>Bytes of a script's objects.</summary>
    public long Heap { get; init; } = 128 * Megabyte;

    /// <summary>Bytes of a worker in all, at which it is ended.</summary>
    public long Memory { get; init; } = 256 * Megabyte;

    /// <summary>Bytes of a compiler's objects.</summary>
    public long CompilerHeap { get; init; } = 384 * Megabyte;

    /// <summary>Bytes of a compiler in all.</summary>
    public long CompilerMemory { get; init; } = 512 * Megabyte;

    /// <summary>How long a compilation may take, the compiler's start included.</summary>
    public TimeSpan CompileTime { get; init; } = TimeSpan.FromSeconds(60);
}
