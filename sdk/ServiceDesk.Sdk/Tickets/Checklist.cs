using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>A step that agents tick off on the way to the end of a ticket. Customers do not see it.</summary>
/// <param name="Id">Unique in the ticket and never used again, from 1.</param>
/// <param name="Text">What is to be done, one line of at most 255 characters; in several languages where a request type brought it.</param>
/// <param name="IsBlocking">Whether the ticket cannot be done while this is open.</param>
/// <param name="Assignee">The agent who does it; null for whoever works on the ticket.</param>
/// <param name="DueOn">The day until which it is to be done; null for none. Nothing happens by itself on that day.</param>
public sealed record TicketTask(int Id, LocalizedText Text, bool IsBlocking, PersonId? Assignee, LocalDate? DueOn)
{
    /// <summary>When it was ticked off; null while it is open.</summary>
    public Instant? DoneAt { get; init; }

    /// <summary>Who ticked it off; null while it is open, and for the product.</summary>
    public PersonId? DoneBy { get; init; }

    /// <summary>Whether it was ticked off.</summary>
    public bool IsDone => DoneAt is not null;
}

/// <summary>Put a step at the end of the checklist. For agents; a ticket holds at most 100.</summary>
/// <param name="Text">What is to be done, one line of at most 255 characters in each language.</param>
/// <param name="IsBlocking">Whether the ticket cannot be done while this is open.</param>
/// <param name="Assignee">An agent of the desk; null for whoever works on the ticket.</param>
/// <param name="DueOn">The day until which it is to be done.</param>
public sealed record AddTask(
    LocalizedText Text,
    bool IsBlocking = false,
    PersonId? Assignee = null,
    LocalDate? DueOn = null
) : TicketCommand;

/// <summary>Say a step anew, all of it. For agents.</summary>
/// <param name="Task">The step's id.</param>
/// <param name="Text">As in <see cref="AddTask"/>.</param>
/// <param name="IsBlocking">As in <see cref="AddTask"/>.</param>
/// <param name="Assignee">As in <see cref="AddTask"/>.</param>
/// <param name="DueOn">As in <see cref="AddTask"/>.</param>
public sealed record ChangeTask(int Task, LocalizedText Text, bool IsBlocking, PersonId? Assignee, LocalDate? DueOn)
    : TicketCommand;

/// <summary>Tick a step off, or open it again. For agents. What is so already changes nothing.</summary>
public sealed record TickTask(int Task, bool IsDone) : TicketCommand;

/// <summary>Take a step out of the checklist. For agents.</summary>
public sealed record RemoveTask(int Task) : TicketCommand;

/// <summary>Put a step at another place of the checklist. For agents.</summary>
/// <param name="Task">The step's id.</param>
/// <param name="Place">From 0; beyond the last is the last.</param>
public sealed record PlaceTask(int Task, int Place) : TicketCommand;

/// <summary>A step came to the end of the checklist.</summary>
[StoredName("ticket.task-added", 1)]
public sealed record TaskAdded(int Task, LocalizedText Text, bool IsBlocking, PersonId? Assignee, LocalDate? DueOn)
    : TicketEvent;

/// <summary>A step is now this.</summary>
[StoredName("ticket.task-changed", 1)]
public sealed record TaskChanged(int Task, LocalizedText Text, bool IsBlocking, PersonId? Assignee, LocalDate? DueOn)
    : TicketEvent;

/// <summary>A step was ticked off, or opened again.</summary>
/// <param name="Task">The step's id.</param>
/// <param name="Text">What was to be done.</param>
/// <param name="IsDone">Whether it is done now.</param>
[StoredName("ticket.task-ticked", 1)]
public sealed record TaskTicked(int Task, LocalizedText Text, bool IsDone) : TicketEvent;

/// <summary>A step was taken out.</summary>
/// <param name="Task">The step's id.</param>
/// <param name="Text">What was to be done.</param>
[StoredName("ticket.task-removed", 1)]
public sealed record TaskRemoved(int Task, LocalizedText Text) : TicketEvent;

/// <summary>A step has another place.</summary>
/// <param name="Task">The step's id.</param>
/// <param name="Place">From 0.</param>
[StoredName("ticket.task-placed", 1)]
public sealed record TaskPlaced(int Task, int Place) : TicketEvent;
