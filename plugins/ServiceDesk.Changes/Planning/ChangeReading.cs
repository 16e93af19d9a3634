using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Planning;

/// <summary>When a change is to be made.</summary>
/// <param name="Start">Its first instant.</param>
/// <param name="End">The first instant after it.</param>
public sealed record PlannedWindow(Instant Start, Instant End)
{
    /// <summary>Whether it has an instant in common with another span.</summary>
    public bool Overlaps(Instant start, Instant end) => Start < end && start < End;
}

/// <summary>Reads what a change says of itself: fields and statuses that the plugin's documents bring.</summary>
public static class ChangeReading
{
    /// <summary>Field: standard, normal or emergency.</summary>
    public const string KindField = "change-kind";

    /// <summary>Kind: approved beforehand.</summary>
    public const string Standard = "standard";

    /// <summary>Kind: the board decides.</summary>
    public const string Normal = "normal";

    /// <summary>Kind: the small board decides at once.</summary>
    public const string Emergency = "emergency";

    /// <summary>Field: from when.</summary>
    public const string StartField = "planned-start";

    /// <summary>Field: until when.</summary>
    public const string EndField = "planned-end";

    /// <summary>Field: which services it touches.</summary>
    public const string ServicesField = "affected-services";

    /// <summary>Field: why an emergency is made in a freeze.</summary>
    public const string FreezeReasonField = "freeze-reason";

    /// <summary>Status: agents plan it.</summary>
    public const string Assessment = "assessment";

    /// <summary>Status: the board is asked.</summary>
    public const string AwaitingApproval = "awaiting-approval";

    /// <summary>Status: the small board is asked.</summary>
    public const string AwaitingEmergencyApproval = "awaiting-emergency-approval";

    /// <summary>Status: it may be made at its time.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>Status: it is being made.</summary>
    public const string Implementing = "implementing";

    /// <summary>Whether the ticket is a change.</summary>
    public static bool IsChange(this TicketState ticket) => ticket.Type == ChangesPlugin.Type;

    /// <summary>Standard, normal or emergency; null when nobody has said it.</summary>
    public static string? ChangeKind(this TicketState ticket) => (ticket.Fields.Find(KindField) as ChoiceValue)?.Choice;

    /// <summary>Whether it came from a request type that presets its changes as standard: somebody thought them through and approved them beforehand.</summary>
    public static bool IsOfCatalogue(this TicketState ticket, IConfiguration configuration) =>
        ticket.RequestType is { } id
        && configuration.TryGet<RequestTypeDocument>(id, out var type)
        && type.Presets.Find(KindField) == Standard;

    /// <summary>When it is to be made; null when start or end is missing or they are in the wrong order.</summary>
    public static PlannedWindow? Planned(this TicketState ticket) =>
        (Moment(ticket, StartField), Moment(ticket, EndField)) is ({ } start, { } end) && start < end
            ? new PlannedWindow(start, end)
            : null;

    /// <summary>Ids of the services that it touches.</summary>
    public static ValueList<string> Services(this TicketState ticket) =>
        (ticket.Fields.Find(ServicesField) as ChoicesValue)?.Choices ?? [];

    /// <summary>Whether two changes touch a service in common at a time in common.</summary>
    public static bool ConflictsWith(this TicketState change, TicketState other) =>
        change.Id != other.Id
        && change.Category != StatusCategory.Done
        && other.Category != StatusCategory.Done
        && change.Planned() is { } window
        && other.Planned() is { } others
        && window.Overlaps(others.Start, others.End)
        && change.Services().Intersect(other.Services(), StringComparer.Ordinal).Any();

    /// <summary>A field's moment; null when it is empty.</summary>
    internal static Instant? Moment(TicketState ticket, string field) =>
        (ticket.Fields.Find(field) as MomentValue)?.Moment;
}
