using System.Text.Json;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Bulk;

/// <summary>The same change for many tickets. What is left out stays as it is on each; null empties.</summary>
public sealed record BulkBody
{
    /// <summary>Keys of the tickets; or a query.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>A query for all that it finds; or keys.</summary>
    public string? Query { get; init; }

    /// <summary>Whether it only tells what would change.</summary>
    public bool? Preview { get; init; }

    /// <summary>Who works on them; null takes it away.</summary>
    public PersonReference? Assignee { get; init; }

    /// <summary>The team that works on them; null takes it away.</summary>
    public TeamReference? Team { get; init; }

    /// <summary>How urgent they are.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Values of fields by id; null empties a field.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }

    /// <summary>Labels to put on.</summary>
    public IReadOnlyList<string>? AddLabels { get; init; }

    /// <summary>Labels to take off.</summary>
    public IReadOnlyList<string>? RemoveLabels { get; init; }

    /// <summary>Customers who take part from then on.</summary>
    public IReadOnlyList<PersonReference>? Participants { get; init; }

    /// <summary>People who watch from then on.</summary>
    public IReadOnlyList<PersonReference>? Watchers { get; init; }

    /// <summary>What is written, Markdown.</summary>
    public string? Comment { get; init; }

    /// <summary>Who may see what is written; internal when it is left out.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>The id of the status, or of the transition where several lead there.</summary>
    public string? To { get; init; }

    /// <summary>How it was resolved, beside <c>to</c>.</summary>
    public string? Resolution { get; init; }
}
