using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Scripts;

/// <summary>What is kept of scripts besides their documents.</summary>
public interface IScriptStore
{
    /// <summary>What was compiled under a hash; null when nothing was.</summary>
    Task<string?> FindCompiledAsync(string hash, CancellationToken cancellation = default);

    /// <summary>Keeps what was compiled; what is there stays.</summary>
    Task KeepCompiledAsync(string hash, string json, CancellationToken cancellation = default);

    /// <summary>The value of a script; null when there is none.</summary>
    Task<string?> FindValueAsync(string script, string key, CancellationToken cancellation = default);

    /// <summary>The keys of a script, in order.</summary>
    Task<IReadOnlyList<string>> KeysAsync(string script, CancellationToken cancellation = default);

    /// <summary>Sets a value; null takes it away.</summary>
    /// <param name="most">How many keys a script may have.</param>
    /// <returns>False when it has as many already.</returns>
    Task<bool> SetValueAsync(
        string script,
        string key,
        string? json,
        int most,
        CancellationToken cancellation = default
    );

    /// <summary>Notes a run; one for an event that is noted already is passed over.</summary>
    Task AddRunAsync(ScriptRunRecord run, CancellationToken cancellation = default);

    /// <summary>Whether a script has run for an event.</summary>
    Task<bool> HasRunAsync(string script, long position, CancellationToken cancellation = default);

    /// <summary>Past runs, newest first.</summary>
    /// <param name="script">Of one script; null for all.</param>
    /// <param name="before">Only those before this id.</param>
    Task<IReadOnlyList<ScriptRunRecord>> RunsAsync(
        string? script,
        int limit,
        long? before = null,
        CancellationToken cancellation = default
    );

    /// <summary>A run; null when there is none.</summary>
    Task<ScriptRunRecord?> FindRunAsync(long id, CancellationToken cancellation = default);

    /// <summary>Forgets runs that began before an instant.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetRunsAsync(Instant before, CancellationToken cancellation = default);
}

/// <summary>A run that has ended.</summary>
public sealed record ScriptRunRecord
{
    /// <summary>Counted by the database; 0 before it is noted.</summary>
    public long Id { get; init; }

    /// <summary>The script's id.</summary>
    public required string Script { get; init; }

    /// <summary>The version of its document; 0 for a trial.</summary>
    public required int Version { get; init; }

    /// <summary>What it ran for.</summary>
    public required string Use { get; init; }

    /// <summary>The position of the event that it handled.</summary>
    public long? Position { get; init; }

    /// <summary>The ticket it ran for.</summary>
    public TicketId? Ticket { get; init; }

    /// <summary>Who tried it in the console; null for a run that nobody began by hand.</summary>
    public PersonId? TriedBy { get; init; }

    /// <summary>When it began.</summary>
    public required Instant At { get; init; }

    /// <summary>How long it took.</summary>
    public required Duration Duration { get; init; }

    /// <summary>How many statements ran.</summary>
    public required long Statements { get; init; }

    /// <summary>Bytes that it allocated in all.</summary>
    public required long Allocated { get; init; }

    /// <summary>How many calls of the API it made.</summary>
    public required int Calls { get; init; }

    /// <summary>How it ended, by the name of the end.</summary>
    public required string Outcome { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>In which line of the source.</summary>
    public int? Line { get; init; }

    /// <summary>In which column.</summary>
    public int? Column { get; init; }

    /// <summary>Its log, as JSON.</summary>
    public required string Log { get; init; }
}
