using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Api.Automation;

/// <summary>What a script cost.</summary>
/// <param name="Duration">How long it took.</param>
/// <param name="Statements">How many statements ran.</param>
/// <param name="Allocated">Bytes that it allocated in all.</param>
/// <param name="Calls">How many calls of the API it made.</param>
public sealed record ScriptCostAnswer(Duration Duration, long Statements, long Allocated, int Calls);

/// <summary>What went wrong in a script.</summary>
/// <param name="Message">The sentence.</param>
/// <param name="Line">In which line of the source; null where that is not known.</param>
/// <param name="Column">In which column.</param>
public sealed record ScriptErrorAnswer(string Message, int? Line, int? Column);

/// <summary>A past run of a script.</summary>
public sealed record ScriptRunAnswer
{
    /// <summary>Counts up.</summary>
    public required long Id { get; init; }

    /// <summary>The script's id.</summary>
    public required string Script { get; init; }

    /// <summary>The version of its document; 0 for a trial.</summary>
    public required int Version { get; init; }

    /// <summary>What it ran for.</summary>
    public required string Use { get; init; }

    /// <summary>The number of the person who tried it in the console; null for a run that nobody began by hand.</summary>
    public required long? TriedBy { get; init; }

    /// <summary>When it began.</summary>
    public required Instant At { get; init; }

    /// <summary>How it ended.</summary>
    public required string Outcome { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public required ScriptErrorAnswer? Error { get; init; }

    /// <summary>What it cost.</summary>
    public required ScriptCostAnswer Cost { get; init; }

    /// <summary>Its log.</summary>
    public required IReadOnlyList<ScriptLogLine> Log { get; init; }

    /// <summary>The answer of a noted run.</summary>
    public static ScriptRunAnswer Of(ScriptRunRecord run) =>
        new()
        {
            Id = run.Id,
            Script = run.Script,
            Version = run.Version,
            Use = run.Use,
            TriedBy = run.TriedBy?.Value,
            At = run.At,
            Outcome = run.Outcome,
            Error = run.Error is { } message ? new ScriptErrorAnswer(message, run.Line, run.Column) : null,
            Cost = new ScriptCostAnswer(run.Duration, run.Statements, run.Allocated, run.Calls),
            Log = ScriptRunLog.Lines(run),
        };
}

/// <summary>An event that a trial would have recorded.</summary>
/// <param name="Event">Its stored name.</param>
/// <param name="Payload">What it says.</param>
public sealed record WouldRecordAnswer(string Event, JsonElement Payload);

/// <summary>What became of a trial.</summary>
public sealed record ScriptTrialAnswer
{
    /// <summary>How it ended.</summary>
    public required string Outcome { get; init; }

    /// <summary>What it returned; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required JsonElement? Value { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public required ScriptErrorAnswer? Error { get; init; }

    /// <summary>What it cost.</summary>
    public required ScriptCostAnswer Cost { get; init; }

    /// <summary>Its log.</summary>
    public required IReadOnlyList<ScriptLogLine> Log { get; init; }

    /// <summary>The events that would have been recorded; nothing was.</summary>
    public required IReadOnlyList<WouldRecordAnswer> WouldRecord { get; init; }
}

/// <summary>What tries a script.</summary>
public sealed record TryScriptBody
{
    /// <summary>The source, at most 100,000 characters; left out, that of <see cref="Script"/>.</summary>
    public string? Source { get; init; }

    /// <summary>The id of a script of the configuration, for its source, hosts and person.</summary>
    public string? Script { get; init; }

    /// <summary>The address of the person with whose rights it acts; left out, the script's, else the token's.</summary>
    public string? Actor { get; init; }

    /// <summary>The key of the ticket that it is tried on; left out, none.</summary>
    public string? Ticket { get; init; }

    /// <summary>What it finds as <c>argument</c>.</summary>
    public JsonElement? Argument { get; init; }
}
