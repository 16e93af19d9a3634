using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Evaluation;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>What came of a rule's condition.</summary>
/// <param name="Outcome">Which branch is done, or why none is.</param>
/// <param name="Truth">The truth of each part of the query; null for none.</param>
/// <param name="Script">What its script said; null for none, or when the query had settled it.</param>
public sealed record RuleDecision(RuleOutcome Outcome, ConditionTruth? Truth, ScriptTruth? Script);

/// <summary>Decides the conditions of rules: the query on the ticket as it is seen, and the script where the query holds.</summary>
public sealed class RuleConditions(QueryLanguage language, RuleScripts scripts)
{
    /// <summary>Decides a condition.</summary>
    /// <param name="isTrial">Whether the rule is only tried: a script that cannot be asked now leaves it undecided.</param>
    public async Task<RuleDecision> DecideAsync(RuleOccasion occasion, bool isTrial, CancellationToken cancellation)
    {
        var rule = occasion.Rule;
        var holds = language.Holds(rule.Condition, occasion.Seen, occasion.Now, occasion.Configuration);
        var truth = language.Explain(rule.Condition, occasion.Seen, occasion.Now, occasion.Configuration);
        var said = holds ? await scripts.ConditionAsync(occasion, isTrial, cancellation) : null;
        var outcome = (holds && said is not { Holds: false }, said?.Error, rule.Else.Count) switch
        {
            (_, not null, _) => RuleOutcome.Undecided,
            (true, _, _) => RuleOutcome.Then,
            (_, _, > 0) => RuleOutcome.Else,
            _ => RuleOutcome.Not,
        };
        return new RuleDecision(outcome, truth, said);
    }
}
