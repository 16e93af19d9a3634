using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Reports.Tests;

/// <summary>Pages, routes and files over HTTP.</summary>
public sealed partial class PageTests : IAsyncLifetime
{
    private ReportWorld world = null!;
    private Person admin = null!;

    public async Task InitializeAsync()
    {
        world = await ReportWorld.StartAsync();
        admin = await world.Server.PersonAsync("Ada Admin", "administrator");
        var ticket = await world.OpenAsync("=HYPERLINK(\"http://example.com\";\"Open\")", Priority.High);
        await world.OpenAsync("Salary of somebody", desk: "HR");
        world.Server.Clock.Advance(NodaTime.Duration.FromHours(2));
        await world.DoAsync(ticket, new AssignTicket(world.Agent.Id, null));
        await world.ResolveAsync(ticket);
        await world.CaughtUpAsync();
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData("list")]
    [InlineData("report?id=created-resolved")]
    [InlineData("report?id=created-resolved&from=2026-03-01&to=2026-03-02")]
    [InlineData("report?id=workload")]
    [InlineData("report?id=time-to-resolution&days=7")]
    [InlineData("report?id=sla&from=nonsense")]
    [InlineData("dashboard")]
    [InlineData("dashboard?id=service-desk")]
    [InlineData("tickets?id=created-resolved&line=created")]
    [InlineData("dashboardedit")]
    public async Task Agents_see_the_pages(string page)
    {
        var answer = await GetAsync(world.Agent, page);

        Assert.True(answer.StatusCode == HttpStatusCode.OK, world.Server.Log);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("[reports.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Salary", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("report?id=created-resolved")]
    [InlineData("tickets?id=created-resolved")]
    [InlineData("dashboard")]
    [InlineData("dashboardedit")]
    [InlineData("report?id=created-resolved&handler=Export&format=xlsx")]
    public async Task Customers_see_none_of_it(string page)
    {
        var answer = await GetAsync(world.Customer, page);

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("edit?id=workload")]
    public async Task Only_who_may_change_reports_gets_the_form(string page)
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(world.Agent, page)).StatusCode);
        var html = await TextAsync(admin, page);
        Assert.Contains("data-complete=\"/workspace/complete\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_figure_of_a_report_opens_as_many_as_it_says()
    {
        var html = await TextAsync(world.Agent, "report?id=created-resolved&days=7");
        var links = Figure()
            .Matches(html)
            .Select(found =>
                (Address: WebUtility.HtmlDecode(found.Groups["to"].Value), Figure: found.Groups["figure"].Value)
            )
            .ToList();

        Assert.NotEmpty(links);
        foreach (var (address, figure) in links)
        {
            var list = await (await world.Server.ClientOf(world.Agent).GetAsync(address)).Content.ReadAsStringAsync();
            Assert.Contains($"{figure} counted", list, StringComparison.Ordinal);
            Assert.Equal(int.Parse(figure, System.Globalization.CultureInfo.InvariantCulture), Row().Count(list));
        }
    }

    [Fact]
    public async Task A_list_is_exported_without_formulas_and_without_what_one_may_not_see()
    {
        var csv = await TextAsync(world.Agent, "tickets?id=created-resolved&line=created&handler=Export&format=csv");

        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",\"=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Salary", csv, StringComparison.Ordinal);
        var book = await GetAsync(world.Agent, "report?id=created-resolved&handler=Export&format=xlsx");
        Assert.Equal("PK"u8.ToArray(), (await book.Content.ReadAsByteArrayAsync())[..2]);
    }

    [Fact]
    public async Task Everybody_makes_dashboards_of_ones_own_and_nobody_elses()
    {
        await PostAsync(
            world.Agent,
            "dashboardedit",
            ("name", "Mine"),
            ("for", "everyone"),
            ("report", "sla"),
            ("show", "Table"),
            ("width", "wide")
        );
        var people = world.Server.Services.GetRequiredService<IPeopleStore>();
        var team = (await people.FindTeamAsync("People"))!;
        await people.SetTeamMembersAsync(team.Id, [world.Both.Id, admin.Id]);
        await PostAsync(
            admin,
            "dashboardedit",
            ("name", "For the people"),
            ("for", "team"),
            ("team", "People"),
            ("report", "backlog"),
            ("show", "Figure"),
            ("width", "half")
        );
        var nobody = await PostAsync(admin, "dashboardedit", ("name", "For whom"), ("for", "team"), ("team", " "));

        Assert.Contains("Mine", await TextAsync(world.Agent, "list"), StringComparison.Ordinal);
        Assert.Contains(
            "<th scope=\"row\">",
            await TextAsync(world.Agent, "dashboard?id=mine"),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(world.Both, "dashboard?id=mine")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(world.Agent, "dashboard?id=for-the-people")).StatusCode);
        Assert.Contains("For the people", await TextAsync(world.Both, "list"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, nobody.StatusCode);
        Assert.DoesNotContain("For whom", await TextAsync(admin, "list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nobody has this team")]
    [InlineData("People")]
    [InlineData("people ")]
    public async Task A_dashboard_is_for_a_team_that_one_is_in(string team)
    {
        var form = await TextAsync(admin, "dashboardedit");
        Assert.DoesNotContain("<option value=\"People\"", form, StringComparison.Ordinal);

        var answer = await PostAsync(
            admin,
            "dashboardedit",
            ("name", "For strangers"),
            ("for", "team"),
            ("team", team),
            ("report", "backlog"),
            ("show", "Figure"),
            ("width", "half")
        );

        Assert.Contains(
            $"You are in no team “{team.Trim()}”",
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("For strangers", await TextAsync(admin, "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_saved_and_changed_by_its_form_and_a_wrong_query_is_told()
    {
        var made = await PostAsync(
            admin,
            "edit",
            ("name", "High ones"),
            ("series", "created"),
            ("query", "priority = high"),
            ("step", "Day"),
            ("days", "7")
        );
        var wrong = await PostAsync(
            admin,
            "edit",
            ("name", "Wrong"),
            ("series", "created"),
            ("query", "colour = red"),
            ("step", "Day"),
            ("days", "7")
        );
        var refused = await PostAsync(world.Agent, "edit", ("name", "Not mine"), ("series", "created"), ("days", "7"));

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Contains("id=high-ones", made.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("High ones", await TextAsync(world.Agent, "report?id=high-ones"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Korean_readers_read_Korean()
    {
        var client = world.Server.ClientOf(world.Agent);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ko");
        client.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Culture=c%3Dko%7Cuic%3Dko");

        var answer = await client.GetAsync("/api/v1/plugins/reports/reports");

        Assert.Contains("생성 대비 해결", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_runs_lists_and_refuses_as_problems()
    {
        var client = world.Server.ClientOf(world.Agent);
        var figures = await client.GetStringAsync(
            "/api/v1/plugins/reports/reports/created-resolved?from=2026-03-01&to=2026-03-03"
        );
        var tickets = await client.GetStringAsync(
            "/api/v1/plugins/reports/reports/created-resolved/tickets?from=2026-03-01&to=2026-03-03&line=resolved"
        );

        Assert.Contains("\"values\":[1,1]", figures, StringComparison.Ordinal);
        Assert.Contains("\"count\":1", tickets, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("reports/none"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("reports/sla?from=2026-03-04&to=2026-03-01"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("reports/sla/export?format=pdf"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("reports/sla/export?format=xlsx"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("rebuild"));

        async Task<HttpStatusCode> StatusAsync(string route) =>
            (await client.GetAsync("/api/v1/plugins/reports/" + route)).StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(
        Person person,
        string page,
        params (string Name, string Value)[] fields
    )
    {
        var client = world.Server.ClientOf(person);
        var form = await client.GetAsync("/plugins/reports/" + (page == "edit" ? "list" : page));
        var token = Token().Match(await form.Content.ReadAsStringAsync()).Groups["token"].Value;
        var request = new HttpRequestMessage(HttpMethod.Post, "/plugins/reports/" + page)
        {
            Content = new FormUrlEncodedContent(
                fields
                    .Append(("__RequestVerificationToken", token))
                    .Select(field => KeyValuePair.Create(field.Item1, field.Item2))
            ),
        };
        request.Headers.Add("Cookie", form.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return await client.SendAsync(request);
    }

    private Task<HttpResponseMessage> GetAsync(Person person, string page) =>
        world.Server.ClientOf(person).GetAsync("/plugins/reports/" + page);

    private async Task<string> TextAsync(Person person, string page)
    {
        var answer = await GetAsync(person, page);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}\n{world.Server.Log}");
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex(
        "href=\"(?<to>/plugins/reports/tickets[^\"]*)\">(?<figure>[0-9]+)</a>",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Figure();

    [GeneratedRegex("name=\"request-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("class=\"table-title\"", RegexOptions.None, 1000)]
    private static partial Regex Row();
}
