using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Search;

public sealed class TextSearchTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly string[] Texts =
    [
        "회의실 프린터가 인쇄되지 않습니다",
        "서버 점검 안내 (긴급)",
        "打印机无法打印文件",
        "プリンターが動きません",
        "The PRINTER prints 100% C# code_x \"quoted\" 'single'",
        "Ünïcode DÉJÀ-VU straße",
        "e\u0301te\u0301 decomposed",
        "emoji 🔥🚒 fire",
        "한",
        "a",
        "   ",
        "한글\u1112\u1161\u11ab 자모",
        "percent % underscore _ star * back\\slash [bracket]",
        "NEAR AND OR NOT ^ : - + ( )",
    ];

    public static IEnumerable<string> Terms()
    {
        var folded = Texts.Select(text => Folding.Fold(text)).ToArray();
        string[] wanted =
        [
            "프린터",
            "린터",
            "터",
            "회의실",
            "않습니다",
            "서버",
            "버",
            "打印",
            "印",
            "打印机无法",
            "プリンター",
            "リン",
            "き",
            "printer",
            "int",
            "pr",
            "p",
            "100%",
            "%",
            "_",
            "c#",
            "#",
            "\"quoted\"",
            "\"",
            "'s",
            "déjà",
            "é",
            "ß",
            "été",
            "🔥",
            "🔥🚒",
            "한",
            "한글한",
            "자모",
            "*",
            "\\",
            "[b",
            "]",
            "^",
            ":",
            "near",
            "or",
            "-",
            "zzz",
            "없음",
            "ab",
            "( )",
            ") ",
            " ",
            "r p",
        ];
        return wanted.Concat(folded.SelectMany(text => Enumerable.Range(1, 4).Select(n => Part(text, n)))).Distinct();

        static string Part(string text, int length)
        {
            var runes = text.EnumerateRunes().ToArray();
            return string.Concat(runes.Skip(runes.Length / 3).Take(length));
        }
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Finds_exactly_the_texts_that_contain_the_term_in_every_script_and_length(
        DatabaseProvider provider
    )
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ITicketStore>();
        var ids = new Dictionary<string, TicketId>();
        foreach (var text in Texts)
        {
            ids[text] = (await TestTicket.OpenAsync(store, summary: text)).State.Id;
        }

        foreach (var term in Terms())
        {
            var expected = Texts
                .Where(text => Folding.Fold(text).Contains(term, StringComparison.Ordinal))
                .Select(text => ids[text].Value)
                .Order();
            Assert.True(
                expected.SequenceEqual(await FindAsync(database, term)),
                $"'{term}' finds something else than {string.Join(',', expected)}"
            );
        }
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Tells_public_from_internal_texts_and_their_parts(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store, summary: "quiet", description: "무지개");
        await ticket.SendAsync(store, ticket.Comment("zebra 얼룩말"));
        var publicId = ticket.State.Version;
        await ticket.SendAsync(store, ticket.Note("hippo 하마"));
        var internalId = ticket.State.Version;

        Assert.Equal((2, 0L, 1), await OnlyAsync(database, "무지개"));
        Assert.Equal((3, publicId, 1), await OnlyAsync(database, "얼룩"));
        Assert.Equal((3, internalId, 2), await OnlyAsync(database, "hippo"));
        Assert.Equal((3, internalId, 2), await OnlyAsync(database, "하마"));
        await using var db = database.Database.CreateDbContext();
        var text = await database.Get<ITextSearch>().Containing(db, "하마").AsNoTracking().SingleAsync();
        Assert.Equal("hippo 하마", text.Text);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task An_edited_text_is_found_by_its_new_words_only(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store, summary: "giraffe 기린", description: "koala");

        await ticket.SendAsync(store, new TextEdited("penguin 펭귄", ""));

        Assert.Empty(await FindAsync(database, "giraffe"));
        Assert.Empty(await FindAsync(database, "기린"));
        Assert.Empty(await FindAsync(database, "koala"));
        Assert.Equal([ticket.State.Id.Value], await FindAsync(database, "펭귄"));
        Assert.Equal([ticket.State.Id.Value], await FindAsync(database, "pengu"));
    }

    private static async Task<List<long>> FindAsync(DatabaseUnderTest database, string term)
    {
        await using var db = database.Database.CreateDbContext();
        var matching = database
            .Get<ITextSearch>()
            .Containing(db, term)
            .Where(x => x.Visibility == 1)
            .Select(x => x.TicketId);
        return await db.Tickets.Where(t => matching.Contains(t.Id)).Select(t => t.Id).OrderBy(id => id).ToListAsync();
    }

    private static async Task<(int Part, long Source, int Visibility)> OnlyAsync(
        DatabaseUnderTest database,
        string term
    )
    {
        await using var db = database.Database.CreateDbContext();
        var row = await database
            .Get<ITextSearch>()
            .Containing(db, term)
            .Select(x => new
            {
                x.Part,
                x.Source,
                x.Visibility,
            })
            .SingleAsync();
        return (row.Part, row.Source, row.Visibility);
    }
}
