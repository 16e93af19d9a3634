using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Queries.Searching;

/// <summary>
/// Finds tickets by what somebody typed into the search box. What is typed becomes a query, so that what may be found is
/// decided where it is for every query.
/// </summary>
public interface ITicketSearch
{
    /// <summary>How far hits are counted.</summary>
    const int MostCounted = 1_000;

    /// <summary>What was typed as a query: it itself where it is one, else the query of its words and operators.</summary>
    /// <param name="onlyWords">Whether it is never taken for a query.</param>
    /// <exception cref="QueryException">It is too long. What is wrong in a query is told when it is asked.</exception>
    Task<ReadSearch> ReadAsync(
        Viewer viewer,
        string typed,
        bool onlyWords = false,
        CancellationToken cancellation = default
    );

    /// <summary>Hits of a search: those with all that is looked for in the summary first, the newest first in each.</summary>
    /// <param name="search">As <see cref="ReadAsync"/> read it for the same viewer.</param>
    /// <param name="within">A query that hits must match too; null for none.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cursor">Where an earlier page ended; null for the first.</param>
    /// <exception cref="QueryException">The query, limit or cursor is wrong.</exception>
    Task<Page<TicketHit>> FindAsync(
        Viewer viewer,
        ReadSearch search,
        string? within,
        int limit,
        string? cursor,
        CancellationToken cancellation = default
    );

    /// <summary>How many hits there are, as far as <see cref="MostCounted"/>; one more says that there are more.</summary>
    Task<int> CountAsync(Viewer viewer, ReadSearch search, CancellationToken cancellation = default);
}

/// <summary>A search as it was understood.</summary>
/// <param name="Query">The query, in canonical form where words and operators were typed.</param>
/// <param name="Lists">Queries of the lists that follow one another.</param>
/// <param name="Terms">Folded words and phrases that are marked in hits.</param>
/// <param name="Words">Folded words and phrases that other sources look for; none where a query was typed.</param>
/// <param name="Notes">What was not understood and is looked for as text, with its place.</param>
/// <param name="IsQuery">Whether a query was typed.</param>
public sealed record ReadSearch(
    string Query,
    ValueList<string> Lists,
    ValueList<string> Terms,
    ValueList<string> Words,
    ValueList<QueryError> Notes,
    bool IsQuery
);

/// <summary>A ticket that a search found.</summary>
/// <param name="Ticket">It as a line of a list.</param>
/// <param name="Summary">Its summary with what was looked for.</param>
/// <param name="Found">Another text of it with what was looked for; null where there is none.</param>
public sealed record TicketHit(TicketListItem Ticket, MarkedText Summary, FoundText? Found);

/// <summary>A part of a text in which something was found.</summary>
/// <param name="Text">A part of it.</param>
/// <param name="Comment">The comment's id; null for the description.</param>
/// <param name="Visibility">Who may read it.</param>
/// <param name="Author">Who wrote the comment; null for the description.</param>
/// <param name="At">When.</param>
public sealed record FoundText(MarkedText Text, long? Comment, Visibility Visibility, Actor? Author, Instant At);
