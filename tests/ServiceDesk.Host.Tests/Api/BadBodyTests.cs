using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

[Collection(CompanyTests.Name)]
public class BadBodyTests(SmallCompany company)
{
    private const string Path = "/api/v1/tickets";

    public static TheoryData<string> Malformed =>
        [
            "",
            " ",
            "{",
            "}",
            "[",
            "{\"desk\"",
            "{\"desk\":",
            "{\"desk\":}",
            "{\"desk\":\"ITSD\",}",
            "{,}",
            "{desk:\"ITSD\"}",
            "{'desk':'ITSD'}",
            "{\"desk\":\"ITSD\"} x",
            "{\"desk\":\"ITSD\"}{}",
            "{\"desk\":\"I\nTSD\"}",
            "{\"desk\":\"\\x\"}",
            "{\"desk\":\"\\ud800\"}",
            "{\"\\ud800\":1}",
            "{\"desk\":\"\\u12\"}",
            "{\"desk\":01}",
            "{\"desk\":+1}",
            "{\"desk\":1.}",
            "{\"desk\":.1}",
            "{\"desk\":1e}",
            "{\"desk\":NaN}",
            "{\"desk\":Infinity}",
            "{\"desk\":True}",
            "{\"desk\":nul}",
            "{\"desk\":\"ITSD\",\"desk\":\"ITSD\"}",
            "/* remark */{}",
            "{\"desk\":/**/\"ITSD\"}",
            "\ufeff\ufeff{}",
            "null",
            "true",
            "1",
            "\"text\"",
            "[]",
            "[{\"desk\":\"ITSD\"}]",
        ];

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public Task A_body_that_is_no_json_object_is_refused(string body) => BadAsync(Encoding.UTF8.GetBytes(body));

