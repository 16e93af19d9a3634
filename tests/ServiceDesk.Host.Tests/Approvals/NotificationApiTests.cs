using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>Notifications over REST and in the portal: each person's own, counted, read and unread.</summary>
[Collection(CompanyTests.Name)]
public class NotificationApiTests(SmallCompany company)
{
    [Fact]
    public async Task An_approver_is_told_reads_it_and_nobody_else_can()
    {
        using var stranger = await company.ClientAsync(company.Stranger);
        var key = await AskAsync();
        var one = await FindAsync(stranger, key);
        var id = (long)one["id"]!;
        Assert.False((bool)one["isRead"]!);
        var unread = (int)(await stranger.GetAsync("/api/v1/notifications/unread").OkAsync())["unread"]!;
        Assert.True(unread > 0);

        await company
            .AsCustomer.PostAsync($"/api/v1/notifications/{id}/read", new { })
            .ProblemAsync(HttpStatusCode.NotFound);
        var read = await stranger.PostAsync($"/api/v1/notifications/{id}/read", new { }).OkAsync();
        Assert.Equal(unread - 1, (int)read["unread"]!);
        Assert.DoesNotContain(await ListAsync(stranger, "?unread=true"), item => (long)item!["id"]! == id);
        Assert.Contains(await ListAsync(stranger, ""), item => (long)item!["id"]! == id && (bool)item["isRead"]!);

        await stranger.DeleteAsync($"/api/v1/notifications/{id}/read").OkAsync();
        Assert.Contains(await ListAsync(stranger, "?unread=true"), item => (long)item!["id"]! == id);
        var none = await stranger.PostAsync("/api/v1/notifications/read", new { }).OkAsync();
        Assert.Equal(0, (int)none["unread"]!);
        await stranger.GetAsync("/api/v1/notifications?cursor=x").ProblemAsync(HttpStatusCode.BadRequest);
    }

    private static async Task<JsonArray> ListAsync(HttpClient client, string query) =>
        (await client.GetAsync($"/api/v1/notifications{query}").OkAsync())["items"]!.AsArray();

    private async Task<JsonNode> FindAsync(HttpClient client, string key)
    {
        JsonNode? found = null;
        await company.UntilAsync(async () =>
            (found = (await ListAsync(client, "")).FirstOrDefault(item => (string?)item!["ticket"] == key)) is not null
        );
        return found!;
    }

    private async Task<string> AskAsync()
    {
        var opened = await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Needs an approval",
                    requester = company.Customer.Email,
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var key = (string)opened["key"]!;
        await company
            .AsAgent.PostAsync(
                $"/api/v1/tickets/{key}/approvals",
                new { title = "May we?", steps = new[] { new { people = new[] { company.Stranger.Email } } } }
            )
            .OkAsync(HttpStatusCode.Created);
        return key;
    }
}
