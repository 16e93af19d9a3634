using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Connections;

/// <summary>PostgreSQL parses what is said again and again once for a connection.</summary>
public sealed class PreparedStatementTests
{
    [Theory, OnPostgreSql]
    public async Task Statements_that_come_again_are_prepared(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        await using var db = database.Database.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        for (var time = 0; time < 8; time++)
        {
            await db.People.CountAsync(person => person.Id == time);
        }

        var prepared = db.Database.SqlQuery<string>($"SELECT statement AS \"Value\" FROM pg_prepared_statements");
        Assert.Contains(
            await prepared.ToListAsync(),
            statement => statement.Contains("FROM people", StringComparison.Ordinal)
        );
    }
}
