using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Checks;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Automation;

/// <summary>Every word of a rule is known, what it names exists, and each trigger and action has what it needs.</summary>
/// <param name="vocabulary">What plugins add.</param>
/// <param name="schedule">What is wrong with a cron expression: a text key, or null.</param>
public sealed class RuleCheck(RuleVocabulary vocabulary, Func<string, string?> schedule) : DocumentCheck<RuleDocument>
{
    private readonly RuleTargetCheck targets = new(vocabulary);

    private static readonly string[] OwnFields = ["summary", "description", "labels"];

    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(RuleDocument document, IConfiguration configuration) =>
        References
            .Missing<DeskDocument>(document.Desks, "/desks", configuration)
            .Concat(References.Twice(document.Desks, "/desks"))
            .Concat(document.When.Index().SelectMany(entry => Check(entry.Item, $"/when/{entry.Index}", configuration)))
            .Concat(WithoutQuery(document))
            .Concat(Script(document.Script, "/script", configuration))
            .Concat(Actions(document.Then, "/then", configuration))
            .Concat(Actions(document.Else, "/else", configuration));

    // A schedule goes over tickets; without a query it would go over all that there ever were.
    private static IEnumerable<DocumentProblem> WithoutQuery(RuleDocument document) =>
        document.Condition.Trim().Length == 0 && document.When.Any(trigger => trigger.On == TriggerWords.Schedule)
            ? [DocumentProblem.At("/if", "configuration.rule-schedule-needs-query")]
            : [];

    private IEnumerable<DocumentProblem> Check(RuleTrigger trigger, string path, IConfiguration configuration) =>
        Trigger(trigger, path, configuration).Concat(Named(trigger, path, configuration));

    private IEnumerable<DocumentProblem> Trigger(RuleTrigger trigger, string path, IConfiguration configuration)
    {
        var plugin = vocabulary.Trigger(trigger.On);
        if (plugin is null && !TriggerWords.All.Contains(trigger.On, StringComparer.Ordinal))
        {
            yield return DocumentProblem.At($"{path}/on", "configuration.rule-trigger-unknown", trigger.On);
        }

        var isSchedule = trigger.On == TriggerWords.Schedule;
        if (isSchedule && (trigger.Cron is not { } cron || schedule(cron) is not null))
        {
            yield return DocumentProblem.At($"{path}/cron", "configuration.rule-cron-wrong", trigger.Cron ?? "");
        }

        if (isSchedule && trigger.Zone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            yield return DocumentProblem.At($"{path}/zone", "configuration.rule-zone-unknown", zone);
        }

        if (trigger.After is not null && trigger.On is TriggerWords.Schedule or TriggerWords.Manual)
        {
            yield return DocumentProblem.At($"{path}/after", "configuration.rule-after-event-only");
        }

        if (
            trigger
            is { Unanswered: true }
                and not {
                    On: TriggerWords.Commented,
                    By: not null,
                    After: not null,
                    Visibility: not Visibility.Internal
                }
        )
        {
            yield return DocumentProblem.At($"{path}/unanswered", "configuration.rule-unanswered");
        }

        foreach (var problem in ParameterCheck.Of(plugin?.Parameters, trigger.With, path, configuration))
        {
            yield return problem;
        }
    }

    private static IEnumerable<DocumentProblem> Named(RuleTrigger trigger, string path, IConfiguration configuration)
    {
        var fields = configuration.All<FieldDocument>().Select(field => field.Id).Concat(OwnFields);
        var metrics = configuration.All<SlaPolicyDocument>().SelectMany(p => p.Metrics).Select(m => m.Id);
        var statuses = References.Statuses(configuration).ToList();
        return References
            .Missing(trigger.Fields, fields, $"{path}/fields", "configuration.no-such-field")
            .Concat(Missing(trigger.From, statuses, $"{path}/from", "configuration.no-such-status"))
            .Concat(Missing(trigger.To, statuses, $"{path}/to", "configuration.no-such-status"))
            .Concat(Missing(trigger.Metric, metrics, $"{path}/metric", "configuration.no-such-metric"))
            .Concat(Policy(trigger.Approval, path, configuration))
            .Concat(
                Missing(
                    trigger.Threshold,
                    Reminders(trigger.Metric, configuration),
                    $"{path}/threshold",
                    "configuration.rule-threshold-unknown"
                )
            );
    }

