using ServiceDesk.Host.Queries.Searching;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A ticket that a search found, with the names that people read.</summary>
/// <param name="Author">Who wrote the comment in which it was found; null for none.</param>
public sealed record FoundTicket(TicketLine Line, TicketHit Hit, string? Author);

/// <summary>A page of what a search found.</summary>
/// <param name="Search">How what was typed was understood.</param>
/// <param name="Count">How many tickets there are, as far as they are counted; null behind the first page.</param>
public sealed record FoundPage(
    ReadSearch Search,
    IReadOnlyList<FoundTicket> Tickets,
    string? Next,
    int? Count,
    IReadOnlyList<FoundGroup> Groups
)
{
    /// <summary>Whether nothing was found at all.</summary>
    public bool IsEmpty => Tickets.Count == 0 && Groups.All(group => group.Hits.Count == 0);
}

/// <summary>Reads what a search finds: tickets, and on the first page everything else.</summary>
public sealed class SearchPages(
    ITicketSearch search,
    SearchGroups groups,
    TicketLines lines,
    IPeople people,
    ITexts texts
)
{
    private const int GroupLimit = 5;

    /// <summary>A page.</summary>
    /// <exception cref="QueryException">Query, limit or cursor are wrong.</exception>
    public async Task<FoundPage> ReadAsync(
        Viewer viewer,
        ReadSearch read,
        int limit,
        string? cursor,
        CancellationToken cancellation
    )
    {
        var page = await search.FindAsync(viewer, read, null, limit, cursor, cancellation);
        var named = await lines.NamedAsync([.. page.Items.Select(hit => hit.Ticket)], cancellation);
        var authors = page.Items.Select(hit => hit.Found?.Author?.Person).OfType<PersonId>().Distinct().ToList();
        var persons = await people.FindAsync(authors, cancellation);
        return new FoundPage(
            read,
            [.. page.Items.Zip(named, (hit, line) => new FoundTicket(line, hit, NameOf(hit.Found?.Author)))],
            page.Next,
            cursor is null ? await search.CountAsync(viewer, read, cancellation) : null,
            cursor is null ? await groups.FindAsync(viewer, read.Words, GroupLimit, inPortal: false, cancellation) : []
        );

        string? NameOf(Actor? author) =>
            author is null ? null
            : author.Person is { } id && persons.TryGetValue(id, out var person) ? person.Name
            : author.Name ?? texts["history.actor-system"];
    }
}
