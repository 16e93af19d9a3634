using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Replies;

/// <summary>Macros over REST: what one would do, what it does, why it is refused, and whose it is.</summary>
[Collection(CompanyTests.Name)]
public class MacroApiTests(SmallCompany company)
{
    private const string Own = "/api/v1/own-macros";

    private static readonly object[] Everything =
    [
        new
        {
            @do = "comment",
            visibility = "public",
            text = new
            {
                en = "Dear {{ticket.requester.name}} of {{ticket.key}}, {{agent.name}}",
                ko = "{{agent.name}} 드림",
            },
        },
        new { @do = "assign", assignee = "me" },
        new { @do = "priority", priority = "low" },
        new
        {
            @do = "edit",
            summary = "Asked: {{ticket.summary}}",
            addLabels = new[] { "asked" },
        },
        new { @do = "transition", to = "waiting-for-customer" },
    ];

    [Fact]
    public async Task A_macro_tells_what_it_changes_and_then_changes_it_in_one_commit()
    {
        var path = await OpenAsync("Before");
        var id = await MakeAsync(company.AsAgent, "Ask", Everything);
        var before = await company.AsAgent.GetAsync(path).OkAsync();

        var preview = await company.AsAgent.PostAsync($"{path}/macros/own:{id}", new { preview = true }).OkAsync();
        Assert.False((bool)preview["isApplied"]!);
        Assert.Null(preview["ticket"]);
        Assert.Empty(preview["refusals"]!.AsArray());
        Assert.Contains("status=Waiting for customer", ChangesOf(preview), StringComparer.OrdinalIgnoreCase);
        Assert.Contains("priority=Low", ChangesOf(preview));
        Assert.Contains("summary=Asked: Before", ChangesOf(preview));
        Assert.Contains("labels=asked", ChangesOf(preview));
        Assert.Contains($"assignee={company.Agent.Name}", ChangesOf(preview));
        var body = (string)preview["comment"]!["body"]!;
        Assert.Contains(company.Customer.Name, body, StringComparison.Ordinal);
        Assert.Contains((string)before["key"]!, body, StringComparison.Ordinal);
        Assert.Equal((long)before["version"]!, (long)(await company.AsAgent.GetAsync(path).OkAsync())["version"]!);

        var applied = await company.AsAgent.PostAsync($"{path}/macros/own:{id}", new { text = "Mine" }).OkAsync();
        var ticket = applied["ticket"]!;
        Assert.Equal("low", (string)ticket["priority"]!);
        Assert.Equal("waiting-for-customer", (string)ticket["status"]!);
        Assert.Equal("Asked: Before", (string)ticket["summary"]!);
        var comment = Assert.Single(
            (await company.AsCustomer.GetAsync($"{path}/comments").OkAsync())["items"]!.AsArray()
        );
        Assert.Equal("Mine", (string)comment!["body"]!);
    }

    [Fact]
    public async Task A_part_that_is_not_allowed_refuses_all_of_it()
    {
        var path = await OpenAsync("Stays as it is");
        var id = await MakeAsync(
            company.AsAgent,
            "Impossible",
            [new { @do = "priority", priority = "low" }, new { @do = "transition", to = "resolved" }]
        );
        var before = await company.AsAgent.GetAsync(path).OkAsync();

        var preview = await company.AsAgent.PostAsync($"{path}/macros/own:{id}", new { preview = true }).OkAsync();
        Assert.Equal("transition", (string)Assert.Single(preview["refusals"]!.AsArray())!["action"]!);
        using var refused = await company.AsAgent.PostAsync($"{path}/macros/own:{id}", new { });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal((long)before["version"]!, (long)(await company.AsAgent.GetAsync(path).OkAsync())["version"]!);
    }

