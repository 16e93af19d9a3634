using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Queries.Searching;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Queries;

public sealed partial class TicketSearchTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Viewer Agent = WorldViewers.Everywhere with
    {
        Permissions = [Permissions.WorkTickets, Permissions.ManagePeople],
    };

    private static readonly Viewer Requester = WorldViewers.Alone with
    {
        Person = WorldViewers.Alone.Person with { Id = new PersonId(7) },
    };

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task What_has_the_words_in_the_summary_comes_first_then_the_newest_over_all_pages(
        DatabaseProvider provider
    )
    {
        var (search, store) = await OnAsync(provider);
        var word = Word();
        var expected = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var told = await TestTicket.OpenAsync(store, summary: $"told {i}", description: $"about {word}");
            var titled = await TestTicket.OpenAsync(store, summary: $"{word} titled {i}");
            expected.Insert(0, titled.State.Summary);
            expected.Insert(i + 1, told.State.Summary);
        }

        var read = await search.ReadAsync(Agent, word);
        var found = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            var page = await search.FindAsync(Agent, read, null, 3, cursor);
            found.AddRange(page.Items.Select(hit => hit.Ticket.Summary));
            cursor = page.Next;
            pages++;
        } while (cursor is not null);

        Assert.Equal(expected, found);
        Assert.Equal(3, pages);
        Assert.Equal(8, await search.CountAsync(Agent, read));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_full_page_that_is_the_last_leads_to_no_empty_one(DatabaseProvider provider)
    {
        var (search, store) = await OnAsync(provider);
        var word = Word();
        await TestTicket.OpenAsync(store, summary: $"{word} a");
        await TestTicket.OpenAsync(store, summary: $"{word} b");

        var page = await search.FindAsync(Agent, await search.ReadAsync(Agent, word), null, 2, null);

        Assert.Equal(2, page.Items.Count);
        Assert.Null(page.Next);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Words_phrases_exclusions_and_parts_of_words_of_every_script_are_found(DatabaseProvider provider)
    {
        var (search, store) = await OnAsync(provider);
        var mark = Word();
        async Task<TicketKey> OpenAsync(string summary) =>
            (await TestTicket.OpenAsync(store, summary: $"{mark} {summary}")).State.Key;
        var system = await OpenAsync("전자결재시스템 오류");
        var down = await OpenAsync("mail server down again");
        var apart = await OpenAsync("server room, lights down");
        var chinese = await OpenAsync("打印机无法打印文件");
        var japanese = await OpenAsync("プリンターが動きません");

        Assert.Equal([system], await KeysAsync("결재"));
        Assert.Equal([chinese], await KeysAsync("无法"));
        Assert.Equal([japanese], await KeysAsync("リン"));
        Assert.Equal([apart, down], await KeysAsync("server down"));
        Assert.Equal([down], await KeysAsync("\"Server  Down\""));
        Assert.Equal([apart], await KeysAsync("server -again"));
        Assert.Equal([chinese, system], await KeysAsync("결재 OR 打印"));
        Assert.Equal([apart, down], await KeysAsync("(server OR nothing) down"));

        async Task<TicketKey[]> KeysAsync(string typed)
        {
            var read = await search.ReadAsync(Agent, $"{mark} ({typed})");
            Assert.Empty(read.Notes);
            return [.. (await search.FindAsync(Agent, read, null, 50, null)).Items.Select(hit => hit.Ticket.Key)];
        }
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_hit_shows_the_comment_in_which_it_was_found_with_author_and_time(DatabaseProvider provider)
    {
        var (search, store) = await OnAsync(provider);
        var word = Word();
        var ticket = await TestTicket.OpenAsync(store, summary: "Mail", description: "It does not work.");
        await ticket.SendAsync(store, ticket.Comment($"Please restart {word.ToUpperInvariant()} now"));

        var hit = Assert.Single((await FindAsync(search, Agent, word)).Items);

        Assert.Empty(hit.Summary.Marks);
        var found = hit.Found!;
        var mark = Assert.Single(found.Text.Marks);
        Assert.Equal(word.ToUpperInvariant(), found.Text.Text.Substring(mark.Start, mark.Length));
        Assert.Equal((ticket.State.Version, Visibility.Public), (found.Comment!.Value, found.Visibility));
        Assert.Equal(new PersonId(7), found.Author!.Person);
        Assert.Equal(ticket.State.UpdatedAt, found.At);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Customers_find_nothing_internal_and_neither_count_nor_excerpt_tells_of_it(
        DatabaseProvider provider
    )
    {
        var (search, store) = await OnAsync(provider);
        var (open, secret) = (Word(), Word());
        var ticket = await TestTicket.OpenAsync(store, summary: $"Mail {open}");
        await ticket.SendAsync(store, ticket.Note($"{secret} {open}"));
        await ticket.SendAsync(store, ticket.Comment($"{open} is public"));
        await TestTicket.OpenAsync(store, "HR", summary: $"Other {open}", requester: 99);

        foreach (var typed in (string[])[secret, $"{open} {secret}", $"{secret} OR {secret}x", $"text ~ {secret}"])
        {
            Assert.Empty((await FindAsync(search, Requester, typed)).Items);
            Assert.Equal(0, await search.CountAsync(Requester, await search.ReadAsync(Requester, typed)));
        }

        // What is excluded does not tell either that it is there.
        foreach (var typed in (string[])[open, $"{open} -{secret}", $"{open} OR {secret}", $"summary ~ {open}"])
        {
            var hit = Assert.Single((await FindAsync(search, Requester, typed)).Items);
            Assert.Equal(1, await search.CountAsync(Requester, await search.ReadAsync(Requester, typed)));
            Assert.Equal($"{open} is public", hit.Found!.Text.Text);
        }

        var seen = Assert.Single((await FindAsync(search, Agent, secret)).Items);
        Assert.Equal(Visibility.Internal, seen.Found!.Visibility);
        Assert.Equal(2, await search.CountAsync(Agent, await search.ReadAsync(Agent, open)));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task People_are_meant_by_a_part_of_the_name_and_by_initial_consonants(DatabaseProvider provider)
    {
        var (search, store) = await OnAsync(provider);
        var people = (await databases.GetAsync(provider)).Get<IPeopleStore>();
        var minsu = await people.CreateAsync(new NewPerson("김민수", $"minsu-{Word()}@example.com", "customer"));
        var word = Word();
        var ticket = await TestTicket.OpenAsync(store, summary: word, requester: minsu.Id.Value);
        await TestTicket.OpenAsync(store, summary: word);

        foreach (
            var typed in (string[])["from:ㄱㅁㅅ", "요청자:김민", "from:\u1100\u1106\u1109", $"from:{minsu.Email}"]
        )
        {
            var read = await search.ReadAsync(Agent, $"{word} {typed}");
            Assert.Empty(read.Notes);
            var hit = Assert.Single((await search.FindAsync(Agent, read, null, 10, null)).Items);
            Assert.Equal(ticket.State.Key, hit.Ticket.Key);
        }

        var page = await people.ListAsync(new PeopleFilter { Text = "ㅁㅅ" }, 10);
        Assert.Contains(page.Items, person => person.Id == minsu.Id);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task Initials_of_people_from_before_they_were_kept_are_filled_once(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var people = database.Get<IPeopleStore>();
        var person = await people.CreateAsync(new NewPerson("이하늘", "sky@example.com", "customer"));
        await using (var db = database.Database.CreateDbContext())
        {
            var row = await db.People.SingleAsync(one => one.Id == person.Id.Value);
            row.SearchText = "이하늘\nsky@example.com\n";
            await db.SaveChangesAsync();
        }

        Assert.Empty((await people.ListAsync(new PeopleFilter { Text = "ㅇㅎㄴ" }, 10)).Items);
        Assert.Equal(1, await people.FillInitialsAsync());
        Assert.Single((await people.ListAsync(new PeopleFilter { Text = "ㅇㅎㄴ" }, 10)).Items);
        Assert.Equal(0, await people.FillInitialsAsync());
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    [OnSqlServer]
    public async Task A_key_finds_its_ticket_first_and_then_those_that_speak_of_it(DatabaseProvider provider)
    {
        var (search, store) = await OnAsync(provider);
        var ticket = await TestTicket.OpenAsync(store, summary: "Spoken of");
        var other = await TestTicket.OpenAsync(store, summary: $"Same as {ticket.State.Key}");

        var found = await FindAsync(search, Agent, $" {ticket.State.Key.ToString().ToLowerInvariant()} ");

        Assert.Equal([ticket.State.Key, other.State.Key], found.Items.Select(hit => hit.Ticket.Key));
    }

    [Theory]
    [OnSqlite]
    public async Task Forged_cursors_are_refused(DatabaseProvider provider)
    {
        var (search, store) = await OnAsync(provider);
        var word = Word();
        await TestTicket.OpenAsync(store, summary: word);
        var read = await search.ReadAsync(Agent, word);

        foreach (var cursor in (string[])["", "x", "9.", "-1.", "0.x", "1.AAAA", "٣."])
        {
            var refused = await Assert.ThrowsAsync<QueryException>(() =>
                search.FindAsync(Agent, read, null, 10, cursor)
            );
            Assert.Equal("query.wrong-cursor", refused.Error.Code);
        }
    }

    private static async Task<Page<TicketHit>> FindAsync(ITicketSearch search, Viewer viewer, string typed) =>
        await search.FindAsync(viewer, await search.ReadAsync(viewer, typed), null, 50, null);

    private async Task<(ITicketSearch Search, ITicketStore Store)> OnAsync(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var language = new QueryLanguage(TicketExtensions.None, NoNames.Instance);
        var json = database.Get<SnapshotJson>();
        var queries = new TicketQueries(
            database.Database,
            language,
            json,
            () => QueryWorld.Configuration,
            database.Clock
        );
        var search = new TicketSearch(
            database.Database,
            language,
            queries,
            json,
            () => QueryWorld.Configuration,
            database.Clock
        );
        return (search, database.Get<ITicketStore>());
    }

    /// <summary>A word that no other test uses.</summary>
    private static string Word() =>
        "w" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(12, lowercase: true);
}
