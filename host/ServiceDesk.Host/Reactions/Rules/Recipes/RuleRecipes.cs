using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Reactions.Rules.Recipes;

/// <summary>A rule of the field to begin with.</summary>
/// <param name="Id">Its word.</param>
/// <param name="Rule">The rule, made for this configuration; not saved, and to be read before it is.</param>
public sealed record RuleRecipe(string Id, RuleDocument Rule);

/// <summary>Rules that many desks have, made of the statuses, metrics and fields that there are. One that needs what is not there is not offered.</summary>
public sealed class RuleRecipes(QueryLanguage language, TextCatalogue texts)
{
    private const string Plan = "plan";

    /// <summary>The recipes for a configuration.</summary>
    public IReadOnlyList<RuleRecipe> For(IConfiguration configuration)
    {
        var workflows = new RecipeWorkflow(configuration);
        return
        [
            .. new[]
            {
                NudgeBeforeBreach(configuration),
                CloseAfterResolution(workflows),
                ResolveAfterAnswer(workflows),
                RouteByErrorNumber(),
                VipByPlan(configuration),
                ReopenOnComment(workflows),
                TellWatchers(),
            }.OfType<RuleRecipe>(),
        ];
    }

    /// <summary>The rule of a recipe; null when it is not offered.</summary>
    public RuleDocument? Find(string id, IConfiguration configuration) =>
        For(configuration).FirstOrDefault(recipe => recipe.Id == id)?.Rule;

    private RuleRecipe? NudgeBeforeBreach(IConfiguration configuration)
    {
        var reminded = configuration
            .All<SlaPolicyDocument>()
            .SelectMany(policy => policy.Metrics)
            .Where(metric => metric.Goals.Any(goal => goal.Reminders.Count > 0))
            .ToList();
        var metric =
            reminded.Find(one => one.Id.Contains("response", StringComparison.Ordinal)) ?? reminded.FirstOrDefault();
        return metric is null
            ? null
            : Recipe(
                "nudge-before-breach",
                new RuleTrigger { On = TriggerWords.SlaReminder, Metric = metric.Id },
                "",
                new RuleAction
                {
                    Do = ActionWords.Notify,
                    People = ["assignee", "team"],
                    Text = Words("rule.recipe-nudge-before-breach-text"),
                }
            );
    }

    private RuleRecipe? CloseAfterResolution(RecipeWorkflow workflow) =>
        workflow is { Resolved: { } resolved, Closed: { } closed }
            ? Recipe(
                "close-after-resolution",
                new RuleTrigger
                {
                    On = TriggerWords.Transition,
                    To = resolved,
                    After = Duration.FromDays(3),
                },
                $"status = {resolved}",
                new RuleAction { Do = ActionWords.Transition, To = closed }
            )
            : null;

    // An answer is the word of a person: what rules write themselves, such as the word of this one, begins no wait.
    private RuleRecipe? ResolveAfterAnswer(RecipeWorkflow workflow) =>
        workflow is { Answered: [_, ..] answered, Resolved: { } resolved }
            ? Recipe(
                "resolve-after-answer",
                new RuleTrigger
                {
                    On = TriggerWords.Commented,
                    Visibility = Visibility.Public,
                    By = RuleAuthor.Agent,
                    After = Duration.FromDays(5),
                    Unanswered = true,
                },
                $"status IN ({string.Join(", ", answered)})",
                new RuleAction
                {
                    Do = ActionWords.Comment,
                    Visibility = Visibility.Public,
                    Text = Words("rule.recipe-resolve-after-answer-text"),
                },
                new RuleAction
                {
                    Do = ActionWords.Transition,
                    To = resolved,
                    Resolution = workflow.Resolution,
                }
            )
            : null;

    private RuleRecipe RouteByErrorNumber() =>
        Recipe(
            "route-by-error-number",
            new RuleTrigger { On = TriggerWords.Opened },
            "summary ~ \"ERR-1042\" OR description ~ \"ERR-1042\"",
            new RuleAction { Do = ActionWords.Edit, AddLabels = ["err-1042"] },
            new RuleAction { Do = ActionWords.Assign }
        );

    // The plugin that knows contracts brings the field; without it there is nothing to ask.
    private RuleRecipe? VipByPlan(IConfiguration configuration) =>
        language.Catalog(configuration).Find(Plan) is null
            ? null
            : Recipe(
                "vip-by-plan",
                new RuleTrigger { On = TriggerWords.Opened },
                $"{Plan} = gold",
                new RuleAction { Do = ActionWords.Priority, Priority = Priority.High },
                new RuleAction { Do = ActionWords.Assign }
            );

    private RuleRecipe? ReopenOnComment(RecipeWorkflow workflow) =>
        workflow is { Resolved: { } resolved, Reopened: { } reopened }
            ? Recipe(
                "reopen-on-comment",
                new RuleTrigger
                {
                    On = TriggerWords.Commented,
                    By = RuleAuthor.Customer,
                    Visibility = Visibility.Public,
                },
                $"status = {resolved}",
                new RuleAction { Do = ActionWords.Transition, To = reopened }
            )
            : null;

    private RuleRecipe TellWatchers() =>
        Recipe(
            "tell-watchers",
            new RuleTrigger { On = TriggerWords.Priority },
            "priority >= high",
            new RuleAction
            {
                Do = ActionWords.Notify,
                People = ["watchers"],
                Text = Words("rule.recipe-tell-watchers-text"),
            }
        );

    private RuleRecipe Recipe(string id, RuleTrigger when, string condition, params ReadOnlySpan<RuleAction> then) =>
        new(
            id,
            new RuleDocument
            {
                Id = id,
                Name = Words($"rule.recipe-{id}"),
                When = [when],
                Condition = condition,
                Then = ValueList.Create(then),
            }
        );

    private LocalizedText Words(string key) => LocalizedText.Of(Say("en", key), Say("ko", key));

    private string Say(string language, string key) => texts.Find(language, key) ?? key;
}
