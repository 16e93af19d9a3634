using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Connections;

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
        await using var command = ready
            .ToJoin(db, database.Dialect.TextSearch)
            .Select(ticket => new { Value = ticket.Id })
            .CreateDbCommand();
        var given = command.Parameters.Cast<DbParameter>().Select(one => (one.ParameterName, one.Value)).ToList();
        var names = given
            .Index()
            .ToDictionary(
                one => one.Item.ParameterName.TrimStart('@'),
                one => string.Create(CultureInfo.InvariantCulture, $"@ticket_set_{one.Index}"),
                StringComparer.Ordinal
            );

        // Names of its own, so that they meet none of the query that it is put into.
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
