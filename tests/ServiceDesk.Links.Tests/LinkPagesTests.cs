using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Json;
using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Links.Tests;

public sealed class LinkPagesTests : LinkWorld
{
    [Fact]
    public async Task Over_rest_tickets_are_linked_read_and_unlinked()
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network"));
        using var client = Server.ClientOf(Agent);
        var path = $"/api/v1/plugins/links/tickets/{one.Key}";

        var linked = await client.PostAsJsonAsync(
            path + "/links",
            new { type = "blocks", other = other.Key.ToString() }
        );
        Assert.True(linked.StatusCode == HttpStatusCode.OK, await linked.Content.ReadAsStringAsync() + Server.Log);
        var page = await client.PostAsJsonAsync(path + "/pages", new { url = "https://example.com/", title = "Wiki" });
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var read = await client.GetFromJsonAsync<JsonElement>(path);
        var link = read.GetProperty("links")[0];
        Assert.Equal(other.Key.ToString(), link.GetProperty("key").GetString());
        Assert.Equal("outward", link.GetProperty("direction").GetString());
        Assert.Equal("Wiki", read.GetProperty("pages")[0].GetProperty("title").GetString());

        var gone = await client.DeleteAsync($"{path}/links?type=blocks&direction=outward&other={other.Key}");
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        Assert.Empty((await LinksOfAsync(one)).Links);
        var bad = await client.PostAsJsonAsync(path + "/links", new { type = "blocks", other = "nonsense" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        using var asking = Server.ClientOf(Customer);
        Assert.Equal(HttpStatusCode.Forbidden, (await asking.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task The_other_ticket_is_completed_by_key_and_by_words()
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network is down"));
        using var client = Server.ClientOf(Agent);
        var path = $"/plugins/links/candidates?key={one.Key}&q=";

        var number = $"{other.Key.Number}";
        foreach (
            var typed in (string[])
                ["netw", "is DOWN", other.Key.ToString().ToLowerInvariant(), number, $"sd-{number}", $"-{number}"]
        )
        {
            var list = await client.GetStringAsync(path + Uri.EscapeDataString(typed));
            Assert.Contains($"data-text=\"{other.Key} Network is down\"", list, StringComparison.Ordinal);
            Assert.DoesNotContain("Printer", list, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("combo-option", await client.GetStringAsync(path + "%22%5C"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_linked_ticket_is_opened_once_with_its_link()
    {
        var from = await OpenAsync("Printer");
        using var client = Server.ClientOf(Agent);
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/v1/plugins/links/tickets/{from.Key}/linked-tickets"
        );
        var body = new
        {
            type = "blocks",
            direction = "inward",
            summary = "Order toner",
        };

        var keys = new List<string?>();
        for (var time = 0; time < 2; time++)
        {
            using var sent = new HttpRequestMessage(HttpMethod.Post, request.RequestUri)
            {
                Content = JsonContent.Create(body),
            };
            sent.Headers.Add("Idempotency-Key", "once");
            var answer = await client.SendAsync(sent);
            Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            keys.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString());
        }

        Assert.Equal(keys[0], keys[1]);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var other = new
        {
            body.type,
            body.direction,
            summary = "Order paper",
        };
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await client.PostAsJsonAsync(request.RequestUri, other)).StatusCode
        );
        await UntilAsync(from, links => links.Links.Count == 1);
        Assert.Equal(LinkDirection.Inward, (await LinksOfAsync(from)).Links[0].Direction);
        Assert.Equal(2, (await FindAsync("")).Count);
    }

    [Theory]
    [InlineData("en", "1 of 2 done")]
    [InlineData("ko", "2건 중 1건 완료")]
    public async Task The_panel_of_a_parent_tells_how_many_children_are_done(string language, string words)
    {
        var (parent, done, open) = (await OpenAsync("Move"), await OpenAsync("Pack"), await OpenAsync("Unpack"));
        await LinkedAsync(Agent, parent, "parent", done);
        await LinkedAsync(Agent, parent, "parent", open);
        Assert.True((await ResolveAsync(done)).IsAccepted);
        using var client = Server.ClientOf(Agent);

        var page = await client.GetStringAsync($"/workspace/tickets/{parent.Key}?lang={language}");
        var child = await client.GetStringAsync($"/workspace/tickets/{open.Key}?lang={language}");

        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("<progress class=\"grow\" max=\"2\" value=\"1\"", page, StringComparison.Ordinal);
        Assert.Contains(parent.Key.ToString(), child, StringComparison.Ordinal);
        Assert.DoesNotContain("<progress", child, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_whose_link_is_refused_is_not_opened()
    {
        var from = await OpenAsync("Printer");
        using var client = Server.ClientOf(Agent);

        var answer = await client.PostAsJsonAsync(
            $"/api/v1/plugins/links/tickets/{from.Key}/linked-tickets",
            new { type = "hates", summary = "Order toner" }
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal([from.Key], await FindAsync(""));
    }

    [Theory]
    [InlineData("en", "is blocked by")]
    [InlineData("ko", "차단됨")]
    public async Task The_panel_shows_links_in_the_readers_language(string language, string words)
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network is down"));
        await LinkedAsync(Agent, other, "blocks", one);
        using var client = Server.ClientOf(Agent);

        var page = await client.GetStringAsync($"/workspace/tickets/{one.Key}?lang={language}");

        Assert.Contains("id=\"links-panel\"", page, StringComparison.Ordinal);
        Assert.Contains("Network is down", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains(words, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Empty(Server.Plugins.Find("links")!.Health.Handlers);
    }

    [Fact]
    public async Task Nothing_of_an_unseen_ticket_shows_anywhere()
    {
        var here = await OpenAsync("Printer");
        var there = await OpenAsync("SECRETSALARY", "HR");
        await LinkedAsync(Both, here, "blocks", there);
        await LinkedAsync(Both, here, "parent", there);
        await ResolveAsync(there);
        await UntilAsync(here, links => links.Links.All(link => link.Category == StatusCategory.Done));
        // As a word: the tokens of a page are random letters and may hold one so short.
        var key = $"(?i)(?<![a-z0-9_-]){there.Key}(?![a-z0-9_-])";
        using var client = Server.ClientOf(Agent);
        string[] paths =
        [
            $"/workspace/tickets/{here.Key}",
            $"/workspace/tickets/{here.Key}?tab=history",
            $"/plugins/links/ticket?key={here.Key}",
            "/plugins/links/candidates?q=SECRETSALARY",
            $"/plugins/links/candidates?q={there.Key}",
            "/plugins/links/candidates?q=HR-",
            $"/plugins/links/candidates?q={there.Key.Number}",
            $"/api/v1/plugins/links/tickets/{here.Key}",
            "/api/v1/plugins/links/candidates?q=SECRETSALARY",
        ];

        foreach (var path in paths)
        {
            var answer = await client.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, path + text);
            Assert.DoesNotContain("SECRETSALARY", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(key, text);
        }

        // The API's history is the stored events.
        var catalog = new EventCatalog(Server.Plugins.Extensions);
        var log = Server.Services.GetRequiredService<IEventLog>();
        foreach (var recorded in await log.ReadTicketAsync(here.Id, default))
        {
            var stored = catalog.Write(recorded.Event);
            Assert.DoesNotContain("SECRETSALARY", stored, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(key, stored);
        }

        using var both = Server.ClientOf(Both);
        Assert.Contains("SECRETSALARY", await both.GetStringAsync(paths[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_see_a_link_only_of_types_for_them_and_to_tickets_that_are_theirs()
    {
        var (mine, alsoMine) = (await OpenAsync("Printer"), await OpenAsync("Second request"));
        var foreign = await Server.OpenAsync(await Server.PersonAsync("Else", "customer"), "FOREIGN");
        await LinkedAsync(Agent, mine, "relates", alsoMine);
        await LinkedAsync(Agent, mine, "relates", foreign);
        using var client = Server.ClientOf(Customer);
        var path = $"/portal/requests/{mine.Key}";
        Assert.DoesNotContain("Second request", await client.GetStringAsync(path), StringComparison.Ordinal);

        await SaveAsync(
            new LinkTypeDocument
            {
                Id = "relates",
                Name = LocalizedText.Of("Relates", "관련"),
                Outward = LocalizedText.Of("relates to", "관련 있음"),
                CustomersSee = true,
            }
        );

        var page = await client.GetStringAsync(path);
        Assert.Contains("Second request", page, StringComparison.Ordinal);
        Assert.DoesNotContain("FOREIGN", page, StringComparison.Ordinal);
        Assert.DoesNotContain(foreign.Key.ToString(), page, StringComparison.Ordinal);
    }
}
