using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query;

/// <summary>How lists of tickets can be drawn: what queues and addresses may say.</summary>
public static class ListChoices
{
    /// <summary>Before the id of an own field in the name of a column or group.</summary>
    public const string Field = "field:";

    /// <summary>The product's own fields by which a list can be grouped; each can be sorted by.</summary>
    public static ValueList<string> Groups { get; } =
    ["status", "priority", "assignee", "team", "type", "requester", "organization"];

    /// <summary>Before the metric's id in the name of a column that shows its clock.</summary>
    public const string Clock = "sla:";

    /// <summary>The most columns that a list has.</summary>
    public const int MostColumns = 30;

    /// <summary>The product's own columns.</summary>
    public static ValueList<string> Columns { get; } =
    [
        "key",
        "desk",
        "type",
        "request-type",
        "summary",
        "status",
        "priority",
        "resolution",
        "requester",
        "organization",
        "assignee",
        "team",
        "channel",
        "created",
        "updated",
        "resolved",
        "closed",
        "due",
        "remaining",
        "external-id",
    ];

    /// <summary>Numbers of lines that a page can have.</summary>
    public static ValueList<int> Rows { get; } = [25, 50, 100, 200];

    /// <summary>The id of the own field that a column or group names; null for another one.</summary>
    public static string? FieldOf(string name) =>
        name.StartsWith(Field, StringComparison.Ordinal) && name.Length > Field.Length ? name[Field.Length..] : null;

    /// <summary>Whether tickets have an order by the field, in which those of one value stand together: it holds one value, and no long text.</summary>
    public static bool HasOrder(FieldDocument field) =>
        field.Kind is not (FieldKind.LongText or FieldKind.Choices or FieldKind.Tags or FieldKind.Attachment);

    /// <summary>Whether what the field holds is one word of those that there are, so that figures can be told apart by it.</summary>
    public static bool HoldsWord(FieldDocument field) =>
        field.Kind
            is FieldKind.Choice
                or FieldKind.Flag
                or FieldKind.Person
                or FieldKind.Organization
                or FieldKind.Team;

    /// <summary>Whether a list can have the column: one of the product, the clock of a metric, or an own field.</summary>
    public static bool IsColumn(string column, IConfiguration configuration) =>
        Columns.Contains(column)
        || (FieldOf(column) is { } id && configuration.TryGet<FieldDocument>(id, out _))
        || (
            column.StartsWith(Clock, StringComparison.Ordinal)
            && configuration
                .All<SlaPolicyDocument>()
                .SelectMany(policy => policy.Metrics)
                .Any(metric => metric.Id == column[Clock.Length..])
        );

    /// <summary>
    /// The key by which a query orders tickets as a column shows them; null where tickets have no order by it.
    /// </summary>
    public static string? OrderBy(string column, IConfiguration configuration) =>
        column switch
        {
            "summary" or "channel" => null,
            "external-id" => "externalId",
            "request-type" => "requestType",
            _ when Columns.Contains(column) => column,
            _ => FieldOf(column) is { } id && configuration.TryGet<FieldDocument>(id, out var field) && HasOrder(field)
                ? $"field(\"{id}\")"
                : null,
        };

    /// <summary>Whether one wants the greatest first: what is urgent, and what is new.</summary>
    public static bool BeginsAtEnd(string column) =>
        column is "priority" or "created" or "updated" or "resolved" or "closed";

    /// <summary>Whether lists can be grouped so: by a field of the product, or an own one that has an order.</summary>
    public static bool IsGroup(string group, IConfiguration configuration) =>
        Groups.Contains(group)
        || (FieldOf(group) is { } id && configuration.TryGet<FieldDocument>(id, out var field) && HasOrder(field));
}
