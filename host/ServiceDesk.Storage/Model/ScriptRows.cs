namespace ServiceDesk.Storage.Model;

/// <summary>A source as it was compiled, under the hash of source and compiler: whatever version of whatever document has it, it is compiled once.</summary>
public sealed class CompiledScriptRow
{
    /// <summary>Lower-case hexadecimal SHA-256.</summary>
    public string Hash { get; set; } = "";
    public string Json { get; set; } = "";

    /// <summary>When it was compiled; Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>A value that a script keeps between its runs.</summary>
public sealed class ScriptValueRow
{
    public string Script { get; set; } = "";
    public string Key { get; set; } = "";
    public string Json { get; set; } = "";

    /// <summary>When it was last set; Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>A past run of a script.</summary>
public sealed class ScriptRunRow
{
    public long Id { get; set; }
    public string Script { get; set; } = "";

    /// <summary>The version of its document; 0 for a trial in the console.</summary>
    public int Version { get; set; }

    /// <summary>What it ran for: <c>handler</c>, <c>job</c>, <c>console</c> …</summary>
    public string Use { get; set; } = "";

    /// <summary>The position of the event that it handled.</summary>
    public long? Position { get; set; }
    public long? TicketId { get; set; }

    /// <summary>Who tried it in the console.</summary>
    public long? TriedById { get; set; }

    /// <summary>When it began; Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>How long it took, in microseconds.</summary>
    public long Duration { get; set; }
    public long Statements { get; set; }

    /// <summary>Bytes that it allocated in all.</summary>
    public long Allocated { get; set; }

    /// <summary>How many calls of the API it made.</summary>
    public int Calls { get; set; }

    /// <summary>How it ended, by the name of the end.</summary>
    public string Outcome { get; set; } = "";
    public string? Error { get; set; }
    public int? Line { get; set; }
    public int? Column { get; set; }

    /// <summary>Its lines, as JSON.</summary>
    public string Log { get; set; } = "";
}
