using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Search;

/// <summary>
/// The ids of searchable texts: ticket, part, source and visibility packed into one number, so that an entry of an index
/// alone tells them and no text has to be looked up.
/// </summary>
internal static class TextIds
{
    /// <summary>How many bits stand below the ticket.</summary>
    public const int TicketShift = 22;

    /// <summary>The id. Summary 0, description 1, comment its id plus 1; the lowest bit is set for internal ones.</summary>
    public static long Of(long ticket, TextPart part, long source, Visibility visibility)
    {
        var code = part switch
        {
            TextPart.Summary => 0,
            TextPart.Description => 1,
            _ => source + 1,
        };
        if (code >= 1L << (TicketShift - 1))
        {
            throw new InvalidOperationException($"Ticket {ticket} has too many events to be searched.");
        }

        return (ticket << TicketShift) | (code << 1) | (visibility == Visibility.Internal ? 1L : 0L);
    }

    /// <summary>The row of a text.</summary>
    public static TicketTextRow Row(TicketId ticket, SearchableText text) =>
        new()
        {
            Id = Of(ticket.Value, text.Part, text.Source, text.Visibility),
            TicketId = ticket.Value,
            Part = (int)text.Part,
            Source = text.Source,
            Visibility = (int)text.Visibility,
            Text = text.Text,
        };
}
