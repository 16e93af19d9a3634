using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>What rules and scripts did, and trials of scripts, over REST.</summary>
[Collection(CompanyTests.Name)]
public class AutomationApiTests(SmallCompany company)
{
    private const string Rules = "/api/v1/configuration/rule";

    [Fact]
    public async Task What_a_rule_did_is_told_with_the_truth_of_its_condition_and_why_another_did_not()
    {
        await WriteRuleAsync("api-acts", "manual", "summary ~ \"burns\" AND priority != low");
        await WriteRuleAsync("api-rests", "commented", "priority = critical");
        var path = await company.OpenAsync("The cellar burns");

        await company.AsAgent.PostAsync($"{path}/rules/api-acts", new { }).OkAsync(HttpStatusCode.Accepted);
        var run = await RunOfAsync("api-acts");

        Assert.Equal("then", (string)run["outcome"]!);
        Assert.Equal("manual", (string)run["trigger"]!);
        Assert.EndsWith((string)run["ticket"]!, path, StringComparison.Ordinal);
        Assert.Contains(
            run["truth"]!.AsArray(),
            part => (string)part!["text"]! == "summary ~ \"burns\"" && (bool)part["holds"]!
        );
        Assert.Equal("done", (string)Assert.Single(run["actions"]!.AsArray())!["status"]!);

        var seen = await company.AsAgent.GetAsync($"{path}/rules").OkAsync();
        Assert.Single(seen["runs"]!.AsArray(), one => (string)one!["rule"]! == "api-acts");
        var rules = seen["rules"]!.AsArray();
        Assert.True((bool)rules.Single(rule => (string)rule!["rule"]! == "api-acts")!["mayBeCalled"]!);
        Assert.NotEmpty((string)rules.Single(rule => (string)rule!["rule"]! == "api-rests")!["answer"]!);
        await RemoveAsync("api-acts", "api-rests");
    }

    [Fact]
    public async Task Customers_learn_nothing_of_rules_and_agents_nothing_of_the_log()
    {
        var path = await company.OpenAsync("For nobody else");

        await company.AsCustomer.GetAsync($"{path}/rules").ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsStranger.GetAsync($"{path}/rules").ProblemAsync(HttpStatusCode.NotFound);
        await company.AsAgent.GetAsync("/api/v1/rules/runs").ProblemAsync(HttpStatusCode.Forbidden);
        await company.AsAgent.GetAsync("/api/v1/scripts/runs").ProblemAsync(HttpStatusCode.Forbidden);
        await company
            .AsAgent.PostAsync("/api/v1/scripts/try", new { source = "return 1;" })
            .ProblemAsync(HttpStatusCode.Forbidden);
        await company
            .AsAdmin.GetAsync("/api/v1/rules/runs?limit=201")
            .ProblemAsync(HttpStatusCode.BadRequest, "api.limit-wrong");
        await company
            .AsAdmin.GetAsync("/api/v1/scripts/runs?cursor=x")
            .ProblemAsync(HttpStatusCode.BadRequest, "query.wrong-cursor");
    }

    [Fact]
    public async Task A_script_is_tried_with_nothing_written_and_its_run_is_noted()
    {
        var path = await company.OpenAsync("Tried on");
        var key = path[(path.LastIndexOf('/') + 1)..];
        var before = await company.AsAgent.GetAsync(path).OkAsync();

        var tried = await company
            .AsAdmin.PostAsync(
                "/api/v1/scripts/try",
                new { source = "log.info('seen'); ticket.note('From a trial'); return ticket.key;", ticket = key }
            )
            .OkAsync();

        Assert.Equal("done", (string)tried["outcome"]!);
        Assert.Equal(key, (string)tried["value"]!);
        Assert.Equal("seen", (string)Assert.Single(tried["log"]!.AsArray())!["text"]!);
        var would = Assert.Single(tried["wouldRecord"]!.AsArray())!;
        Assert.Contains("note", (string)would["event"]!, StringComparison.Ordinal);
        Assert.Equal((long)before["version"]!, (long)(await company.AsAgent.GetAsync(path).OkAsync())["version"]!);
        var runs = await company.AsAdmin.GetAsync("/api/v1/scripts/runs?limit=1").OkAsync();
        Assert.Equal("console", (string)Assert.Single(runs["items"]!.AsArray())!["use"]!);
    }

    [Theory]
    [InlineData("let a = ;", 1, 9)]
    [InlineData("let a = 1;\nnothing.here();", 2, 1)]
    public async Task A_script_that_fails_says_where(string source, int line, int column)
    {
        var tried = await company.AsAdmin.PostAsync("/api/v1/scripts/try", new { source }).OkAsync();

        Assert.Equal((line, column), ((int)tried["error"]!["line"]!, (int)tried["error"]!["column"]!));
        await company
            .AsAdmin.PostAsync("/api/v1/scripts/try", new { })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.source-missing");
        await company
            .AsAdmin.PostAsync("/api/v1/scripts/try", new { script = "none" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<JsonNode> RunOfAsync(string rule)
    {
        JsonNode? found = null;
        await company.UntilAsync(async () =>
        {
            var runs = await company.AsAdmin.GetAsync($"/api/v1/rules/runs?rule={rule}").OkAsync();
            found = runs["items"]!.AsArray().FirstOrDefault();
            return found is not null;
        });
        return found!;
    }

    private async Task WriteRuleAsync(string id, string on, string condition)
    {
        using var written = await company.AsAdmin.SendAsync(
            Answers.Request(
                HttpMethod.Put,
                $"{Rules}/{id}",
                new Dictionary<string, object>
                {
                    ["name"] = id,
                    ["when"] = new[] { new { on } },
                    ["if"] = condition,
                    ["then"] = new[] { new { @do = "edit", addLabels = new[] { "seen" } } },
                }
            )
        );
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());
    }

    private async Task RemoveAsync(params string[] rules)
    {
        foreach (var rule in rules)
        {
            using var removed = await company.AsAdmin.DeleteAsync($"{Rules}/{rule}");
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }
    }
}
