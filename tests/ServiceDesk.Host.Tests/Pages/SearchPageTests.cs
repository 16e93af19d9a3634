using System.Net;
using ServiceDesk.Host.Tests.Fixtures;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>The search box and the builder of queries as plain pages.</summary>
public sealed class SearchPageTests(QueueServer own) : IClassFixture<QueueServer>
{
    [Theory]
    [InlineData("en", "Recent searches", "Some of what you wrote is not understood")]
    [InlineData("ko", "최근 검색", "이해하지 못한 부분은 글자 그대로 찾았습니다")]
    public async Task What_was_found_is_marked_and_encoded_and_recent_searches_are_their_readers_alone(
        string language,
        string recent,
        string notes
    )
    {
        await own.Server.OpenAsync(own.Agent, $"<b>{language}marked</b> & co", desk: "ITSD");

        var page = await own.AsAgent.GetStringAsync($"/workspace/search?lang={language}&q={language}marked");
        var empty = await own.AsAgent.GetStringAsync($"/workspace/search?lang={language}");
        var odd = await own.AsAgent.GetStringAsync($"/workspace/search?lang={language}&q=marked+asignee:x");

        Assert.Contains($"&lt;b&gt;<mark>{language}marked</mark>&lt;/b&gt; &amp; co", page, StringComparison.Ordinal);
        Assert.Contains(recent, empty, StringComparison.Ordinal);
        Assert.Contains($"q={language}marked", empty, StringComparison.Ordinal);
        Assert.Contains(notes, odd, StringComparison.Ordinal);
        Assert.Contains("<mark>asignee</mark>:x", odd, StringComparison.Ordinal);
        Assert.DoesNotContain(
            recent,
            await own.AsAdmin.GetStringAsync($"/workspace/search?lang={language}"),
            StringComparison.Ordinal
        );

        var forget = new EditorPage(own.AsAgent, "/workspace/search");
        var (status, _) = await forget.PostAsync("Forget", null, language, []);
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.DoesNotContain(
            recent,
            await own.AsAgent.GetStringAsync($"/workspace/search?lang={language}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_a_page_elsewhere_leads_to_is_not_kept_as_a_recent_search()
    {
        foreach (
            var (site, isKept) in (IEnumerable<(string, bool)>)
                [("cross-site", false), ("same-site", false), ("none", true), ("same-origin", true)]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/workspace/search?lang=en&q=from-{site}");
            request.Headers.Add("Sec-Fetch-Site", site);
            using var answer = await own.AsAgent.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

            var recent = await own.AsAgent.GetStringAsync("/workspace/search?lang=en");
            Assert.Equal(isKept, recent.Contains($"q=from-{site}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/portal", "en", "The query has more than 200 comparisons.")]
    [InlineData("/portal/requests", "ko", "검색식에 비교가 200개를 넘습니다.")]
    public async Task A_search_in_the_portal_that_asks_too_much_is_told_so(string path, string language, string told)
    {
        using var customer = own.Server.ClientOf(await own.Server.PersonAsync($"Kim {language}", "customer"));
        const string states = "is:open,done,new,closed,열림,닫힘,완료";
        var many = Uri.EscapeDataString(string.Join(' ', Enumerable.Repeat(states, 30)));
        var same = Uri.EscapeDataString($"from:{string.Join(',', Enumerable.Repeat("kim", 240))}");

        Assert.Contains(
            told,
            await customer.GetStringAsync($"{path}?lang={language}&q={many}"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "alert-triangle",
            await customer.GetStringAsync($"{path}?lang={language}&q={same}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_too_long_is_told_and_an_unfinished_query_is_read_as_words()
    {
        var large = await own.AsAgent.GetStringAsync($"/workspace/search?lang=en&q={new string('a', 1_100)}");
        var unfinished = await own.AsAgent.GetStringAsync("/workspace/search?lang=en&q=priority+%3E%3D");

        Assert.Contains("longer than 1000 characters", large, StringComparison.Ordinal);
        Assert.Contains("Expected a value", unfinished, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Status", "In progress")]
    [InlineData("ko", "상태", "처리 중")]
    public async Task The_builder_shows_a_query_as_rows_in_the_readers_language(
        string language,
        string field,
        string value
    )
    {
        var rows = await own.AsAgent.GetStringAsync(
            $"/workspace/builder?lang={language}&q=status+%3D+in-progress+AND+(priority+%3D+high+OR+assignee+IS+EMPTY)+ORDER+BY+created"
        );

        Assert.Contains($"selected=\"selected\">{field}</option>", rows, StringComparison.Ordinal);
        Assert.Contains($"selected=\"selected\">{value}</option>", rows, StringComparison.Ordinal);
        Assert.Contains(
            "data-query=\"status = in-progress AND (priority = high OR assignee IS EMPTY) ORDER BY created\"",
            rows,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("NOT status = new")]
    [InlineData("status =")]
    [InlineData("stutus = new")]
    public async Task What_rows_cannot_show_is_left_alone(string query)
    {
        var rows = await own.AsAgent.GetStringAsync($"/workspace/builder?lang=en&q={Uri.EscapeDataString(query)}");

        Assert.DoesNotContain("data-query", rows, StringComparison.Ordinal);
        Assert.Contains("builder-none", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_written_as_a_query_and_one_may_be_added_changed_and_taken_away()
    {
        const string rows =
            "b.any=false&b.order=created&b.g=0&b.f.0=status&b.o.0=Equal&b.v.0=new&b.g=1&b.f.1=priority&b.o.1=In&b.v.1=high&b.v.1=critical";

        Assert.Contains(
            "data-query=\"status = new AND priority IN (high, critical) ORDER BY created\"",
            await BuildAsync(rows),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "data-query=\"priority IN (high, critical) ORDER BY created\"",
            await BuildAsync($"{rows}&b.do=remove:0"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "data-query=\"status = new AND (priority IN (high, critical) OR status = new) ORDER BY created\"",
            await BuildAsync($"{rows}&b.g=1&b.f.2=status&b.o.2=Equal&b.v.2=new"),
            StringComparison.Ordinal
        );
        // A row without a value says nothing yet.
        Assert.Contains(
            "data-query=\"status = new AND priority IN (high, critical) ORDER BY created\"",
            await BuildAsync($"{rows}&b.do=add"),
            StringComparison.Ordinal
        );
        // Another field keeps no value that does not fit.
        Assert.Contains(
            "data-query=\"priority IN (high, critical) ORDER BY created\"",
            await BuildAsync(rows.Replace("b.f.0=status", "b.f.0=created", StringComparison.Ordinal) + "&b.do=field:0"),
            StringComparison.Ordinal
        );
    }

    private Task<string> BuildAsync(string rows) => own.AsAgent.GetStringAsync($"/workspace/builder?lang=en&{rows}");
}
