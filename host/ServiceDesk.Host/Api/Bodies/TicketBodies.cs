using System.Text.Json;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Bodies;

/// <summary>What opens a ticket.</summary>
public sealed record OpenTicketBody
{
    /// <summary>The desk's key. May be left out beside a request type.</summary>
    public string? Desk { get; init; }

    /// <summary>The ticket type's id, for agents; or a request type.</summary>
    public string? Type { get; init; }

    /// <summary>The request type's id, as the portal offers it.</summary>
    public string? RequestType { get; init; }

    /// <summary>One line, 1 to 255 characters.</summary>
    public string? Summary { get; init; }

    /// <summary>Markdown, at most 100,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>For agents: how urgent it is.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Who asks: id, address or name. Left out: the token's person.</summary>
    public PersonReference? Requester { get; init; }

    /// <summary>For agents: who works on it.</summary>
    public PersonReference? Assignee { get; init; }

    /// <summary>For agents: the team that works on it.</summary>
    public TeamReference? Team { get; init; }

    /// <summary>For agents: its number in another system, unique per desk.</summary>
    public string? ExternalId { get; init; }

    /// <summary>For agents: free labels.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Values of fields by id: text, number, true or false, a list of choices.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }
}

/// <summary>What changes a ticket, all or nothing. What is left out stays; null empties.</summary>
public sealed record ChangeTicketBody
{
    /// <summary>One line, 1 to 255 characters.</summary>
    public string? Summary { get; init; }

    /// <summary>Markdown, at most 100,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>How urgent it is.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Who works on it; null takes it away.</summary>
    public PersonReference? Assignee { get; init; }

    /// <summary>The team that works on it; null takes it away.</summary>
    public TeamReference? Team { get; init; }

    /// <summary>All labels that it then has.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Values of fields by id; null empties a field.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }
}

/// <summary>What writes a comment.</summary>
public sealed record CommentBody
{
    /// <summary>Markdown, 1 to 100,000 characters.</summary>
    public string? Body { get; init; }

    /// <summary>Public, which the customers of the ticket see, or internal, for agents. Left out: public.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>“phone” for the note of a call, “phone” or “mail” for a public comment that left by it; only agents tell. Left out: written here.</summary>
    public Channel? Channel { get; init; }
}

/// <summary>What moves a ticket to another status.</summary>
public sealed record TransitionBody
{
    /// <summary>The id of the status, or of the transition where several lead there; “reopen” opens one again that is done.</summary>
    public string? To { get; init; }

    /// <summary>How it was resolved, where the transition asks for it.</summary>
    public string? Resolution { get; init; }

    /// <summary>Values of fields by id; null empties a field.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }
}

/// <summary>Who is to take part.</summary>
public sealed record ParticipantBody
{
    /// <summary>By id, address, or a name that only one person has.</summary>
    public PersonReference? Person { get; init; }
}

/// <summary>Where a ticket is to go.</summary>
public sealed record MoveBody
{
    /// <summary>The key of the desk.</summary>
    public string? Desk { get; init; }

    /// <summary>The ticket type that it then has; left out, the one it has, where the desk works it.</summary>
    public string? Type { get; init; }
}

/// <summary>The ticket that stays in a merge.</summary>
public sealed record MergeBody
{
    /// <summary>Its key.</summary>
    public string? Into { get; init; }
}
