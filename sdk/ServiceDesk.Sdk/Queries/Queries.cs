using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Queries;

/// <summary>A mistake in a query's text.</summary>
/// <param name="Code">The text key of the sentence.</param>
/// <param name="Arguments">What fills its places.</param>
/// <param name="Start">Index of the first wrong character.</param>
/// <param name="Length">Number of wrong characters; 0 at the end of the text.</param>
public sealed record QueryError(string Code, ValueList<string> Arguments, int Start, int Length);

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items, in order.</param>
/// <param name="Next">An opaque cursor to the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// Finds tickets. Every answer holds only what the viewer may see, decided in the database, as of the last commits. What a
/// viewer may not see is counted nowhere. Safe for use by many threads.
/// </summary>
public interface ITicketQueries
{
    /// <summary>Tickets that match a query.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="query">Query text with order, at most 10,000 characters; empty means all, newest first.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cursor">Where an earlier page ended; null for the first.</param>
    /// <exception cref="QueryException">The query, limit or cursor is wrong.</exception>
    /// <exception cref="StorageUnavailableException">The database could not be reached.</exception>
    Task<Page<TicketSnapshot>> FindAsync(
        Viewer viewer,
        string query,
        int limit,
        string? cursor,
        CancellationToken cancellation = default
    );

    /// <summary>How many tickets match, exactly.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="query">Query text; an order in it changes nothing.</param>
    /// <exception cref="QueryException">The query is wrong.</exception>
    /// <exception cref="StorageUnavailableException">The database could not be reached.</exception>
    Task<int> CountAsync(Viewer viewer, string query, CancellationToken cancellation = default);

    /// <summary>The ticket with this key, also by a former key; null when there is none or the viewer may not see it.</summary>
    /// <exception cref="StorageUnavailableException">The database could not be reached.</exception>
    Task<TicketSnapshot?> FindByKeyAsync(Viewer viewer, TicketKey key, CancellationToken cancellation = default);

    /// <summary>
    /// Tickets of whose key the text is a part, also of a former one: <c>12</c> and <c>SD-1</c> find <c>ITSD-12</c>. Those whose
    /// number it is come first, then the newest. None when the text is no part of a key; letters alone are words.
    /// </summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="text">What somebody typed; null is nothing.</param>
    /// <param name="limit">How many at most, 1 to 200.</param>
    /// <exception cref="StorageUnavailableException">The database could not be reached.</exception>
    Task<IReadOnlyList<TicketSnapshot>> FindByPartOfKeyAsync(
        Viewer viewer,
        string? text,
        int limit,
        CancellationToken cancellation = default
    );

    /// <summary>The tickets of these that the viewer may see, in no order.</summary>
    /// <param name="tickets">At most 1,000.</param>
    Task<IReadOnlyDictionary<TicketId, TicketSnapshot>> FindByIdAsync(
        Viewer viewer,
        IReadOnlyCollection<TicketId> tickets,
        CancellationToken cancellation = default
    );
}

/// <summary>A query's text is wrong. Pages and the API answer it with the sentence and its place (400).</summary>
/// <param name="error">What is wrong and where.</param>
public sealed class QueryException(QueryError error) : Exception(error.Code)
{
    /// <summary>What is wrong and where.</summary>
    public QueryError Error { get; } = error;
}
