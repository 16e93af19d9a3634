namespace ServiceDesk.Sdk.Tickets;

/// <summary>How urgent a ticket is for its desk. Stored and shown by id: <c>low</c>, <c>medium</c>, <c>high</c>, <c>critical</c>; greater is more urgent.</summary>
public enum Priority
{
    /// <summary>Can wait.</summary>
    Low = 1,

    /// <summary>Ordinary work.</summary>
    Medium = 2,

    /// <summary>Before ordinary work.</summary>
    High = 3,

    /// <summary>Everything else waits.</summary>
    Critical = 4,
}

/// <summary>What a status means to queues, clocks and the portal, whatever its name. Ids: <c>new</c>, <c>active</c>, <c>waiting</c>, <c>done</c>.</summary>
public enum StatusCategory
{
    /// <summary>Nobody has begun.</summary>
    New = 1,

    /// <summary>Somebody works on it.</summary>
    Active = 2,

    /// <summary>It waits for a customer, a supplier or another ticket.</summary>
    Waiting = 3,

    /// <summary>Solved or closed.</summary>
    Done = 4,
}

/// <summary>Who may see a text or file of a ticket.</summary>
public enum Visibility
{
    /// <summary>The requester, participants and agents.</summary>
    Public = 1,

    /// <summary>Agents of the desk only. Never shown, mailed, indexed or counted for a customer.</summary>
    Internal = 2,
}

/// <summary>By which way a ticket came in.</summary>
public enum Channel
{
    /// <summary>The customer portal.</summary>
    Portal = 1,

    /// <summary>An agent in the workspace.</summary>
    Workspace = 2,

    /// <summary>The REST API.</summary>
    Api = 3,

    /// <summary>Mail.</summary>
    Mail = 4,

    /// <summary>A rule or script.</summary>
    Automation = 5,

    /// <summary>An importer.</summary>
    Import = 6,

    /// <summary>A phone call that an agent wrote down.</summary>
    Phone = 7,

    /// <summary>A form of the portal that was sent without signing in: nobody checked who sent it.</summary>
    Form = 8,
}

/// <summary>What kind of actor did something.</summary>
public enum ActorKind
{
    /// <summary>A signed-in person.</summary>
    Person = 1,

    /// <summary>The product itself: timers, migrations.</summary>
    System = 2,

    /// <summary>A rule, acting as its configured person where there is one.</summary>
    Rule = 3,

    /// <summary>A script, acting as its configured person.</summary>
    Script = 4,

    /// <summary>A plugin's own code.</summary>
    Plugin = 5,

    /// <summary>An importer, writing what a person did elsewhere.</summary>
    Import = 6,
}

/// <summary>Who did something. Written into every event.</summary>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Person">The person, or the person as whom a rule, script or import acted; null for the system.</param>
/// <param name="Name">The id of the rule, script, plugin or importer; null for persons and the system.</param>
public sealed record Actor(ActorKind Kind, PersonId? Person = null, string? Name = null)
{
    /// <summary>The product itself.</summary>
    public static Actor System { get; } = new(ActorKind.System);

    /// <summary>A signed-in person.</summary>
    public static Actor Of(PersonId person) => new(ActorKind.Person, person);
}
