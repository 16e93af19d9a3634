using System.Net;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>Queues that people make for themselves and their teams, and how lists are drawn.</summary>
public sealed partial class QueuePageTests
{
    [Fact]
    public async Task What_a_list_shows_becomes_a_queue_of_ones_own_that_nobody_else_sees()
    {
        var ticket = await own.Server.OpenAsync(own.Agent, "Own queue's ticket", desk: "ITSD");
        var list = await own.AsAgent.GetStringAsync(
            "/workspace/ITSD/itsd-open?q=summary+~+queue&group=priority&lang=en"
        );
        Assert.Contains("/workspace/own/edit?query=", list, StringComparison.Ordinal);

        var editor = new EditorPage(own.AsAgent, "/workspace/own/edit");
        var (status, html) = await editor.PostAsync("", null, "en", Said("", "summary ~ ticket ORDER BY nonsense"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("ORDER BY nonsense", html, StringComparison.Ordinal);
        Assert.Contains("in-name-error", html, StringComparison.Ordinal);

        var query = "summary ~ \"queue's\" ORDER BY created";
        (status, _) = await editor.PostAsync("", null, "ko", Said("내 대기열 이름", query));
        Assert.Equal(HttpStatusCode.Redirect, status);
        var made = await MadeAsync("내 대기열 이름");
        var opened = await own.AsAgent.GetStringAsync($"/workspace/own/{made}?lang=ko");
        Assert.Contains(ticket.Key.ToString(), opened, StringComparison.Ordinal);
        Assert.Contains("group-row", opened, StringComparison.Ordinal);
        Assert.Contains(
            "내 대기열 이름",
            await own.AsAgent.GetStringAsync("/workspace/side"),
            StringComparison.Ordinal
        );

        Assert.DoesNotContain(
            "내 대기열 이름",
            await own.AsAdmin.GetStringAsync("/workspace/side"),
            StringComparison.Ordinal
        );
        foreach (var path in (string[])[$"{made}", $"edit/{made}", $"{made}?handler=Export"])
        {
            using var hidden = await own.AsAdmin.GetAsync($"/workspace/own/{path}");
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }

        using var count = await own.AsAdmin.GetAsync($"/workspace/count?own={made}");
        Assert.Equal(HttpStatusCode.NotFound, count.StatusCode);
        (status, _) = await editor.PostAsync("Remove", $"{made}", "en", []);
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.DoesNotContain(
            "내 대기열 이름",
            await own.AsAgent.GetStringAsync("/workspace/side"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_list_is_grouped_and_cut_as_the_address_says_and_counted_while_a_query_is_written()
    {
        foreach (var priority in (Priority[])[Priority.Low, Priority.Critical, Priority.Low])
        {
            var opened = await own.Server.OpenAsync(own.Agent, $"Grouped {priority}", desk: "ITSD");
            await own.Server.SendAsync(own.Agent, opened.Id, new SetPriority(priority));
        }

        var list = await own.AsAgent.GetStringAsync(
            "/workspace/search?q=summary+~+Grouped&group=priority&rows=25&lang=en"
        );
        var groups = list.Split("class=\"group-row\"").Skip(1).Select(part => part.Split("columns=")[0]).ToList();
        Assert.Equal(2, groups.Count);
        Assert.Contains(">Critical<", groups[0], StringComparison.Ordinal);
        Assert.Contains("group=priority&amp;rows=25", list, StringComparison.Ordinal);

        Assert.Contains("3", await CountAsync("summary ~ Grouped"), StringComparison.Ordinal);
        Assert.Contains("1", await CountAsync("summary ~ Grouped AND priority = critical"), StringComparison.Ordinal);
        Assert.Empty(await CountAsync("summary ~ Grouped AND priority = "));

        async Task<string> CountAsync(string query) =>
            (
                await own.AsAgent.GetStringAsync(
                    $"/workspace/count?queue=itsd-open&lang=en&q={Uri.EscapeDataString(query)}"
                )
            ).Trim();
    }

    private static (string, string)[] Said(string name, string query) =>
        [("name", name), ("query", query), ("group", "priority"), ("rows", "25")];

    private async Task<string> MadeAsync(string name)
    {
        var side = await own.AsAgent.GetStringAsync("/workspace/side");
        var before = side.Split(name)[0];
        return before[(before.LastIndexOf("/workspace/own/", StringComparison.Ordinal) + 15)..].Split('"')[0];
    }
}
