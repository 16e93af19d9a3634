using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Rules;

/// <summary>A rule as people read it.</summary>
/// <param name="When">Its triggers, joined.</param>
/// <param name="If">Its condition; null for always.</param>
/// <param name="Then">Its actions, in order.</param>
/// <param name="Else">What it does otherwise, in order.</param>
public sealed record RuleSentence(string When, string? If, IReadOnlyList<string> Then, IReadOnlyList<string> Else)
{
    /// <summary>What a script must say besides; null for none.</summary>
    public string? Script { get; init; }
}

/// <summary>Writes rules as sentences in the reader's language.</summary>
public sealed class RuleSentences(ITexts texts, RuleVocabulary vocabulary)
{
    private const int LongestQuotation = 80;

    /// <summary>The rule as a sentence.</summary>
    public RuleSentence Write(RuleDocument rule, IConfiguration configuration) =>
        new(
            string.Join($" {texts["rule.or"]} ", rule.When.Select(trigger => When(trigger, configuration))),
            rule.Condition.Trim().Length == 0 ? null : rule.Condition,
            [.. rule.Then.Select(action => Do(action, configuration))],
            [.. rule.Else.Select(action => Do(action, configuration))]
        )
        {
            Script = rule.Script is { } script
                ? texts.Format("rule.if-script", NameOfScript(script, configuration))
                : null,
        };

    /// <summary>What a trigger waits for.</summary>
    public string When(RuleTrigger trigger, IConfiguration configuration)
    {
        var happening = Happening(trigger, configuration);
        return trigger.After is { } after
            ? texts.Format(
                trigger.Unanswered ? "rule.when-after-silence" : "rule.when-after",
                happening,
                DurationText.Format(after, Language, DurationDays.Of24Hours, 3)
            )
            : happening;
    }

    /// <summary>What an action does, and on which other tickets.</summary>
    public string Do(RuleAction action, IConfiguration configuration)
    {
        var words = Act(action, configuration);
        if (action.For is not { } target)
        {
            return words;
        }

        var relation = vocabulary.Relation(target.Relation);
        var name = relation is null ? texts.Format("rule.do-unknown", target.Relation) : texts[relation.NameKey];
        var way = relation?.Ways(configuration).FirstOrDefault(known => known.Value == target.As);
        var others = target.Condition.Trim().Length == 0 ? name : $"{name} [{Shown(target.Condition)}]";
        return way is null
            ? texts.Format("rule.do-for", others, words)
            : texts.Format("rule.do-for-as", others, words, NameOf(way));
    }

    /// <summary>The name of a choice.</summary>
    public string NameOf(RuleChoice choice) =>
        choice.Name?.ToString() ?? (choice.NameKey is { } key ? texts[key] : choice.Value);

    private string Act(RuleAction action, IConfiguration configuration) =>
        action.Do switch
        {
            ActionWords.Edit => texts.Format("rule.do-edit", string.Join(", ", Edits(action, configuration))),
            ActionWords.Assign => Assign(action),
            ActionWords.Priority => texts.Format("rule.do-priority", Priority(action.Priority)),
            ActionWords.Raise => texts["rule.do-raise"],
            ActionWords.Watch => texts.Format("rule.do-watch", string.Join(", ", action.People.Select(Told))),
            ActionWords.Rule => texts.Format("rule.do-rule", NameOf(action.Rule ?? "…", configuration)),
            ActionWords.Approval => texts.Format("rule.do-approval", Policy(action.Approval ?? "…", configuration)),
            ActionWords.Comment => Comment(action),
            ActionWords.Notify => texts.Format(
                "rule.do-notify",
                string.Join(", ", action.People.Select(Told)),
                Shown(action.Text?.ToString() ?? "")
            ),
            ActionWords.Transition => texts.Format("rule.do-transition", Status(action.To ?? "", configuration)),
            ActionWords.Create => Create(action, configuration),
            ActionWords.Webhook => texts.Format("rule.do-webhook", Shown(action.Url ?? "")),
            ActionWords.Script => Script(action, configuration),
            var word => vocabulary.Action(word) is { } known
                ? With(texts[known.NameKey], known.Parameters, action.With, configuration)
                : texts.Format("rule.do-unknown", word),
        };

    /// <summary>The name of a rule; its id when it is not there any more.</summary>
    public static string NameOf(string rule, IConfiguration configuration) =>
        EscalationRules.PolicyOf(rule) is { } policy
            ? configuration.TryGet<SlaPolicyDocument>(policy, out var promise)
                ? promise.Name.ToString()
                : policy
            : TransitionRules.PlaceOf(rule) is var (workflow, way)
                ? NameOf(workflow, way, configuration)
                : configuration.TryGet<RuleDocument>(rule, out var document)
                    ? document.Name.ToString()
                    : rule;

