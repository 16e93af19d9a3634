using System.Text.Json.Serialization;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>What the product does by itself: WHEN something happens to a ticket, IF a query holds, THEN actions.</summary>
public sealed record RuleDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>What it is for, for administrators.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it works; one that is switched off stays as it is and does nothing.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Rules that answer the same event work from the smallest order on; of equal ones by id.</summary>
    public int Order { get; init; } = 100;

    /// <summary>Keys of the desks whose tickets it is for; empty means every desk.</summary>
    public ValueList<string> Desks { get; init; } = [];

    /// <summary>What sets it off; any of these.</summary>
    public ValueList<RuleTrigger> When { get; init; } = [];

    /// <summary>A query that the ticket, as it was right after the event, must match; empty means always.</summary>
    [JsonPropertyName("if")]
    public string Condition { get; init; } = string.Empty;

    /// <summary>The id of a script that must return true besides, asked when the query holds. It may only read. One that fails leaves the rule undecided: nothing is done. Null for none.</summary>
    public string? Script { get; init; }

    /// <summary>What is done when the query holds, in order.</summary>
    public ValueList<RuleAction> Then { get; init; } = [];

    /// <summary>What is done when it does not hold, in order.</summary>
    public ValueList<RuleAction> Else { get; init; } = [];

    /// <summary>The e-mail address of the person as whom it acts, with that person's rights and no more; null is the rule itself, which may everything.</summary>
    public string? Actor { get; init; }
}

/// <summary>What sets a rule off. Each kind looks at the parts that its word names; a part left out takes anything.</summary>
public sealed record RuleTrigger
{
    /// <summary><c>opened</c>, <c>changed</c>, <c>commented</c>, <c>transition</c>, <c>assigned</c>, <c>priority</c>, <c>sla-reminder</c>, <c>sla-breached</c>, <c>sla-met</c>, <c>approval-asked</c>, <c>approval-approved</c>, <c>approval-declined</c>, <c>approval-expired</c>, <c>manual</c>, <c>schedule</c>, or a plugin's trigger.</summary>
    public required string On { get; init; }

    /// <summary><c>changed</c>: <c>summary</c>, <c>description</c>, <c>labels</c> or ids of fields.</summary>
    public ValueList<string> Fields { get; init; } = [];

    /// <summary><c>commented</c>: public comments or internal notes.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary><c>commented</c>: written by a customer of the ticket or by an agent.</summary>
    public RuleAuthor? By { get; init; }

    /// <summary>
    /// <c>commented</c> with <see cref="By"/> and <see cref="After"/>: act only when the other side has not written publicly
    /// since; what rules and the product wrote themselves does not begin the wait.
    /// </summary>
    public bool Unanswered { get; init; }

    /// <summary><c>transition</c>: the id of the status before.</summary>
    public string? From { get; init; }

    /// <summary><c>transition</c>: the id of the status after.</summary>
    public string? To { get; init; }

    /// <summary><c>sla-reminder</c>, <c>sla-breached</c>, <c>sla-met</c>: the id of the metric.</summary>
    public string? Metric { get; init; }

    /// <summary><c>sla-reminder</c>: the reminder as the goal has it, such as <c>75%</c> or <c>PT30M</c>.</summary>
    public string? Threshold { get; init; }

    /// <summary><c>approval-…</c>: the id of the approval policy.</summary>
    public string? Approval { get; init; }

    /// <summary>For events: act only this long after the last such event of the ticket, if the query holds then.</summary>
    public Duration? After { get; init; }

    /// <summary><c>schedule</c>: a cron expression of five parts: minute, hour, day of the month, month, day of the week.</summary>
    public string? Cron { get; init; }

    /// <summary><c>schedule</c>: the IANA zone in which the expression is meant.</summary>
    public string? Zone { get; init; }

    /// <summary>Parameters of a plugin's trigger.</summary>
    public ValueMap<string> With { get; init; } = ValueMap<string>.Empty;
}

/// <summary>Who wrote a comment.</summary>
public enum RuleAuthor
{
    /// <summary>The requester or a participant.</summary>
    Customer = 1,

    /// <summary>Anybody else.</summary>
    Agent = 2,
}

/// <summary>
/// Something a rule does. Each kind looks at the parts that its word names. Texts may have places in double braces, such as
/// <c>{{ticket.summary}}</c>.
/// </summary>
public sealed record RuleAction
{
    /// <summary><c>edit</c>, <c>assign</c>, <c>priority</c>, <c>raise</c>, <c>comment</c>, <c>transition</c>, <c>notify</c>, <c>watch</c>, <c>create</c>, <c>approval</c>, <c>webhook</c>, <c>rule</c>, <c>script</c>, or a plugin's action.</summary>
    public required string Do { get; init; }

