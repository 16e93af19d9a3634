using System.Collections.Frozen;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Core.Automation;

/// <summary>Every word that a rule may use: the product's own triggers and actions, and those of plugins. Immutable after start.</summary>
public sealed class RuleVocabulary(
    IReadOnlyList<RuleTriggerDefinition> triggers,
    IReadOnlyList<RuleActionDefinition> actions,
    IReadOnlyList<RelationDefinition>? relations = null
)
{
    private readonly FrozenDictionary<string, RuleTriggerDefinition> byTrigger = triggers
        .DistinctBy(trigger => trigger.Id, StringComparer.Ordinal)
        .ToFrozenDictionary(trigger => trigger.Id, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, RuleActionDefinition> byAction = actions
        .DistinctBy(action => action.Id, StringComparer.Ordinal)
        .ToFrozenDictionary(action => action.Id, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, RelationDefinition> byRelation = (relations ?? [])
        .DistinctBy(relation => relation.Id, StringComparer.Ordinal)
        .ToFrozenDictionary(relation => relation.Id, StringComparer.Ordinal);

    /// <summary>The product without plugins.</summary>
    public static RuleVocabulary Own { get; } = new([], []);

    /// <summary>Triggers of plugins, in load order.</summary>
    public IReadOnlyList<RuleTriggerDefinition> Triggers { get; } = triggers;

    /// <summary>Actions of plugins, in load order.</summary>
    public IReadOnlyList<RuleActionDefinition> Actions { get; } = actions;

    /// <summary>Relations of plugins, in load order.</summary>
    public IReadOnlyList<RelationDefinition> Relations { get; } = relations ?? [];

    /// <summary>People whom plugins let rules tell by a word, in load order.</summary>
    public IReadOnlyList<RecipientDefinition> Recipients { get; init; } = [];

    /// <summary>A plugin's relation; null when no loaded plugin has it.</summary>
    public RelationDefinition? Relation(string id) => byRelation.GetValueOrDefault(id);

    /// <summary>The relation that relates a new ticket in this way; null when none does.</summary>
    public RelationDefinition? Joining(string way, IConfiguration configuration) =>
        Relations.FirstOrDefault(relation =>
            relation.Join is not null && relation.Ways(configuration).Any(known => known.Value == way)
        );

    /// <summary>A plugin's trigger; null when no loaded plugin has it.</summary>
    public RuleTriggerDefinition? Trigger(string id) => byTrigger.GetValueOrDefault(id);

    /// <summary>A plugin's action; null when no loaded plugin has it.</summary>
    public RuleActionDefinition? Action(string id) => byAction.GetValueOrDefault(id);
}

/// <summary>The product's own triggers, as rules name them.</summary>
public static class TriggerWords
{
    public const string Opened = "opened";
    public const string Changed = "changed";
    public const string Commented = "commented";
    public const string Transition = "transition";
    public const string Assigned = "assigned";
    public const string Priority = "priority";
    public const string SlaReminder = "sla-reminder";
    public const string SlaBreached = "sla-breached";
    public const string SlaMet = "sla-met";
    public const string ApprovalAsked = "approval-asked";
    public const string ApprovalApproved = "approval-approved";
    public const string ApprovalDeclined = "approval-declined";
    public const string ApprovalExpired = "approval-expired";
    public const string Manual = "manual";
    public const string Schedule = "schedule";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Opened,
        Changed,
        Commented,
        Transition,
        Assigned,
        Priority,
        SlaReminder,
        SlaBreached,
        SlaMet,
        ApprovalAsked,
        ApprovalApproved,
        ApprovalDeclined,
        ApprovalExpired,
        Manual,
        Schedule,
    ];
}

/// <summary>The product's own actions, as rules name them.</summary>
public static class ActionWords
{
    public const string Edit = "edit";
    public const string Assign = "assign";
    public const string Priority = "priority";
    public const string Comment = "comment";
    public const string Transition = "transition";

    public const string Notify = "notify";
    public const string Create = "create";
    public const string Webhook = "webhook";

    public const string Script = "script";

    /// <summary>Ask for approval by a policy.</summary>
    public const string Approval = "approval";

    /// <summary>The next higher priority.</summary>
    public const string Raise = "raise";
    public const string Watch = "watch";

    /// <summary>Another rule, as if by hand.</summary>
    public const string Rule = "rule";

    /// <summary>In <see cref="Sdk.Configuration.RuleAction.Assignee"/> and team: no agent, no team.</summary>
    public const string Nobody = "nobody";

    /// <summary>In <see cref="Sdk.Configuration.RuleAction.Assignee"/> of a macro: the agent who applies it.</summary>
    public const string Me = "me";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Edit, Assign, Priority, Raise, Comment, Transition, Notify, Watch, Create, Approval, Webhook, Rule, Script];
}
