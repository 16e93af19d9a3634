using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>A practice's kind of ticket, brought by a plugin.</summary>
public sealed record TicketTypeDocument : ConfigurationDocument
{
    /// <summary>A Tabler icon's name.</summary>
    public string Icon { get; init; } = "ticket";

    /// <summary>The id of its workflow.</summary>
    public required string Workflow { get; init; }

    /// <summary>Ids of the fields that its tickets have, in the order of the ticket page.</summary>
    public ValueList<string> Fields { get; init; } = [];

    /// <summary>The priority of a new ticket when none is given.</summary>
    public Priority DefaultPriority { get; init; } = Priority.Medium;

    /// <summary>Whether the requester of a ticket without a request type may ask colleagues of its organization for approval. A request type says it for its own.</summary>
    public bool CustomersAskApproval { get; init; }
}
