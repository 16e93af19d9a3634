using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

[Collection(CompanyTests.Name)]
public class CalendarApiTests(SmallCompany company)
{
    private static readonly object Office = new
    {
        name = "Berlin",
        zone = "Europe/Berlin",
        hours = new Dictionary<string, object>
        {
            ["monday"] = new[] { new { from = "08:00", to = "12:00" }, new { from = "13:00", to = "17:00" } },
            ["tuesday"] = new[] { new { from = "08:00", to = "17:00" } },
            ["friday"] = new[] { new { from = "22:00", to = "24:00" } },
        },
        holidays = new object[]
        {
            new
            {
                month = 12,
                day = 25,
                yearly = true,
            },
            new { date = "2026-11-24", name = "Feier" },
        },
    };

    [Fact]
    public async Task A_calendar_is_written_without_its_id_in_the_body_and_comes_back()
    {
        var written = await PutAsync("api-written", Office).OkAsync(HttpStatusCode.Created);
        Assert.Equal("api-written", (string)written["id"]!);

        var again = await PutAsync("api-written", Office).OkAsync();
        Assert.Equal("Europe/Berlin", (string)again["zone"]!);

        var shown = await company.AsAgent.GetAsync("/api/v1/calendars/api-written").OkAsync();
        Assert.Equal("24:00", (string)shown["hours"]!["friday"]![0]!["to"]!);
    }

