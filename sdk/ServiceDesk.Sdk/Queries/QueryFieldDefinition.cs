using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Queries;

/// <summary>A name for the query language that a plugin brings. Its value is kept in the ticket's searchable fields at each commit, so that memory and database agree.</summary>
/// <param name="Name">Lower-case words with dashes, beginning with a letter, at most 60 characters, such as <c>major</c>.</param>
/// <param name="Kind">How it compares.</param>
/// <param name="Read">Reads it from a ticket; null means empty, as does what throws. Pure, and of the kind that <paramref name="Kind"/> tells: it is asked again only when the ticket changes.</param>
public sealed record QueryFieldDefinition(string Name, QueryFieldKind Kind, Func<TicketState, FieldValue?> Read)
{
    /// <summary>Finds values that begin with, or contain, what an agent has written so far: at most 25, only those that the viewer may know. Null suggests none, as does what throws or takes longer than 2 seconds.</summary>
    public Func<
        IServiceProvider,
        Viewer,
        string,
        CancellationToken,
        Task<IReadOnlyList<SuggestedValue>>
    >? Suggest { get; init; }
}

/// <summary>A value that may be written in a query.</summary>
/// <param name="Value">What is written; quoted where it must be.</param>
/// <param name="Label">What people call it; null where the value says it.</param>
public sealed record SuggestedValue(string Value, string? Label = null);

/// <summary>How a query field compares.</summary>
public enum QueryFieldKind
{
    /// <summary>Text: equal without regard to case, or <c>~</c> contains.</summary>
    Text = 1,

    /// <summary>Number.</summary>
    Number = 2,

    /// <summary>True or false.</summary>
    Flag = 3,

    /// <summary>Moment.</summary>
    Moment = 4,

    /// <summary>Id of a choice, equal or not.</summary>
    Choice = 5,
}
