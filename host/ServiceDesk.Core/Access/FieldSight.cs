using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>
/// What somebody sees of fields and may do with them, by <see cref="FieldDocument.Access"/>. Pages, answers, queries and decisions
/// ask here. Null as the viewer is the product itself, and who has no role acts for it: from them nothing is hidden. What customers see besides is theirs to say
/// that make answers for customers (<see cref="CustomerViews"/>).
/// </summary>
public static class FieldSight
{
    /// <summary>What the viewer may do with a field on tickets of a status; null when no line of the field says it.</summary>
    public static FieldAccess? Of(Viewer? viewer, FieldDocument field, string status) =>
        viewer is null || viewer.Person.Role.Length == 0 || field.Access.Count == 0
            ? null
            : field
                .Access.FirstOrDefault(line =>
                    IsFor(line, viewer.Person.Role) && (line.Statuses.Count == 0 || line.Statuses.Contains(status))
                )
                ?.Access;

    /// <summary>What the viewer may do with the field of an id; null when no line says it, or there is no such field.</summary>
    public static FieldAccess? Of(Viewer? viewer, string field, string status, IConfiguration configuration) =>
        configuration.TryGet<FieldDocument>(field, out var document) ? Of(viewer, document, status) : null;

    /// <summary>Whether the field is not hidden from the viewer on tickets of a status. Of one that is gone from the configuration nobody knows any more whose it was.</summary>
    public static bool Sees(Viewer? viewer, string field, string status, IConfiguration configuration) =>
        configuration.TryGet<FieldDocument>(field, out var document)
            ? Of(viewer, document, status) != FieldAccess.Hidden
            : SeesGone(viewer?.Person.Role);

    /// <summary>Whether values of fields are shown to a role that are gone from the configuration: to administrators, and to the product.</summary>
    public static bool SeesGone(string? role) => role is null or "" or FieldDefaults.Administrator;

    /// <summary>Whether there are statuses in which the viewer sees the field.</summary>
    public static bool Knows(Viewer viewer, FieldDocument field) => !HiddenIn(field, viewer.Person.Role).IsAll;

    /// <summary>Whether any field is hidden from the viewer on tickets of a status.</summary>
    public static bool HidesAny(Viewer viewer, string status, IConfiguration configuration) =>
        configuration.All<FieldDocument>().Any(field => Of(viewer, field, status) == FieldAccess.Hidden);

    /// <summary>Whether an agent may change the field now: no line stands against it, and where none fits neither the status nor the role.</summary>
    public static bool MayChange(Viewer viewer, FieldDocument field, string status) =>
        field.Script is null
        && Of(viewer, field, status) switch
        {
            null => !field.LockedIn.Contains(status) && FieldDefaults.IsOfRole(field, viewer.Person.Role),
            var access => access >= FieldAccess.Edit,
        };

    /// <summary>In which statuses the field is hidden from a role.</summary>
    public static StatusRange HiddenIn(FieldDocument field, string role)
    {
        if (role.Length == 0)
        {
            return StatusRange.None;
        }

        var lines = field.Access.Where(line => IsFor(line, role)).ToList();
        var elsewhere = lines.Find(line => line.Statuses.Count == 0)?.Access == FieldAccess.Hidden;
        var named = lines.SelectMany(line => line.Statuses).Distinct(StringComparer.Ordinal);
        return new StatusRange(
            elsewhere,
            named
                .Where(status =>
                    elsewhere
                    != (
                        lines.First(line => line.Statuses.Count == 0 || line.Statuses.Contains(status)).Access
                        == FieldAccess.Hidden
                    )
                )
                .ToValueList()
        );
    }

    /// <summary>The ticket with what of its fields the viewer sees.</summary>
    public static TicketState Shown(Viewer viewer, TicketState ticket, IConfiguration configuration) =>
        Shown(viewer, ticket, ticket.Status, configuration);

    /// <summary>The ticket with what of its fields the viewer sees on tickets of a status.</summary>
    public static TicketState Shown(Viewer viewer, TicketState ticket, string status, IConfiguration configuration)
    {
        var seen = Seen(viewer, ticket.Fields, status, configuration);
        var shown = seen.Count == ticket.Fields.Count ? ticket : ticket with { Fields = seen };
        return
            shown.ApprovalTrouble is { } trouble
            && Reasons(viewer, trouble.Why, status, configuration) is var why
            && why.Count < trouble.Why.Count
            ? shown with
            {
                ApprovalTrouble = trouble with { Why = why },
            }
            : shown;
    }

    // A reason about a hidden field tells that there is one, and what it lacks.
    private static ValueList<Refusal> Reasons(
        Viewer viewer,
        ValueList<Refusal> why,
        string status,
        IConfiguration configuration
    ) =>
        why.Where(one =>
                (
                    one.Field is not { } field
                    || !field.StartsWith("fields.", StringComparison.Ordinal)
                    || Sees(viewer, field["fields.".Length..], status, configuration)
                )
                && !one.Arguments.Any(argument =>
                    configuration.TryGet<FieldDocument>(argument, out var named)
                    && Of(viewer, named, status) == FieldAccess.Hidden
                )
            )
            .ToValueList();

