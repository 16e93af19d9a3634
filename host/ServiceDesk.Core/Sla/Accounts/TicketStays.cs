using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla.Accounts;

/// <summary>Where a ticket was from an instant on.</summary>
/// <param name="From">The first instant.</param>
/// <param name="Version">The version of the event that brought it there.</param>
/// <param name="Type">Its ticket type.</param>
/// <param name="Status">Its status.</param>
/// <param name="Team">Its team; null for none.</param>
/// <param name="IsAssigned">Whether an agent had it.</param>
public sealed record TicketStay(Instant From, long Version, string Type, string Status, TeamId? Team, bool IsAssigned);

/// <summary>Tells from the events of a ticket where it was when.</summary>
public static class TicketStays
{
    /// <summary>Every stay, oldest first. One that ends in the instant in which it began is among them.</summary>
    /// <param name="events">All events of the ticket, in order.</param>
    public static IReadOnlyList<TicketStay> Of(IEnumerable<RecordedEvent> events)
    {
        var stays = new List<TicketStay>();
        foreach (var one in events)
        {
            var stay = stays.LastOrDefault();
            var next = one.Event switch
            {
                TicketOpened opened => new TicketStay(
                    one.At,
                    one.Version,
                    opened.Type,
                    opened.Status,
                    opened.Team,
                    opened.Assignee is not null
                ),
                StatusChanged changed => stay! with { Status = changed.To },
                TicketMoved moved => stay! with { Type = moved.Type, Status = moved.Status },
                TicketAssigned assigned => stay! with
                {
                    Team = assigned.Team,
                    IsAssigned = assigned.Assignee is not null,
                },
                _ => stay,
            };
            if (next is not null && next != stay)
            {
                stays.Add(next with { From = one.At, Version = one.Version });
            }
        }

        return stays;
    }
}
