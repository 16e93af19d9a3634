using NodaTime;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Api.Search;

/// <summary>What a search found.</summary>
/// <param name="Query">The search as a query, as other routes take it; null for customers, to whom it would tell addresses of others.</param>
/// <param name="Notes">What was not understood and was looked for as text.</param>
/// <param name="Count">How many tickets there are; null behind the first page.</param>
/// <param name="IsMore">Whether there are more than are counted.</param>
/// <param name="Tickets">Tickets: those with all words in the summary first, the newest first in each.</param>
/// <param name="Groups">What else was found, on the first page; people and organizations for agents, and what plugins bring.</param>
public sealed record SearchAnswer(
    string? Query,
    IReadOnlyList<SearchNoteAnswer> Notes,
    int? Count,
    bool IsMore,
    SearchTicketsAnswer Tickets,
    IReadOnlyList<SearchGroupAnswer> Groups
);

/// <summary>A part of what was written that was not understood.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Number of its characters.</param>
public sealed record SearchNoteAnswer(string Code, string Detail, int Start, int Length);

/// <summary>A page of found tickets.</summary>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record SearchTicketsAnswer(IReadOnlyList<FoundTicketAnswer> Items, string? Next);

/// <summary>A found ticket.</summary>
/// <param name="Text">Another text of it with what was looked for; null where there is none.</param>
public sealed record FoundTicketAnswer(
    string Key,
    string Type,
    string Status,
    long Requester,
    Instant CreatedAt,
    MarkedAnswer Summary,
    FoundTextAnswer? Text
);

/// <summary>A part of a text in which something was found.</summary>
/// <param name="Comment">The comment's id; null for the description.</param>
/// <param name="Author">The person who wrote the comment; null where nobody did, and for the description.</param>
/// <param name="At">When the comment was written.</param>
public sealed record FoundTextAnswer(
    string Text,
    IReadOnlyList<MarkAnswer> Marks,
    long? Comment,
    bool IsInternal,
    long? Author,
    Instant At
);

/// <summary>A text with the places of what was looked for.</summary>
public sealed record MarkedAnswer(string Text, IReadOnlyList<MarkAnswer> Marks)
{
    internal static MarkedAnswer Of(MarkedText marked) => new(marked.Text, MarkAnswer.Of(marked));
}

/// <summary>A place in a text.</summary>
/// <param name="Start">Index of the first character, in UTF-16.</param>
/// <param name="Length">Number of characters, in UTF-16.</param>
public sealed record MarkAnswer(int Start, int Length)
{
    internal static IReadOnlyList<MarkAnswer> Of(MarkedText marked) =>
        [.. marked.Marks.Select(mark => new MarkAnswer(mark.Start, mark.Length))];
}

/// <summary>Things of one kind that were found.</summary>
/// <param name="Id">The kind, such as <c>people</c>.</param>
/// <param name="IsMissing">Whether it could not be asked.</param>
public sealed record SearchGroupAnswer(string Id, string Name, bool IsMissing, IReadOnlyList<SearchHitAnswer> Items);

/// <summary>Something found beside tickets.</summary>
/// <param name="Address">Its page on this server.</param>
/// <param name="Detail">What tells it from others of the same name.</param>
/// <param name="Text">A part of the text in which it was found.</param>
public sealed record SearchHitAnswer(MarkedAnswer Title, string Address, MarkedAnswer? Detail, MarkedAnswer? Text);
