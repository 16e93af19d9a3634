using System.Collections.Frozen;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>Whether an event is what a plugin's trigger means. Pure; false for a trigger that no loaded plugin has.</summary>
public delegate bool PluginHappening(string trigger, RecordedEvent recorded, ValueMap<string> with);

/// <summary>What a word's <see cref="SlaCondition.Of"/> names.</summary>
public enum HappeningOf
{
    /// <summary>Nothing: the word alone says it.</summary>
    Nothing = 0,

    /// <summary>A team, by name.</summary>
    Team = 1,

    /// <summary>A field, by id.</summary>
    Field = 2,

    /// <summary>An approval policy, by id.</summary>
    Approval = 3,
}

/// <summary>The happenings that conditions of metrics know.</summary>
public static class SlaHappenings
{
    /// <summary>Why the clocks of a merged ticket stand still. The product's own reason: no policy names it.</summary>
    public const string Merged = "merged";

    private static readonly FrozenDictionary<string, HappeningOf> Words = new Dictionary<string, HappeningOf>(
        StringComparer.Ordinal
    )
    {
        ["opened"] = HappeningOf.Nothing,
        ["assigned"] = HappeningOf.Nothing,
        ["team-assigned"] = HappeningOf.Team,
        ["team-left"] = HappeningOf.Team,
        ["agent-comment"] = HappeningOf.Nothing,
        ["agent-mail"] = HappeningOf.Nothing,
        ["agent-transition"] = HappeningOf.Nothing,
        ["phone-note"] = HappeningOf.Nothing,
        ["internal-note"] = HappeningOf.Nothing,
        ["customer-comment"] = HappeningOf.Nothing,
        ["field-changed"] = HappeningOf.Field,
        ["priority-changed"] = HappeningOf.Nothing,
        ["approval-asked"] = HappeningOf.Approval,
        ["approval-ended"] = HappeningOf.Approval,
        ["approval-approved"] = HappeningOf.Approval,
        ["approval-declined"] = HappeningOf.Approval,
        ["resolved"] = HappeningOf.Nothing,
        ["reopened"] = HappeningOf.Nothing,
        ["closed"] = HappeningOf.Nothing,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The product's own words, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "opened",
        "customer-comment",
        "agent-comment",
        "agent-mail",
        "phone-note",
        "agent-transition",
        "internal-note",
        "assigned",
        "team-assigned",
        "team-left",
        "field-changed",
        "priority-changed",
        "approval-asked",
        "approval-ended",
        "approval-approved",
        "approval-declined",
        "resolved",
        "reopened",
        "closed",
    ];

    /// <summary>What the word's <see cref="SlaCondition.Of"/> names; null for a word that is none of the product's own.</summary>
    public static HappeningOf? Takes(string word) => Words.TryGetValue(word, out var of) ? of : null;

    /// <summary>The query that is true of the tickets of a team.</summary>
    internal static string IsOfTeam(string team) => $"team = {QueryText.Quote(team)}";

    /// <summary>Whether the event is what the word says, whatever it is of. False for words that are none of the product's own.</summary>
    internal static bool Happens(string word, TicketChange change)
    {
        var (before, after, recorded, _, _) = change;
        return word switch
        {
            "opened" => before is null,
            "assigned" => after.Assignee is not null && before?.Assignee != after.Assignee,
            "team-assigned" => after.Team is not null && before?.Team != after.Team,
            "team-left" => before?.Team is not null && before.Team != after.Team,
            "agent-comment" => recorded.Event is PublicCommentAdded { ByCustomer: false } && IsPersonal(recorded.Actor),
            "agent-mail" => recorded.Event is PublicCommentAdded { ByCustomer: false, Channel: Channel.Mail }
                && IsPersonal(recorded.Actor),
            "agent-transition" => recorded.Event is StatusChanged && IsOfAgent(recorded.Actor, after),
            "phone-note" => IsPhoneCall(recorded.Event) && IsPersonal(recorded.Actor),
            "internal-note" => recorded.Event is InternalNoteAdded && IsPersonal(recorded.Actor),
            "customer-comment" => recorded.Event is PublicCommentAdded { ByCustomer: true },
            "field-changed" => recorded.Event is FieldsChanged or TicketMoved { Fields.Count: > 0 },
            "priority-changed" => recorded.Event is PriorityChanged,
            "approval-asked" => recorded.Event is ApprovalRequested,
            "approval-ended" => recorded.Event is ApprovalEnded,
            "approval-approved" => recorded.Event is ApprovalEnded { State: ApprovalState.Approved },
            "approval-declined" => recorded.Event is ApprovalEnded { State: ApprovalState.Declined },
            "resolved" => after.Category == StatusCategory.Done && before?.Category != StatusCategory.Done,
            "reopened" => before?.Category == StatusCategory.Done && after.Category != StatusCategory.Done,
            "closed" => after.ClosedAt is not null && before?.ClosedAt is null,
            _ => false,
        };
    }

    /// <summary>Whether the event changed the field.</summary>
    internal static bool IsOfField(string field, TicketChange change) =>
        change.Recorded.Event switch
        {
            FieldsChanged changed => changed.Fields.ContainsKey(field),
            TicketMoved moved => moved.Fields.ContainsKey(field),
            _ => false,
        };

    /// <summary>Whether the event is of an approval by the policy.</summary>
    internal static bool IsOfApproval(string policy, TicketChange change) =>
        change.Recorded.Event switch
        {
            ApprovalRequested asked => asked.Policy == policy,
            ApprovalEnded ended => change.After.FindApproval(ended.Approval)?.Policy == policy,
            _ => false,
        };

    /// <summary>Whether customers said something that all read, files alone included; false when agents did, null when no person said anything.</summary>
    internal static bool? IsSaidByCustomer(RecordedEvent recorded, TicketState ticket) =>
        (recorded.Event, recorded.Actor) switch
        {
            (_, var actor) when !IsPersonal(actor) => null,
            (PublicCommentAdded comment, _) => comment.ByCustomer,
            (FilesAttached { Visibility: Visibility.Public }, { Person: { } person }) => TicketAccess.IsCustomerOf(
                ticket,
                person
            ),
            _ => null,
        };

    /// <summary>An automatic acknowledgement is no answer; what a person wrote here or in another system is.</summary>
    internal static bool IsPersonal(Actor actor) => actor.Kind is ActorKind.Person or ActorKind.Import;

    // The one who asked may close or reopen the own ticket: that answers nobody.
    private static bool IsOfAgent(Actor actor, TicketState ticket) =>
        IsPersonal(actor) && actor.Person is { } person && !TicketAccess.IsCustomerOf(ticket, person);

    private static bool IsPhoneCall(TicketEvent happened) =>
        happened
            is InternalNoteAdded { Channel: Channel.Phone }
                or PublicCommentAdded { Channel: Channel.Phone, ByCustomer: false };
}
