using NodaTime;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Automation;

/// <summary>What became of a rule that was set off.</summary>
public enum RuleOutcome
{
    /// <summary>The condition held, and what follows THEN was done.</summary>
    Then = 1,

    /// <summary>The condition did not hold, and what follows ELSE was done.</summary>
    Else = 2,

    /// <summary>The condition did not hold, and there is no ELSE.</summary>
    Not = 3,

    /// <summary>It began to wait; see <see cref="RuleRunDetail.WaitsUntil"/>.</summary>
    Waits = 4,

    /// <summary>It would have answered itself again: it was stopped.</summary>
    Loop = 5,

    /// <summary>The person as whom it acts is not there or not active.</summary>
    ActorGone = 6,

    /// <summary>The script of its condition failed: nothing was done.</summary>
    Undecided = 7,

    /// <summary>It waited for silence, and the other side wrote: nothing was done.</summary>
    Answered = 8,
}

/// <summary>One time that a rule was set off on a ticket: what was looked at, what was found and what was done.</summary>
/// <param name="Id">Counts up; 0 before it is stored.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="RuleVersion">The version of the rule that worked.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="Occasion">What set it off, unique per rule and ticket: an event's position and the trigger, or the instant of a schedule.</param>
/// <param name="At">When it worked.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">The rest.</param>
public sealed record RuleRun(
    long Id,
    string Rule,
    int RuleVersion,
    TicketId Ticket,
    string Occasion,
    Instant At,
    RuleOutcome Outcome,
    RuleRunDetail Detail
)
{
    /// <summary>Whether something that it wanted was refused.</summary>
    public bool HasRefusals => Detail.Actions.Any(action => action.Status == ActionStatus.Refused);
}

/// <summary>What a run found and did.</summary>
public sealed record RuleRunDetail
{
    /// <summary>The word of the trigger.</summary>
    public required string Trigger { get; init; }

    /// <summary>The position of the event; null for a schedule.</summary>
    public long? Position { get; init; }

    /// <summary>The version of the ticket on which the condition was decided.</summary>
    public required long TicketVersion { get; init; }

    /// <summary>The text of the condition; empty for none.</summary>
    public string Condition { get; init; } = string.Empty;

    /// <summary>The truth of each part of the condition; null for none, or when it could not be read.</summary>
    public ConditionTruth? Truth { get; init; }

    /// <summary>What the script of the condition said; null for none, or when the query had settled it before.</summary>
    public ScriptTruth? Script { get; init; }

    /// <summary>What was done, in order.</summary>
    public ValueList<ActionResult> Actions { get; init; } = [];

    /// <summary>For a loop: the events that led here, the newest first.</summary>
    public ValueList<CauseLink> Chain { get; init; } = [];

    /// <summary>For one that waits: until when.</summary>
    public Instant? WaitsUntil { get; init; }

    /// <summary>The e-mail address of the person as whom it acted; null for the rule itself.</summary>
    public string? Actor { get; init; }
}

/// <summary>What the script of a condition said.</summary>
/// <param name="Script">The script's id.</param>
/// <param name="Holds">Whether it returned what JavaScript takes for true.</param>
/// <param name="Returned">What it returned, as JSON of at most 200 characters.</param>
/// <param name="Error">What went wrong; null when it ended well.</param>
public sealed record ScriptTruth(string Script, bool Holds, string Returned, string? Error);

/// <summary>What became of an action.</summary>
public enum ActionStatus
{
    /// <summary>It changed something.</summary>
    Done = 1,

    /// <summary>There was nothing to change.</summary>
    Nothing = 2,

    /// <summary>It was refused.</summary>
    Refused = 3,
}

/// <summary>An action with what became of it.</summary>
/// <param name="Do">The word of the action.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Refusals">Why it was refused.</param>
public sealed record ActionResult(string Do, ActionStatus Status, ValueList<Refusal> Refusals)
{
    /// <summary>Its place among the actions of the branch; null in records of before there were several results of one action.</summary>
    public int? Place { get; init; }

    /// <summary>The other ticket on which it acted; null for the rule's own.</summary>
    public TicketId? On { get; init; }

    /// <summary>Who was told, or put on watch.</summary>
    public ValueList<PersonId> People { get; init; } = [];

    /// <summary>The ticket that it opened; null for none.</summary>
    public TicketId? Made { get; init; }
}

/// <summary>An event on the way to a loop.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="Ticket">Whose event it is.</param>
/// <param name="Event">Its stored name.</param>
/// <param name="Rule">The rule that made it; null for a person, or another part of the product.</param>
/// <param name="By">The name of a script or plugin that made it; null otherwise.</param>
public sealed record CauseLink(long Position, TicketId Ticket, string Event, string? Rule, string? By);