    /// <summary>The ticket with what of its fields the viewer sees.</summary>
    public static TicketSnapshot Shown(Viewer viewer, TicketSnapshot ticket, IConfiguration configuration) =>
        Shown(viewer, ticket.State, configuration) is var seen && ReferenceEquals(seen, ticket.State)
            ? ticket
            : ticket with
            {
                State = seen,
            };

    /// <summary>What happened, with what of the fields the viewer sees on the ticket as it is now; null when nothing else happened.</summary>
    public static TicketEvent? Shown(
        Viewer viewer,
        TicketState ticket,
        TicketEvent happened,
        IConfiguration configuration
    )
    {
        return FileSight.Shown(FileSight.HiddenFrom(viewer, ticket, configuration), happened) switch
        {
            null => null,
            TicketOpened e => e with { Fields = Of(e.Fields) },
            FieldsChanged e => Of(e.Fields) is { Count: > 0 } seen ? new FieldsChanged(seen) : null,
            TicketMoved e => e with
            {
                Fields = Of(e.Fields),
                Dropped = Of(e.Dropped),
                Mapped = ValueMap<string>.From(e.Mapped.Where(one => IsSeen(one.Key) && IsSeen(one.Value))),
            },
            ApprovalNotAsked e => e with { Why = Reasons(viewer, e.Why, ticket.Status, configuration) },
            ApprovalNotFollowed e => e with { Why = Reasons(viewer, e.Why, ticket.Status, configuration) },
            var seen => seen,
        };

        bool IsSeen(string field) => Sees(viewer, field, ticket.Status, configuration);

        ValueMap<TValue> Of<TValue>(ValueMap<TValue> fields) => Seen(viewer, fields, ticket.Status, configuration);
    }

    /// <summary>The log of a ticket as the viewer sees it: what changed hidden fields alone is left out.</summary>
    public static IReadOnlyList<RecordedEvent> Shown(
        Viewer viewer,
        TicketState ticket,
        IEnumerable<RecordedEvent> events,
        IConfiguration configuration
    ) =>
        [
            .. events
                .Select(recorded => (recorded, Seen: Shown(viewer, ticket, recorded.Event, configuration)))
                .Where(one => one.Seen is not null)
                .Select(one =>
                    ReferenceEquals(one.Seen, one.recorded.Event)
                        ? one.recorded
                        : one.recorded with
                        {
                            Event = one.Seen!,
                        }
                ),
        ];

    /// <summary>The form as the viewer fills it: without the fields that the viewer may not change on a new ticket, or, being a customer, could choose nobody for; and with those needed that must be filled.</summary>
    public static RequestTypeDocument Form(Viewer? viewer, RequestTypeDocument form, IConfiguration configuration) =>
        viewer is null || configuration.WorkflowOf(form.Type)?.Initial is not { } status
            ? form
            : form with
            {
                Form = form
                    .Form.Select(place =>
                        (Place: place, Access: Of(viewer, place.Field, status, configuration) ?? FieldAccess.Edit)
                    )
                    .Where(one => one.Access >= FieldAccess.Edit && Knows(viewer, one.Place.Field, configuration))
                    .Select(one => one.Access == FieldAccess.Required ? one.Place with { Required = true } : one.Place)
                    .ToValueList(),
            };

    // Whoever does not work tickets knows no team, so there is nothing to ask.
    private static bool Knows(Viewer viewer, string place, IConfiguration configuration) =>
        viewer.May(Permissions.WorkTickets)
        || !configuration.TryGet<FieldDocument>(place, out var field)
        || field.Kind != FieldKind.Team;

    private static ValueMap<TValue> Seen<TValue>(
        Viewer viewer,
        ValueMap<TValue> fields,
        string status,
        IConfiguration configuration
    ) =>
        fields.Keys.All(field => Sees(viewer, field, status, configuration))
            ? fields
            : ValueMap<TValue>.From(fields.Where(field => Sees(viewer, field.Key, status, configuration)));

    private static bool IsFor(FieldAccessRule line, string role) => line.Roles.Count == 0 || line.Roles.Contains(role);
}

/// <summary>Who may change a field of which no line of access says so.</summary>
internal static class FieldDefaults
{
    public const string Administrator = "administrator";

    public static bool IsOfRole(FieldDocument field, string role) =>
        field.EditableBy.Count == 0 || field.EditableBy.Contains(role) || role == Administrator;
}

/// <summary>Some statuses, or all but some.</summary>
/// <param name="Elsewhere">Whether the statuses are meant that are not named, and not those that are.</param>
/// <param name="Named">Ids.</param>
public sealed record StatusRange(bool Elsewhere, ValueList<string> Named)
{
    /// <summary>No status.</summary>
    public static StatusRange None { get; } = new(false, []);

    /// <summary>Whether no status is meant.</summary>
    public bool IsNone => !Elsewhere && Named.Count == 0;

    /// <summary>Whether every status is meant.</summary>
    public bool IsAll => Elsewhere && Named.Count == 0;

    /// <summary>Whether a status is meant.</summary>
    public bool Has(string status) => Elsewhere != Named.Contains(status);
}
