using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>When a script runs.</summary>
public enum ScriptUse
{
    /// <summary>After events that it names.</summary>
    Handler = 1,

    /// <summary>Again and again.</summary>
    Job = 2,

    /// <summary>When a rule, a workflow or another document names it.</summary>
    Called = 3,

    /// <summary>Never by itself: others import it.</summary>
    Library = 4,

    /// <summary>When a report shows a series of points that it works out of the facts it is given.</summary>
    ReportSeries = 5,
}

/// <summary>JavaScript of an administrator.</summary>
public sealed record ScriptDocument : ConfigurationDocument
{
    /// <summary>When it runs.</summary>
    public required ScriptUse Use { get; init; }

    /// <summary>Stored names of the events that a handler handles, without their version: <c>ticket.opened</c>.</summary>
    public ValueList<string> Events { get; init; } = [];

    /// <summary>For a job: from the end of a run to the next, at least a minute.</summary>
    public Duration? Every { get; init; }

    /// <summary>For a job that runs by the clock: a cron expression of five parts. What was missed while nothing ran comes once.</summary>
    public string? Cron { get; init; }

    /// <summary>The IANA zone in which <see cref="Cron"/> is meant; null is UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>The address of the person as whom it acts, with that person's rights and no others.</summary>
    public string? Actor { get; init; }

    /// <summary>Hosts that it may ask over HTTP: <c>api.example.com</c>, or with a port <c>api.example.com:8443</c>.</summary>
    public ValueList<string> Hosts { get; init; } = [];

    /// <summary>Whether it runs at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>ES2015.</summary>
    public required string Source { get; init; }
}
