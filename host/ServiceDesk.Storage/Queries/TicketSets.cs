using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries;

/// <summary>A query over tickets as a statement that others put into theirs. Passes the same access filter as every read.</summary>
/// <param name="current">The configuration that is current.</param>
public sealed partial class TicketSets(
    IDatabase database,
    QueryLanguage language,
    Func<IConfiguration> current,
    IClock clock
)
{
    private readonly QueryReader reader = new(language, current, clock);

    /// <summary>The statement of identities in a column <c>Value</c>, and what makes its parameters anew for each use.</summary>
    public async Task<(string Sql, Func<IEnumerable<DbParameter>> Parameters)> MatchingAsync(
        Viewer viewer,
        string query,
        CancellationToken cancellation
    )
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var ready = await Reading.AvailableAsync(() => reader.ReadAsync(db, viewer, query, cancellation));
        return Detached(
            db,
            ready.ToJoin(db, database.Dialect.TextSearch).Select(ticket => new { Value = ticket.Id }),
            "ticket_set"
        );
    }

    /// <summary>The own fields whose values are words and that the viewer sees in some status.</summary>
    public ValueList<FieldDocument> WordFields(Viewer viewer) =>
        current()
            .All<FieldDocument>()
            .Where(field => ListChoices.HoldsWord(field) && FieldSight.Knows(viewer, field))
            .ToValueList();

    /// <summary>As <see cref="MatchingAsync"/>: what tickets hold in a field, in columns <c>Ticket</c> and <c>Word</c>; null when it is none of the <see cref="WordFields"/>.</summary>
    public async Task<(string Sql, Func<IEnumerable<DbParameter>> Parameters)?> HeldAsync(
        Viewer viewer,
        string field,
        CancellationToken cancellation
    )
    {
        if (WordFields(viewer).FirstOrDefault(one => one.Id == field) is not { } document)
        {
            return null;
        }

        await using var db = await database.CreateDbContextAsync(cancellation);
        return Detached(
            db,
            db.TicketFields.Where(row => row.Field == field && row.Ordinal == 0)
                .Join(
                    Showing(db.Tickets, viewer, document),
                    row => row.TicketId,
                    ticket => ticket.Id,
                    (row, ticket) =>
                        new
                        {
                            Ticket = row.TicketId,
                            Word = row.Text
                                ?? (
                                    row.Number > 0 ? "true"
                                    : row.Number != null ? "false"
                                    : null
                                ),
                        }
                ),
            "ticket_words"
        );
    }

    private static IQueryable<TicketRow> Showing(IQueryable<TicketRow> tickets, Viewer viewer, FieldDocument field)
    {
        if (!field.CustomersSee)
        {
            string[] desks = [.. viewer.Desks];
            tickets = tickets.Where(ticket => desks.Contains(ticket.Desk));
        }

        var hidden = FieldSight.HiddenIn(field, viewer.Person.Role);
        string[] named = [.. hidden.Named];
        return hidden.IsNone ? tickets
            : hidden.Elsewhere ? tickets.Where(ticket => named.Contains(ticket.Status))
            : tickets.Where(ticket => !named.Contains(ticket.Status));
    }

    // Parameters have names of their own, so that they meet none of the query that it is put into.
    private static (string Sql, Func<IEnumerable<DbParameter>> Parameters) Detached<T>(
        ServiceDeskDb db,
        IQueryable<T> query,
        string prefix
    )
    {
        using var command = query.CreateDbCommand();
        var given = command.Parameters.Cast<DbParameter>().Select(one => (one.ParameterName, one.Value)).ToList();
        var names = given
            .Index()
            .ToDictionary(
                one => one.Item.ParameterName.TrimStart('@'),
                one => string.Create(CultureInfo.InvariantCulture, $"@{prefix}_{one.Index}"),
                StringComparer.Ordinal
            );
        var sql = Parameter()
            .Replace(
                command.CommandText,
                found => names.TryGetValue(found.Groups["name"].Value, out var name) ? name : found.Value
            );
        var factory = FactoryOf(db);
        return (sql, () => given.Select(one => Made(factory, names[one.ParameterName.TrimStart('@')], one.Value)));
    }

    private static DbProviderFactory FactoryOf(ServiceDeskDb db) =>
        DbProviderFactories.GetFactory(db.Database.GetDbConnection())
        ?? throw new InvalidOperationException("The database's provider makes no parameters.");

    private static DbParameter Made(DbProviderFactory factory, string name, object? value)
    {
        var made = factory.CreateParameter()!;
        made.ParameterName = name;
        made.Value = value;
        return made;
    }

    [GeneratedRegex(@"@(?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
