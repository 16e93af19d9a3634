using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules.Editing;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>Rules over REST as on their pages: drafts, publishing, the order, and recipes to begin with.</summary>
[Collection(CompanyTests.Name)]
public class RuleDraftApiTests(SmallCompany company)
{
    private const string Drafts = "/api/v1/rules/drafts";
    private const string Rules = "/api/v1/configuration/rule";

    [Fact]
    public async Task A_draft_is_kept_shown_and_published_and_works_only_then()
    {
        var kept = await PutAsync($"{Drafts}/drafted", Rule("drafted", "Tell me")).OkAsync();

        Assert.Equal(
            ("drafted", "Tell me", 0),
            ((string)kept["rule"]!, (string)kept["name"]!, (int)kept["baseVersion"]!)
        );
        Assert.Contains(
            (await company.AsAdmin.GetAsync(Drafts).OkAsync())["items"]!.AsArray(),
            one => (string)one!["rule"]! == "drafted"
        );
        await company.AsAdmin.GetAsync($"{Rules}/drafted").ProblemAsync(HttpStatusCode.NotFound);

        var published = await company.AsAdmin.PostAsync($"{Drafts}/drafted/publish", new { comment = "Needed" });
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (published.StatusCode, published.Headers.ETag!.Tag));
        await company
            .AsAdmin.GetAsync($"{Drafts}/drafted")
            .ProblemAsync(HttpStatusCode.NotFound, "api.rule-draft-unknown");
        var versions = await company.AsAdmin.GetAsync($"{Rules}/drafted/versions").OkAsync();
        Assert.Equal("Needed", (string)versions["items"]![0]!["comment"]!);
        await company
            .AsAdmin.PostAsync($"{Drafts}/drafted/publish", new { })
            .ProblemAsync(HttpStatusCode.NotFound, "api.rule-draft-unknown");
        await RemoveAsync("drafted");
    }

    [Fact]
    public async Task A_draft_of_a_rule_that_changed_meanwhile_is_neither_kept_nor_published()
    {
        await WriteAsync("moving", "One");
        await PutAsync($"{Drafts}/moving", Rule("moving", "Mine"), "\"1\"").OkAsync();
        await WriteAsync("moving", "Two");

        // Written on without a tag, it is still begun from the version that was seen.
        var kept = await PutAsync($"{Drafts}/moving", Rule("moving", "Mine still")).OkAsync();
        Assert.Equal(1, (int)kept["baseVersion"]!);
        await company
            .AsAdmin.PostAsync($"{Drafts}/moving/publish", new { })
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "configuration.changed-meanwhile");
        Assert.Equal("Two", (string)(await company.AsAdmin.GetAsync($"{Rules}/moving").OkAsync())["name"]!);

        await company.AsAdmin.DeleteAsync($"{Drafts}/moving");
        await company.AsAdmin.GetAsync($"{Drafts}/moving").ProblemAsync(HttpStatusCode.NotFound);
        await RemoveAsync("moving");
    }

    [Theory]
    [InlineData(Drafts)]
    [InlineData("/api/v1/sla/drafts/calendar")]
    public async Task A_draft_that_another_wrote_meanwhile_is_not_written_over(string drafts)
    {
        const string changed = "configuration.changed-meanwhile";
        var path = $"{drafts}/shared";
        await PutAsync(path, Shared("Ahead"), "\"1\"").ProblemAsync(HttpStatusCode.PreconditionFailed, changed);
        var begun = await PutAsync(path, Shared("One"), "\"0\"");
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var seen = (await company.AsAdmin.GetAsync(path)).Headers.ETag!.Tag;
        Assert.Equal(begun.Headers.ETag!.Tag, seen);

        await PutAsync(path, Shared("Two"), seen).OkAsync();
        await PutAsync(path, Shared("Three"), seen).ProblemAsync(HttpStatusCode.PreconditionFailed, changed);
        await PutAsync(path, Shared("Three"), "\"0\"").ProblemAsync(HttpStatusCode.PreconditionFailed, changed);

        // Nor is it published or thrown away by whoever saw the one before.
        var publish = drafts == Drafts ? new JsonObject() : new JsonObject { ["mode"] = "recompute" };
        await SendAsync(HttpMethod.Post, $"{path}/publish", publish, seen)
            .ProblemAsync(HttpStatusCode.PreconditionFailed, changed);
        await SendAsync(HttpMethod.Delete, path, null, seen).ProblemAsync(HttpStatusCode.PreconditionFailed, changed);
        var now = await company.AsAdmin.GetAsync(path);
        Assert.Equal("Two", (string)JsonNode.Parse(await now.Content.ReadAsStringAsync())!["name"]!);

        var removed = await SendAsync(HttpMethod.Delete, path, null, now.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await company.AsAdmin.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound);

        JsonObject Shared(string name) =>
            drafts == Drafts
                ? Rule("shared", name)
                : new JsonObject
                {
                    ["id"] = "shared",
                    ["name"] = name,
                    ["zone"] = "UTC",
                };
    }

    [Fact]
    public async Task Publishing_leaves_a_draft_that_was_kept_meanwhile()
    {
        var (drafts, drafting) = (company.Get<IRuleDrafts>(), company.Get<RuleDrafting>());
        await PutAsync($"{Drafts}/raced", Rule("raced", "Mine")).OkAsync();
        var read = (await drafts.FindAsync("raced", default))!;
        await PutAsync($"{Drafts}/raced", Rule("raced", "Theirs")).OkAsync();

        var author = new ConfigurationAuthor(company.Admin.Id, null, null);
        await drafting.PublishAsync(RuleDrafting.Read(read), 0, read, author, default);

        Assert.Equal("Mine", (string)(await company.AsAdmin.GetAsync($"{Rules}/raced").OkAsync())["name"]!);
        Assert.Equal("Theirs", (string)(await company.AsAdmin.GetAsync($"{Drafts}/raced").OkAsync())["name"]!);
        await company.AsAdmin.DeleteAsync($"{Drafts}/raced");
        await RemoveAsync("raced");
    }

    [Fact]
    public async Task What_cannot_be_a_rule_is_not_kept_and_what_cannot_work_is_not_published()
    {
        await PutAsync($"{Drafts}/wrong", new JsonObject { ["name"] = "No trigger" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.document-wrong");
        await PutAsync($"{Drafts}/wrong", Rule("other", "Other"))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.document-wrong");
        var unready = Rule("unready", "Nowhere");
        unready["if"] = "nowhere = 1";
        await PutAsync($"{Drafts}/unready", unready).OkAsync();

        var refused = await company
            .AsAdmin.PostAsync($"{Drafts}/unready/publish", new { })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.document-wrong");

        Assert.Equal("/if", (string)refused["errors"]![0]!["pointer"]!);
        await company.AsAdmin.GetAsync($"{Drafts}/unready").OkAsync();
        await company.AsAdmin.DeleteAsync($"{Drafts}/unready");
    }

    [Fact]
    public async Task No_draft_holds_the_secret_of_a_webhook()
    {
        var rule = Rule("calls", "Calls");
        rule["then"] = new JsonArray(
            new JsonObject
            {
                ["do"] = "webhook",
                ["url"] = "https://hooks.example.com/x",
                ["secret"] = "a secret of sixteen or more",
            }
        );
        await PutAsync($"{Drafts}/calls", rule).OkAsync();

        var shown = await company.AsAdmin.GetStringAsync($"{Drafts}/calls");

        Assert.DoesNotContain("sixteen or more", shown, StringComparison.Ordinal);
        Assert.Contains("secretName", shown, StringComparison.Ordinal);
        await company.AsAdmin.DeleteAsync($"{Drafts}/calls");
    }

    [Theory]
    [InlineData("webhook", "short", "configuration.schema-too-short")]
    [InlineData("priority", "a secret of sixteen or more", "configuration.rule-secret-of-webhooks")]
    public async Task A_secret_that_cannot_be_kept_is_told_and_not_lost(string act, string secret, string code)
    {
        var rule = Rule("hushed", "Hushed");
        rule["then"]![0]!["do"] = act;
        rule["then"]![0]!["secret"] = secret;

        var refused = await PutAsync($"{Drafts}/hushed", rule)
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.document-wrong");

        Assert.Equal(
            ("/then/0/secret", code),
            ((string)refused["errors"]![0]!["pointer"]!, (string)refused["errors"]![0]!["code"]!)
        );
        await company.AsAdmin.GetAsync($"{Drafts}/hushed").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Rules_are_put_into_an_order_of_all_of_them()
    {
        await WriteAsync("order-a", "A");
        await WriteAsync("order-b", "B");
        var before = await company.AsAdmin.GetAsync("/api/v1/rules/order");
        var ids = Ids(await before.Content.ReadAsStringAsync());
        string[] turned = [.. ids.Reverse()];

        var after = await PutAsync(
            "/api/v1/rules/order",
            new JsonObject { ["rules"] = Array(turned) },
            before.Headers.ETag!.Tag
        );
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal(turned, Ids(await after.Content.ReadAsStringAsync()));
        Assert.Equal(turned, Ids(await company.AsAdmin.GetStringAsync("/api/v1/rules/order")));

        // What was seen is no more.
        await PutAsync("/api/v1/rules/order", new JsonObject { ["rules"] = Array(ids) }, before.Headers.ETag.Tag)
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "configuration.changed-meanwhile");
        foreach (
            var wrong in (string[][])
                [
                    [],
                    ["order-a"],
                    [.. ids, "none"],
                    [.. ids.Skip(1), ids[1]],
                ]
        )
        {
            await PutAsync("/api/v1/rules/order", new JsonObject { ["rules"] = Array(wrong) })
                .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.body-wrong");
        }

        await RemoveAsync("order-a", "order-b");
    }

    [Fact]
    public async Task An_order_leaves_what_another_node_published()
    {
        await WriteAsync("node-a", "A");
        await WriteAsync("node-b", "B");
        var order = company.Get<RuleOrder>();
        var author = new ConfigurationAuthor(company.Admin.Id, null, null);
        string[] turned = [.. order.Rules.Select(rule => rule.Id).Reverse()];

        var seen = await ElsewhereAsync("node-a", "Published elsewhere");
        await PutAsync("/api/v1/rules/order", new JsonObject { ["rules"] = Array(turned) }, $"\"{seen}\"").OkAsync();
        Assert.Equal("Published elsewhere", await NameAsync("node-a"));

        await ElsewhereAsync("node-a", "And again");
        await order.PlaceAsync("node-a", _ => 0, author, default);
        Assert.Equal(("node-a", "And again"), (order.Rules[0].Id, await NameAsync("node-a")));

        await ElsewhereAsync("node-a", "For the third time");
        await order.SwitchAsync("node-a", false, author, default);
        Assert.Equal("For the third time", await NameAsync("node-a"));
        Assert.False(order.Rules.Single(rule => rule.Id == "node-a").Enabled);

        // One that another node added is one of all.
        await ElsewhereAsync("node-c", "C");
        await PutAsync("/api/v1/rules/order", new JsonObject { ["rules"] = Array(turned) })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.body-wrong");
        await RemoveAsync("node-a", "node-b", "node-c");

        async Task<string> NameAsync(string id) =>
            (string)(await company.AsAdmin.GetAsync($"{Rules}/{id}").OkAsync())["name"]!;

        // As another node does: this one has not read it yet.
        async Task<long> ElsewhereAsync(string id, string name)
        {
            var written = await company
                .Get<IDocumentStore>()
                .WriteAsync(
                    company.Get<ConfigurationCache>().Snapshot.Revision,
                    [new DocumentChange(DocumentKinds.Rule, id, Rule(id, name).ToJsonString())],
                    new DocumentAuthor(company.Admin.Id, null, company.Get<IClock>().GetCurrentInstant(), null)
                );
            Assert.True(written.Written);
            return written.Revision;
        }
    }

    [Fact]
    public async Task Recipes_are_told_with_what_they_leave_open_and_begin_drafts()
    {
        var recipes = (await company.AsAdmin.GetAsync("/api/v1/rules/recipes").OkAsync())["items"]!.AsArray();
        var route = recipes.Single(one => (string)one!["id"]! == "route-by-error-number")!;
        Assert.NotEmpty(route["open"]!.AsArray());
        var ready = recipes.Single(one => (string)one!["id"]! == "close-after-resolution")!;
        Assert.Empty(ready["open"]!.AsArray());

        await PutAsync($"{Drafts}/close-after-resolution", (JsonObject)ready["rule"]!.DeepClone()).OkAsync();
        await company
            .AsAdmin.PostAsync($"{Drafts}/close-after-resolution/publish", new { })
            .OkAsync(HttpStatusCode.Created);

        await RemoveAsync("close-after-resolution");
    }

    [Fact]
    public async Task All_of_it_is_for_those_who_configure()
    {
        foreach (var path in (string[])[Drafts, $"{Drafts}/none", "/api/v1/rules/order", "/api/v1/rules/recipes"])
        {
            await company.AsAgent.GetAsync(path).ProblemAsync(HttpStatusCode.Forbidden);
            await company.AsCustomer.GetAsync(path).ProblemAsync(HttpStatusCode.Forbidden);
        }

        await company
            .AsAgent.SendAsync(Answers.Request(HttpMethod.Put, $"{Drafts}/mine", Rule("mine", "Mine")))
            .ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsAgent.PostAsync($"{Drafts}/mine/publish", new { }).ProblemAsync(HttpStatusCode.Forbidden);
    }

    private static JsonObject Rule(string id, string name) =>
        new()
        {
            ["id"] = id,
            ["name"] = name,
            ["when"] = new JsonArray(new JsonObject { ["on"] = "manual" }),
            ["then"] = new JsonArray(new JsonObject { ["do"] = "priority", ["priority"] = "high" }),
        };

    private static string[] Ids(string json) =>
        [.. JsonNode.Parse(json)!["items"]!.AsArray().Select(one => (string)one!["rule"]!)];

    private static JsonArray Array(IEnumerable<string> ids) => [.. ids.Select(id => (JsonNode?)id)];

    private Task<HttpResponseMessage> PutAsync(string path, JsonObject body, string? seen = null) =>
        SendAsync(HttpMethod.Put, path, body, seen);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonObject? body, string? seen)
    {
        var request = body is null ? new HttpRequestMessage(method, path) : Answers.Request(method, path, body);
        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        }

        return company.AsAdmin.SendAsync(request);
    }

    private Task WriteAsync(string id, string name) => PutAsync($"{Rules}/{id}", Rule(id, name));

    private async Task RemoveAsync(params string[] rules)
    {
        foreach (var rule in rules)
        {
            await company.AsAdmin.DeleteAsync($"{Rules}/{rule}");
        }
    }
}