    [Fact]
    public async Task Only_who_may_configure_writes_calendars()
    {
        await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Put, "/api/v1/calendars/api-denied", Office))
            .ProblemAsync(HttpStatusCode.Forbidden);
        await company
            .Client()
            .SendAsync(Answers.Request(HttpMethod.Put, "/api/v1/calendars/api-denied", Office))
            .ProblemAsync(HttpStatusCode.Unauthorized);
        var reader = await company.ClientAsync(company.Admin, Scopes.ReadConfiguration);
        await reader
            .SendAsync(Answers.Request(HttpMethod.Put, "/api/v1/calendars/api-denied", Office))
            .ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"name":"X","zone":"Mars/Base"}""", "/zone")]
    [InlineData(
        """{"name":"X","zone":"Etc/UTC","hours":{"monday":[{"from":"17:00","to":"08:00"}]}}""",
        "/hours/monday/0"
    )]
    [InlineData(
        """{"name":"X","zone":"Etc/UTC","hours":{"monday":[{"from":"25:00","to":"26:00"}]}}""",
        "/hours/monday/0/from"
    )]
    [InlineData("""{"name":"X","zone":"Etc/UTC","hours":{"funday":[]}}""", "/hours/funday")]
    [InlineData("""{"name":"X","zone":"Etc/UTC","holidays":[{"month":2,"day":30,"yearly":true}]}""", "/holidays/0")]
    [InlineData("""{"name":"X","zone":"Etc/UTC","holidays":[{"month":5}]}""", "/holidays/0")]
    public async Task What_is_wrong_in_a_calendar_is_named_with_its_place(string body, string pointer)
    {
        var problem = await PutAsync("api-wrong", body).ProblemAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Contains(problem["errors"]!.AsArray(), mistake => (string?)mistake!["pointer"] == pointer);
        await company.AsAgent.GetAsync("/api/v1/calendars/api-wrong").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("\"text\"")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        using var response = await PutAsync("api-wrong", body);
        Assert.InRange((int)response.StatusCode, 400, 422);
    }

    [Fact]
    public async Task The_due_moment_comes_with_what_counts_until_then()
    {
        await PutAsync("api-due", Office);

        // Monday 16:00 in Berlin; Tuesday is a holiday; Friday 22:00 to 24:00 is worked.
        var answer = await AskAsync("api-due/due", new { from = "2026-11-23T16:00:00+01:00", duration = "PT2H" })
            .OkAsync();

        Assert.Equal("2026-11-27T22:00:00Z", (string)answer["due"]!);
        var segments = answer["segments"]!.AsArray();
        Assert.Equal(
            ["working", "outside-hours", "holiday", "outside-hours", "working"],
            segments.Select(segment => (string)segment!["kind"]!)
        );
        Assert.Equal(
            ["PT1H", "PT0S", "PT0S", "PT0S", "PT1H"],
            segments.Select(segment => (string)segment!["working"]!)
        );
        Assert.Equal("Feier", (string)segments[2]!["holiday"]!["en"]!);
        Assert.Equal("2026-11-23T15:00:00Z", (string)segments[0]!["from"]!);
    }

    [Fact]
    public async Task Elapsed_working_time_is_right_over_a_change_to_summer_time()
    {
        var day = new
        {
            name = "Night",
            zone = "Europe/Berlin",
            hours = new { sunday = new[] { new { from = "00:00", to = "24:00" } } },
        };
        await PutAsync("api-summer", day);

        Assert.Equal("PT23H", await ElapsedAsync("2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"));
        Assert.Equal("PT25H", await ElapsedAsync("2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"));
        Assert.Equal("PT0S", await ElapsedAsync("2026-10-27T00:00:00Z", "2026-10-27T00:00:00Z"));

        async Task<string> ElapsedAsync(string from, string to) =>
            (string)(await AskAsync("api-summer/elapsed", new { from, to }).OkAsync())["elapsed"]!;
    }

    [Theory]
    [InlineData("due", """{"from":"2026-11-23T16:00:00Z","duration":"PT-"}""", "/duration")]
    [InlineData("due", """{"from":"2026-11-23T16:00:00Z","duration":"-PT1H"}""", "/duration")]
    [InlineData("due", """{"from":"2026-11-23T16:00:00Z","duration":"P1Y"}""", "/duration")]
    [InlineData("due", """{"from":"2026-11-23T16:00:00Z"}""", "/duration")]
    [InlineData("due", """{"from":"2026-11-23T16:00:00","duration":"PT1H"}""", "/from")]
    [InlineData("due", """{"from":"yesterday","duration":"PT1H"}""", "/from")]
    [InlineData("due", """{"from":"2026-11-23T16:00:00Z","duration":"P30000D"}""", "/duration")]
    [InlineData("due", """{"from":"9999-12-31T23:59:59Z","duration":"PT1H"}""", "/duration")]
    [InlineData("elapsed", """{"from":"2026-11-23T16:00:00Z","to":"2026-11-23T15:59:59Z"}""", "/to")]
    [InlineData("elapsed", """{"to":"2026-11-23T15:59:59Z"}""", "/from")]
    [InlineData("elapsed", """{"from":"2026-13-23T16:00:00Z","to":"2026-11-23T15:59:59Z"}""", "/from")]
    public async Task A_wrong_question_says_which_value_is_wrong(string question, string body, string pointer)
    {
        await PutAsync("api-asked", Office);

        var problem = await AskAsync($"api-asked/{question}", body).ProblemAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(pointer, (string?)Assert.Single(problem["errors"]!.AsArray())!["pointer"]);
    }

    [Theory]
    [InlineData("""{"from":5,"duration":"PT1H"}""")]
    [InlineData("""{"from":"2026-11-23T16:00:00Z","duration":"PT1H","speed":1}""")]
    [InlineData("{")]
    public async Task A_malformed_question_is_refused(string body) =>
        await AskAsync("24x7/due", body).ProblemAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_calendar_without_hours_is_never_due_and_says_so()
    {
        await PutAsync("api-empty", new { name = "Empty", zone = "Etc/UTC" });

        await AskAsync("api-empty/due", new { from = "2026-11-23T16:00:00Z", duration = "PT1S" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        var nothing = await AskAsync("api-empty/due", new { from = "2026-11-23T16:00:00Z", duration = "PT0S" })
            .OkAsync();
        Assert.Equal("2026-11-23T16:00:00Z", (string)nothing["due"]!);
    }

    [Fact]
    public async Task An_unknown_calendar_is_not_found() =>
        await AskAsync("nowhere/due", new { from = "2026-11-23T16:00:00Z", duration = "PT1S" })
            .ProblemAsync(HttpStatusCode.NotFound);

    private Task<HttpResponseMessage> PutAsync(string id, object body) =>
        company.AsAdmin.SendAsync(Answers.Request(HttpMethod.Put, $"/api/v1/calendars/{id}", body));

    private Task<HttpResponseMessage> AskAsync(string path, object body) =>
        company.AsAgent.PostAsync($"/api/v1/calendars/{path}", body);
}