    [Fact]
    public async Task A_body_in_broken_utf_8_or_utf_16_is_refused()
    {
        await BadAsync([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        await BadAsync(Encoding.Unicode.GetBytes("{\"desk\":\"ITSD\"}"));
        await BadAsync([.. "{\"summary\":\""u8, 0xed, 0xa0, 0x80, .. "\"}"u8]);
    }

    [Fact]
    public Task A_deeply_nested_body_is_refused() =>
        BadAsync(Encoding.UTF8.GetBytes("{\"fields\":" + new string('[', 100_000)));

    [Fact]
    public async Task A_large_body_is_refused_without_being_read_whole() =>
        await company
            .AsAgent.SendAsync(
                Answers.Request(HttpMethod.Post, Path, $"{{\"summary\":\"{new string('x', 2_000_000)}\"}}")
            )
            .ProblemAsync(HttpStatusCode.RequestEntityTooLarge);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_of_another_media_type_is_refused(string type)
    {
        using var content = new StringContent("{}", Encoding.UTF8, type);
        await company.AsAgent.PostAsync(Path, content).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("{\"summary\":7}", "/summary", "api.value-wrong")]
    [InlineData("{\"summary\":{}}", "/summary", "api.value-wrong")]
    [InlineData("{\"priority\":\"urgent\"}", "/priority", "api.not-one-of")]
    [InlineData("{\"priority\":3}", "/priority", "api.not-one-of")]
    [InlineData("{\"requester\":[]}", "/requester", "api.value-wrong")]
    [InlineData("{\"requester\":1.5}", "/requester", "api.value-wrong")]
    [InlineData("{\"labels\":\"a\"}", "/labels", "api.value-wrong")]
    [InlineData("{\"labels\":[\"a\",1]}", "/labels/1", "api.value-wrong")]
    [InlineData("{\"fields\":[]}", "/fields", "api.value-wrong")]
    [InlineData("{\"status\":\"closed\"}", "/status", "api.key-unknown")]
    [InlineData("{\"Summary\":\"case\"}", "/Summary", "api.key-unknown")]
    public async Task A_wrong_value_is_named_with_its_place(string body, string pointer, string code)
    {
        var problem = await BadAsync(Encoding.UTF8.GetBytes(body));
        var mistake = Assert.Single(problem["errors"]!.AsArray())!;

        Assert.Equal(pointer, (string)mistake["pointer"]!);
        Assert.Equal(code, (string)mistake["code"]!);
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once()
    {
        var problem = await BadAsync("{\"summary\":1,\"nonsense\":2,\"priority\":\"x\"}"u8.ToArray());

        Assert.Equal(3, problem["errors"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("{}", "/desk", HttpStatusCode.UnprocessableEntity)]
    [InlineData(
        "{\"desk\":\"NOPE\",\"type\":\"incident\",\"summary\":\"x\"}",
        "/desk",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData("{\"requestType\":\"nope\",\"summary\":\"x\"}", "/requestType", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"desk\":\"ITSD\",\"summary\":\"x\"}", "/type", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"desk\":\"ITSD\",\"type\":\"incident\"}", "/summary", HttpStatusCode.UnprocessableEntity)]
    [InlineData(
        "{\"desk\":\"ITSD\",\"type\":\"incident\",\"summary\":\"a\\nb\"}",
        "/summary",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData(
        "{\"desk\":\"ITSD\",\"type\":\"incident\",\"summary\":\"x\",\"requester\":\"nobody@example.com\"}",
        "/requester",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData(
        "{\"desk\":\"ITSD\",\"type\":\"incident\",\"summary\":\"x\",\"requester\":999999}",
        "/requester",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData(
        "{\"desk\":\"ITSD\",\"type\":\"incident\",\"summary\":\"x\",\"fields\":{\"impact\":\"gigantic\"}}",
        "/fields/impact",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData(
        "{\"desk\":\"ITSD\",\"type\":\"incident\",\"summary\":\"x\",\"fields\":{\"a/b~c\":1}}",
        "/fields/a~1b~0c",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData(
        "{\"desk\":\"ITSD\",\"type\":\"incident\",\"summary\":\"x\",\"team\":\"no such team\"}",
        "/team",
        HttpStatusCode.UnprocessableEntity
    )]
    public async Task What_the_ticket_does_not_take_is_named_with_its_place(
        string body,
        string pointer,
        HttpStatusCode status
    )
    {
        var problem = await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Post, Path, body))
            .ProblemAsync(status);

        Assert.Contains(pointer, problem["errors"]!.AsArray().Select(mistake => (string?)mistake!["pointer"]));
    }

    [Fact]
    public async Task A_problem_speaks_the_language_of_the_request()
    {
        using var request = Answers.Request(
            HttpMethod.Get,
            "/api/v1/tickets/ITSD-99999999",
            null,
            ("Accept-Language", "ko-KR,ko;q=0.9")
        );
        var problem = await company
            .AsAgent.SendAsync(request)
            .ProblemAsync(HttpStatusCode.NotFound, "refusal.ticket-unknown");

        Assert.Contains("티켓", (string)problem["title"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/tickets/%01", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/tickets/ITSD-99999999999999999999", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/tickets/ITSD-1/attachments/abc", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/tickets/../../etc/passwd", HttpStatusCode.NotFound)]
    public async Task An_address_with_nothing_at_it_is_not_found(string path, HttpStatusCode status) =>
        await company.AsAgent.GetAsync(path).ProblemAsync(status);

    [Fact]
    public async Task Another_method_is_not_allowed() =>
        await company.AsAgent.DeleteAsync("/api/v1/tickets").ProblemAsync(HttpStatusCode.MethodNotAllowed);

    public static TheoryData<string> Naughty =>
        [
            "undefined",
            "null",
            "' OR 1=1 --",
            "'; DROP TABLE tickets; --",
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "javascript:alert(1)",
            "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> %s%n%x",
            "../../../../etc/passwd",
            "C:\\Windows\\System32\\con",
            "사회과학원 어학연구소",
            "찦차를 타고 온 펲시맨과 쑛다리 똠방각하",
            "田中さんにあげて下さい",
            "表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀",
            "👾 🙇 💁 🙅 👨‍👩‍👧‍👦 🏳️‍🌈 🇰🇷",
            "مُنَاقَشَةُ سُبُلِ اِسْتِخْدَامِ اللُّغَةِ",
            "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
            "﷽",
            "e\u0301 vs é",
            "\u200b\u200bzero width\u200b",
            "\u202eright to left\u202c",
            "ﬁ ligature İ ı ß ſ",
            "test\u2028line\u2029paragraph",
            "0xffffffffffffffff 1e1000 -0 NaN Infinity",
            "Power لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗",
            "=cmd|' /C calc'!A0",
        ];

    [Theory]
    [MemberData(nameof(Naughty), DisableDiscoveryEnumeration = true)]
    public async Task Odd_texts_are_stored_and_shown_as_they_were_or_refused_in_a_sentence(string text)
    {
        var body = new
        {
            desk = "ITSD",
            type = "incident",
            summary = "Odd",
            description = text,
            labels = Array.Empty<string>(),
            fields = new Dictionary<string, object> { ["affected-system"] = text },
        };
        using var response = await company.AsAgent.PostAsync(Path, body);
        var ticket = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.True((int)response.StatusCode is 201 or 422, ticket.ToJsonString());
        if (response.StatusCode == HttpStatusCode.Created)
        {
            Assert.Equal(text, (string)ticket["description"]!);
            var shown = await company.AsAgent.GetAsync($"{Path}/{ticket["key"]}").OkAsync();
            Assert.Equal(text, (string)shown["description"]!);
        }

        foreach (
            var query in new[]
            {
                text,
                $"summary ~ \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            }
        )
        {
            using var found = await company.AsAgent.GetAsync(
                $"{Path}?query={Uri.EscapeDataString(query)}&cursor={Uri.EscapeDataString(text)}"
            );
            Assert.True((int)found.StatusCode < 500, query);
        }

        using var named = await company.AsAgent.GetAsync($"{Path}/{Uri.EscapeDataString(text)}");
        Assert.True((int)named.StatusCode < 500, text);
    }

    private async Task<JsonNode> BadAsync(byte[] body) =>
        await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Post, Path, body))
            .ProblemAsync(HttpStatusCode.BadRequest);
}