    // "Incident: Resolve": of many transitions the name alone says too little.
    private static string NameOf(string workflow, string way, IConfiguration configuration) =>
        configuration.TryGet<WorkflowDocument>(workflow, out var document)
            ? $"{document.Name}: {document.Transitions.FirstOrDefault(known => known.Id == way)?.Name.ToString() ?? way}"
            : way;

    /// <summary>The name of a script; its id when it is not there any more.</summary>
    public static string NameOfScript(string? script, IConfiguration configuration) =>
        script is not null && configuration.TryGet<ScriptDocument>(script, out var document)
            ? document.Name.ToString()
            : script ?? "…";

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private string Happening(RuleTrigger trigger, IConfiguration configuration) =>
        trigger.On switch
        {
            TriggerWords.Changed when trigger.Fields.Count > 0 => texts.Format(
                "rule.when-changed-fields",
                string.Join(", ", trigger.Fields.Select(field => Field(field, configuration)))
            ),
            TriggerWords.Commented => texts[Commented(trigger)],
            TriggerWords.Transition => Transition(trigger, configuration),
            TriggerWords.SlaReminder when trigger.Threshold is { } threshold => texts.Format(
                "rule.when-sla-reminder-at",
                Metric(trigger, configuration),
                threshold
            ),
            TriggerWords.SlaReminder => texts.Format("rule.when-sla-reminder", Metric(trigger, configuration)),
            TriggerWords.SlaMet => texts.Format("rule.when-sla-met", Metric(trigger, configuration)),
            TriggerWords.SlaBreached => texts.Format("rule.when-sla-breached", Metric(trigger, configuration)),
            TriggerWords.Schedule => texts.Format("rule.when-schedule", trigger.Cron ?? "", trigger.Zone ?? "UTC"),
            var word when trigger.Approval is { } policy => texts.Format(
                "rule.when-approval-of",
                texts[$"rule.when-{word}"],
                Policy(policy, configuration)
            ),
            var word when TriggerWords.All.Contains(word, StringComparer.Ordinal) => texts[$"rule.when-{word}"],
            var word => vocabulary.Trigger(word) is { } known
                ? With(texts[known.NameKey], known.Parameters, trigger.With, configuration)
                : texts.Format("rule.when-unknown", word),
        };

    // What was given besides, in the order in which it is asked.
    private string With(
        string words,
        ValueList<RuleParameter> parameters,
        ValueMap<string> given,
        IConfiguration configuration
    )
    {
        var said = parameters
            .Where(parameter => given.ContainsKey(parameter.Name))
            .Select(parameter =>
                $"{texts[parameter.LabelKey]}: {Given(parameter, given[parameter.Name], configuration)}"
            )
            .ToList();
        return said.Count == 0 ? words : texts.Format("rule.with-parameters", words, string.Join(", ", said));
    }

    private string Given(RuleParameter parameter, string value, IConfiguration configuration) =>
        parameter.Choices?.Invoke(configuration).FirstOrDefault(choice => choice.Value == value) is { } chosen
            ? NameOf(chosen)
            : Shown(value);

    private string Comment(RuleAction action)
    {
        var isPublic = action.Visibility == Visibility.Public;
        var files = string.Join(", ", action.Files);
        if (action is { Text: null, Files.Count: > 0 })
        {
            return texts.Format(isPublic ? "rule.do-attach-public" : "rule.do-attach-internal", files);
        }

        var words = texts.Format(
            isPublic ? "rule.do-comment-public" : "rule.do-comment-internal",
            Shown(action.Text?.ToString() ?? "")
        );
        return files.Length == 0 ? words : texts.Format("rule.do-with-files", words, files);
    }

    private string Script(RuleAction action, IConfiguration configuration)
    {
        var words = texts.Format("rule.do-script", NameOfScript(action.Script, configuration));
        var given = string.Join(", ", action.With.Select(argument => $"{argument.Key}: {Shown(argument.Value)}"));
        return given.Length == 0 ? words : texts.Format("rule.with-parameters", words, given);
    }

    private string Create(RuleAction action, IConfiguration configuration)
    {
        var type = configuration.TryGet<TicketTypeDocument>(action.Type ?? "", out var found)
            ? found.Name.ToString()
            : action.Type ?? "";
        var desk = action.Desk ?? texts["rule.same-desk"];
        var way = action.Join is { } join
            ? vocabulary.Joining(join, configuration)?.Ways(configuration).FirstOrDefault(known => known.Value == join)
            : null;
        return way is null
            ? texts.Format("rule.do-create", type, desk, Shown(action.Summary ?? ""))
            : texts.Format("rule.do-create-joined", type, desk, Shown(action.Summary ?? ""), NameOf(way));
    }

