using System.Text.Json;
using NodaTime;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Notes every run with its cost and log.</summary>
public sealed class ScriptRunLog(IScriptStore store, ScriptMetrics metrics)
{
    /// <summary>Notes a run.</summary>
    public Task AddAsync(
        string script,
        int version,
        ScriptOccasion occasion,
        Instant at,
        ScriptOutcome outcome,
        CancellationToken cancellation
    )
    {
        var result = outcome.Result;
        metrics.Ran(script, result.End, result.Duration);
        return store.AddRunAsync(
            new ScriptRunRecord
            {
                Script = script,
                Version = version,
                Use = occasion.Use,
                Position = occasion is { Use: ScriptHandlers.Use, Event: { } recorded } ? recorded.Position : null,
                Ticket = occasion.Ticket,
                TriedBy = occasion.TriedBy,
                At = at,
                Duration = Duration.FromTimeSpan(result.Duration),
                Statements = result.Cost.Statements,
                Allocated = result.Cost.Allocated,
                Calls = outcome.Calls,
                Outcome = JsonNamingPolicy.KebabCaseLower.ConvertName(result.End.ToString()),
                Error = result.Error,
                Line = result.Place?.Line,
                Column = result.Place?.Column,
                Log = JsonSerializer.Serialize(result.Log, WorkerJson.Options),
            },
            cancellation
        );
    }

    /// <summary>The lines of a noted run.</summary>
    public static IReadOnlyList<ScriptLogLine> Lines(ScriptRunRecord run) =>
        JsonSerializer.Deserialize<IReadOnlyList<ScriptLogLine>>(run.Log, WorkerJson.Options) ?? [];
}
