using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Automation;

/// <summary>Which events set which rules off. Pure, and decided by the event alone, so that an event that concerns no rule costs nothing.</summary>
public static class RuleTriggers
{
    /// <summary>The rules of a configuration that an event may set off, in the order in which they work, by each of the triggers that it fits by itself; whether they <see cref="Fits"/> the ticket too is asked next.</summary>
    public static IReadOnlyList<RuleCall> Called(
        IConfiguration configuration,
        RecordedEvent recorded,
        RuleVocabulary vocabulary
    ) => [.. InOrder(configuration).Where(rule => rule.Enabled).SelectMany(rule => Called(rule, recorded, vocabulary))];

    /// <summary>Of the calls that fit: each rule once now, by the first of its triggers that does, and once for each trigger that waits.</summary>
    public static IReadOnlyList<RuleCall> Once(this IEnumerable<RuleCall> calls) =>
        [
            .. calls
                .GroupBy(call => call.Rule.Id, StringComparer.Ordinal)
                .SelectMany(rule =>
                    rule.Where(call => call.Trigger.After is null)
                        .Take(1)
                        .Concat(rule.Where(call => call.Trigger.After is not null))
                ),
        ];

    /// <summary>The trigger of a rule, switched on or not, that an event sets off; null when none does.</summary>
    /// <param name="after">The ticket right after the event.</param>
    public static RuleTrigger? CalledBy(
        this RuleDocument rule,
        RecordedEvent recorded,
        TicketSnapshot after,
        RuleVocabulary vocabulary
    ) =>
        rule.When.FirstOrDefault(trigger =>
            Matches(rule, trigger, recorded, vocabulary) && trigger.Fits(recorded, after)
        );

    /// <summary>All rules, in the order in which they work.</summary>
    public static IEnumerable<RuleDocument> InOrder(IConfiguration configuration) =>
        configuration.All<RuleDocument>().OrderBy(rule => rule.Order).ThenBy(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>Whether the rule is for tickets of the desk.</summary>
    public static bool IsFor(this RuleDocument rule, string desk) =>
        rule.Desks.Count == 0 || rule.Desks.Contains(desk, StringComparer.Ordinal);

    /// <summary>
    /// Whether what the event alone does not say fits too: by which policy an approval was that ended, and whether the event
    /// stopped a clock within its target.
    /// </summary>
    /// <param name="after">The ticket right after the event.</param>
    public static bool Fits(this RuleTrigger trigger, RecordedEvent recorded, TicketSnapshot after) =>
        (trigger, recorded.Event) switch
        {
            ({ On: TriggerWords.SlaMet }, _) => after.Clocks.Any(clock =>
                clock.IsMetBy(recorded) && Is(trigger.Metric, clock.Metric)
            ),
            ({ Approval: { } policy }, ApprovalEnded ended) => after.State.FindApproval(ended.Approval)?.Policy
                == policy,
            _ => true,
        };

    /// <summary>Whether an event stopped the clock within its target.</summary>
    public static bool IsMetBy(this SlaClock clock, RecordedEvent recorded) =>
        clock.Verdict == ClockVerdict.Met
        && clock.Marks is [.., { Kind: ClockMarkKind.Stopped } stop]
        && stop.EventVersion == recorded.Version;

    /// <summary>Whether an agent may set the rule off on tickets of the desk.</summary>
    public static bool MayBeCalled(this RuleDocument rule, string desk) =>
        rule.Enabled && rule.IsFor(desk) && rule.When.Any(trigger => trigger.On == TriggerWords.Manual);

    private static IEnumerable<RuleCall> Called(RuleDocument rule, RecordedEvent recorded, RuleVocabulary vocabulary) =>
        rule
            .When.Index()
            .Where(entry => Matches(rule, entry.Item, recorded, vocabulary))
            .Select(entry => new RuleCall(rule, entry.Index));

    private static bool Matches(
        RuleDocument rule,
        RuleTrigger trigger,
        RecordedEvent recorded,
        RuleVocabulary vocabulary
    ) =>
        (trigger.On, recorded.Event) switch
        {
            (TriggerWords.Opened, TicketOpened) => true,
            (TriggerWords.Changed, var changed) => Touched(changed).Any(name => IsOneOf(name, trigger)),
            (TriggerWords.Commented, PublicCommentAdded comment) => trigger.Visibility is not Visibility.Internal
                && IsBy(trigger.By, comment.ByCustomer)
                && (!trigger.Unanswered || recorded.Actor.Kind == ActorKind.Person),
            (TriggerWords.Commented, InternalNoteAdded) => trigger
                is { Unanswered: false, Visibility: not Visibility.Public }
                && IsBy(trigger.By, isByCustomer: false),
            (TriggerWords.Transition, StatusChanged moved) => Is(trigger.From, moved.From) && Is(trigger.To, moved.To),
            (TriggerWords.Assigned, TicketAssigned) => true,
            (TriggerWords.Priority, PriorityChanged) => true,
            (TriggerWords.SlaReminder, SlaThresholdReached near) => Is(trigger.Metric, near.Metric)
                && Is(trigger.Threshold, near.Threshold),
            (TriggerWords.SlaBreached, SlaBreached breached) => Is(trigger.Metric, breached.Metric),
            // Which event stops a clock is for the policy to say; the SLA's own never do.
            (TriggerWords.SlaMet, var happened) => happened
                is not (
                    Sdk.Tickets.SlaBreached
                    or SlaThresholdReached
                    or SlaEscalated
                    or EscalationActed
                    or RuleCalled
                ),
            (TriggerWords.ApprovalAsked, ApprovalRequested asked) => Is(trigger.Approval, asked.Policy),
            (TriggerWords.ApprovalApproved, ApprovalEnded { State: ApprovalState.Approved }) => true,
            (TriggerWords.ApprovalDeclined, ApprovalEnded { State: ApprovalState.Declined }) => true,
            (TriggerWords.ApprovalExpired, ApprovalEnded { State: ApprovalState.Expired }) => true,
            (TriggerWords.Manual, RuleCalled called) => called.Rule == rule.Id,
            (var word, _) => vocabulary.Trigger(word)?.Matches(recorded, trigger.With) == true,
        };

    private static IEnumerable<string> Touched(TicketEvent happened) =>
        happened switch
        {
            TextEdited edited => new[]
            {
                edited.Summary is null ? null : "summary",
                edited.Description is null ? null : "description",
            }.OfType<string>(),
            FieldsChanged changed => changed.Fields.Keys,
            TicketMoved moved => moved.Fields.Keys,
            LabelsChanged => ["labels"],
            _ => [],
        };

    private static bool IsOneOf(string name, RuleTrigger trigger) =>
        trigger.Fields.Count == 0 || trigger.Fields.Contains(name, StringComparer.Ordinal);

    private static bool IsBy(RuleAuthor? wanted, bool isByCustomer) =>
        wanted is null || wanted == RuleAuthor.Customer == isByCustomer;

    private static bool Is(string? wanted, string? actual) => wanted is null || wanted == actual;
}

/// <summary>A rule that an event sets off, by its trigger at a place.</summary>
public sealed record RuleCall(RuleDocument Rule, int Place)
{
    /// <summary>The trigger.</summary>
    public RuleTrigger Trigger => Rule.When[Place];
}
