using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>A level is a rule that its clock sets off: what it may do, and how it becomes one.</summary>
public static class EscalationRules
{
    /// <summary>Before the policy's id, the id of the rule as which a level acts.</summary>
    public const string Prefix = "escalation:";

    /// <summary>The word of the trigger in records of what was done.</summary>
    public const string Trigger = "sla-escalated";

    /// <summary>What levels may do, in the order in which it is offered.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        ActionWords.Notify,
        ActionWords.Assign,
        ActionWords.Raise,
        ActionWords.Priority,
        ActionWords.Watch,
        ActionWords.Comment,
        ActionWords.Approval,
        ActionWords.Rule,
        ActionWords.Script,
    ];

    /// <summary>The policy whose levels act as a rule of this id; null for a rule of its own.</summary>
    public static string? PolicyOf(string rule) =>
        rule.StartsWith(Prefix, StringComparison.Ordinal) ? rule[Prefix.Length..] : null;

    /// <summary>A level as a rule.</summary>
    /// <param name="told">What people are told where an action says nothing itself.</param>
    public static RuleDocument Of(SlaPolicyDocument policy, SlaEscalation level, LocalizedText told) =>
        new()
        {
            Id = Prefix + policy.Id,
            Name = policy.Name,
            When = [new RuleTrigger { On = Trigger }],
            Then = level
                .Do.Select(action =>
                    action is { Do: ActionWords.Notify, Text: null } ? action with { Text = told } : action
                )
                .ToValueList(),
        };
}

/// <summary>Levels come at times that can be read, each once in its goal, and do what levels may do.</summary>
/// <param name="rules">Checks the actions.</param>
public sealed class EscalationCheck(RuleCheck rules) : DocumentCheck<SlaPolicyDocument>
{
    private static readonly LocalizedText Anything = LocalizedText.Of("x");

    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(SlaPolicyDocument document, IConfiguration configuration) =>
        document
            .Metrics.Index()
            .SelectMany(metric =>
                metric
                    .Item.Goals.Index()
                    .SelectMany(goal =>
                        OfGoal(goal.Item, $"/metrics/{metric.Index}/goals/{goal.Index}/escalations", configuration)
                    )
            );

    private IEnumerable<DocumentProblem> OfGoal(SlaGoal goal, string path, IConfiguration configuration)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, level) in goal.Escalations.Index())
        {
            if (Escalations.After(level.At, goal.Target) is null)
            {
                yield return DocumentProblem.At($"{path}/{index}/at", "sla.policy-escalation-at", level.At);
            }
            else if (!seen.Add(level.At))
            {
                yield return DocumentProblem.At($"{path}/{index}/at", "configuration.twice", level.At);
            }

            foreach (var problem in OfActions(level, $"{path}/{index}/do", configuration))
            {
                yield return problem;
            }
        }
    }

    private IEnumerable<DocumentProblem> OfActions(SlaEscalation level, string path, IConfiguration configuration)
    {
        foreach (var (index, action) in level.Do.Index())
        {
            if (!EscalationRules.Actions.Contains(action.Do, StringComparer.Ordinal) || action.For is not null)
            {
                yield return DocumentProblem.At($"{path}/{index}/do", "sla.policy-escalation-action", action.Do);
            }
            else if (action is { Do: ActionWords.Comment, Visibility: Visibility.Public })
            {
                yield return DocumentProblem.At($"{path}/{index}/visibility", "sla.policy-escalation-internal");
            }
        }

        // What people are told may be left out: then the product says it.
        var told = level.Do.Select(action =>
            action is { Do: ActionWords.Notify, Text: null } ? action with { Text = Anything } : action
        );
        foreach (var problem in rules.Actions(told.ToValueList(), path, configuration))
        {
            yield return problem;
        }
    }
}
