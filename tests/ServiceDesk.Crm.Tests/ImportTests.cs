using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Import;
using ServiceDesk.Crm.Records;
using ServiceDesk.Storage;

namespace ServiceDesk.Crm.Tests;

/// <summary>Tables as people bring them, and tables that mean no good.</summary>
public sealed class ImportTests
{
    private const string Accounts =
        "외부 ID,키,고객사명,상위 고객사,조직,모르는 열\r\n"
        + "A-2,part,\"부품, 사업부\",hanbit,,x\r\n"
        + "A-1,hanbit,한빛그룹,,hanbit,y\r\n"
        + "A-3,daon,다온로지스,,nowhere,z\r\n"
        + "A-4,bad key!,Bad,,,\r\n";

    [Theory]
    [OnBothDatabases]
    public async Task A_preview_changes_nothing_the_import_takes_the_good_lines_and_again_makes_nothing_double(
        DatabaseProvider provider
    )
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        var bytes = Korean(Accounts);

        var preview = await RunAsync(world, ImportKind.Accounts, bytes, isTrial: true);
        Assert.Equal("CP949", preview.Encoding);
        Assert.Equal(["모르는 열"], preview.Unknown);
        Assert.Equal(
            (2, 0, 2),
            (preview.Count(LineFate.New), preview.Count(LineFate.Changed), preview.Count(LineFate.Bad))
        );
        Assert.Equal([4, 5], preview.Bad.Select(line => line.Line));
        Assert.Equal(
            ["crm.refusal.no-organization", "crm.refusal.bad-key"],
            preview.Bad.Select(line => line.Refusals[0].Code)
        );
        Assert.Equal(0, await world.ReadAsync(db => db.Accounts.CountAsync()));

        await RunAsync(world, ImportKind.Accounts, bytes, isTrial: false);
        var before = await world.ReadAsync(db => db.Accounts.OrderBy(row => row.Key).ToListAsync());
        foreach (var isTrial in new[] { true, false })
        {
            var same = await RunAsync(world, ImportKind.Accounts, bytes, isTrial);
            Assert.Equal(
                (0, 0, 2, 2),
                (
                    same.Count(LineFate.New),
                    same.Count(LineFate.Changed),
                    same.Count(LineFate.Same),
                    same.Count(LineFate.Bad)
                )
            );
        }

