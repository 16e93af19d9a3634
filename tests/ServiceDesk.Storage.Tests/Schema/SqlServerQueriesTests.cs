using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Dialects;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Queries.Paging;

namespace ServiceDesk.Storage.Tests.Schema;

/// <summary>Where no SQL Server can be had, what queries and the access filter become on it is at least looked at: a change shows in review.</summary>
public sealed class SqlServerQueriesTests
{
    private static readonly QueryLanguage Language = new(QueryWorld.Extensions, new WorldNames());

    private static readonly (string Title, Viewer Viewer, string Query)[] Asked =
    [
        ("All, for who works everywhere", WorldViewers.Everywhere, ""),
        ("All, for who works on one desk", WorldViewers.OnItDesk, ""),
        ("All, for a customer who shares", WorldViewers.Sharing, ""),
        ("All, for a customer without an organization", WorldViewers.Nobody, ""),
        ("A text", WorldViewers.OnItDesk, "text ~ printer"),
        ("A text of two characters", WorldViewers.OnItDesk, "text ~ 접속"),
        ("A phrase, for a customer", WorldViewers.Sharing, "text ~ \"\\\"server down\\\"\""),
        ("What was", WorldViewers.Everywhere, "status WAS \"in progress\" DURING (-7d, now())"),
        ("What changed", WorldViewers.Everywhere, "assignee CHANGED FROM empty BY currentUser() AFTER startOfWeek()"),
        ("A clock", WorldViewers.Everywhere, "sla(\"Time to resolution\") < 1h AND sla(time-to-first-response) = met"),
        ("Words of a plugin, as linked(blocks)", WorldViewers.OnItDesk, "tagged(vpn) AND NOT tagged(major)"),
        ("A ticket that a plugin knows, as linkedTo(ITSD-1)", WorldViewers.OnItDesk, "besides(ITSD-1)"),
        ("Own fields", WorldViewers.Everywhere, "impact IN (high, medium) AND cost >= 10 AND place = korea"),
        ("A field that is hidden in some statuses", WorldViewers.Clerk, "cost IS NOT EMPTY"),
        ("Whom fields hold", WorldViewers.Everywhere, "manager = \"Person 3\" AND crew = myTeams()"),
        ("A person by name", WorldViewers.Everywhere, "assignee = \"Person 3\" OR requester = currentUser()"),
        ("Moments", WorldViewers.Everywhere, "created >= startOfDay(-2) AND resolved IS EMPTY"),
    ];

    [Fact]
    public async Task What_queries_become_is_the_approved_one()
    {
        var received = await EverythingAsync();
        var approved = Path.Combine(Folder(), "SqlServerQueries.approved.sql");

        var expected = File.Exists(approved) ? await File.ReadAllTextAsync(approved) : "";
        if (received != expected.ReplaceLineEndings("\n"))
        {
            await File.WriteAllTextAsync(Path.Combine(Folder(), "SqlServerQueries.received.sql"), received);
        }

        Assert.Equal(expected.ReplaceLineEndings("\n"), received);
    }

    private static async Task<string> EverythingAsync()
    {
        var search = MigrationTests.Dialect(DatabaseProvider.SqlServer).TextSearch;
        using var db = MigrationTests.Unconnected(DatabaseProvider.SqlServer);
        var text = new StringBuilder();
        foreach (var (title, viewer, query) in Asked)
        {
            Add(title, Read(viewer, query).Rows(db, search).Select(ticket => ticket.Id).ToQueryString());
        }

        foreach (var order in (string[])["impact DESC, created", "manager", "remaining"])
        {
            var ready = Read(WorldViewers.OnItDesk, $"category != done ORDER BY {order}");
            var keyset = new Keyset(new SortColumns(db).Of(ready.Query.Order));
            Add(
                $"A page in the order of {order}",
                keyset
                    .Stretch(ready.Rows(db, search), isTail: false, after: null)
                    .Select(keyset.Values())
                    .Take(51)
                    .ToQueryString()
            );
        }

        Add(
            "Counted",
            Read(WorldViewers.OnItDesk, "priority = high")
                .Rows(db, search)
                .GroupBy(ticket => ticket.Status)
                .Select(group => new { group.Key, Count = group.Count() })
                .ToQueryString()
        );
        var sets = new TicketSets(new NoDatabase(), Language, () => QueryWorld.Configuration, new StandingClock());
        Add("For reports", (await sets.MatchingAsync(WorldViewers.OnItDesk, "status != closed", default)).Sql);
        Add(
            "For reports, told apart by a field",
            (await sets.HeldAsync(WorldViewers.Clerk, "impact", default))!.Value.Sql
        );
        foreach (var typed in (string[])["person 3", "ㄱㅁ"])
        {
            Add($"People by the name {typed}", NameSources.PeopleWith(db, typed).ToQueryString());
        }

        var known = Acquaintances.Of(WorldViewers.Sharing, QueryWorld.Configuration);
        Add("People whom a customer knows", NameSources.PeopleWith(db, "person", known).ToQueryString());
        Add("People by address", NameSources.PeopleAt(db, ["person3@example.com"]).ToQueryString());
        Add("Organizations", NameSources.Organizations(db, known).ToQueryString());
        Add(
            "A ticket by its key",
            NameSources.Tickets(db, new TicketKey("ITSD", 1)).Select(one => one.Id).ToQueryString()
        );
        return text.ToString();

        void Add(string title, string sql) =>
            text.Append("-- ").Append(title).Append('\n').Append(sql.ReplaceLineEndings("\n").TrimEnd()).Append("\n\n");
    }

    private static ReadyQuery Read(Viewer viewer, string query)
    {
        var bound = new QueryBinder(
            Language.Catalog(QueryWorld.Configuration),
            QueryScope.Of(viewer, QueryWorld.Configuration),
            new WorldNames()
        ).Bind(QueryParser.Parse(query));
        var zone = DateTimeZoneProviders.Tzdb[viewer.Person.Zone];
        return new ReadyQuery(bound, viewer, new QueryContext(QueryWorld.Now, zone, viewer));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private sealed class StandingClock : IClock
    {
        public Instant GetCurrentInstant() => QueryWorld.Now;
    }

    private sealed class NoDatabase : IDatabase
    {
        public Dialect Dialect { get; } = MigrationTests.Dialect(DatabaseProvider.SqlServer);

        public ServiceDeskDb CreateDbContext() => MigrationTests.Unconnected(DatabaseProvider.SqlServer);

        public Task<T> WriteAsync<T>(
            Func<ServiceDeskDb, CancellationToken, Task<T>> work,
            CancellationToken cancellation = default
        ) => throw new InvalidOperationException("Nothing is written.");
    }
}
