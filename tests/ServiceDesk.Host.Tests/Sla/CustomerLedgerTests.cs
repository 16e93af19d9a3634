using System.Net;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>What customers read of the clocks of their requests: the promises that are published to them, and nothing of the inside.</summary>
public sealed class CustomerLedgerTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    private const string Secret = "secret-project";

    [Fact]
    public async Task A_customer_reads_what_is_published_each_clock_at_its_own_address_and_nothing_of_the_inside()
    {
        var key = await LivedAsync();
        var address = $"/portal/requests/{key}/promises";
        var customer = await SignedInAsync(company.Customer.Email);
        var stranger = await SignedInAsync(company.Stranger.Email);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(customer, address)).Status);

        await PublishAsync("other");
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(customer, address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(stranger, address)).Status);

        await PublishAsync("hanbit");
        var (_, page) = await ReadAsync(customer, $"{address}?lang=en");
        Assert.Contains("Time to first response", page, StringComparison.Ordinal);
        Assert.Contains("We kept this promise.", page, StringComparison.Ordinal);
        Assert.Contains("Time to resolution", page, StringComparison.Ordinal);
        Assert.Contains("The time stood still: Waiting for", page, StringComparison.Ordinal);
        Assert.Contains("The time stood still.", page, StringComparison.Ordinal);
        Assert.Contains("It ends with: our solution<", page, StringComparison.Ordinal);
        Assert.Contains("It no longer applies with: a message of yours<", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(stranger, address)).Status);
        foreach (var inside in (string[])[Secret, "time-in-team", company.Agent.Name])
        {
            Assert.DoesNotContain(inside, page, StringComparison.OrdinalIgnoreCase);
        }

        var one = $"{address}/time-to-resolution/1";
        Assert.Contains($"href=\"{one}\"", page, StringComparison.Ordinal);
        var (_, alone) = await ReadAsync(customer, $"{one}?lang=ko");
        Assert.Contains("id=\"clock-time-to-resolution-1\"", alone, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"clock-time-to-first-response-1\"", alone, StringComparison.Ordinal);
        Assert.Contains("다음 경우에 끝납니다: 저희의 해결<", alone, StringComparison.Ordinal);
        foreach (var none in (string[])["/time-to-resolution/2", "/time-in-team/1", "/none/1"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(customer, address + none)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(stranger, one)).Status);
    }

    // Waited for the customer, then for something that is nobody's business; a team's own clock runs beside.
    private async Task<string> LivedAsync()
    {
        await PublishAsync(null);
        var ticket = await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Printer burns",
                    requester = company.Customer.Email,
                    priority = "high",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var path = $"/api/v1/tickets/{ticket["key"]}";
        company.Time.Move(Duration.FromMinutes(10));
        await company.AsAgent.PatchAsync(path, new { team = company.Team.Id.Value }, "*").OkAsync();
        await CommentAsync("public", "We look at it");
        await CommentAsync("internal", $"It is the {Secret}");
        await company.AsAgent.PostAsync($"{path}/transitions", new { to = "waiting-for-customer" }).OkAsync();
        company.Time.Move(Duration.FromMinutes(20));
        await company.AsAgent.PostAsync($"{path}/transitions", new { to = "in-progress" }).OkAsync();
        company.Time.Move(Duration.FromMinutes(30));
        await company.AsAgent.PatchAsync(path, new { labels = new[] { Secret } }, "*").OkAsync();
        company.Time.Move(Duration.FromMinutes(40));
        await company.AsAgent.PatchAsync(path, new { labels = Array.Empty<string>() }, "*").OkAsync();
        var clocks = (await company.AsAgent.GetAsync($"{path}/sla").OkAsync())["clocks"]!.AsArray();
        Assert.Contains(clocks, clock => (string)clock!["metric"]! == "time-in-team");
        return (string)ticket["key"]!;

        async Task CommentAsync(string visibility, string body) =>
            await company
                .AsAgent.PostAsync($"{path}/comments", new { body, visibility })
                .OkAsync(HttpStatusCode.Created);
    }

    // The shipped agreement with conditions of the inside; for an organization to read, or for nobody.
    private async Task PublishAsync(string? organization)
    {
        Assert.True(
            company.Get<ICurrentConfiguration>().Snapshot.TryGet<SlaPolicyDocument>("incident", out var policy)
        );
        var metric = policy.Metrics.Single(one => one.Id == "time-to-resolution");
        var inside = new SlaCondition { Query = $"label = {Secret}" };
        var changed = metric with
        {
            Pause = [.. metric.Pause.Where(one => one.Query is null), inside],
            Stop = [new() { On = "resolved" }, new() { On = "agent-comment", Query = inside.Query }],
            Cancel = [new() { On = "customer-comment" }],
        };
        var outcome = await company
            .Get<IConfigurationEditor>()
            .SaveAsync(
                company
                    .Get<DocumentText>()
                    .ToYaml(
                        policy with
                        {
                            Metrics = policy.Metrics.Select(one => one.Id == metric.Id ? changed : one).ToValueList(),
                            Published = organization is null
                                ? null
                                : new SlaPublication { Organizations = [organization] },
                        }
                    ),
                null,
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.True(outcome.Status is ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    private async Task<BrowserSession> SignedInAsync(string email)
    {
        var browser = BrowserSession.Of(company);
        await browser.SignInAsync(email);
        return browser;
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadAsync(BrowserSession browser, string address)
    {
        using var answer = await browser.GetAsync(address);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }
}
