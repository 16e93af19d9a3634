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

    /// <summary>For which of the requester's organizations: id or key. May be left out where the requester has one or none.</summary>
    public OrganizationReference? Organization { get; init; }

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

    /// <summary>Ids of files that the caller uploaded before, attached publicly; at most 50.</summary>
    public IReadOnlyList<long>? Files { get; init; }

    /// <summary>Who takes part besides the requester, by id, address, or a name that only one person has; customers name colleagues.</summary>
    public IReadOnlyList<PersonReference>? Participants { get; init; }

    /// <summary>Whether colleagues of its organization are kept out, also where desk and organization share.</summary>
    public bool Private { get; init; }

    /// <summary>Further organizations whose members see it, by id or key; customers name the own ones.</summary>
    public IReadOnlyList<OrganizationReference>? SharedWith { get; init; }
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

    /// <summary>For agents: for which of the requester's organizations, by id or key; null for none.</summary>
    public OrganizationReference? Organization { get; init; }

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

/// <summary>With whom a ticket is to be shared.</summary>
public sealed record ShareBody
{
    /// <summary>The organization, by id or key; the ticket's own one ends that it is private.</summary>
    public OrganizationReference? Organization { get; init; }
}

/// <summary>Where a ticket is to go.</summary>
public sealed record MoveBody
{
    /// <summary>The key of the desk.</summary>
    public string? Desk { get; init; }

    /// <summary>The ticket type that it then has; left out, that of the request type, or the one it has, where the desk works it.</summary>
    public string? Type { get; init; }

    /// <summary>A request type of the other desk, whose required fields must then be filled; left out, none.</summary>
    public string? RequestType { get; init; }

    /// <summary>The status there: the first one, or one of the same meaning; left out, the one that fits best.</summary>
    public string? Status { get; init; }

    /// <summary>By the id of a field that is filled now, the field there that takes its value; null drops it. What is left out stays where the type there has the field, and is dropped where it has not.</summary>
    public IReadOnlyDictionary<string, string?>? Mapping { get; init; }

    /// <summary>Values for fields there by id.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }

    /// <summary>Tells what the move would make of the ticket, and makes nothing.</summary>
    public bool Preview { get; init; }
}

/// <summary>Where a message is to go as a ticket of its own.</summary>
public sealed record SplitBody
{
    /// <summary>The key of the desk; left out, that of the ticket, or of the request type.</summary>
    public string? Desk { get; init; }

    /// <summary>The ticket type's id; left out beside a request type, and where the desk is the ticket's: then the ticket's.</summary>
    public string? Type { get; init; }

    /// <summary>A request type of the desk.</summary>
    public string? RequestType { get; init; }

    /// <summary>One line; left out, the first line of a public message, or the ticket's summary for an internal one.</summary>
    public string? Summary { get; init; }

    /// <summary>Markdown that customers read; left out, the words of a public message, and none for an internal one, which comes along as a note.</summary>
    public string? Description { get; init; }

    /// <summary>Who asks; left out, the message's author if a customer, else who asked for the ticket.</summary>
    public PersonReference? Requester { get; init; }

    /// <summary>For which of the requester's organizations: id or key; left out, the ticket's where the requester belongs to it.</summary>
    public OrganizationReference? Organization { get; init; }

    /// <summary>How urgent it is; left out, as the type says.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Values of fields by id.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }
}

/// <summary>What a copy of a ticket takes along.</summary>
public sealed record DuplicateBody
{
    /// <summary>Another summary; left out, the same.</summary>
    public string? Summary { get; init; }

    /// <summary>Whether files come along, internal ones as internal. Left out: yes.</summary>
    public bool Attachments { get; init; } = true;

    /// <summary>Whether participants come along. Left out: yes.</summary>
    public bool Participants { get; init; } = true;
}

/// <summary>The ticket that stays in a merge.</summary>
public sealed record MergeBody
{
    /// <summary>Its key.</summary>
    public string? Into { get; init; }
}

/// <summary>What is taken out for good: a passage, or the content of an attachment.</summary>
public sealed record RedactBody
{
    /// <summary>As it was written, 2 to 10,000 characters; taken out wherever it stands in summary, description, comments and notes.</summary>
    public string? Passage { get; init; }

    /// <summary>The id of an attachment.</summary>
    public long? Attachment { get; init; }

    /// <summary>Another name for the attachment's place; left out, its name stays.</summary>
    public string? Name { get; init; }

    /// <summary>Why, one line. Stays.</summary>
    public string? Reason { get; init; }
}
