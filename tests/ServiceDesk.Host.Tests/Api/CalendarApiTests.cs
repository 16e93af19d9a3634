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

    private static readonly object Shift = new
    {
        name = "Nights",
        zone = "Asia/Seoul",
        hours = new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.ToDictionary(
            day => day,
            _ => new[] { new { from = "22:00", to = "06:00" } }
        ),
        sets = new[] { new { set = "kr", edition = 1 } },
        exceptions = new[]
        {
            new
            {
                date = "2026-09-25",
                hours = new[] { new { from = "04:00", to = "08:00" } },
                name = "Half",
            },
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
        """{"name":"X","zone":"Etc/UTC","hours":{"monday":[{"from":"17:00","to":"17:00"}]}}""",
        "/hours/monday/0"
    )]
    [InlineData(
        """{"name":"X","zone":"Etc/UTC","hours":{"monday":[{"from":"25:00","to":"26:00"}]}}""",
        "/hours/monday/0/from"
    )]
    [InlineData("""{"name":"X","zone":"Etc/UTC"}""", "/hours")]
    [InlineData(
        """{"name":"X","zone":"Etc/UTC","hours":{"monday":[{"from":"09:00","to":"18:00"}]},"sets":[{"set":"kr","edition":7}]}""",
        "/sets/0"
    )]
    [InlineData(
        """{"name":"X","zone":"Etc/UTC","exceptions":[{"date":"2026-12-24","hours":[{"from":"09:00","to":"09:00"}]}]}""",
        "/exceptions/0/hours/0"
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
    public async Task A_calendar_on_which_nothing_is_ever_due_is_refused_in_the_readers_language()
    {
        var request = Answers.Request(
            HttpMethod.Put,
            "/api/v1/calendars/api-empty",
            new { name = "Empty", zone = "Etc/UTC" },
            ("Accept-Language", "ko")
        );

        var problem = await company.AsAdmin.SendAsync(request).ProblemAsync(HttpStatusCode.UnprocessableEntity);

        var mistake = Assert.Single(problem["errors"]!.AsArray())!;
        Assert.Equal("sla.calendar-never-works", (string)mistake["code"]!);
        Assert.Contains("기한이 영원히 오지 않습니다", (string)mistake["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lies_far_is_never_due_and_says_so()
    {
        var leap = new
        {
            name = "Leap",
            zone = "Etc/UTC",
            exceptions = new[] { new { date = "2028-02-29", hours = new[] { new { from = "09:00", to = "10:00" } } } },
        };
        await PutAsync("api-leap", leap).OkAsync(HttpStatusCode.Created);

        await AskAsync("api-leap/due", new { from = "2026-11-23T16:00:00Z", duration = "PT2H" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        var due = await AskAsync("api-leap/due", new { from = "2026-11-23T16:00:00Z", duration = "PT1H" }).OkAsync();
        Assert.Equal("2028-02-29T10:00:00Z", (string)due["due"]!);
    }

    [Fact]
    public async Task Segments_name_the_line_of_the_calendar_also_of_what_has_passed()
    {
        await PutAsync("api-lines", Shift).OkAsync(HttpStatusCode.Created);

        // Wednesday evening in Seoul to the Saturday of Chuseok.
        var answer = await AskAsync(
                "api-lines/elapsed",
                new { from = "2026-09-23T12:00:00Z", to = "2026-09-26T00:00:00Z" }
            )
            .OkAsync();

        Assert.Equal("PT12H", (string)answer["elapsed"]!);
        Assert.False((bool)answer["isCut"]!);
        var segments = answer["segments"]!
            .AsArray()
            .Select(one => ((string)one!["kind"]!, (string?)one["line"], (string?)one["holiday"]?["ko"]))
            .ToList();
        Assert.Equal(
            [
                ("outside-hours", null, null),
                // The night of Wednesday, which is no holiday, goes on into Chuseok.
                ("working", "/hours/wednesday/0", null),
                ("holiday", "/sets/0", "추석"),
                ("working", "/exceptions/0", null),
                ("outside-hours", null, null),
                // The night that a Friday has, and this one not.
                ("exception", "/exceptions/0", null),
                ("outside-hours", null, null),
            ],
            segments
        );
    }

    [Fact]
    public async Task Days_of_a_year_are_told_by_name()
    {
        await PutAsync("api-days", Shift).OkAsync(HttpStatusCode.Created);

        var days = await company.AsAgent.GetAsync("/api/v1/calendars/api-days/days?year=2027").OkAsync();
        var told = days["days"]!
            .AsArray()
            .Select(day => $"{(string)day!["date"]!} {(string)day["kind"]!} {(string?)day["name"]?["ko"]}")
            .ToList();

        Assert.Contains("2027-02-09 substitute 대체공휴일(설날)", told);
        Assert.Contains("2027-05-13 holiday 부처님오신날", told);
        Assert.Equal(24, told.Count);
        Assert.Equal(2050, (int)days["knownUntil"]!);
        var wrong = await company
            .AsAgent.GetAsync("/api/v1/calendars/api-days/days?year=26")
            .ProblemAsync(HttpStatusCode.BadRequest, "calendar.year-wrong");
        Assert.Equal("year", (string?)wrong["errors"]![0]!["parameter"]);
        var sets = await company.AsAgent.GetAsync("/api/v1/holiday-sets").OkAsync();
        Assert.Equal("kr", (string)sets["items"]![0]!["set"]!);
    }

    [Fact]
    public async Task A_calendar_is_copied_listed_and_compared()
    {
        await PutAsync("api-source", Shift).OkAsync(HttpStatusCode.Created);

        var copy = await company
            .AsAdmin.PostAsync("/api/v1/calendars/api-source/copy", new { id = "api-copied", name = "Copied" })
            .OkAsync(HttpStatusCode.Created);
        Assert.Equal("kr", (string)copy["sets"]![0]!["set"]!);
        await company
            .AsAdmin.PostAsync("/api/v1/calendars/api-source/copy", new { id = "api-copied" })
            .ProblemAsync(HttpStatusCode.Conflict, "calendar.id-taken");
        await company
            .AsAdmin.PostAsync("/api/v1/calendars/api-source/copy", new { id = "No id" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await company
            .AsAdmin.PostAsync("/api/v1/calendars/nowhere/copy", new { id = "api-nowhere" })
            .ProblemAsync(HttpStatusCode.NotFound);
        await company
            .AsAgent.PostAsync("/api/v1/calendars/api-source/copy", new { id = "api-denied" })
            .ProblemAsync(HttpStatusCode.Forbidden);

        var list = await company.AsAgent.GetAsync("/api/v1/calendars").OkAsync();
        var head = Assert.Single(list["items"]!.AsArray(), one => (string)one!["id"]! == "api-copied")!;
        Assert.Equal("PT40H", (string)head["week"]!);
        Assert.Equal(1, (int)head["version"]!);

        var same = await CompareAsync("api-source", "api-copied");
        Assert.Equal(0, (int)same["differing"]!);
        var other = await CompareAsync("korea-office-hours", "api-copied");
        Assert.Equal("22:00", (string)other["week"]![0]!["other"]![0]!["from"]!);
        var half = Assert.Single(other["days"]!.AsArray(), day => (string)day!["date"]! == "2026-09-25")!;
        Assert.Equal(("PT0S", "PT4H"), ((string)half["one"]!, (string)half["other"]!));
        Assert.Equal("exception", (string)half["otherDay"]!["kind"]!);
        await company
            .AsAgent.GetAsync("/api/v1/calendars/api-source/compare?with=nowhere")
            .ProblemAsync(HttpStatusCode.BadRequest, "calendar.with-wrong");

        Task<System.Text.Json.Nodes.JsonNode> CompareAsync(string one, string with) =>
            company.AsAgent.GetAsync($"/api/v1/calendars/{one}/compare?with={with}&year=2026").OkAsync();
    }

    [Fact]
    public async Task Holidays_are_looked_at_imported_once_and_never_twice()
    {
        await PutAsync("api-import", Shift).OkAsync(HttpStatusCode.Created);
        const string Lines = """
            date,name,name-ko
            2026-06-03,Local elections,전국동시지방선거일
            2026-09-24,Chuseok
            someday,Feast
            2026-06-03,Again
            """;

        var looked = await ImportAsync("api-import/import?preview=true", Lines, "text/csv").OkAsync();
        Assert.Equal((false, 1), ((bool)looked["written"]!, (int)looked["version"]!));
        Assert.Equal([2], looked["new"]!.AsArray().Select(one => (int)one!["line"]!));
        Assert.Equal([3, 5], looked["known"]!.AsArray().Select(one => (int)one!["line"]!));
        var bad = Assert.Single(looked["bad"]!.AsArray())!;
        Assert.Equal((4, "calendar.import-no-date"), ((int)bad["line"]!, (string)bad["code"]!));

        var written = await ImportAsync("api-import/import", Lines, "text/csv").OkAsync();
        Assert.Equal((true, 2), ((bool)written["written"]!, (int)written["version"]!));
        var again = await ImportAsync("api-import/import", Lines, "text/csv").OkAsync();
        Assert.Equal((false, 2), ((bool)again["written"]!, (int)again["version"]!));
        var shown = await company.AsAgent.GetAsync("/api/v1/calendars/api-import").OkAsync();
        Assert.Equal("전국동시지방선거일", (string)shown["holidays"]![0]!["name"]!["ko"]!);

        await ImportAsync("api-import/import", "", "text/csv")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "calendar.import-empty");
        await ImportAsync("api-import/import", Lines, "application/json")
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "api.media-type");
        await ImportAsync("api-import/import", new string('x', 1024 * 1024 + 1), "text/csv")
            .ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "calendar.import-large");
        await ImportAsync("nowhere/import", Lines, "text/csv").ProblemAsync(HttpStatusCode.NotFound);
    }

    private Task<HttpResponseMessage> ImportAsync(string path, string content, string type) =>
        company.AsAdmin.PostAsync(
            $"/api/v1/calendars/{path}",
            new StringContent(content, System.Text.Encoding.UTF8, type)
        );

    [Fact]
    public async Task An_unknown_calendar_is_not_found() =>
        await AskAsync("nowhere/due", new { from = "2026-11-23T16:00:00Z", duration = "PT1S" })
            .ProblemAsync(HttpStatusCode.NotFound);

    private Task<HttpResponseMessage> PutAsync(string id, object body) =>
        company.AsAdmin.SendAsync(Answers.Request(HttpMethod.Put, $"/api/v1/calendars/{id}", body));

    private Task<HttpResponseMessage> AskAsync(string path, object body) =>
        company.AsAgent.PostAsync($"/api/v1/calendars/{path}", body);
}
