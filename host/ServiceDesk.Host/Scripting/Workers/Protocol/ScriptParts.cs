namespace ServiceDesk.Host.Scripting.Workers.Protocol;

/// <summary>A script as the engine runs it.</summary>
/// <param name="Code">ES5.</param>
/// <param name="Map">From its places to those of the source: the mappings of a source map.</param>
/// <param name="Imports">The libraries that it names.</param>
public sealed record CompiledScript(string Code, string Map, IReadOnlyList<string> Imports);

/// <summary>A compiled script that others import by its id.</summary>
public sealed record CompiledLibrary(string Id, CompiledScript Script);

/// <summary>A place in a source as people count.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record SourcePlace(int Line, int Column);

/// <summary>What a run cost.</summary>
/// <param name="Statements">How many statements ran.</param>
/// <param name="Allocated">How many bytes were allocated in all.</param>
public sealed record RunCost(long Statements, long Allocated)
{
    /// <summary>Nothing.</summary>
    public static RunCost None { get; } = new(0, 0);
}

/// <summary>How a run ended. Stored by name.</summary>
public enum ScriptEnd
{
    /// <summary>Well.</summary>
    Done = 1,

    /// <summary>It threw, or the API refused it and it did not catch that.</summary>
    Error = 2,

    /// <summary>It cannot be read.</summary>
    Syntax = 3,

    /// <summary>Too many statements.</summary>
    Statements = 4,

    /// <summary>Too long.</summary>
    Time = 5,

    /// <summary>Functions called each other too deep.</summary>
    Recursion = 6,

    /// <summary>Too much memory.</summary>
    Memory = 7,

    /// <summary>It brought its worker down.</summary>
    Crashed = 8,
}

/// <summary>What a run may cost.</summary>
public sealed record ScriptLimits
{
    /// <summary>Statements.</summary>
    public int Statements { get; init; } = 2_000_000;

    /// <summary>Milliseconds, those of its calls included. At twice this it has ended, whatever it does: its worker is killed before.</summary>
    public int Milliseconds { get; init; } = 5_000;

    /// <summary>How deep a function may call itself.</summary>
    public int Recursion { get; init; } = 200;

    /// <summary>Lines of log that are kept; the rest is counted.</summary>
    public int LogLines { get; init; } = 200;

    /// <summary>Characters of a line that are kept.</summary>
    public int LogCharacters { get; init; } = 500;
}
