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

    /// <summary>Whether lists can be grouped so: by a field of the product, or an own one that has an order.</summary>
    public static bool IsGroup(string group, IConfiguration configuration) =>
        Groups.Contains(group)
        || (FieldOf(group) is { } id && configuration.TryGet<FieldDocument>(id, out var field) && HasOrder(field));
}