        Assert.Equal(
            before.Select(row => (row.Id, row.Version, row.UpdatedAt)),
            (await world.ReadAsync(db => db.Accounts.OrderBy(row => row.Key).ToListAsync())).Select(row =>
                (row.Id, row.Version, row.UpdatedAt)
            )
        );
        Assert.Equal(2, await world.ReadAsync(db => db.Changes.CountAsync()));
        var again = await RunAsync(
            world,
            ImportKind.Accounts,
            Encoding.UTF8.GetBytes(Accounts.Replace("한빛그룹", "한빛그룹 2", StringComparison.Ordinal)),
            isTrial: false
        );
        Assert.Equal(
            (0, 1, 1, 2),
            (
                again.Count(LineFate.New),
                again.Count(LineFate.Changed),
                again.Count(LineFate.Same),
                again.Count(LineFate.Bad)
            )
        );
        var rows = await world.ReadAsync(db => db.Accounts.OrderBy(row => row.Key).ToListAsync());
        Assert.Equal([("hanbit", "한빛그룹 2"), ("part", "부품, 사업부")], rows.Select(row => (row.Key, row.Name)));
        Assert.Equal((rows[0].Id, world.Hanbit.Id.Value), (rows[1].ParentId, rows[1].ScopeId));
    }

    [Fact]
    public async Task Over_rest_a_table_is_looked_through_then_taken_and_again_makes_nothing_double()
    {
        await using var world = await CrmWorld.CreateAsync();
        using var client = world.Server.ClientOf(world.Admin);
        const string Path = "/api/v1/plugins/crm/imports";

        var seen = await client.PostAsync($"{Path}?kind=accounts&name=a.csv", Table(Korean(Accounts)));
        Assert.True(seen.StatusCode == HttpStatusCode.Created, await seen.Content.ReadAsStringAsync());
        var preview = await seen.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((2, 0, 0, false), Counts(preview));
        Assert.Equal("모르는 열", preview.GetProperty("unknown")[0].GetString());
        var bad = preview.GetProperty("bad").EnumerateArray().ToList();
        Assert.Equal([4, 5], bad.Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal("crm.refusal.bad-key", bad[1].GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(0, await world.ReadAsync(db => db.Accounts.CountAsync()));

        var run = $"{seen.Headers.Location}/run";
        Assert.Equal((2, 0, 0, true), Counts(await RunAsync()));
        Assert.Equal((0, 0, 2, true), Counts(await RunAsync()));
        Assert.Equal((0, 0, 2, false), Counts(await client.GetFromJsonAsync<JsonElement>(seen.Headers.Location)));
        Assert.Equal(2, await world.ReadAsync(db => db.Accounts.CountAsync()));

        // Another person's table is not there, and who may not edit may not look through any.
        using var other = world.Server.ClientOf(await world.Server.PersonAsync("Other Admin", "administrator"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(run, null)).StatusCode);
        using var agent = world.Server.ClientOf(world.Agent);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostAsync(run, null)).StatusCode);
        foreach (var (query, text) in new[] { ("kind=cars", Accounts), ("", Accounts), ("kind=accounts", "") })
        {
            var no = await client.PostAsync($"{Path}?{query}", Table(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, no.StatusCode);
        }

        async Task<JsonElement> RunAsync()
        {
            var answer = await client.PostAsync(run, null);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        static ByteArrayContent Table(byte[] bytes) =>
            new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };

        static (int New, int Changed, int Same, bool Done) Counts(JsonElement report) =>
            (
                report.GetProperty("new").GetInt32(),
                report.GetProperty("changed").GetInt32(),
                report.GetProperty("same").GetInt32(),
                report.GetProperty("done").GetBoolean()
            );
    }

    [Fact]
    public async Task Contacts_on_several_lines_are_at_several_accounts_and_contracts_come_with_their_promise()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        await world.AccountAsync("daon", "다온로지스", "daon");
        var contacts =
            "name;email;account;title;primary\nHan;jimin@example.com;hanbit;과장;yes\nHan;jimin@example.com;다온로지스;고문;\nNobody;;nowhere;;\n";
        for (var i = 0; i < 2; i++)
        {
            var report = await RunAsync(world, ImportKind.Contacts, Encoding.UTF8.GetBytes(contacts), isTrial: false);
            Assert.Equal([4], report.Bad.Select(line => line.Line));
            Assert.Equal(i == 0 ? 0 : 2, report.Count(LineFate.Same));
        }

        var contact = Assert.Single(await world.ReadAsync(db => db.Contacts.ToListAsync()));
        Assert.Equal(world.Customer.Id.Value, contact.PersonId);
        Assert.Equal(
            ["고문", "과장"],
            (await world.ReadAsync(db => db.Memberships.ToListAsync())).Select(one => one.Title).Order()
        );

        await RunAsync(world, ImportKind.Products, "key,name\nhelpdesk,Help desk\n"u8.ToArray(), isTrial: false);
        var contracts =
            "계약번호,계약명,고객사,시작일,종료일,금액,통화,상태,플랜,제품,예산,예산 단위,담당자\n"
            + "HB-1,운영,hanbit,2026-01-01,2026.12.31,\"12,000,000\",KRW,유효,gold,helpdesk,40,시간,emily@example.com\n"
            + "HB-2,운영,hanbit,2026-01-01,2025-12-31,1,KRW,,,,,,\n"
            + "HB-3,운영,hanbit,2026-01-01,2026-12-31,1.5,KRW,언젠가,,,,,\n";
        var first = await RunAsync(world, ImportKind.Contracts, Encoding.UTF8.GetBytes(contracts), isTrial: false);
        var second = await RunAsync(world, ImportKind.Contracts, Encoding.UTF8.GetBytes(contracts), isTrial: false);
        Assert.Equal(
            ((1, 0, 2), (0, 1, 2)),
            (
                (first.Count(LineFate.New), first.Count(LineFate.Same), first.Count(LineFate.Bad)),
                (second.Count(LineFate.New), second.Count(LineFate.Same), second.Count(LineFate.Bad))
            )
        );
        var row = Assert.Single(await world.ReadAsync(db => db.Contracts.ToListAsync()));
        Assert.Equal(
            (ContractState.Active, 12_000_000m, 2400L, world.Agent.Id.Value),
            (row.State, row.Amount, row.BudgetAmount, row.OwnerId)
        );
        Assert.Equal("gold", Assert.Single(await world.ReadAsync(db => db.Entitlements.ToListAsync())).Plan);
    }

    [Theory]
    [InlineData("", "crm.refusal.no-table")]
    [InlineData("\n\n , ,\n", "crm.refusal.no-table")]
    [InlineData("name\0,key\na,b\n", "crm.refusal.no-table")]
    [InlineData("what,ever\n1,2\n", "crm.refusal.no-columns")]
    public async Task What_is_no_table_is_refused_with_the_reason(string text, string code)
    {
        await using var world = await CrmWorld.CreateAsync();
        var (report, refusals) = await world
            .Get<Importing>()
            .RunAsync(
                await world.Server.ViewerAsync(world.Admin),
                ImportKind.Accounts,
                Encoding.UTF8.GetBytes(text),
                isTrial: true,
                default
            );
        Assert.Null(report);
        Assert.Equal(code, refusals[0].Code);
    }

    [Fact]
    public void Hostile_tables_end_soon_and_with_a_reason()
    {
        byte[] line = [.. "name,key\n\""u8, .. Enumerable.Repeat((byte)'a', CsvReading.Largest - 100)];
        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal("crm.refusal.open-quote", CsvReading.Read(line).Refusal!.Code);
        byte[] commas = [.. Enumerable.Repeat((byte)',', 200_000)];
        Assert.NotNull(CsvReading.Read(commas).Refusal);
        Assert.Equal("crm.refusal.large-file", CsvReading.Read(new byte[CsvReading.Largest + 1]).Refusal!.Code);
        var many = Encoding.UTF8.GetBytes("name\n" + string.Concat(Enumerable.Repeat("a\n", CsvReading.MostLines + 1)));
        Assert.Equal("crm.refusal.too-many-lines", CsvReading.Read(many).Refusal!.Code);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Whatever_bytes_come_the_answer_is_a_table_or_a_reason() =>
        Prop.ForAll(
                ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(),
                bytes => CsvReading.Read(bytes) is (null, not null) or (not null, null)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Marks_quotes_line_breaks_and_separators_are_read_as_spreadsheets_write_them()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. "name;key\r\n\"a;\r\n\"\"b\"\"\";k\r\n"u8];
        var table = CsvReading.Read(marked).Table!;
        Assert.Equal(["name", "key"], table.Headers);
        Assert.Equal("a;\r\n\"b\"", table.Lines[0].Cells[0]);
        var wide = CsvReading.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("이름\t키\n가\t나\n")]).Table!;
        Assert.Equal(["가", "나"], wide.Lines[0].Cells);
        Assert.Equal("UTF-16", wide.Encoding);
        var broken = CsvReading.Read("name,key\na\"b,c\n\"d\"e,f\ng,h,i\n"u8.ToArray()).Table!;
        Assert.All(broken.Lines, one => Assert.True(one.IsBroken));
        Assert.Equal([2, 3, 4], broken.Lines.Select(one => one.Number));
    }

    [Fact]
    public void An_export_is_harmless_and_comes_back_as_it_was()
    {
        string[] cells =
        [
            "=cmd|' /C calc'!A0",
            "+82-2-555-0100",
            "-1",
            "@x",
            "plain",
            "a,\"b\"\nc",
            "한글",
            "\t=1",
            "'quoted",
        ];
        var file = CsvWriting.Write(cells.Select((_, i) => $"c{i}"), [cells]);

        Assert.Equal(Encoding.UTF8.GetPreamble(), file[..3]);
        var text = Encoding.UTF8.GetString(file);
        Assert.Contains("'=cmd", text, StringComparison.Ordinal);
        Assert.Contains("'+82", text, StringComparison.Ordinal);
        Assert.Contains(",-1,", text, StringComparison.Ordinal);
        var back = CsvReading.Read(file).Table!.Lines[0].Cells;
        Assert.Equal(cells[0], back[0]);
        Assert.Equal(cells[1], back[1]);
        Assert.Equal(cells[5], back[5]);
    }

    [Fact]
    public async Task A_thousand_accounts_are_taken_in_one_go()
    {
        await using var world = await CrmWorld.CreateAsync();
        var text =
            "key,name,parent\n"
            + string.Concat(
                Enumerable.Range(0, 1000).Select(i => $"k{i},Account {i},{(i % 10 == 0 ? "" : $"k{i - (i % 10)}")}\n")
            );
        var report = await RunAsync(world, ImportKind.Accounts, Encoding.UTF8.GetBytes(text), isTrial: false);
        Assert.Equal(1000, report.Count(LineFate.New));
    }

    private static byte[] Korean(string text) => CodePagesEncodingProvider.Instance.GetEncoding(949)!.GetBytes(text);

    private static async Task<ImportReport> RunAsync(CrmWorld world, ImportKind kind, byte[] bytes, bool isTrial)
    {
        var (report, refusals) = await world
            .Get<Importing>()
            .RunAsync(await world.Server.ViewerAsync(world.Admin), kind, bytes, isTrial, default);
        Assert.True(report is not null, refusals.ToString());
        return report!;
    }
}