    [Fact]
    public async Task Whoever_saw_an_older_ticket_is_told_and_nothing_is_done()
    {
        var path = await OpenAsync("Changed meanwhile");
        var id = await MakeAsync(company.AsAgent, "Lower", [new { @do = "priority", priority = "low" }]);
        await company
            .AsAgent.PostAsync($"{path}/comments", new { body = "In between" })
            .OkAsync(HttpStatusCode.Created);

        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/macros/own:{id}")
        {
            Content = JsonContent.Create(new { }),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        await company.AsAgent.SendAsync(request).ProblemAsync(HttpStatusCode.PreconditionFailed);
        Assert.NotEqual("low", (string)(await company.AsAgent.GetAsync(path).OkAsync())["priority"]!);
    }

    [Fact]
    public async Task Somebody_elses_macro_is_not_there()
    {
        var path = await OpenAsync("Whose macro");
        var id = await MakeAsync(company.AsAgent, "Mine alone", [new { @do = "raise" }]);
        var one = $"{Own}/{id}";
        var body = new { name = "Taken", @do = new[] { new { @do = "raise" } } };

        Assert.Equal("Mine alone", (string)(await company.AsAgent.GetAsync(one).OkAsync())["name"]!["en"]!);
        foreach (var other in new[] { company.AsAdmin, company.AsCustomer })
        {
            await other.GetAsync(one).ProblemAsync(HttpStatusCode.NotFound, "macro.unknown");
            await other.PutJsonAsync(one, body).ProblemAsync(HttpStatusCode.NotFound, "macro.unknown");
            await other.DeleteAsync(one).ProblemAsync(HttpStatusCode.NotFound, "macro.unknown");
            Assert.DoesNotContain(id, await IdsAsync(other));
        }

        await company.AsAdmin.PostAsync($"{path}/macros/own:{id}", new { }).ProblemAsync(HttpStatusCode.NotFound);
        using var customer = await company.AsCustomer.PostAsync($"{path}/macros/own:{id}", new { });
        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
        await company.AsAgent.PutJsonAsync(one, body).OkAsync();
        await company.AsAgent.DeleteAsync(one).OkAsync(HttpStatusCode.NoContent);
        Assert.DoesNotContain(id, await IdsAsync(company.AsAgent));
    }

    [Fact]
    public async Task What_is_wrong_with_a_macro_is_told_at_its_place()
    {
        const HttpStatusCode refused = HttpStatusCode.UnprocessableEntity;
        var nothing = await company
            .AsAgent.PostAsync(Own, new { name = "Nothing", @do = Array.Empty<object>() })
            .ProblemAsync(refused);
        Assert.Equal("/do", (string)nothing["errors"]![0]!["pointer"]!);
        var told = await company
            .AsAgent.PostAsync(Own, new { name = "Tells", @do = new[] { new { @do = "notify" } } })
            .ProblemAsync(refused);
        Assert.Contains(told["errors"]!.AsArray(), error => (string)error!["code"]! == "configuration.macro-action");
    }

    [Fact]
    public async Task A_macro_of_a_desk_is_a_document_and_offered_on_its_tickets_alone()
    {
        var document = new MacroDocument
        {
            Id = "offered-here",
            Name = LocalizedText.Of("Offered here", "여기에서"),
            Group = LocalizedText.Of("Steps"),
            Desks = ["ITSD"],
            Do =
            [
                new RuleAction
                {
                    Do = "comment",
                    Visibility = Visibility.Internal,
                    Text = LocalizedText.Of("Note by {{agent.name}}"),
                },
            ],
        };
        var yaml = company.Get<DocumentText>().ToYaml(document);
        Assert.Equal(document, company.Get<DocumentText>().FromYaml(yaml).Document);
        var author = new ConfigurationAuthor(company.Agent.Id, null, null);
        var editor = company.Get<IConfigurationEditor>();
        await editor.SaveAsync(yaml, 0, author);
        Assert.Contains(editor.Export(), file => file.Path == "macros/offered-here.yaml");
        var path = await OpenAsync("Offered");

        var offered = Assert.Single(await OfferedAsync(path), macro => (string)macro!["id"]! == "offered-here");
        Assert.Equal(("Steps", false), ((string?)offered!["group"], (bool)offered["isMine"]!));
        var done = await company.AsAgent.PostAsync($"{path}/macros/offered-here", new { }).OkAsync();
        Assert.Equal("internal", (string)done["comment"]!["visibility"]!);
        Assert.Empty((await company.AsCustomer.GetAsync($"{path}/comments").OkAsync())["items"]!.AsArray());

        var off = company.Get<DocumentText>().ToYaml(document with { Enabled = false });
        await editor.SaveAsync(off, null, author);
        await company
            .AsAgent.PostAsync($"{path}/macros/offered-here", new { })
            .ProblemAsync(HttpStatusCode.NotFound, "macro.unknown");
    }

    private async Task<JsonArray> OfferedAsync(string path) =>
        (await company.AsAgent.GetAsync($"{path}/macros").OkAsync())["items"]!.AsArray();

    private static async Task<IEnumerable<long>> IdsAsync(HttpClient client) =>
        (await client.GetAsync(Own).OkAsync())["items"]!.AsArray().Select(macro => (long)macro!["id"]!);

    private static List<string> ChangesOf(JsonNode preview) =>
        [.. preview["changes"]!.AsArray().Select(change => $"{change!["what"]}={change["after"]}")];

    private static async Task<long> MakeAsync(HttpClient client, string name, object[] actions)
    {
        var made = await client
            .PostAsync(
                Own,
                new
                {
                    name,
                    group = new { en = "Mine", ko = "내 것" },
                    @do = actions,
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return (long)made["id"]!;
    }

    private async Task<string> OpenAsync(string summary)
    {
        var ticket = await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary,
                    requester = company.Customer.Id.Value,
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return $"/api/v1/tickets/{ticket["key"]}";
    }
}
