using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Queries;

/// <summary>
/// A condition for the query language that a plugin brings: <c>linked("blocks")</c>, <c>linkedTo(ITSD-95)</c>. It holds for a
/// ticket when one of the words that the ticket has is one that the argument means. A ticket's words are kept in its
/// searchable fields at each commit, so that memory and database agree. Only agents of the ticket's desk can ask.
/// </summary>
/// <param name="Name">Letters, the first one lower-case, such as <c>linkedTo</c>; read in either case.</param>
/// <param name="Argument">What stands in the parentheses.</param>
/// <param name="Read">The words of a ticket, each at most 100 characters. Pure.</param>
public sealed record QueryFunctionDefinition(
    string Name,
    QueryArgumentKind Argument,
    Func<TicketState, ValueList<string>> Read
)
{
    /// <summary>For <see cref="QueryArgumentKind.Text"/>: the words that an argument means under a configuration; none when it means nothing, which is a mistake in the query. For a ticket's key the word is the ticket's identity in digits.</summary>
    public Func<IConfiguration, string, ValueList<string>> Mean { get; init; } = (_, text) => [text];

    /// <summary>Arguments that are suggested to who writes a query.</summary>
    public Func<IConfiguration, ValueList<string>> Suggest { get; init; } = _ => [];
}

/// <summary>What stands in the parentheses of a query function.</summary>
public enum QueryArgumentKind
{
    /// <summary>A word or quoted text.</summary>
    Text = 1,

    /// <summary>The key of a ticket, also a former one. One that the asking person may not see looks as if it did not exist.</summary>
    TicketKey = 2,
}
