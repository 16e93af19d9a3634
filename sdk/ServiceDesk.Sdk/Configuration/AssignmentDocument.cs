using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>
/// To whom of a team a ticket is given by itself: when it is opened, or comes to the team, without an agent. The first by order,
/// then id, that fits the ticket decides.
/// </summary>
public sealed record AssignmentDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>Whether it works.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Those of smaller order are asked first.</summary>
    public int Order { get; init; } = 100;

    /// <summary>Keys of the desks whose tickets it is for; empty means every desk.</summary>
    public ValueList<string> Desks { get; init; } = [];

    /// <summary>A query that the ticket must match; empty means all.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>The name of the team whose members get the tickets. It takes tickets that have this team, or none.</summary>
    public required string Team { get; init; }

    /// <summary>How is chosen among those who can get it.</summary>
    public AssignmentMethod Method { get; init; } = AssignmentMethod.LeastWork;

    /// <summary>With the method skills: what is needed, in short lower-case words.</summary>
    public ValueList<string> Skills { get; init; } = [];

    /// <summary>With the method skills: the id of a field whose value, or choices, are needed too. Null for none.</summary>
    public string? SkillField { get; init; }

    /// <summary>Whether only people get it who work now; for one who is absent, who stands in does.</summary>
    public bool OnlyWorking { get; init; } = true;

    /// <summary>With how many open tickets a person gets no more; null means never.</summary>
    public int? Capacity { get; init; }

    /// <summary>Other capacities, by e-mail address.</summary>
    public ValueMap<int> Capacities { get; init; } = ValueMap<int>.Empty;
}

/// <summary>How is chosen among people who can get a ticket.</summary>
public enum AssignmentMethod
{
    /// <summary>Each in turn.</summary>
    RoundRobin = 1,

    /// <summary>Who has the fewest open tickets; of equal ones each in turn.</summary>
    LeastWork = 2,

    /// <summary>Who has most of the skills that are needed; of equal ones by least work.</summary>
    Skills = 3,
}
