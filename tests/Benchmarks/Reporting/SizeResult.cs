using ServiceDesk.Benchmarks.Processes;

namespace ServiceDesk.Benchmarks.Reporting;

/// <summary>Everything that was measured on a database of one size.</summary>
internal sealed class SizeResult(int tickets)
{
    private readonly Dictionary<(string Name, int Clients), Measured> all = [];

    public int Tickets => tickets;

    /// <summary>From the start of the process to the first page, in seconds.</summary>
    public List<double> Starts { get; } = [];

    /// <summary>When nothing was asked yet but the first page.</summary>
    public MemoryUse Idle { get; set; } = new(0, 0);

    /// <summary>After everything that was measured.</summary>
    public MemoryUse Worked { get; set; } = new(0, 0);

    public IEnumerable<Measured> All => all.Values;

    public Measured this[string name, int clients] => all[(name, clients)];

    /// <summary>The place for one thing's rounds.</summary>
    public Measured For(string name, int clients, bool reads) =>
        all.TryGetValue((name, clients), out var found)
            ? found
            : all[(name, clients)] = new Measured(name, clients, reads);
}
