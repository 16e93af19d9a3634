using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Tests.Schema;

/// <summary>Where no SQL Server can be had, its schema and statements are at least looked at: a change shows in review.</summary>
public sealed class SqlServerTests
{
    [Fact]
    public async Task The_schema_and_statements_are_the_approved_ones()
    {
        var received = Everything();
        var approved = Path.Combine(Folder(), "SqlServer.approved.sql");

        var expected = File.Exists(approved) ? await File.ReadAllTextAsync(approved) : "";
        if (received != expected.ReplaceLineEndings("\n"))
        {
            await File.WriteAllTextAsync(Path.Combine(Folder(), "SqlServer.received.sql"), received);
        }

        Assert.Equal(expected.ReplaceLineEndings("\n"), received);
    }

    private static string Everything()
    {
        var dialect = MigrationTests.Dialect(DatabaseProvider.SqlServer);
        using var db = MigrationTests.Unconnected(DatabaseProvider.SqlServer);
        var text = new StringBuilder();
        Add("Migrations", db.GetService<IMigrator>().GenerateScript());
        Add("The head of the log", dialect.LockLogHead);
        Add("Due timers", dialect.ClaimDueTimers);
        Add("The next timer", dialect.NextDueTimer);
        Add("The time", dialect.NowTicks);
        Add("A row that may be there", dialect.InsertIfMissing("numbers", "series, next", "@p0, 1"));
        Add("A row of two keys that may be there", dialect.InsertIfMissing("a", "x, y, z", "@p0, @p1, @p2", keys: 2));
        Add("JSON", dialect.JsonText("json", "name", "en"));
        Add("Texts and their index", dialect.TextsNotIndexed);
        var row = new TicketTextRow { Text = "ab" };
        Add("A new text", string.Join(";\n", dialect.WriteText(row, isNew: true).Select(s => s.Sql)));
        Add("A changed text", string.Join(";\n", dialect.WriteText(row, isNew: false).Select(s => s.Sql)));
        Add("A text that goes", string.Join(";\n", dialect.RemoveText(1).Select(s => s.Sql)));
        var matching = dialect
            .TextSearch.Containing(db, "printer")
            .Where(x => x.Visibility == 1)
            .Select(x => x.TicketId);
        Add("Search", db.Tickets.Where(t => matching.Contains(t.Id)).Select(t => t.Id).ToQueryString());
        return text.ToString();

        void Add(string title, string sql) =>
            text.Append("-- ").Append(title).Append('\n').Append(sql.ReplaceLineEndings("\n").TrimEnd()).Append("\n\n");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
