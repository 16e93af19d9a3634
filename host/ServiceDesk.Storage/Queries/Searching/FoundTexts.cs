using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries.Translation;

namespace ServiceDesk.Storage.Queries.Searching;

/// <summary>
/// Reads in which text of each ticket of a page something was found. Who is only asked for an approval is shown no comment, and
/// internal notes are shown to agents of the desk alone, whatever the query was.
/// </summary>
internal sealed class FoundTexts(ServiceDeskDb db, Viewer viewer, SnapshotJson json)
{
    private const int Length = 180;

    /// <summary>The text of each ticket in which most terms stand: the description before comments, of these the newest.</summary>
    public async Task<IReadOnlyDictionary<long, FoundText>> OfAsync(
        IReadOnlyList<TicketListItem> tickets,
        IReadOnlyList<string> terms,
        CancellationToken cancellation
    )
    {
        if (tickets.Count == 0 || terms.Count == 0)
        {
            return new Dictionary<long, FoundText>();
        }

        var best = await BestAsync(tickets, terms, cancellation);
        var found = new Dictionary<long, FoundText>();
        var described = best.Where(place => place.Part == TextPart.Description).Select(place => place.Ticket).ToArray();
        if (described.Length > 0)
        {
            var snapshots = await db
                .Tickets.AsNoTracking()
                .Where(ticket => described.Contains(ticket.Id))
                .Select(ticket => ticket.Snapshot!.Json)
                .ToListAsync(cancellation);
            foreach (var state in snapshots.Select(snapshot => json.Read(snapshot).State))
            {
                var text = Highlights.Excerpt(state.Description, terms, Length);
                found[state.Id.Value] = new FoundText(text, null, Visibility.Public, null, state.CreatedAt);
            }
        }

        foreach (var place in best.Where(place => place.Part == TextPart.Comment))
        {
            var comment = await db
                .Comments.AsNoTracking()
                .FirstOrDefaultAsync(row => row.TicketId == place.Ticket && row.Version == place.Source, cancellation);
            if (comment is not null)
            {
                found[place.Ticket] = new FoundText(
                    Highlights.Excerpt(comment.Body, terms, Length),
                    comment.Version,
                    (Visibility)comment.Visibility,
                    new Actor(
                        (ActorKind)comment.AuthorKind,
                        comment.AuthorId is { } author ? new PersonId(author) : null,
                        comment.AuthorName
                    ),
                    Instant.FromUnixTimeTicks(comment.At)
                );
            }
        }

        return found;
    }

    private async Task<List<Place>> BestAsync(
        IReadOnlyList<TicketListItem> tickets,
        IReadOnlyList<string> terms,
        CancellationToken cancellation
    )
    {
        var all = tickets.Select(ticket => ticket.Id.Value).ToArray();
        var worked = tickets
            .Where(ticket => viewer.WorksOn(ticket.Key.Desk))
            .Select(ticket => ticket.Id.Value)
            .ToArray();
        var read = await db
            .Tickets.AsNoTracking()
            .Where(ticket => all.Contains(ticket.Id))
            .Where(AccessFilter.OfRead(db, viewer))
            .Select(ticket => ticket.Id)
            .ToArrayAsync(cancellation);
        var shown = db.TicketTexts.Where(text =>
            text.Part != (int)TextPart.Summary
            && all.Contains(text.TicketId)
            && (text.Visibility == (int)Visibility.Public || worked.Contains(text.TicketId))
            && (text.Part == (int)TextPart.Description || read.Contains(text.TicketId))
        );
        var places = new Dictionary<Place, int>();
        foreach (var term in terms)
        {
            var with = await shown
                .Where(text => text.Text.Contains(term))
                .Select(text => new
                {
                    text.TicketId,
                    text.Part,
                    text.Source,
                })
                .ToListAsync(cancellation);
            foreach (var row in with)
            {
                var place = new Place(row.TicketId, (TextPart)row.Part, row.Source);
                places[place] = places.GetValueOrDefault(place) + 1;
            }
        }

        return
        [
            .. places
                .GroupBy(place => place.Key.Ticket)
                .Select(ofTicket =>
                    ofTicket
                        .OrderByDescending(place => place.Value)
                        .ThenBy(place => place.Key.Part)
                        .ThenByDescending(place => place.Key.Source)
                        .First()
                        .Key
                ),
        ];
    }

    private sealed record Place(long Ticket, TextPart Part, long Source);
}
