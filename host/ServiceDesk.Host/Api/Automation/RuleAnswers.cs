using System.Text.Json.Serialization;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Pages.Rules;

namespace ServiceDesk.Host.Api.Automation;

/// <summary>A part of a condition.</summary>
/// <param name="Depth">How deep it stands in the condition; 0 for the whole.</param>
/// <param name="Text">The comparison as it is written; for a part made of others, how it is put together.</param>
/// <param name="Holds">Whether it held.</param>
/// <param name="Actual">What the ticket had; null for a part made of others.</param>
public sealed record ConditionPartAnswer(int Depth, string Text, bool Holds, string? Actual);

/// <summary>What became of an action.</summary>
/// <param name="Do">The word of the action.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Words">The action as people read it.</param>
/// <param name="Reasons">On which ticket it acted, and why it was refused.</param>
public sealed record RuleActionAnswer(string Do, ActionStatus Status, string Words, IReadOnlyList<string> Reasons);

/// <summary>One time that a rule was set off on a ticket.</summary>
public sealed record RuleRunAnswer
{
    /// <summary>Counts up.</summary>
    public required long Id { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's name, in the language of the request.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the rule that worked.</summary>
    public required int Version { get; init; }

    /// <summary>The ticket's key.</summary>
    public required string Ticket { get; init; }

    /// <summary>When it worked.</summary>
    public required Instant At { get; init; }

    /// <summary>What became of it.</summary>
    public required RuleOutcome Outcome { get; init; }

    /// <summary>The word of what set it off.</summary>
    public required string Trigger { get; init; }

    /// <summary>The text of the condition; empty for none.</summary>
    public required string Condition { get; init; }

    /// <summary>The condition part by part, on the ticket as it was.</summary>
    public required IReadOnlyList<ConditionPartAnswer> Truth { get; init; }

    /// <summary>What was done, in order.</summary>
    public required IReadOnlyList<RuleActionAnswer> Actions { get; init; }

    /// <summary>For a loop: how it went round, the oldest first.</summary>
    public required IReadOnlyList<string> Chain { get; init; }

    /// <summary>For one that waits: until when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? WaitsUntil { get; init; }

    /// <summary>The address of the person as whom it acted; null for the rule itself.</summary>
    public required string? Actor { get; init; }

    /// <summary>The answer of a line.</summary>
    public static RuleRunAnswer Of(RuleRunLine line) =>
        new()
        {
            Id = line.Run.Id,
            Rule = line.Run.Rule,
            Name = line.Name,
            Version = line.Run.RuleVersion,
            Ticket = line.Key,
            At = line.Run.At,
            Outcome = line.Run.Outcome,
            Trigger = line.Run.Detail.Trigger,
            Condition = line.Run.Detail.Condition,
            Truth =
            [
                .. line.Truth.Select(part => new ConditionPartAnswer(part.Depth, part.Text, part.Holds, part.Actual)),
            ],
            Actions =
            [
                .. line
                    .Run.Detail.Actions.Zip(line.Actions)
                    .Select(one => new RuleActionAnswer(
                        one.First.Do,
                        one.First.Status,
                        one.Second.Words,
                        one.Second.Reasons
                    )),
            ],
            Chain = line.Chain,
            WaitsUntil = line.Run.Detail.WaitsUntil,
            Actor = line.Run.Detail.Actor,
        };
}

/// <summary>A rule seen from a ticket.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Name">Its name, in the language of the request.</param>
/// <param name="Answer">Why it did not act, or when it did.</param>
/// <param name="MayBeCalled">Whether it can be started by hand.</param>
public sealed record RuleOnTicketAnswer(string Rule, string Name, string Answer, bool MayBeCalled);

/// <summary>What rules did on a ticket, and why others did not.</summary>
/// <param name="Runs">The newest 50 runs, newest first.</param>
/// <param name="Rules">Every rule, in order; drafts last.</param>
public sealed record TicketRulesAnswer(IReadOnlyList<RuleRunAnswer> Runs, IReadOnlyList<RuleOnTicketAnswer> Rules);
