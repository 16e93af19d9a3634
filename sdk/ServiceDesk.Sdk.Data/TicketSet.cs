using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Data;

/// <summary>Tells a plugin's queries over its own tables which tickets a viewer may see, decided in the database as for lists.</summary>
public interface ITicketSets
{
    /// <summary>The tickets that match a query and that the viewer may see.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="query">Query text; empty means all. An order in it changes nothing.</param>
    /// <exception cref="QueryException">The query is wrong.</exception>
    Task<TicketSet> MatchingAsync(Viewer viewer, string query, CancellationToken cancellation = default);

    /// <summary>The own fields whose values are words and that the viewer sees in some status, in their order: choice, flag, person, organization and team.</summary>
    ValueList<FieldDocument> WordFields(Viewer viewer);

    /// <summary>What tickets hold in one of <see cref="WordFields"/>, as they are now. Where the viewer does not see it they hold nothing.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="field">The field's id.</param>
    /// <returns>Null when it is none of them, or none for the viewer.</returns>
    Task<TicketWords?> HeldAsync(Viewer viewer, string field, CancellationToken cancellation = default);
}

/// <summary>A condition on identities of tickets, to be joined with a plugin's rows. Holds no rows: each use asks the database anew.</summary>
/// <param name="sql">A statement with the one column <c>Value</c>.</param>
/// <param name="parameters">Makes its parameters for one use.</param>
public sealed class TicketSet(string sql, Func<IEnumerable<DbParameter>> parameters)
{
    /// <summary>The identities, as a part of a query of a plugin's context. Use it once in a query.</summary>
    /// <param name="context">The context that reads.</param>
    public IQueryable<long> In(PluginDbContext context) =>
        context.Set<FoundTicket>().FromSqlRaw(sql, [.. parameters().Cast<object>()]).Select(found => found.Value);
}

/// <summary>What tickets hold in a field, to be joined with a plugin's rows. Holds no rows: each use asks the database anew.</summary>
/// <param name="sql">A statement with the columns <c>Ticket</c> and <c>Word</c>.</param>
/// <param name="parameters">Makes its parameters for one use.</param>
public sealed class TicketWords(string sql, Func<IEnumerable<DbParameter>> parameters)
{
    /// <summary>At most one row a ticket, as a part of a query of a plugin's context. Use it once in a query.</summary>
    /// <param name="context">The context that reads.</param>
    public IQueryable<TicketWord> In(PluginDbContext context) =>
        context.Set<TicketWord>().FromSqlRaw(sql, [.. parameters().Cast<object>()]);
}

/// <summary>What a ticket holds in a field.</summary>
public sealed class TicketWord
{
    /// <summary>The ticket's identity.</summary>
    public long Ticket { get; set; }

    /// <summary>A choice's id; the digits of a person, an organization or a team; <c>true</c> or <c>false</c>. Null for nothing.</summary>
    public string? Word { get; set; }
}

/// <summary>
/// A row of a <see cref="TicketSet"/>. A type without a table in each context, since what is asked as a bare number is converted
/// before it is compared, and no database finds that by its key.
/// </summary>
internal sealed class FoundTicket
{
    public long Value { get; set; }
}
