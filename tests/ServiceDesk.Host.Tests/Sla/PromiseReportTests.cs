using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>A company whose tickets lived, some kept in time and some not; what reports say of them, and to whom.</summary>
public sealed partial class PromiseReportTests(PromiseCompany company) : IClassFixture<PromiseCompany>
{
    private const string Before = "from=2020-01-01&to=2021-12-31&zone=Asia/Seoul";

    private const string Days = "days=300&zone=Asia/Seoul";

    [Fact]
    public async Task Figures_are_those_of_the_ledgers_of_all_tickets()
    {
        var answer = await company.AsAgent.GetAsync($"/api/v1/sla/promises?{Days}").OkAsync();
        var expected = company
            .Clocks.Where(one => one.Verdict is ClockVerdict.Met or ClockVerdict.Breached)
            .GroupBy(one => (one.Policy.Id, one.Metric, $"{one.Target}", one.Calendar.Id))
            .ToDictionary(
                group => group.Key,
                group =>
                    (
                        group.Count(one => one.Verdict == ClockVerdict.Met),
                        group.Count(one => one.Verdict == ClockVerdict.Breached)
                    )
            );
        var goals = answer["goals"]!.AsArray();
        Assert.Equal(expected.Values.Sum(one => one.Item1), goals.Sum(one => (int)one!["met"]!));
        Assert.Equal(expected.Values.Sum(one => one.Item2), goals.Sum(one => (int)one!["breached"]!));
        Assert.True(expected.Values.Sum(one => one.Item1) > 0 && expected.Values.Sum(one => one.Item2) > 0);
        foreach (var goal in goals)
        {
            var of =
                $"policy={goal!["policy"]}&metric={goal["metric"]}&target={goal["target"]}&calendar={goal["calendar"]}";
            foreach (var state in (string[])["met", "breached", "on-track", "near", "broken", "paused"])
            {
                var count = (int)goal[state is "on-track" ? "onTrack" : state]!;
                var list = await company
                    .AsAgent.GetAsync($"/api/v1/sla/promises/clocks?{Days}&{of}&state={state}&limit=200")
                    .OkAsync();
                Assert.Equal(count, list["items"]!.AsArray().Count);
            }
        }
    }

    [Fact]
    public async Task Causes_add_up_to_the_time_of_the_clocks_and_each_opens_its_tickets()
    {
        var causes = await company.AsAgent.GetAsync($"/api/v1/sla/promises/causes?{Days}&state=decided").OkAsync();
        var told = causes["causes"]!.AsArray().Sum(one => Hours(one!["time"]!));
        var expected = company
            .Clocks.Where(one => one is { Status: ClockStatus.Stopped, Verdict: not ClockVerdict.Cancelled })
            .Sum(one => (one.StoppedAt!.Value - one.StartedAt).TotalHours);
        Assert.Equal(expected, told, 0.01);

        var waited = causes["causes"]!.AsArray().Single(one => (string)one!["cause"]! == "customer")!;
        var ledgers = company
            .Clocks.Where(one => one is { Status: ClockStatus.Stopped, Verdict: not ClockVerdict.Cancelled })
            .SelectMany(one =>
                SlaLedger.Of(one, one.StoppedAt!.Value, company.Get<ICurrentConfiguration>().Snapshot).Segments
            )
            .Where(one => one.Kind == LedgerSegmentKind.Paused)
            .Sum(one => (one.To - one.From).TotalHours);
        Assert.True(Hours(waited["time"]!) >= ledgers && ledgers > 0);
        var list = await company
            .AsAgent.GetAsync($"/api/v1/sla/promises/clocks?{Days}&state=decided&cause=customer")
            .OkAsync();
        Assert.Contains(list["items"]!.AsArray(), one => (string)one!["longestWith"]! == "customer");
        Assert.Equal(
            list["items"]!.AsArray().Count,
            Counted(
                await PageAsync(company.AgentBrowser, $"/workspace/sla/promises?{Days}&state=decided&cause=customer")
            )
        );
    }

