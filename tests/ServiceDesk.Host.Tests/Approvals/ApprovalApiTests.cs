using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>Approvals over REST and in the history: asked, answered, and hidden from everybody whom they do not concern.</summary>
[Collection(CompanyTests.Name)]
public class ApprovalApiTests(SmallCompany company)
{
    [Fact]
    public async Task An_approval_is_asked_found_by_its_approver_and_answered()
    {
        var key = await OpenAsync();
        using var stranger = await company.ClientAsync(company.Stranger);

        var asked = await AskAsync(key, customersSee: false);
        var waiting = await stranger.GetAsync("/api/v1/approvals").OkAsync();
        Assert.Contains(waiting["items"]!.AsArray(), item => (string)item!["ticket"]! == key);

        var answered = await stranger
            .PostAsync(
                $"/api/v1/tickets/{key}/approvals/{asked["id"]}/answer",
                new { approves = true, comment = "Fine" }
            )
            .OkAsync();
        Assert.Equal("approved", (string)answered["state"]!);
        var approver = answered["steps"]![0]!["approvers"]![0]!;
        Assert.Equal(("Sam Stranger", "Fine"), ((string)approver["person"]!["name"]!, (string)approver["comment"]!));
        var after = await stranger.GetAsync("/api/v1/approvals").OkAsync();
        Assert.DoesNotContain(after["items"]!.AsArray(), item => (string)item!["ticket"]! == key);
        await stranger
            .PostAsync($"/api/v1/tickets/{key}/approvals/{asked["id"]}/answer", new { approves = false })
            .ProblemAsync(HttpStatusCode.Conflict, "refusal.approval-ended");
    }