    // As the goals have them: another spelling of the same share would never come.
    private static IEnumerable<string> Reminders(string? metric, IConfiguration configuration) =>
        configuration
            .All<SlaPolicyDocument>()
            .SelectMany(policy => policy.Metrics)
            .Where(known => metric is null || known.Id == metric)
            .SelectMany(known => known.Goals)
            .SelectMany(goal => goal.Reminders);

    /// <summary>What is wrong with actions, of a rule or of something else that does the same.</summary>
    /// <param name="places">Names of places that texts may have besides those of rules.</param>
    internal IEnumerable<DocumentProblem> Actions(
        ValueList<RuleAction> actions,
        string path,
        IConfiguration configuration,
        params IReadOnlyCollection<string> places
    ) => actions.Index().SelectMany(entry => Action(entry.Item, $"{path}/{entry.Index}", configuration, places));

    /// <summary>What is wrong with related tickets that are named.</summary>
    internal IEnumerable<DocumentProblem> Target(RuleTarget target, string path, IConfiguration configuration) =>
        targets.Others(target, path, configuration);

    private IEnumerable<DocumentProblem> Action(
        RuleAction action,
        string path,
        IConfiguration configuration,
        IReadOnlyCollection<string> places
    )
    {
        var plugin = vocabulary.Action(action.Do);
        if (plugin is null && !ActionWords.All.Contains(action.Do, StringComparer.Ordinal))
        {
            yield return DocumentProblem.At($"{path}/do", "configuration.rule-action-unknown", action.Do);
        }

        foreach (var missing in Needed(action))
        {
            yield return DocumentProblem.At($"{path}/{missing}", "configuration.schema-missing", missing);
        }

        // A library is that of the desk for which an agent works.
        if (action.Files.Count > 0 && !(action.Do == ActionWords.Comment && places.Contains(RuleScene.AgentName)))
        {
            yield return DocumentProblem.At($"{path}/files", "configuration.files-of-macros");
        }

        // Only those of webhooks are taken out of the document and kept encrypted.
        if (action is { Secret: not null, Do: not ActionWords.Webhook })
        {
            yield return DocumentProblem.At($"{path}/secret", "configuration.rule-secret-of-webhooks");
        }

        var named = References
            .Missing(
                action.Fields.Keys,
                configuration.All<FieldDocument>().Select(field => field.Id),
                $"{path}/fields",
                "configuration.no-such-field"
            )
            .Concat(Ways(action, path, configuration))
            .Concat(Places(action, path, configuration, places))
            .Concat(Script(action.Script, $"{path}/script", configuration))
            .Concat(Called(action, path, configuration))
            .Concat(Policy(action.Approval, path, configuration))
            .Concat(Roles(action.People, path, configuration))
            .Concat(
                action.Do == ActionWords.Script
                    ? []
                    : ParameterCheck.Of(plugin?.Parameters, action.With, path, configuration)
            )
            .Concat(targets.Check(action, path, configuration));
        foreach (var problem in named)
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Needed(RuleAction action) =>
        action.Do switch
        {
            ActionWords.Comment when action.Text is null && action.Files.Count > 0 => [],
            ActionWords.Comment or ActionWords.Notify when action.Text is null => ["text"],
            ActionWords.Notify or ActionWords.Watch when action.People.Count == 0 => ["people"],
            ActionWords.Rule when action.Rule is null => ["rule"],
            ActionWords.Approval when action.Approval is null => ["approval"],
            ActionWords.Transition when action.To is null => ["to"],
            ActionWords.Priority when action.Priority is null => ["priority"],
            ActionWords.Create => new[]
            {
                action.Summary is null ? "summary" : null,
                action.Type is null ? "type" : null,
            }.OfType<string>(),
            ActionWords.Webhook => new[]
            {
                action.Url is null ? "url" : null,
                action.Secret is null && action.SecretName is null ? "secret" : null,
            }.OfType<string>(),
            ActionWords.Script when action.Script is null => ["script"],
            ActionWords.Assign when action.Assignee is null && action.Team is null => ["assignee"],
            _ => [],
        };

    private static IEnumerable<DocumentProblem> Policy(string? id, string path, IConfiguration configuration) =>
        Missing(
            id,
            configuration.All<ApprovalDocument>().Select(policy => policy.Id),
            $"{path}/approval",
            "configuration.no-such-approval"
        );

    // Teams are no documents: whether there is one is told when it is asked.
    private static IEnumerable<DocumentProblem> Roles(
        ValueList<string> people,
        string path,
        IConfiguration configuration
    ) =>
        people
            .Index()
            .Select(entry => (entry.Index, Role: PeopleWords.RoleIn(entry.Item)))
            .Where(entry => entry.Role is { } role && !configuration.TryGet<RoleDocument>(role, out _))
            .Select(entry =>
                DocumentProblem.At($"{path}/people/{entry.Index}", "configuration.no-such-role", entry.Role!)
            );

    // What has no trigger "by hand" cannot be set off so.
    private static IEnumerable<DocumentProblem> Called(RuleAction action, string path, IConfiguration configuration) =>
        action.Rule is not { } id ? []
        : !configuration.TryGet<RuleDocument>(id, out var rule)
            ? [DocumentProblem.At($"{path}/rule", "configuration.no-such-rule", id)]
        : rule.When.All(trigger => trigger.On != TriggerWords.Manual)
            ? [DocumentProblem.At($"{path}/rule", "configuration.rule-not-manual", id)]
        : [];

    // A transition is named by its id or by the status it leads to.
    private static IEnumerable<DocumentProblem> Ways(RuleAction action, string path, IConfiguration configuration)
    {
        var workflows = configuration.All<WorkflowDocument>();
        var ways = workflows.SelectMany(workflow => workflow.Transitions).Select(transition => transition.Id);
        var resolutions = workflows.SelectMany(workflow => workflow.Resolutions).Select(resolution => resolution.Id);
        return Missing(
                action.To,
                References.Statuses(configuration).Concat(ways),
                $"{path}/to",
                "configuration.no-such-status"
            )
            .Concat(Missing(action.Resolution, resolutions, $"{path}/resolution", "configuration.no-such-resolution"));
    }

    private static IEnumerable<DocumentProblem> Places(
        RuleAction action,
        string path,
        IConfiguration configuration,
        IReadOnlyCollection<string> places
    )
    {
        var isPublic = action is { Do: ActionWords.Comment, Visibility: Visibility.Public };
        foreach (var (place, text) in Texts(action))
        {
            foreach (var name in RuleTemplate.Names(text))
            {
                if (!places.Contains(name) && !RuleScene.Knows(name, configuration))
                {
                    yield return DocumentProblem.At($"{path}/{place}", "configuration.rule-place-unknown", name);
                }
                else if (isPublic && action.For is not null && name == RuleScene.OriginSummary)
                {
                    yield return DocumentProblem.At($"{path}/{place}", "configuration.rule-place-internal", name);
                }
                else if (isPublic && RuleScene.FieldOf(name, configuration) is { CustomersSee: false } field)
                {
                    yield return DocumentProblem.At($"{path}/{place}", "configuration.rule-place-internal", field.Id);
                }
            }
        }
    }

    private static IEnumerable<(string Place, string Text)> Texts(RuleAction action) =>
        new[] { ("summary", action.Summary ?? string.Empty) }
            .Concat(action.Fields.Select(field => ($"fields/{JsonPointer.Escape(field.Key)}", field.Value)))
            .Concat((action.Text?.Texts.Values ?? []).Select(text => ("text", text)))
            .Concat(action.With.Select(entry => ($"with/{JsonPointer.Escape(entry.Key)}", entry.Value)));

    private static IEnumerable<DocumentProblem> Script(string? id, string path, IConfiguration configuration) =>
        CalledScripts.Check(id, path, configuration);

    private static IEnumerable<DocumentProblem> Missing(
        string? id,
        IEnumerable<string> known,
        string path,
        string code
    ) => id is null || known.Contains(id, StringComparer.Ordinal) ? [] : [DocumentProblem.At(path, code, id)];
}
