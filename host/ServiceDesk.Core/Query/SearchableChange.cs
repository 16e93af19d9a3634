using System.Globalization;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Query;

/// <summary>What of a ticket has a history that queries read. The numbers stand in the database.</summary>
public enum HistoryField
{
    Status = 1,
    Priority = 2,
    Assignee = 3,
    Team = 4,
    Type = 5,
    Desk = 6,
}

/// <summary>One change of one field: what <c>WAS</c> and <c>CHANGED</c> read in memory and what stands in the database, made by the same code.</summary>
/// <param name="Field">What changed.</param>
/// <param name="Version">The version of the event that changed it.</param>
/// <param name="From">The value before: an id, or a number in digits; null for empty.</param>
/// <param name="To">The value after.</param>
/// <param name="At">When, in Unix ticks.</param>
/// <param name="By">The person who did it; null when nobody did.</param>
public sealed record SearchableChange(HistoryField Field, long Version, string? From, string? To, long At, long? By);

/// <summary>Finds the changes in a ticket's events. Pure.</summary>
public static class SearchableChanges
{
    private static readonly HistoryField[] Fields = Enum.GetValues<HistoryField>();

    /// <summary>The changes that some events bring. That a ticket was opened is none.</summary>
    /// <param name="before">The ticket before the first of them; null when that opens it.</param>
    public static IEnumerable<SearchableChange> Of(TicketState? before, IEnumerable<RecordedEvent> events)
    {
        var ticket = before;
        foreach (var recorded in events)
        {
            // Facets are not read, so no plugin has to be asked.
            var after = Ticket.Evolve(ticket, recorded, TicketExtensions.None);
            if (ticket is not null && after is not null)
            {
                foreach (var change in Between(ticket, after, recorded))
                {
                    yield return change;
                }
            }

            ticket = after;
        }
    }

    private static IEnumerable<SearchableChange> Between(TicketState before, TicketState after, RecordedEvent recorded)
    {
        foreach (var field in Fields)
        {
            var (from, to) = (Value(before, field), Value(after, field));
            if (from != to)
            {
                yield return new SearchableChange(
                    field,
                    recorded.Version,
                    from,
                    to,
                    recorded.At.ToUnixTimeTicks(),
                    recorded.Actor.Person?.Value
                );
            }
        }
    }

    private static string? Value(TicketState ticket, HistoryField field) =>
        field switch
        {
            HistoryField.Status => ticket.Status,
            HistoryField.Priority => Digits((int)ticket.Priority),
            HistoryField.Assignee => ticket.Assignee is { } assignee ? Digits(assignee.Value) : null,
            HistoryField.Team => ticket.Team is { } team ? Digits(team.Value) : null,
            HistoryField.Type => ticket.Type,
            _ => ticket.Desk,
        };

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
