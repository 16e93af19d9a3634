using ServiceDesk.Benchmarks.Http;
using ServiceDesk.Benchmarks.Processes;

namespace ServiceDesk.Benchmarks.Timers;

/// <summary>Servers that share one database.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    private readonly Site site;
    private readonly string[] addresses;
    private readonly ChildServer[] servers;
    private readonly List<double> memory = [];
    private Task starting = Task.CompletedTask;

    private Nodes(Site site, string[] addresses, ChildServer[] servers) =>
        (this.site, this.addresses, this.servers) = (site, addresses, servers);

    /// <summary>How often one was killed.</summary>
    public int Killed { get; private set; }

    /// <summary>Starts so many.</summary>
    public static async Task<Nodes> StartAsync(Site site, int count)
    {
        var where = Enumerable.Range(0, count).Select(_ => Programs.FreeAddress()).ToArray();
        var started = new ChildServer[count];
        for (var node = 0; node < count; node++)
        {
            started[node] = await StartAsync(site, node, where[node]);
        }

        return new Nodes(site, where, started);
    }

    /// <summary>Kills one after another, and begins to start it again.</summary>
    public async Task KillOneAsync()
    {
        await starting;
        var node = Killed++ % servers.Length;
        await servers[node].DisposeAsync();
        starting = StartAgainAsync(node);
    }

    /// <summary>Notes what memory the first server has of its own.</summary>
    public void NoteMemory() => memory.Add(servers[0].Memory.Own);

    /// <summary>The memory after a third of the time and at the end, each the median of a tenth of the looks, in MiB.</summary>
    public (double Third, double End) MemoryAtThirdAndEnd()
    {
        var tenth = Math.Max(1, memory.Count / 10);
        return (Median(memory.Skip(memory.Count / 3).Take(tenth)), Median(memory.TakeLast(tenth)));
    }

    public async ValueTask DisposeAsync()
    {
        await starting;
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    private static Task<ChildServer> StartAsync(Site site, int node, string address) =>
        node == 0 ? site.StartAsync() : site.StartAsync(node, address);

    private async Task StartAgainAsync(int node) => servers[node] = await StartAsync(site, node, addresses[node]);

    private static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[sorted.Length / 2];
    }
}
