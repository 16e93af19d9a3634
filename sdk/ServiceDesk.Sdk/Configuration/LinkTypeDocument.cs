using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>A way in which two tickets can be linked, with its words as each of them reads it.</summary>
public sealed record LinkTypeDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>How the ticket reads on which the link begins, such as "blocks".</summary>
    public required LocalizedText Outward { get; init; }

    /// <summary>How the other ticket reads, such as "is blocked by". Null where both read the same, such as "relates to".</summary>
    public LocalizedText? Inward { get; init; }

    /// <summary>Whether it makes parents and children: a ticket has one parent at most, and none is among its own descendants. Begins at the parent.</summary>
    public bool Hierarchical { get; init; }

    /// <summary>Whether customers who may see both tickets see the link.</summary>
    public bool CustomersSee { get; init; }

    /// <summary>Place among the types.</summary>
    public int Order { get; init; } = 100;
}
