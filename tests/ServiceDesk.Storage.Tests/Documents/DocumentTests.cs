using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Macros;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Settings;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Documents;

public sealed class DocumentTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly DocumentAuthor Author = new(new PersonId(3), null, At, "왜냐하면");

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Documents_are_written_together_and_every_revision_can_be_read_again(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IDocumentStore>();

        var first = await store.WriteAsync(0, [New("desk", "ITSD", "{\"a\":1}"), New("queue", "all", "{}")], Author);
        var second = await store.WriteAsync(1, [New("desk", "ITSD", "{\"a\":2}"), New("queue", "all", null)], Author);
        var third = await store.WriteAsync(
            2,
            [New("queue", "all", "{\"b\":1}"), New("desk", "ITSD", "{\"a\":2}")],
            Author
        );

        Assert.Equal(
            [(true, 1L), (true, 2L), (true, 3L)],
            new[] { first, second, third }.Select(o => (o.Written, o.Revision))
        );
        Assert.Equal([("ITSD", 1, "{\"a\":1}"), ("all", 1, "{}")], await AtAsync(1));
        Assert.Equal([("ITSD", 2, "{\"a\":2}")], await AtAsync(2));
        Assert.Equal([("ITSD", 2, "{\"a\":2}"), ("all", 3, "{\"b\":1}")], await AtAsync(null));
        var history = await store.HistoryAsync("queue", "all");
        Assert.Equal(
            [(3, 3L, "{\"b\":1}"), (2, 2, null), (1, 1, "{}")],
            history.Select(v => (v.Version, v.Revision, v.Json))
        );
        Assert.Equal(Author, history[0].Author);
        Assert.Null((await store.FindVersionAsync("queue", "all", 2))!.Json);
        Assert.Null(await store.FindVersionAsync("queue", "all", 4));
        Assert.Equal([1, 3], (await store.AllVersionsAsync(["queue"])).Select(d => d.Version));
        var revisions = await store.RevisionsAsync(2);
        Assert.Equal([3L, 2L], revisions.Select(r => r.Revision));
        Assert.Equal(new TouchedDocument("queue", "all", 2, true), revisions[1].Documents[1]);

        async Task<IEnumerable<(string, int, string)>> AtAsync(long? revision) =>
            (await store.ReadAsync(revision)).Documents.Select(d => (d.Id, d.Version, d.Json));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_team_and_a_person_are_named_with_the_documents_or_not_at_all(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (store, people) = (database.Get<IDocumentStore>(), database.Get<IPeopleStore>());
        var (team, _) = (await people.CreateTeamAsync("Network"), await people.CreateTeamAsync("Security"));
        var person = await people.CreateAsync(new NewPerson("Kim", "kim@example.com", "agent"));
        await people.CreateAsync(new NewPerson("Lee", "lee@example.com", "agent"));
        var queues = database.Get<IOwnQueues>();
        var queue = await queues.AddAsync(person.Id, new OwnQueueText("Mine", "team = Network", null, null, null));
        var macros = database.Get<IOwnMacros>();
        var macro = await macros.AddAsync(person.Id, "{}");
        await people.TeamsAsync();

        var named = await store.WriteAsync(0, [New("desk", "ITSD", "{}")], Author, To("Network", "Core network"));
        Assert.Equal((true, 1L), (named.Written, named.Revision));
        Assert.Equal(["Core network", "Security"], (await people.TeamsAsync()).Select(one => one.Name));
        Assert.Equal("team = Network!", (await queues.FindAsync(person, queue!.Value))!.Text.Query);
        Assert.Equal("{} ", (await macros.FindAsync(person.Id, macro!.Value))!.Document);

        // Of another revision, of another name, and with a name that is taken: neither half is written.
        var late = await store.WriteAsync(0, [New("desk", "ITSD", null)], Author, To("Core network", "Late"));
        var other = await store.WriteAsync(1, [New("desk", "ITSD", null)], Author, To("Network", "Other"));
        Assert.Equal([(false, 1L), (false, 1L)], new[] { late, other }.Select(one => (one.Written, one.Revision)));
        var taken = await Assert.ThrowsAsync<PeopleConflictException>(() =>
            store.WriteAsync(1, [New("desk", "ITSD", null)], Author, To("Core network", "Security"))
        );
        Assert.Equal("name", taken.Field);
        var address = await Assert.ThrowsAsync<PeopleConflictException>(() =>
            store.WriteAsync(1, [New("desk", "ITSD", null)], Author, Address("LEE@example.com"))
        );
        Assert.Equal("email", address.Field);
        Assert.Single((await store.ReadAsync()).Documents);
        Assert.Equal(["Core network", "Security"], (await people.TeamsAsync()).Select(one => one.Name));

        // Without documents there is no revision.
        Assert.Equal(1, (await store.WriteAsync(1, [], Author, Address("kim.minsu@example.com"))).Revision);
        Assert.Equal(person.Id, (await people.FindByEmailAsync("kim.minsu@example.com"))!.Id);

        TeamNaming To(string from, string to) =>
            new(team.Id, from, to, new(query => query + "!", macro => macro + " "));
        PersonNaming Address(string to) =>
            new(person.Id, person.Email, new PersonChange { Email = to }, new(query => query, macro => macro));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_two_writers_on_one_revision_one_is_told_the_others(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IDocumentStore>();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i => Task.Run(() => store.WriteAsync(0, [New("field", $"f{i}", "{}")], Author)))
        );

        Assert.Single(outcomes, o => o.Written);
        Assert.All(outcomes, o => Assert.Equal(1, o.Revision));
        Assert.Single((await store.ReadAsync()).Documents);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_changes_nothing_makes_no_revision(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<IDocumentStore>();
        await store.WriteAsync(0, [New("field", "f", "{}")], Author);

        var again = await store.WriteAsync(1, [New("field", "f", "{}"), New("field", "gone", null)], Author);

        Assert.Equal(new DocumentWriteOutcome(true, 1), again);
        Assert.Equal(1, await store.RevisionAsync());
        Assert.Single(await store.RevisionsAsync(10));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Settings_are_replaced_and_taken_away(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var settings = database.Get<ISettingStore>();

        await settings.SaveAsync("incidents", "settings", "{\"x\":1}", null);
        await settings.SaveAsync("incidents", "settings", "{\"x\":2}", new PersonId(4));
        await settings.SaveAsync("incidents", "other", "1", null);

        Assert.Equal(
            new StoredSetting("{\"x\":2}", database.Clock.GetCurrentInstant(), new PersonId(4)),
            await settings.FindAsync("incidents", "settings")
        );
        Assert.Equal(["other", "settings"], (await settings.AllAsync("incidents")).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["other"], (await settings.FindAsync("incidents", ["other", "never"])).Keys);
        await settings.SaveAsync("incidents", "settings", null, null);
        Assert.Null(await settings.FindAsync("incidents", "settings"));
    }

    private static DocumentChange New(string kind, string id, string? json) => new(kind, id, json);
}
