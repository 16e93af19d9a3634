using System.Text.Json;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Runs scripts: for reactions, rules, jobs and the console.</summary>
public interface IScriptRunner
{
    /// <summary>Runs a script of the configuration, by its id, and notes the run.</summary>
    /// <returns>Null when there is no such script, or it is switched off.</returns>
    /// <exception cref="ScriptWorkerLostException">Nothing is known of the run; it can be done again with the same key.</exception>
    /// <exception cref="ScriptsBusyException">Too many wait already; as above.</exception>
    /// <exception cref="StorageUnavailableException">As above.</exception>
    Task<ScriptOutcome?> RunAsync(string script, ScriptOccasion occasion, CancellationToken cancellation = default);

    /// <summary>Runs a source that stands in no document, or not yet, and notes the run.</summary>
    /// <param name="script">The source with its actor.</param>
    /// <param name="version">The version of its document; 0 when it is none.</param>
    /// <inheritdoc cref="RunAsync(string, ScriptOccasion, CancellationToken)" path="/exception"/>
    Task<ScriptOutcome> RunAsync(
        ScriptDocument script,
        int version,
        ScriptOccasion occasion,
        CancellationToken cancellation = default
    );
}

/// <summary>What a script runs for.</summary>
/// <param name="Use">What is written into the list of runs: <c>handler</c>, <c>rule-condition</c>, <c>rule-action</c>, <c>job</c>, <c>console</c> …</param>
public sealed record ScriptOccasion(string Use)
{
    /// <summary>The ticket that it finds as <c>ticket</c>, where its person may see it.</summary>
    public TicketId? Ticket { get; init; }

    /// <summary>The event that it finds as <c>event</c>, where its person works on the ticket's desk.</summary>
    public RecordedEvent? Event { get; init; }

    /// <summary>What it finds as <c>argument</c>.</summary>
    public JsonElement? Argument { get; init; }

    /// <summary>What its commands' idempotency keys begin with, at most 150 characters: the same occasion again has its effects once. Null where it cannot come again.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>Whether nothing is written: its commands are decided, its other effects left out.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Who tries it; null for no trial by hand.</summary>
    public PersonId? TriedBy { get; init; }

    /// <summary>Whether others wait for what it returns: it may only read, has less time, and runs on workers that no waiting script holds.</summary>
    public bool IsAsked { get; init; }

    /// <summary>The ticket as it is to be seen, where its person may see it; null for as it is.</summary>
    public TicketSnapshot? Seen { get; init; }

    /// <summary>The person with whose rights it acts; null for the one of its document.</summary>
    public Viewer? Viewer { get; init; }

    /// <summary>Whether only a run that failed is noted, since it happens with every look.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Says what is wrong with what it returned; a run that returned something wrong counts as failed.</summary>
    public Func<JsonElement?, string?>? Check { get; init; }
}

/// <summary>What became of a run.</summary>
/// <param name="Result">How it ended, with value, log and cost.</param>
/// <param name="Calls">How many calls of the API it made.</param>
/// <param name="Events">On a trial: the events that would have been recorded.</param>
public sealed record ScriptOutcome(ScriptResult Result, int Calls, IReadOnlyList<RecordedEvent> Events)
{
    /// <summary>Whether it ended well.</summary>
    public bool IsDone => Result.End == ScriptEnd.Done;

    /// <summary>For conditions: whether it ended well and returned something that JavaScript takes for true.</summary>
    public bool IsTrue =>
        IsDone
        && Result.Value is { } value
        && value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.Object or JsonValueKind.Array => true,
            JsonValueKind.String => value.GetString()!.Length > 0,
            JsonValueKind.Number => value.GetDouble() is not 0,
            _ => false,
        };
}
