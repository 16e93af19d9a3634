using System.Text.Json;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.Scripting;

/// <summary>
/// Asks scripts of the configuration for something that a plugin shows or decides by, such as the points of a report's series.
/// A script that is asked so may read and not change. Every run is noted with its cost and log.
/// </summary>
public interface IScripts
{
    /// <summary>Asks a script.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<ScriptAnswer> RunAsync(ScriptRequest request, CancellationToken cancellation = default);
}

/// <summary>What is asked of a script.</summary>
/// <param name="Script">The script's id.</param>
/// <param name="Use">What for, as the list of runs shows it: lower-case words with dashes, at most 30 characters, such as <c>report-series</c>.</param>
public sealed record ScriptRequest(string Script, string Use)
{
    /// <summary>What it finds as <c>argument</c>, at most 4 million characters as JSON.</summary>
    public JsonElement? Argument { get; init; }

    /// <summary>The ticket that it finds as <c>ticket</c>, where its person may see it.</summary>
    public TicketId? Ticket { get; init; }

    /// <summary>The person with whose rights it reads; null for the script's own. Give the reader's where a reader sees what comes of it.</summary>
    public Viewer? Viewer { get; init; }
}

/// <summary>How asking a script ended.</summary>
public enum ScriptAnswerStatus
{
    /// <summary>It answered.</summary>
    Done = 1,

    /// <summary>There is no such script, or it is switched off.</summary>
    Missing = 2,

    /// <summary>It failed or took too much; its run tells why.</summary>
    Failed = 3,

    /// <summary>Too many wait already, or its worker went away; asking again may help.</summary>
    Busy = 4,
}

/// <summary>What a script answered.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Value">What it returned; null when it returned nothing or did not end well.</param>
/// <param name="Error">For administrators: what went wrong, in the script's own words.</param>
public sealed record ScriptAnswer(ScriptAnswerStatus Status, JsonElement? Value, string? Error);
