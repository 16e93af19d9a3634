using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

[Collection(CompanyTests.Name)]
public class SlaApiTests(SmallCompany company)
{
    [Fact]
    public async Task An_agent_sees_the_clocks_of_a_ticket_with_their_segments()
    {
        var key = await OpenAsync();
        await company
            .AsAgent.PostAsync($"/api/v1/tickets/{key}/comments", new { body = "Hello", visibility = "public" })
            .OkAsync(HttpStatusCode.Created);

        var answer = await company.AsAgent.GetAsync($"/api/v1/tickets/{key}/sla").OkAsync();

        var clocks = answer["clocks"]!.AsArray().ToDictionary(clock => (string)clock!["metric"]!, clock => clock!);
        Assert.Equal(["time-to-first-response", "time-to-resolution"], clocks.Keys.Order());
        var first = clocks["time-to-first-response"];
        Assert.Equal(("stopped", "met"), ((string)first["status"]!, (string)first["verdict"]!));
        Assert.Equal("첫 응답 시간", (string)first["name"]!["ko"]!);
        var resolution = clocks["time-to-resolution"];
        Assert.Equal(("running", "open"), ((string)resolution["status"]!, (string)resolution["verdict"]!));
        Assert.Equal(("PT8H", "24x7"), ((string)resolution["target"]!, (string)resolution["calendar"]!["id"]!));
        Assert.Equal("resolved", (string)Assert.Single(resolution["stops"]!.AsArray())!["on"]!);
    }

    [Fact]
    public async Task Waiting_for_the_customer_pauses_and_the_segments_say_why()
    {
        var key = await OpenAsync();
        company.Time.Move(Duration.FromHours(1));
        await company
            .AsAgent.PostAsync($"/api/v1/tickets/{key}/transitions", new { to = "waiting-for-customer" })
            .OkAsync();
        company.Time.Move(Duration.FromHours(2));

        var answer = await company.AsAgent.GetAsync($"/api/v1/tickets/{key}/sla").OkAsync();

        var resolution = answer["clocks"]!
            .AsArray()
            .Single(clock => (string)clock!["metric"]! == "time-to-resolution")!;
        Assert.Equal("paused", (string)resolution["status"]!);
        Assert.Null(resolution["dueAt"]);
        Assert.Equal("PT7H", (string)resolution["remaining"]!);
        var segments = resolution["segments"]!.AsArray();
        Assert.Equal(
            [("running", "ticket.opened"), ("paused", "ticket.status-changed")],
            segments.Select(one => ((string)one!["kind"]!, (string)one["event"]!))
        );
        Assert.Equal("PT1H", (string)segments[0]!["working"]!);
        Assert.Equal((string)segments[0]!["to"]!, (string)segments[1]!["from"]!);
        Assert.Equal(company.Agent.Name, (string)segments[1]!["by"]!["name"]!);
    }

    [Fact]
    public async Task Customers_do_not_see_clocks_and_strangers_not_even_the_ticket()
    {
        var key = await OpenAsync();

        await company.AsCustomer.GetAsync($"/api/v1/tickets/{key}/sla").ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsStranger.GetAsync($"/api/v1/tickets/{key}/sla").ProblemAsync(HttpStatusCode.NotFound);
        await company.AsAgent.GetAsync("/api/v1/tickets/ITSD-999999/sla").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_customer_reads_by_when_a_request_will_be_solved_as_it_is_now()
    {
        var path = $"/api/v1/tickets/{await OpenAsync()}";
        using var response = await company.AsCustomer.GetAsync(path);
        var tag = response.Headers.ETag!.ToString();
        var ticket = (await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync()))!;
        Assert.Equal("by-then", (string)ticket["expectedSolution"]!["state"]!);
        var due = (DateTimeOffset)ticket["expectedSolution"]!["dueAt"]!;
        Assert.Equal(TimeSpan.FromHours(8), due - (DateTimeOffset)ticket["createdAt"]!);

        // The customer is told of nothing, but the promise is another, and what was kept of the request is old.
        await company.AsAgent.PatchAsync(path, new { priority = "critical" }, "*").OkAsync();
        var again = await company
            .AsCustomer.SendAsync(Answers.Request(HttpMethod.Get, path, null, ("If-None-Match", tag)))
            .OkAsync();
        Assert.NotEqual(tag, $"\"{again["version"]}\"");
        Assert.True((DateTimeOffset)again["expectedSolution"]!["dueAt"]! < due);

        await company.AsAgent.PostAsync($"{path}/transitions", new { to = "waiting-for-customer" }).OkAsync();
        var waiting = await company.AsCustomer.GetAsync(path).OkAsync();
        Assert.Equal("paused", (string)waiting["expectedSolution"]!["state"]!);
    }

    private async Task<string> OpenAsync()
    {
        var ticket = await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Printer burns",
                    requester = "kim.customer@example.com",
                    fields = new Dictionary<string, object> { ["impact"] = "low" },
                    priority = "high",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return (string)ticket["key"]!;
    }
}
