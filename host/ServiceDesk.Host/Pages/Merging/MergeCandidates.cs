using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Merging;

/// <summary>Tickets into which one may be meant to be merged: by a key or a part of it, by words of the summary, and before anything is typed what the same person asked.</summary>
public sealed class MergeCandidates(ITicketQueries queries, IPeople people)
{
    private const int Most = 10;
    private const int LongestText = 100;

    /// <summary>At most 10, those that the viewer works on.</summary>
    public async Task<IReadOnlyList<TicketState>> FindAsync(
        Viewer viewer,
        TicketState ticket,
        string? text,
        CancellationToken cancellation
    )
    {
        var typed = (text ?? string.Empty).Trim();
        var found = new List<TicketState>();
        if (
            TicketKey.TryParse(typed, out var key)
            && await queries.FindByKeyAsync(viewer, key, cancellation) is { } named
        )
        {
            found.Add(named.State);
        }

        var parts = await queries.FindByPartOfKeyAsync(viewer, typed, Most + 1, cancellation);
        found.AddRange(parts.Select(part => part.State));

        var query = typed.Length == 0 ? await OfSameAsync(ticket, cancellation) : Named(typed);
        found.AddRange(await SearchAsync(viewer, query, cancellation));
        return
        [
            .. found
                .DistinctBy(other => other.Id)
                .Where(other => other.Id != ticket.Id && other.Merged is null && viewer.WorksOn(other.Desk))
                .Take(Most),
        ];
    }

    private static string Named(string typed)
    {
        var words = typed.Length > LongestText ? typed[..LongestText] : typed;
        return $"summary ~ {QueryText.Quote(words)} ORDER BY updated DESC";
    }

    private async Task<string> OfSameAsync(TicketState ticket, CancellationToken cancellation)
    {
        var asked = (await people.FindAsync(ticket.Requester, cancellation))?.Email;
        return asked is null
            ? "category != done ORDER BY updated DESC"
            : $"requester = {QueryText.Quote(asked)} AND category != done ORDER BY updated DESC";
    }

    // What people type need not be words that can be searched for.
    private async Task<IEnumerable<TicketState>> SearchAsync(
        Viewer viewer,
        string query,
        CancellationToken cancellation
    )
    {
        try
        {
            var page = await queries.FindAsync(viewer, query, Most + 1, cursor: null, cancellation);
            return page.Items.Select(item => item.State);
        }
        catch (QueryException)
        {
            return [];
        }
    }
}
