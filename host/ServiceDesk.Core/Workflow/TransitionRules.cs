using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Workflow;

/// <summary>What follows a transition is a rule that the transition sets off: what it may do, and how it becomes one.</summary>
public static class TransitionRules
{
    /// <summary>Before the ids of workflow and transition, the id of the rule as which the transition acts.</summary>
    public const string Prefix = "workflow:";

    /// <summary>What may not follow: a webhook needs a secret and stands in a rule.</summary>
    public static IReadOnlyList<string> Without { get; } = [ActionWords.Webhook];

    /// <summary>The workflow and transition that act as a rule of this id; null for a rule of its own.</summary>
    public static (string Workflow, string Transition)? PlaceOf(string rule) =>
        rule.StartsWith(Prefix, StringComparison.Ordinal) && rule[Prefix.Length..].Split(':') is [var workflow, var way]
            ? (workflow, way)
            : null;

    /// <summary>Whether something follows a transition of this id in any workflow.</summary>
    public static bool IsFollowed(this IConfiguration configuration, string transition) =>
        configuration
            .All<WorkflowDocument>()
            .Any(workflow => workflow.Transitions.Any(way => way.Id == transition && way.Then.Count > 0));

    /// <summary>What follows a transition, as a rule; null when nothing does.</summary>
    public static RuleDocument? Of(WorkflowDocument workflow, string transition) =>
        workflow.Transitions.FirstOrDefault(way => way.Id == transition) is { Then.Count: > 0 } found
            ? new RuleDocument
            {
                Id = $"{Prefix}{workflow.Id}:{found.Id}",
                Name = found.Name,
                When = [new RuleTrigger { On = TriggerWords.Transition, To = found.To }],
                Then = found.Then,
            }
            : null;
}

/// <summary>What follows transitions can be done, and the relations that they look at are known.</summary>
/// <param name="rules">Checks the actions.</param>
public sealed class TransitionRuleCheck(RuleCheck rules) : DocumentCheck<WorkflowDocument>
{
    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(WorkflowDocument document, IConfiguration configuration) =>
        document.Transitions.Index().SelectMany(way => Check(way.Item, $"/transitions/{way.Index}", configuration));

    private IEnumerable<DocumentProblem> Check(WorkflowTransition way, string path, IConfiguration configuration)
    {
        foreach (var (index, action) in way.Then.Index())
        {
            if (TransitionRules.Without.Contains(action.Do, StringComparer.Ordinal))
            {
                yield return DocumentProblem.At($"{path}/then/{index}/do", "workflow.then-webhook");
            }
        }

        foreach (var problem in rules.Actions(way.Then, $"{path}/then", configuration))
        {
            yield return problem;
        }

        foreach (var (index, target) in way.LinkedDone.Index())
        {
            foreach (var problem in rules.Target(target, $"{path}/linkedDone/{index}", configuration))
            {
                yield return problem;
            }
        }
    }
}
