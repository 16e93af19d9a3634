using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Queries;

public sealed class TicketQueriesTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Viewer Agent = WorldViewers.Everywhere;

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Tickets_that_come_between_two_pages_neither_repeat_nor_hide_others(DatabaseProvider provider)
    {
        var (queries, store) = await OnAsync(provider);
        var word = Word();
        for (var i = 0; i < 10; i++)
        {
            await TestTicket.OpenAsync(store, summary: $"{word} {i}");
        }

        var query = $"summary ~ {word} ORDER BY created DESC";
        var first = await queries.FindAsync(Agent, query, 4, null);
        await TestTicket.OpenAsync(store, summary: $"{word} late");
        var second = await queries.FindAsync(Agent, query, 4, first.Next);
        var third = await queries.FindAsync(Agent, query, 4, second.Next);

        Assert.Null(third.Next);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"{word} {9 - i}"),
            first.Items.Concat(second.Items).Concat(third.Items).Select(ticket => ticket.State.Summary)
        );
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_cursor_fits_only_the_list_and_the_person_it_was_made_for(DatabaseProvider provider)
    {
        var (queries, store) = await OnAsync(provider);
        await TestTicket.OpenAsync(store);
        await TestTicket.OpenAsync(store);
        var cursor = (await queries.FindAsync(Agent, "", 1, null)).Next!;

        await WrongAsync(() => queries.FindAsync(Agent, "ORDER BY created", 1, cursor));
        await WrongAsync(() => queries.FindAsync(WorldViewers.OnItDesk, "", 1, cursor));
        foreach (var forged in (string[])["", "x", "====", cursor[..^2], cursor + "AA", new string('A', 9_000), "ключ"])
        {
            await WrongAsync(() => queries.FindAsync(Agent, "", 1, forged));
        }

        Assert.NotEmpty((await queries.FindAsync(Agent, "", 1, cursor)).Items);
        await Assert.ThrowsAsync<QueryException>(() => queries.FindAsync(Agent, "", 0, null));
        await Assert.ThrowsAsync<QueryException>(() => queries.FindAsync(Agent, "", 201, null));

        static async Task WrongAsync(Func<Task> find) =>
            Assert.Equal("query.wrong-cursor", (await Assert.ThrowsAsync<QueryException>(find)).Error.Code);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_ticket_is_found_by_its_key_and_by_its_former_one(DatabaseProvider provider)
    {
        var (queries, store) = await OnAsync(provider);
        var ticket = await TestTicket.OpenAsync(store, "HR");
        var old = ticket.State.Key;
        var moved = await store.ReserveAsync("ITSD", CancellationToken.None);
        await ticket.SendAsync(store, new TicketMoved(old, moved.Key, "incident", "new", StatusCategory.New, false));

        foreach (var key in (TicketKey[])[old, moved.Key])
        {
            Assert.Equal(moved.Key, (await queries.FindByKeyAsync(Agent, key))!.State.Key);
            Assert.Equal(1, await queries.CountAsync(Agent, $"key = {key}"));
        }

        Assert.Null(await queries.FindByKeyAsync(Agent, new TicketKey("ITSD", 999_999)));
        Assert.Null(await queries.FindByKeyAsync(WorldViewers.Alone, moved.Key));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_part_of_a_key_finds_its_tickets_the_exact_number_first_and_only_what_the_viewer_sees(
        DatabaseProvider provider
    )
    {
        var (queries, store) = await OnAsync(provider);
        var opened = new List<TicketState>();
        // Tests share the database: tickets are opened until the numbers have a beginning in common.
        do
        {
            opened.Add((await TestTicket.OpenAsync(store)).State);
        } while (opened.Count < 12 || opened[^1].Key.Number % 10 != 1);

        var (longer, shorter) = (opened[^1].Key, new TicketKey("ITSD", opened[^1].Key.Number / 10));
        foreach (var typed in new[] { $"ITSD-{shorter.Number}", $" sd-{shorter.Number} ", $"-{shorter.Number}" })
        {
            var found = await FoundAsync(Agent, typed);
            Assert.Contains(longer, found);
            Assert.All(found, key => Assert.StartsWith($"{shorter.Number}", $"{key.Number}", StringComparison.Ordinal));
            Assert.True(!found.Contains(shorter) || found[0] == shorter, string.Join(", ", found));
        }

        Assert.Contains(longer, await FoundAsync(Agent, $"{longer.Number}"));
        Assert.Equal(longer, (await queries.FindByPartOfKeyAsync(Agent, "itsd-", 1))[0].State.Key);
        Assert.DoesNotContain(longer, await FoundAsync(Agent, $"XX-{longer.Number}"));
        Assert.Empty(await FoundAsync(WorldViewers.Alone, $"{longer.Number}"));
        foreach (
            var nothing in new[] { null, "", "-", "itsd", "0", "01", "1234567890", "I D-1", "%-1", "_-1", "ITSD-1x" }
        )
        {
            Assert.Empty(await queries.FindByPartOfKeyAsync(Agent, nothing, 10));
        }

        async Task<List<TicketKey>> FoundAsync(Viewer viewer, string typed) =>
            [.. (await queries.FindByPartOfKeyAsync(viewer, typed, 200)).Select(ticket => ticket.State.Key)];
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Korean_words_and_parts_of_them_are_found_in_every_text(DatabaseProvider provider)
    {
        var (queries, store) = await OnAsync(provider);
        var word = Word();
        var ticket = await TestTicket.OpenAsync(
            store,
            "ITSD",
            $"{word} 사내메신저 로그인 오류",
            "노트북에서만 발생합니다"
        );
        await ticket.SendAsync(store, ticket.Comment("재부팅 후에도 동일합니다"));

        foreach (var part in (string[])["메신저", "메", "신저", "오류 노트북", "재부팅", "동일", "로그인 오류"])
        {
            Assert.Equal(1, await queries.CountAsync(Agent, $"summary ~ {word} AND text ~ \"{part}\""));
        }

        Assert.Equal(1, await queries.CountAsync(Agent, $"제목 ~ {word} AND 설명 ~ 노트북 AND 상태 = 신규"));
        Assert.Equal(0, await queries.CountAsync(Agent, $"summary ~ {word} AND description ~ 재부팅"));
        Assert.Equal(0, await queries.CountAsync(Agent, $"summary ~ {word} AND text ~ 메인저"));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task People_are_known_by_name_and_address_and_teams_and_organizations_by_theirs(
        DatabaseProvider provider
    )
    {
        var (queries, store) = await OnAsync(provider);
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var word = Word();
        var person = await people.CreateAsync(new NewPerson($"김민수 {word}", $"{word}@Example.com", "agent"));
        var team = await people.CreateTeamAsync($"Network {word}");
        var organization = await people.CreateOrganizationAsync($"acme-{word}", $"Acme {word}", true);
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(store, new TicketAssigned(person.Id, team.Id));

        Assert.Equal(1, await queries.CountAsync(Agent, $"assignee = \"김민수 {word}\""));
        Assert.Equal(1, await queries.CountAsync(Agent, $"assignee = {word.ToUpperInvariant()}@example.COM"));
        Assert.Equal(1, await queries.CountAsync(Agent, $"assignee = {person.Id}"));
        Assert.Equal(1, await queries.CountAsync(Agent, $"team = \"NETWORK {word}\""));
        Assert.Equal(0, await queries.CountAsync(Agent, $"organization IN (acme-{word}, \"acme {word}\")"));
        var unknown = await Assert.ThrowsAsync<QueryException>(() => queries.CountAsync(Agent, $"assignee = x{word}"));
        Assert.Equal("query.unknown-person", unknown.Error.Code);
        Assert.NotEqual(0, organization.Id.Value);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task The_editor_is_given_names_for_agents_and_none_for_customers(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var word = Word();
        var people = database.Get<IPeopleStore>();
        await people.CreateAsync(new NewPerson($"이서연 {word}", $"{word}@example.com", "agent"));
        await people.CreateTeamAsync($"Night {word}");
        var suggestions = new QuerySuggestions(
            database.Database,
            new QueryLanguage(TicketExtensions.None, NoNames.Instance),
            () => QueryWorld.Configuration
        );

        Assert.Contains($"{word}@example.com", await TextsAsync($"assignee = \"이서연 {word}", Agent));
        Assert.Contains($"\"Night {word}\"", await TextsAsync($"team IN (\"night {word[..5]}", Agent));
        Assert.Empty(await TextsAsync($"requester = {word}", WorldViewers.Alone));

        async Task<IEnumerable<string>> TextsAsync(string text, Viewer viewer) =>
            (await suggestions.AtAsync(viewer, text, text.Length)).Suggestions.Select(one => one.Text);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Many_queues_are_counted_at_once_and_a_wrong_one_does_not_stop_the_others(
        DatabaseProvider provider
    )
    {
        var (queries, store) = await OnAsync(provider);
        var word = Word();
        await TestTicket.OpenAsync(store, summary: word);
        await TestTicket.OpenAsync(store, summary: word, description: "x");
        var asked = Enumerable.Repeat($"summary ~ {word}", 20).Append("nonsense").Append("summary ~ qqqqqqqq").ToList();

        var counts = await queries.CountAllAsync(Agent, asked);

        Assert.All(counts.Take(20), count => Assert.Equal((2, null), (count.Count, count.Error)));
        Assert.Equal("query.expected-operator", counts[20].Error!.Code);
        Assert.Equal((0, null), (counts[21].Count, counts[21].Error));
        Assert.Empty(await queries.CountAllAsync(Agent, []));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Who_is_asked_and_who_has_answered_has_approvals_and_nobody_else(DatabaseProvider provider)
    {
        var (queries, store) = await OnAsync(provider);
        var (asked, answered, other) = (new PersonId(70_001), new PersonId(70_002), new PersonId(70_003));
        var ticket = await TestTicket.OpenAsync(store);
        await ticket.SendAsync(
            store,
            new ApprovalRequested(
                1,
                LocalizedText.Of("May we?"),
                null,
                [new ApprovalStep([asked, answered], 2, null)],
                Parallel: false,
                ExpiresAt: null,
                CommentOnDecline: false,
                CustomersSee: false,
                ForStatus: null,
                WhenApproved: null,
                WhenDeclined: null
            )
        );
        await ticket.SendAsync(store, new ApprovalAnswered(1, answered, [0], true, null, CustomersSee: false));

        Assert.True(await queries.HasApprovalsAsync(asked));
        Assert.True(await queries.HasApprovalsAsync(answered));
        Assert.False(await queries.HasApprovalsAsync(other));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task The_largest_queries_that_the_language_allows_are_answered(DatabaseProvider provider)
    {
        var (queries, _) = await OnAsync(provider);
        var values = string.Join(", ", Enumerable.Range(1, 499).Select(number => $"{number}"));
        var comparisons = string.Join(" OR ", Enumerable.Range(1, 200).Select(number => $"cost = {number}"));
        var deep = string.Concat(Enumerable.Repeat("NOT (", 16)) + "cost IS EMPTY" + new string(')', 16);
        var words = string.Join(' ', Enumerable.Range(1, 20).Select(number => $"w{number}"));

        foreach (var query in (string[])[$"requester IN ({values})", comparisons, deep, $"text ~ \"{words}\""])
        {
            Assert.InRange(await queries.CountAsync(Agent, query), 0, int.MaxValue);
            Assert.InRange((await queries.FindAsync(Agent, query, 5, null)).Items.Count, 0, 5);
        }
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_line_of_a_list_shows_a_customer_nothing_of_the_agents(DatabaseProvider provider)
    {
        var (queries, store) = await OnAsync(provider);
        var word = Word();
        var ticket = await TestTicket.OpenAsync(store, summary: word);
        await ticket.SendAsync(store, new TicketAssigned(new PersonId(1), new TeamId(1)));
        var customer = WorldViewers.Alone with { Person = WorldViewers.Alone.Person with { Id = new PersonId(7) } };

        var line = Assert.Single((await queries.ListAsync(Agent, $"summary ~ {word}", 10, null)).Items);
        var seen = Assert.Single((await queries.ListAsync(customer, $"summary ~ {word}", 10, null)).Items);

        Assert.Equal((new PersonId(1), new TeamId(1)), (line.Assignee!.Value, line.Team!.Value));
        Assert.Equal((null, null, null, null), (seen.Assignee, seen.Team, seen.Channel, seen.StatusSince));
        Assert.Equal(ticket.State.PublicUpdatedAt, seen.UpdatedAt);
        Assert.Equal(ticket.State.UpdatedAt, line.UpdatedAt);
        Assert.NotEqual(line.UpdatedAt, seen.UpdatedAt);
    }

    private async Task<(TicketQueries Queries, ITicketStore Store)> OnAsync(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var language = new QueryLanguage(TicketExtensions.None, NoNames.Instance);
        var queries = new TicketQueries(
            database.Database,
            language,
            database.Get<SnapshotJson>(),
            () => QueryWorld.Configuration,
            database.Clock
        );
        return (queries, database.Get<ITicketStore>());
    }

    /// <summary>A word that no other test uses.</summary>
    private static string Word() =>
        System.Security.Cryptography.RandomNumberGenerator.GetHexString(12, lowercase: true);
}
