using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query;

/// <summary>How lists of tickets can be drawn: what queues and addresses may say.</summary>
public static class ListChoices
{
    /// <summary>Fields by which a list can be grouped; each can be sorted by.</summary>
    public static ValueList<string> Groups { get; } =
    ["status", "priority", "assignee", "team", "type", "requester", "organization"];

    /// <summary>Numbers of lines that a page can have.</summary>
    public static ValueList<int> Rows { get; } = [25, 50, 100, 200];
}
