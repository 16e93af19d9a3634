using System.Diagnostics.Metrics;
using ServiceDesk.Host.Scripting.Workers.Protocol;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>What scripts and their workers do, for OpenTelemetry.</summary>
public sealed class ScriptMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "ServiceDesk.Scripts";

    private readonly Meter meter = new(Name);
    private readonly Counter<long> workers;
    private readonly Counter<long> refused;
    private readonly Histogram<double> durations;

    public ScriptMetrics()
    {
        workers = meter.CreateCounter<long>("servicedesk.script.workers", description: "Workers started and replaced");
        refused = meter.CreateCounter<long>(
            "servicedesk.script.refused",
            description: "Runs refused while too many waited"
        );
        durations = meter.CreateHistogram<double>("servicedesk.script.duration", "ms", "How long runs took");
    }

    /// <summary>A worker was started.</summary>
    public void Started() => workers.Add(1, new KeyValuePair<string, object?>("change", "started"));

    /// <summary>A worker is of no use any more.</summary>
    public void Replaced() => workers.Add(1, new KeyValuePair<string, object?>("change", "replaced"));

    /// <summary>A run was refused, since too many wait.</summary>
    public void Refused() => refused.Add(1);

    /// <summary>A script ran.</summary>
    public void Ran(string script, ScriptEnd end, TimeSpan duration) =>
        durations.Record(
            duration.TotalMilliseconds,
            new KeyValuePair<string, object?>("script", script),
            new KeyValuePair<string, object?>("end", end.ToString())
        );

    public void Dispose() => meter.Dispose();
}