    /// <summary>On which other tickets it acts; null is the ticket itself.</summary>
    public RuleTarget? For { get; init; }

    /// <summary><c>edit</c>: the summary. <c>create</c>: that of the new ticket.</summary>
    public string? Summary { get; init; }

    /// <summary><c>edit</c>, <c>transition</c>, <c>create</c>: values of fields as forms write them; an empty one empties the field.</summary>
    public ValueMap<string> Fields { get; init; } = ValueMap<string>.Empty;

    /// <summary><c>edit</c>, <c>create</c>: labels to put on.</summary>
    public ValueList<string> AddLabels { get; init; } = [];

    /// <summary><c>edit</c>: labels to take off.</summary>
    public ValueList<string> RemoveLabels { get; init; } = [];

    /// <summary><c>assign</c>, <c>create</c>: an agent's e-mail address, <c>lead</c> for the lead of the ticket's team, <c>manager</c> for the agent's manager, or <c>nobody</c>; null leaves the agent. In a macro also <c>me</c>.</summary>
    public string? Assignee { get; init; }

    /// <summary><c>assign</c>, <c>create</c>: a team's name, or <c>nobody</c>; null leaves the team.</summary>
    public string? Team { get; init; }

    /// <summary><c>priority</c>, <c>create</c>: which.</summary>
    public Priority? Priority { get; init; }

    /// <summary>
    /// <c>notify</c>, <c>watch</c>: <c>assignee</c>, <c>team</c>, <c>lead</c> (of the ticket's team), <c>manager</c> (of the
    /// agent), <c>lead-manager</c> (of the lead), <c>requester</c>, <c>watchers</c>, <c>team:NAME</c>, <c>role:ID</c>, or e-mail
    /// addresses. Only agents of the ticket's desk are told.
    /// </summary>
    public ValueList<string> People { get; init; } = [];

    /// <summary><c>comment</c>: for customers or for agents alone; internal when it is left out.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary><c>comment</c>: Markdown; a public one is written in the requester's language. <c>notify</c>: one line of plain text. <c>create</c>: the description, Markdown. <c>webhook</c>: one line that goes along.</summary>
    public LocalizedText? Text { get; init; }

    /// <summary><c>comment</c> of a macro: names of files in the library of the ticket's desk, which go along. With files the text may be left out.</summary>
    public ValueList<string> Files { get; init; } = [];

    /// <summary><c>transition</c>: the id of the status, or of the transition when several lead there.</summary>
    public string? To { get; init; }

    /// <summary><c>transition</c>: the id of the resolution.</summary>
    public string? Resolution { get; init; }

    /// <summary><c>create</c>: the key of the desk; null is the desk of the ticket.</summary>
    public string? Desk { get; init; }

    /// <summary><c>create</c>: the id of the ticket type. The requester and organization are those of the ticket.</summary>
    public string? Type { get; init; }

    /// <summary><c>create</c>: how the new ticket is related to the ticket, such as <c>causes:in</c>, a way of a relation that joins; null relates them not at all.</summary>
    public string? Join { get; init; }

    /// <summary><c>approval</c>: the id of the approval policy by which is asked.</summary>
    public string? Approval { get; init; }

    /// <summary><c>webhook</c>: where it is posted, https or http.</summary>
    public string? Url { get; init; }

    /// <summary><c>webhook</c>: with what it is signed, 16 characters or more. Only given: what is written is taken out of the document, kept encrypted, and named by <see cref="SecretName"/>.</summary>
    public string? Secret { get; init; }

    /// <summary><c>webhook</c>: the name under which this installation keeps the secret.</summary>
    public string? SecretName { get; init; }

    /// <summary><c>rule</c>: the id of the rule that is set off as if by hand.</summary>
    public string? Rule { get; init; }

    /// <summary><c>script</c>: the id of the script that runs, as its own person.</summary>
    public string? Script { get; init; }

    /// <summary>Parameters of a plugin's action; what a script finds as <c>argument</c>.</summary>
    public ValueMap<string> With { get; init; } = ValueMap<string>.Empty;
}

/// <summary>Other tickets on which an action acts, each by itself.</summary>
/// <param name="Relation">The id of a plugin's relation, such as <c>links.children</c>.</param>
/// <param name="As">Which of its ways, such as <c>blocks:in</c>; null is any.</param>
public sealed record RuleTarget(string Relation, string? As = null)
{
    /// <summary>A query that each of them must match when its turn comes; empty means all.</summary>
    [JsonPropertyName("if")]
    public string Condition { get; init; } = string.Empty;
}
