using System.Text;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Reading;

/// <summary>Tickets that may be meant by what somebody types: by a key or a part of it, or by words of the summary. Only those that the viewer can link.</summary>
public sealed class LinkCandidates(ITicketQueries queries)
{
    private const int Most = 10;
    private const int LongestText = 100;

    /// <summary>The newest first, at most 10.</summary>
    /// <param name="except">The ticket that is to be linked.</param>
    public async Task<IReadOnlyList<TicketState>> FindAsync(
        Viewer viewer,
        string? text,
        TicketId? except,
        CancellationToken cancellation = default
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

        var words = typed.Length > LongestText ? typed[..LongestText] : typed;
        var query =
            words.Length == 0
                ? "category != done ORDER BY updated DESC"
                : $"summary ~ {Quoted(words)} ORDER BY updated DESC";
        found.AddRange((await SearchAsync(viewer, query, cancellation)).Select(item => item.State));
        return
        [
            .. found
                .DistinctBy(ticket => ticket.Id)
                .Where(ticket => ticket.Id != except && viewer.WorksOn(ticket.Desk))
                .Take(Most),
        ];
    }

    // What people type need not be words that can be searched for.
    private async Task<IReadOnlyList<TicketSnapshot>> SearchAsync(
        Viewer viewer,
        string query,
        CancellationToken cancellation
    )
    {
        try
        {
            return (await queries.FindAsync(viewer, query, Most + 1, cursor: null, cancellation)).Items;
        }
        catch (QueryException)
        {
            return [];
        }
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }
}
