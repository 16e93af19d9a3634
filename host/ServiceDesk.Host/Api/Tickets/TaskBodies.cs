using NodaTime;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>A step as a client says it.</summary>
public sealed record TaskBody
{
    /// <summary>What is to be done: one line of at most 255 characters.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the ticket cannot be done while this is open.</summary>
    public bool? Blocking { get; init; }

    /// <summary>The agent who does it, by id, address, or a name that only one person has; null for whoever works on the ticket.</summary>
    public PersonReference? Assignee { get; init; }

    /// <summary>The day until which it is to be done, <c>2026-12-24</c>; null for none.</summary>
    public string? DueOn { get; init; }
}

/// <summary>Whether a step is done.</summary>
public sealed record TickBody
{
    /// <summary>False opens it again; left out it is done.</summary>
    public bool? Done { get; init; }
}

/// <summary>Where a step is to stand.</summary>
public sealed record PlaceBody
{
    /// <summary>From 0; beyond the last is the last.</summary>
    public int? Place { get; init; }
}

/// <summary>A step of a checklist.</summary>
/// <param name="Id">Unique in the ticket.</param>
/// <param name="Text">What is to be done, in the reader's language where it has several.</param>
/// <param name="Blocking">Whether the ticket cannot be done while this is open.</param>
/// <param name="Done">Whether it was ticked off.</param>
/// <param name="Assignee">The agent who does it; null for whoever works on the ticket.</param>
/// <param name="DueOn">The day until which it is to be done.</param>
/// <param name="DoneAt">When it was ticked off.</param>
/// <param name="DoneBy">Who ticked it off.</param>
public sealed record TaskAnswer(
    int Id,
    string Text,
    bool Blocking,
    bool Done,
    PersonAnswer? Assignee,
    string? DueOn,
    Instant? DoneAt,
    PersonAnswer? DoneBy
);