    [Fact]
    public async Task An_approver_sees_the_public_part_and_nothing_internal_and_nobody_else_gains_access()
    {
        var key = await OpenAsync();
        using var approver = await company.ClientAsync(company.Stranger);
        using var colleague = await company.ClientAsync(company.Colleague);
        await company.AsAgent.PostAsync(
            $"/api/v1/tickets/{key}/comments",
            new { body = "canary-internal", visibility = "internal" }
        );
        await approver.GetAsync($"/api/v1/tickets/{key}").ProblemAsync(HttpStatusCode.NotFound);

        var asked = await AskAsync(key, customersSee: false);

        foreach (var path in new[] { "", "/comments", "/history", "/attachments", "/approvals" })
        {
            var seen = await approver.GetStringAsync($"/api/v1/tickets/{key}{path}");
            Assert.DoesNotContain("canary-internal", seen, StringComparison.Ordinal);
        }

        var history = await approver.GetStringAsync($"/api/v1/tickets/{key}/history");
        Assert.Contains("ticket.approval-requested", history, StringComparison.Ordinal);
        await approver
            .PostAsync($"/api/v1/tickets/{key}/comments", new { body = "I am only asked" })
            .ProblemAsync(HttpStatusCode.Forbidden);
        await approver
            .PostAsync(
                $"/api/v1/tickets/{key}/approvals",
                new { title = "x", steps = new[] { new { roles = new[] { "agent" } } } }
            )
            .ProblemAsync(HttpStatusCode.Forbidden);

        // The ticket's customer and the customer's colleague are not shown it.
        foreach (var other in new[] { company.AsCustomer, colleague })
        {
            Assert.Empty((await other.GetAsync($"/api/v1/tickets/{key}/approvals").OkAsync())["items"]!.AsArray());
            Assert.DoesNotContain(
                "approval",
                await other.GetStringAsync($"/api/v1/tickets/{key}/history"),
                StringComparison.Ordinal
            );
            await other
                .PostAsync($"/api/v1/tickets/{key}/approvals/{asked["id"]}/answer", new { approves = true })
                .ProblemAsync(HttpStatusCode.NotFound, "refusal.approval-unknown");
        }

        await company.AsAgent.PostAsync(
            $"/api/v1/tickets/{key}/approvals/{asked["id"]}/withdraw",
            new { reason = "Later" }
        );
        await approver.GetAsync($"/api/v1/tickets/{key}").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Customers_see_an_approval_that_is_for_them()
    {
        var key = await OpenAsync();

        await AskAsync(key, customersSee: true);

        var seen = await company.AsCustomer.GetAsync($"/api/v1/tickets/{key}/approvals").OkAsync();
        Assert.Single(seen["items"]!.AsArray());
        var history = await company.AsCustomer.GetStringAsync($"/api/v1/tickets/{key}/history");
        Assert.Contains("ticket.approval-requested", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_query_language_tells_strangers_only_of_themselves()
    {
        var key = await OpenAsync();
        await AskAsync(key, customersSee: false);
        using var approver = await company.ClientAsync(company.Stranger);

        Assert.Contains(key, await FindAsync(approver, "approver = currentUser()"));
        Assert.DoesNotContain(key, await FindAsync(company.AsCustomer, "approver IS NOT EMPTY"));
        Assert.DoesNotContain(key, await FindAsync(company.AsCustomer, $"approver = {company.Stranger.Id}"));
        Assert.Contains(
            key,
            await FindAsync(company.AsAgent, $"approver = {company.Stranger.Id} AND approval = pending")
        );
        await company
            .AsCustomer.GetAsync("/api/v1/tickets?query=approval%20%3D%20pending")
            .ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_approval_is_handed_to_another_agent_and_tells_for_whom()
    {
        var key = await OpenAsync();
        var path = $"/api/v1/tickets/{key}/approvals";
        var asked = await company
            .AsAgent.PostAsync(
                path,
                new { title = "May we?", steps = new[] { new { people = new[] { company.Agent.Email } } } }
            )
            .OkAsync(HttpStatusCode.Created);

        await company
            .AsAdmin.PostAsync($"{path}/{asked["id"]}/delegate", new { to = company.Agent.Email })
            .ProblemAsync(HttpStatusCode.Forbidden, "refusal.approval-not-yours");
        await company
            .AsAgent.PostAsync($"{path}/{asked["id"]}/delegate", new { comment = "To whom?" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.to-missing");
        await company
            .AsAgent.PostAsync($"{path}/{asked["id"]}/delegate", new { to = company.Customer.Email })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        var handed = await company
            .AsAgent.PostAsync(
                $"{path}/{asked["id"]}/delegate",
                new { to = company.Admin.Email, comment = "On a train" }
            )
            .OkAsync();

        var approver = handed["steps"]![0]!["approvers"]![0]!;
        Assert.Equal(company.Admin.Name, (string)approver["person"]!["name"]!);
        Assert.Equal(company.Agent.Name, (string)approver["for"]!["name"]!);
        var answered = await company
            .AsAdmin.PostAsync($"{path}/{asked["id"]}/answer", new { approves = true })
            .OkAsync();
        Assert.Equal("approved", (string)answered["state"]!);
    }

    [Fact]
    public async Task Bad_bodies_get_a_sentence()
    {
        var key = await OpenAsync();
        var path = $"/api/v1/tickets/{key}/approvals";

        await company
            .AsAgent.PostAsync(path, new { title = "x" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.approval-steps");
        await company
            .AsAgent.PostAsync(path, new { policy = "nothing" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.approval-policy-unknown");
        await company.AsAgent.PostAsync($"{path}/999/answer", new { }).ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await company
            .AsAgent.PostAsync($"{path}/999/answer", new { approves = true })
            .ProblemAsync(HttpStatusCode.NotFound, "refusal.approval-unknown");
    }

    private static async Task<IReadOnlyList<string>> FindAsync(HttpClient client, string query)
    {
        var page = await client.GetAsync($"/api/v1/tickets?limit=200&query={Uri.EscapeDataString(query)}").OkAsync();
        return [.. page["items"]!.AsArray().Select(item => (string)item!["key"]!)];
    }

    private Task<JsonNode> AskAsync(string key, bool customersSee) =>
        company
            .AsAgent.PostAsync(
                $"/api/v1/tickets/{key}/approvals",
                new
                {
                    title = "May we?",
                    customersSee,
                    steps = new[] { new { people = new[] { company.Stranger.Email } } },
                }
            )
            .OkAsync(HttpStatusCode.Created);

    private async Task<string> OpenAsync()
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
        return (string)opened["key"]!;
    }
}
