using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>An agents' list.</summary>
public sealed record QueueDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>The desk's key.</summary>
    public required string Desk { get; init; }

    /// <summary>Which tickets of the desk, with order.</summary>
    public required string Query { get; init; }

    /// <summary>Columns in order: names of query fields or <c>sla:METRIC</c>.</summary>
    public ValueList<string> Columns { get; init; } = [];

    /// <summary>A Tabler icon's name.</summary>
    public string Icon { get; init; } = "inbox";

    /// <summary>The column by which its list is grouped: <c>status</c>, <c>priority</c>, <c>assignee</c>, <c>team</c>, <c>type</c>, <c>requester</c> or <c>organization</c>; null is none.</summary>
    public string? Group { get; init; }

    /// <summary>Lines on a page: 25, 50, 100 or 200; null is 50.</summary>
    public int? Rows { get; init; }

    /// <summary>Place among the desk's queues.</summary>
    public int Order { get; init; } = 100;
}
