using ServiceDesk.Core.Access;
using ServiceDesk.Core.Automation;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Rules.Editing;

/// <summary>What can be chosen in a rule, as the configuration and its plugins have it.</summary>
/// <param name="viewer">Who chooses and does not name what is hidden; null for administrators of the configuration.</param>
internal sealed class RuleChoices(
    ITexts texts,
    RuleVocabulary vocabulary,
    IConfiguration configuration,
    Viewer? viewer = null
)
{
    private static readonly string[] OwnFields = ["summary", "description", "labels"];

    /// <summary>The triggers, the product's own first.</summary>
    public IEnumerable<RuleOption> Triggers() =>
        TriggerWords
            .All.Select(word => new RuleOption(word, texts[$"rule.kind-{word}"]))
            .Concat(vocabulary.Triggers.Select(trigger => new RuleOption(trigger.Id, texts[trigger.NameKey])));

    /// <summary>The actions, the product's own first; or those of some words.</summary>
    public IEnumerable<RuleOption> Actions(IReadOnlyList<string>? among = null) =>
        (among ?? ActionWords.All)
            .Select(word => new RuleOption(word, texts[$"rule.act-{word}"]))
            .Concat(
                among is null
                    ? vocabulary.Actions.Select(action => new RuleOption(action.Id, texts[action.NameKey]))
                    : []
            );

    /// <summary>The rules that can be set off by hand.</summary>
    public IEnumerable<RuleOption> Rules() =>
        RuleTriggers
            .InOrder(configuration)
            .Where(rule => rule.When.Any(trigger => trigger.On == TriggerWords.Manual))
            .Select(rule => new RuleOption(rule.Id, rule.Name.ToString()));

    /// <summary>Whose tickets an action is for: the own first.</summary>
    public IEnumerable<RuleOption> Targets() =>
        Any("rule.for-this")
            .Concat(vocabulary.Relations.Select(relation => new RuleOption(relation.Id, texts[relation.NameKey])));

    /// <summary>The ways of a relation, any first.</summary>
    public IEnumerable<RuleOption> Ways(string relation) =>
        Any("rule.any-way").Concat((vocabulary.Relation(relation)?.Ways(configuration) ?? []).Select(Option));

    /// <summary>How a new ticket may be related to this one, not at all first.</summary>
    public IEnumerable<RuleOption> Joins() =>
        Any("rule.join-none")
            .Concat(
                vocabulary
                    .Relations.Where(relation => relation.Join is not null)
                    .SelectMany(relation => relation.Ways(configuration))
                    .Select(Option)
                    .Select(way => way with { Words = texts.Format("rule.join-as", way.Words) })
            );

    /// <summary>The values of a parameter; null for any text.</summary>
    public IReadOnlyList<RuleOption>? Of(RuleParameter parameter) =>
        parameter.Choices is { } choices
            ? [.. parameter.IsRequired ? [] : Any("rule.any"), .. choices(configuration).Select(Option)]
            : null;

    /// <summary>Parts of a ticket that change.</summary>
    public IEnumerable<RuleOption> Parts() =>
        Any("rule.any-part")
            .Concat(OwnFields.Select(name => new RuleOption(name, texts[$"rule.part-of-{name}"])))
            .Concat(Fields());

    /// <summary>The fields; those that are hidden from the viewer are left out.</summary>
    public IEnumerable<RuleOption> Fields() =>
        configuration
            .All<FieldDocument>()
            .Where(field => viewer is null || FieldSight.Knows(viewer, field))
            .Select(field => new RuleOption(field.Id, field.Name.ToString()));

    /// <summary>The statuses of all workflows, each name once.</summary>
    public IEnumerable<RuleOption> Statuses() =>
        configuration
            .All<WorkflowDocument>()
            .SelectMany(workflow => workflow.Statuses)
            .DistinctBy(status => status.Id, StringComparer.Ordinal)
            .Select(status => new RuleOption(status.Id, status.Name.ToString()));

    /// <summary>The resolutions of all workflows.</summary>
    public IEnumerable<RuleOption> Resolutions() =>
        configuration
            .All<WorkflowDocument>()
            .SelectMany(workflow => workflow.Resolutions)
            .DistinctBy(resolution => resolution.Id, StringComparer.Ordinal)
            .Select(resolution => new RuleOption(resolution.Id, resolution.Name.ToString()));

    /// <summary>The metrics of SLA policies.</summary>
    public IEnumerable<RuleOption> Metrics() =>
        configuration
            .All<SlaPolicyDocument>()
            .SelectMany(policy => policy.Metrics)
            .DistinctBy(metric => metric.Id, StringComparer.Ordinal)
            .Select(metric => new RuleOption(metric.Id, metric.Name.ToString()));

    /// <summary>The reminders of their goals.</summary>
    public IEnumerable<RuleOption> Reminders() =>
        configuration
            .All<SlaPolicyDocument>()
            .SelectMany(policy => policy.Metrics)
            .SelectMany(metric => metric.Goals)
            .SelectMany(goal => goal.Reminders)
            .Distinct(StringComparer.Ordinal)
            .Select(reminder => new RuleOption(reminder, reminder));

    /// <summary>Documents of a kind, by name.</summary>
    public IEnumerable<RuleOption> Named<T>()
        where T : ConfigurationDocument =>
        configuration.All<T>().Select(document => new RuleOption(document.Id, document.Name.ToString()));

    /// <summary>The scripts that others may call.</summary>
    public IEnumerable<RuleOption> Scripts() =>
        configuration
            .All<ScriptDocument>()
            .Where(script => script.Use == ScriptUse.Called)
            .Select(script => new RuleOption(script.Id, Words(script)));

    /// <summary>The priorities.</summary>
    public IEnumerable<RuleOption> Priorities() =>
        Enum.GetValues<Priority>()
            .OrderDescending()
            .Select(priority => priority.ToString().ToLowerInvariant())
            .Select(word => new RuleOption(word, texts[$"common.priority-{word}"]));

    /// <summary>A choice that leaves it open.</summary>
    public IEnumerable<RuleOption> Any(string key) => [new RuleOption("", texts[key])];

    private string Words(ScriptDocument script) =>
        script.Enabled ? script.Name.ToString() : texts.Format("rule.script-off", script.Name.ToString());

    private RuleOption Option(RuleChoice choice) =>
        new(choice.Value, choice.Name?.ToString() ?? (choice.NameKey is { } key ? texts[key] : choice.Value));
}