    [Fact]
    public async Task Hours_are_those_of_the_zone_that_is_asked()
    {
        foreach (var zone in (string[])["Asia/Seoul", "America/New_York"])
        {
            var answer = await company.AsAgent.GetAsync($"/api/v1/sla/promises/hours?days=300&zone={zone}").OkAsync();
            var expected = company
                .Clocks.Where(one => one is { Verdict: ClockVerdict.Breached, DueAt: not null })
                .Select(one => one.DueAt!.Value.InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime)
                .CountBy(local => (((int)local.DayOfWeek - 1) * 24) + local.Hour)
                .ToDictionary();
            var hours = answer["hours"]!.AsArray().ToDictionary(one => (int)one!["hour"]!, one => (int)one!["count"]!);
            Assert.Equal(expected.OrderBy(one => one.Key), hours.OrderBy(one => one.Key));
            foreach (var (hour, count) in hours)
            {
                var page = $"/workspace/sla/promises?days=300&zone={zone}&state=breached&hour={hour}";
                Assert.Equal(count, Counted(await PageAsync(company.AgentBrowser, page)));
            }
        }
    }

    [Fact]
    public async Task A_statement_counts_one_customer_and_a_file_of_it_has_no_formula()
    {
        var id = company.Customer.Organizations[0].Value;
        var other = company.Stranger.Organizations[0].Value;
        var both = 0;
        foreach (var month in company.Months)
        {
            var own = await company.AsAgent.GetAsync($"/api/v1/sla/statements/{id}?month={month}").OkAsync();
            Assert.Equal("hanbit", (string)own["organization"]!);
            Assert.Equal((int)own["breached"]!, own["breachedPromises"]!.AsArray().Count);
            var others = await company.AsAgent.GetAsync($"/api/v1/sla/statements/{other}?month={month}").OkAsync();
            both += (int)own["breached"]! + (int)own["met"]! + (int)others["breached"]! + (int)others["met"]!;
        }

        Assert.Equal(company.Clocks.Count(one => one.Verdict is ClockVerdict.Met or ClockVerdict.Breached), both);
        await company.AsAgent.GetAsync("/api/v1/sla/statements/999999").ProblemAsync(HttpStatusCode.NotFound);
        await company
            .AsAgent.GetAsync($"/api/v1/sla/statements/{id}?month=2026-13")
            .ProblemAsync(HttpStatusCode.BadRequest);
        await company.AsCustomer.GetAsync($"/api/v1/sla/statements/{id}").ProblemAsync(HttpStatusCode.Forbidden);

        var csv = new StringBuilder();
        foreach (var month in company.Months)
        {
            csv.Append(
                await PageAsync(
                    company.AgentBrowser,
                    $"/workspace/sla/statement?organization={id}&month={month}&handler=Csv"
                )
            );
        }

        Assert.Contains("=HYPERLINK", csv.ToString(), StringComparison.Ordinal);
        Assert.DoesNotMatch("(^|[,\n])\"?=", csv.ToString());
        Assert.Contains(
            "'=HYPERLINK",
            await PageAsync(company.AgentBrowser, $"/workspace/sla/promises?{Days}&handler=Csv"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_customer_reads_the_own_statement_when_the_agreement_is_published_and_nobody_elses()
    {
        var id = company.Customer.Organizations[0].Value;
        var address = $"/portal/statement?month={company.Months[0]}";
        using (var closed = await company.CustomerBrowser.GetAsync(address))
        {
            Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        }

        await company.PublishAsync("hanbit");
        var open = await PageAsync(company.CustomerBrowser, address);
        Assert.Contains("Hanbit Logistics", open, StringComparison.Ordinal);
        Assert.DoesNotContain("Of others", open, StringComparison.Ordinal);
        await EachFigureOpensWhatItCountsAsync(open);
        foreach (
            var foreign in (string[])
                [$"{address}&organization=999999", $"{address}&organization={company.Stranger.Organizations[0].Value}"]
        )
        {
            using var answer = await company.CustomerBrowser.GetAsync(foreign);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        foreach (var page in (string[])[address, $"{address}&organization={id}"])
        {
            using var stranger = await company.StrangerBrowser.GetAsync(page);
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        }
    }

    [Theory]
    [InlineData("live")]
    [InlineData("started")]
    [InlineData("corrected")]
    public async Task The_first_page_shows_the_same_whichever_state_its_address_names(string state)
    {
        var page = await PageAsync(company.AgentBrowser, $"/workspace/sla?{Days}&state={state}");
        Assert.Contains("promise-chart", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("days=0")]
    [InlineData("from=tomorrow")]
    [InlineData("zone=Mars/Olympus")]
    [InlineData("state=fine")]
    [InlineData("target=4")]
    [InlineData("hour=168")]
    [InlineData("organization=-1")]
    [InlineData("agreement=none")]
    public async Task What_cannot_be_asked_gets_a_sentence(string query)
    {
        await company
            .AsAgent.GetAsync($"/api/v1/sla/promises?{query}")
            .ProblemAsync(HttpStatusCode.BadRequest, "sla-report.wrong");
        using var page = await company.AgentBrowser.GetAsync($"/workspace/sla?{query}");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task Between_teams_figures_are_told_by_team_and_customers_see_none_of_it()
    {
        var answer = await company.AsAgent.GetAsync($"/api/v1/sla/promises?{Days}&agreement=ola").OkAsync();
        var goals = answer["goals"]!.AsArray();
        Assert.Contains(goals, one => (long)one!["team"]! == company.Team.Id.Value);
        Assert.All(goals, one => Assert.Equal("team-work", (string)one!["policy"]!));
        foreach (var path in (string[])["", "/clocks", "/hours", "/causes"])
        {
            await company.AsCustomer.GetAsync($"/api/v1/sla/promises{path}").ProblemAsync(HttpStatusCode.Forbidden);
        }

        var before = await company.AsAgent.GetAsync($"/api/v1/sla/promises?{Before}").OkAsync();
        Assert.DoesNotContain(before["goals"]!.AsArray(), one => (int)one!["met"]! + (int)one["breached"]! > 0);
    }

    private static double Hours(JsonNode iso) =>
        NodaTime.Text.PeriodPattern.NormalizingIso.Parse((string)iso!).Value.ToDuration().TotalHours;

    private static int Counted(string page) =>
        int.Parse(CountedText().Match(page).Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture);

    private async Task EachFigureOpensWhatItCountsAsync(string statement)
    {
        var parser = new HtmlParser();
        var links = parser
            .ParseDocument(statement)
            .QuerySelectorAll("a[href*='/portal/statement/requests']")
            .Select(link => (Address: link.GetAttribute("href")!, Count: link.TextContent.Trim()))
            .ToList();
        Assert.True(links.Count >= 6 && links.Exists(link => link.Count != "0"), statement);
        foreach (var (address, count) in links)
        {
            var page = parser.ParseDocument(await PageAsync(company.CustomerBrowser, address));
            var rows = page.QuerySelectorAll("tbody tr, .items > li").Length;
            Assert.True(count == $"{rows}", $"{address}: {rows} and not {count}");
            using var stranger = await company.StrangerBrowser.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        }

        var (broken, _) = links.First(link => link.Address.Contains("policy=", StringComparison.Ordinal));
        foreach (var (known, wrong) in new[] { ("policy=", "policy=x"), ("show=", "show=x"), ("target=", "target=x") })
        {
            using var answer = await company.CustomerBrowser.GetAsync(
                broken.Replace(known, wrong, StringComparison.Ordinal)
            );
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<string> PageAsync(BrowserSession browser, string address)
    {
        using var response = await browser.GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        return text;
    }

    [GeneratedRegex("""id="counted">(?<n>\d+) """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CountedText();
}