    private static string Commented(RuleTrigger trigger) =>
        (trigger.Visibility, trigger.By) switch
        {
            (Visibility.Internal, _) => "rule.when-commented-internal",
            (_, RuleAuthor.Customer) => "rule.when-commented-customer",
            (Visibility.Public, RuleAuthor.Agent) => "rule.when-commented-public-agent",
            (Visibility.Public, _) => "rule.when-commented-public",
            (_, RuleAuthor.Agent) => "rule.when-commented-agent",
            _ => "rule.when-commented",
        };

    private string Transition(RuleTrigger trigger, IConfiguration configuration) =>
        (trigger.From, trigger.To) switch
        {
            ({ } from, { } to) => texts.Format(
                "rule.when-transition-from-to",
                Status(from, configuration),
                Status(to, configuration)
            ),
            ({ } from, _) => texts.Format("rule.when-transition-from", Status(from, configuration)),
            (_, { } to) => texts.Format("rule.when-transition-to", Status(to, configuration)),
            _ => texts["rule.when-transition"],
        };

    private IEnumerable<string> Edits(RuleAction action, IConfiguration configuration)
    {
        if (action.Summary is not null)
        {
            yield return texts["rule.do-edit-summary"];
        }

        foreach (var (field, value) in action.Fields)
        {
            yield return $"{Field(field, configuration)}: {Shown(value)}";
        }

        if (action.AddLabels.Count > 0)
        {
            yield return texts.Format("rule.do-edit-add", string.Join(", ", action.AddLabels));
        }

        if (action.RemoveLabels.Count > 0)
        {
            yield return texts.Format("rule.do-edit-remove", string.Join(", ", action.RemoveLabels));
        }
    }

    private static string Policy(string id, IConfiguration configuration) =>
        configuration.TryGet<ApprovalDocument>(id, out var policy) ? policy.Name.ToString() : id;

    private string Told(string word) =>
        PeopleWords.All.Contains(word, StringComparer.Ordinal) ? texts[$"rule.told-{word}"]
        : vocabulary.Recipients.FirstOrDefault(recipient => recipient.Id == word) is { } known ? texts[known.NameKey]
        : word;

    // Before anybody is chosen, the sentence leaves the place open.
    private string Assign(RuleAction action)
    {
        var receivers = new[]
        {
            Receiver(action.Assignee, "rule.do-unassign"),
            Receiver(action.Team, "rule.do-no-team"),
        }.OfType<string>();
        return string.Join(", ", receivers.DefaultIfEmpty(texts.Format("rule.do-assign", "…")));
    }

    private string? Receiver(string? name, string nobody) =>
        name switch
        {
            null => null,
            ActionWords.Nobody => texts[nobody],
            ActionWords.Me => texts["rule.do-assign-me"],
            PeopleWords.Lead or PeopleWords.Manager => texts.Format("rule.do-assign", texts[$"rule.told-{name}"]),
            _ => texts.Format("rule.do-assign", name),
        };

    private string Priority(Priority? priority) =>
        priority is { } known ? texts[$"common.priority-{known.ToString().ToLowerInvariant()}"] : "";

    private string Metric(RuleTrigger trigger, IConfiguration configuration) =>
        trigger.Metric is null
            ? texts["rule.any-clock"]
            : configuration
                .All<SlaPolicyDocument>()
                .SelectMany(policy => policy.Metrics)
                .FirstOrDefault(metric => metric.Id == trigger.Metric)
                ?.Name.ToString()
                ?? trigger.Metric;

    private string Field(string field, IConfiguration configuration) =>
        configuration.TryGet<FieldDocument>(field, out var document) ? document.Name.ToString() : field;

    // A transition goes by its own id, or by the status it leads to.
    private static string Status(string id, IConfiguration configuration)
    {
        var workflows = configuration.All<WorkflowDocument>();
        return workflows.SelectMany(workflow => workflow.Statuses).FirstOrDefault(s => s.Id == id)?.Name.ToString()
            ?? workflows.SelectMany(workflow => workflow.Transitions).FirstOrDefault(t => t.Id == id)?.Name.ToString()
            ?? id;
    }

    private static string Shown(string text) =>
        text.Length <= LongestQuotation ? text : string.Concat(text.AsSpan(0, LongestQuotation), "…");
}
