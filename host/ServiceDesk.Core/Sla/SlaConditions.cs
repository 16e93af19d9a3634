using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>What the conditions of metrics mean.</summary>
/// <param name="matches">The query language. Asked at the instant of the event under its configuration, with the clocks before it.</param>
public sealed class SlaConditions(TicketCondition matches)
{
    private static readonly string[] Happenings =
    [
        "opened",
        "assigned",
        "agent-comment",
        "customer-comment",
        "resolved",
        "reopened",
        "closed",
    ];

    /// <summary>Whether the ticket matches after a change; an empty query matches all.</summary>
    public bool Matches(string? query, TicketChange change) => Matches(query, change.After, change);

    /// <summary>The first condition that comes true with a change; null when none does. For start and stop.</summary>
    public SlaCondition? Coming(ValueList<SlaCondition> conditions, TicketChange change) =>
        conditions.FirstOrDefault(condition => Comes(condition, change));

    /// <summary>The first condition that holds after a change; null when none does. For pause.</summary>
    public SlaCondition? Holding(ValueList<SlaCondition> conditions, TicketChange change) =>
        conditions.FirstOrDefault(condition => Holds(condition, change.After, change));

    /// <summary>A condition in the notation that clocks and ledgers show, such as <c>status = waiting-for-customer</c>.</summary>
    public static string Notation(SlaCondition condition) =>
        condition switch
        {
            { On: { } happening } => happening,
            { Status: { } status } => $"status = {status}",
            { Category: { } category } => $"category = {category.ToString().ToLowerInvariant()}",
            _ => condition.Query ?? string.Empty,
        };

    /// <summary>The condition that <see cref="Notation"/> wrote.</summary>
    public static SlaCondition Read(string notation) =>
        notation.Split(" = ") switch
        {
            [var happening] when Happenings.Contains(happening) => new SlaCondition { On = happening },
            ["status", var status] when !status.Contains(' ', StringComparison.Ordinal) => new SlaCondition
            {
                Status = status,
            },
            ["category", var name] when Enum.TryParse<StatusCategory>(name, ignoreCase: true, out var category) =>
                new SlaCondition { Category = category },
            _ => new SlaCondition { Query = notation },
        };

    private bool Comes(SlaCondition condition, TicketChange change) =>
        condition.On is { } happening
            ? Happens(happening, change)
            : Holds(condition, change.After, change)
                && (change.Before is null || !Holds(condition, change.Before, change));

    private bool Holds(SlaCondition condition, TicketState ticket, TicketChange change) =>
        condition switch
        {
            { On: not null } => false,
            { Status: { } status } => ticket.Status == status,
            { Category: { } category } => ticket.Category == category,
            { Query: { } query } => Matches(query, ticket, change),
            _ => false,
        };

    /// <summary>Whether the ticket, as it is given, matches; an empty query matches all.</summary>
    public bool Matches(string? query, TicketState ticket, TicketChange change) =>
        string.IsNullOrWhiteSpace(query)
        || matches(query, new TicketSnapshot(ticket, change.Clocks), change.Recorded.At, change.Configuration);

    private static bool Happens(string happening, TicketChange change)
    {
        var (before, after, recorded, _, _) = change;
        return happening switch
        {
            "opened" => before is null,
            "assigned" => after.Assignee is not null && before?.Assignee != after.Assignee,
            "agent-comment" => recorded.Event is PublicCommentAdded { ByCustomer: false } && IsPersonal(recorded.Actor),
            "customer-comment" => recorded.Event is PublicCommentAdded { ByCustomer: true },
            "resolved" => after.Category == StatusCategory.Done && before?.Category != StatusCategory.Done,
            "reopened" => before?.Category == StatusCategory.Done && after.Category != StatusCategory.Done,
            "closed" => after.ClosedAt is not null && before?.ClosedAt is null,
            _ => false,
        };
    }

    /// <summary>An automatic acknowledgement is no answer; what a person wrote here or in another system is.</summary>
    private static bool IsPersonal(Actor actor) => actor.Kind is ActorKind.Person or ActorKind.Import;
}

/// <summary>An event with the ticket before (null for the first) and after it, the clocks before it and the configuration it was decided under.</summary>
public sealed record TicketChange(
    TicketState? Before,
    TicketState After,
    RecordedEvent Recorded,
    ValueList<SlaClock> Clocks,
    IConfiguration Configuration
);
