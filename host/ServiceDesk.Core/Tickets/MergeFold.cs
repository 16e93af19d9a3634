using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What the events of merging make of a ticket. Total: what does not fit changes nothing.</summary>
internal static class MergeFold
{
    /// <summary>It is merged, and remembers how it stood. One that is merged stays where it is.</summary>
    public static TicketState Merged(TicketState ticket, TicketMerged merged, Instant at) =>
        ticket.Merged is not null
            ? ticket
            : ticket with
            {
                Merged = new MergedInto(merged.Into, merged.IntoKey, at, Standing(ticket)),
            };

    /// <summary>It is one of its own again. The instants of its status come back with the status; in another one they stay as they are.</summary>
    public static TicketState Undone(TicketState ticket)
    {
        if (ticket.Merged is not { Before: { } before })
        {
            return ticket;
        }

        var own = ticket with { Merged = null };
        return ticket.Status != before.Status || ticket.Category != before.Category
            ? own
            : own with
            {
                Resolution = before.Resolution,
                StatusSince = before.StatusSince,
                ResolvedAt = before.ResolvedAt,
                ClosedAt = before.ClosedAt,
                ReopenCount = before.ReopenCount,
            };
    }

    /// <summary>Another one was merged into it; its people come along.</summary>
    public static TicketState TakenIn(TicketState ticket, TicketTakenIn taken, Instant at) =>
        ticket.TakenIn.Any(other => other.Ticket == taken.Ticket)
            ? ticket
            : ticket with
            {
                TakenIn = ticket.TakenIn.Add(
                    new TakenInTicket(taken.Ticket, taken.Key, at, taken.Participants, taken.Watchers)
                ),
                Participants = ticket.Participants.Union(taken.Participants).ToValueList(),
                Watchers = ticket.Watchers.Union(taken.Watchers).ToValueList(),
            };

    /// <summary>Another one is one of its own again; who came with that one alone goes.</summary>
    public static TicketState LetGo(TicketState ticket, TicketLetGo gone)
    {
        if (ticket.TakenIn.FirstOrDefault(other => other.Ticket == gone.Ticket) is not { } taken)
        {
            return ticket;
        }

        var left = ticket.TakenIn.Remove(taken);
        return ticket with
        {
            TakenIn = left,
            Participants = Without(ticket.Participants, taken.Participants, left.SelectMany(one => one.Participants)),
            Watchers = Without(ticket.Watchers, taken.Watchers, left.SelectMany(one => one.Watchers)),
        };
    }

    private static ValueList<PersonId> Without(
        ValueList<PersonId> people,
        ValueList<PersonId> came,
        IEnumerable<PersonId> stays
    ) => people.Except(came.Except(stays)).ToValueList();

    private static StandingBeforeMerge Standing(TicketState ticket) =>
        new(
            ticket.Status,
            ticket.Category,
            ticket.Resolution,
            ticket.StatusSince,
            ticket.ResolvedAt,
            ticket.ClosedAt,
            ticket.ReopenCount
        );
}
