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

    /// <summary>Place among the desk's queues.</summary>
    public int Order { get; init; } = 100;
}
