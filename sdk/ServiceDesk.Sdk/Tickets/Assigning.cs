using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>Give the ticket to whom an assignment policy chose. Only the product; a ticket that has an agent, or is done, stays as it is.</summary>
/// <param name="Decided">The choice with its reason.</param>
public sealed record TakeAssignment(AssignmentDecided Decided) : TicketCommand;

/// <summary>An assignment policy chose an agent, or could choose nobody, for this reason.</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Team">The policy's team.</param>
/// <param name="Assignee">Who gets it; null when nobody could.</param>
/// <param name="Method">How was chosen.</param>
/// <param name="Open">How many open tickets the one had who was chosen.</param>
/// <param name="Considered">How many could have got it.</param>
/// <param name="Skills">Which of the needed skills the one has who was chosen.</param>
/// <param name="StandsInFor">The absent member for whom the one stands in who was chosen; null for a member.</param>
/// <param name="PassedOver">Members who could not get it, and why.</param>
[StoredName("ticket.assignment-decided", 1)]
public sealed record AssignmentDecided(
    string Policy,
    TeamId Team,
    PersonId? Assignee,
    AssignmentMethod Method,
    int Open,
    int Considered,
    ValueList<string> Skills,
    PersonId? StandsInFor,
    ValueList<PassedOver> PassedOver
) : TicketEvent;

/// <summary>Somebody who could not get a ticket.</summary>
/// <param name="Person">Who.</param>
/// <param name="Why">Why not.</param>
/// <param name="LastDay">The last day of the absence; null for another reason.</param>
/// <param name="Again">When the person works next; null when it is not known, or another reason.</param>
public sealed record PassedOver(PersonId Person, PassedOverWhy Why, LocalDate? LastDay = null, Instant? Again = null);

/// <summary>Why somebody could not get a ticket.</summary>
public enum PassedOverWhy
{
    /// <summary>Absent, and nobody who works now stands in.</summary>
    Absent = 1,

    /// <summary>Outside working hours.</summary>
    OutsideHours = 2,

    /// <summary>Has as many open tickets as the policy gives one person.</summary>
    Full = 3,

    /// <summary>Does not work on the desk, or no longer at all.</summary>
    NotOnDesk = 4,
}
