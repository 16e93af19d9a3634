using System.Net;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Scripts as documents, and their API in the whole product with its plugins.</summary>
[Collection(CompanyTests.Name)]
public class ScriptDocumentTests(SmallCompany company)
{
    private IConfigurationEditor Editor => company.Get<IConfigurationEditor>();

    [Fact]
    public async Task A_mistake_in_a_script_is_a_problem_of_its_document_with_line_and_column()
    {
        var outcome = await SaveAsync("wrong", "ticket.opened", "const a = 1;\n  let b = ;");

        Assert.Equal(ConfigurationStatus.Invalid, outcome.Status);
        var problem = Assert.Single(outcome.Problems).Problem;
        Assert.Equal(("/source", "scripts.syntax"), (problem.Path, problem.Code));
        Assert.Equal(["2", "11", "Unexpected token"], problem.Arguments);
    }

    [Theory]
    [InlineData("ticket.exploded", "log.info('x');", "scripts.no-such-event")]
    [InlineData("ticket.opened", "import { a } from 'nowhere'; a();", "scripts.no-such-library")]
    public async Task What_cannot_run_is_not_written(string @event, string source, string code)
    {
        var outcome = await SaveAsync("wrong", @event, source);

        Assert.Equal(code, Assert.Single(outcome.Problems).Problem.Code);
    }

    [Fact]
    public async Task A_script_names_only_hosts_that_are_allowed()
    {
        const string Yaml =
            "kind: script\nid: asks\nname: { en: Asks }\nuse: called\nactor: ada.admin@example.com\n"
            + "hosts: [api.example.com]\nsource: return http.request('GET', 'https://api.example.com/').status;\n";
        var author = new ConfigurationAuthor(null, "test", null);

        var refused = await Editor.SaveAsync(Yaml, 0, author);
        await Editor.SaveAsync("kind: allowed-host\nid: api\nname: { en: API }\nhost: API.example.com\n", 0, author);
        var written = await Editor.SaveAsync(Yaml, 0, author);
        var kept = await Editor.RemoveAsync(DocumentKinds.AllowedHost, "api", null, author);
        await Editor.RemoveAsync(DocumentKinds.Script, "asks", null, author);
        await Editor.RemoveAsync(DocumentKinds.AllowedHost, "api", null, author);
        var script = Script("asks", "return http.request('GET', 'https://api.example.com/').status;");
        var outcome = await company
            .Get<IScriptRunner>()
            .RunAsync(script with { Hosts = ["api.example.com"] }, 0, new ScriptOccasion("test"));

        var problem = Assert.Single(refused.Problems).Problem;
        Assert.Equal(("/hosts/0", "scripts.host-not-allowed"), (problem.Path, problem.Code));
        Assert.Equal(ConfigurationStatus.Written, written.Status);
        // What a script names stays on the list; what is not on it is not asked, whoever names it.
        Assert.Equal(ConfigurationStatus.Invalid, kept.Status);
        Assert.Equal(ScriptEnd.Error, outcome.Result.End);
        Assert.DoesNotContain("reached", outcome.Result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.20.0.0/16", true)]
    [InlineData("fd12::/16", true)]
    [InlineData("127.0.0.1/32", true)]
    [InlineData("10.20.0.0/33", false)]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("8.8.8.0/24", false)]
    [InlineData("169.254.0.0/16", false)]
    [InlineData("10.0.0.0/7", false)]
    public async Task An_allowed_host_opens_only_private_networks(string network, bool isWritten)
    {
        var yaml = $"kind: allowed-host\nid: near\nname: {{ en: Near }}\nhost: near.test\nnetworks: ['{network}']\n";

        var outcome = await Editor.SaveAsync(yaml, null, new ConfigurationAuthor(null, "test", null));

        Assert.Equal(
            isWritten ? [] : ["configuration.network-not-private"],
            outcome.Problems.Select(problem => problem.Problem.Code)
        );
    }

    [Fact]
    public async Task A_script_has_versions_that_are_compared_and_rolled_back()
    {
        await SaveAsync("versions", "ticket.opened", "log.info('one');");
        await SaveAsync("versions", "ticket.opened", "log.info('two');");
        await Editor.RollBackAsync(
            DocumentKinds.Script,
            "versions",
            1,
            null,
            new ConfigurationAuthor(null, "test", null)
        );

        var yaml = Editor.YamlOf(DocumentKinds.Script, "versions")!;
        var lines = await Editor.CompareAsync(DocumentKinds.Script, "versions", 1, 2);
        Assert.Contains("log.info('one');", yaml, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Text.Contains("two", StringComparison.Ordinal));
        await Editor.RemoveAsync(DocumentKinds.Script, "versions", null, new ConfigurationAuthor(null, "test", null));
    }

    [Fact]
    public async Task A_script_declares_a_major_incident_by_the_plugins_module()
    {
        var ticket = await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Everything is down",
                    requester = "kim.customer@example.com",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var key = (string)ticket["key"]!;
        var script = Script("major", "return incidents.declareMajor(argument, 'We are on it.').major;");

        var outcome = await company
            .Get<IScriptRunner>()
            .RunAsync(
                script,
                0,
                new ScriptOccasion("test") { Argument = System.Text.Json.JsonSerializer.SerializeToElement(key) }
            );
        var refused = await company
            .Get<IScriptRunner>()
            .RunAsync(
                script with
                {
                    Actor = company.Customer.Email,
                },
                0,
                new ScriptOccasion("test") { Argument = System.Text.Json.JsonSerializer.SerializeToElement(key) }
            );

        Assert.Equal("true", outcome.Result.Value?.GetRawText());
        Assert.Contains("incidents.declare-major", refused.Result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_scripts_may_call_is_described_in_both_languages()
    {
        var reference = company.Get<ScriptReference>();

        foreach (var language in Languages.All)
        {
            var entries = reference.Sections(language).SelectMany(section => section.Entries).ToList();
            Assert.True(entries.Count > 30);
            Assert.DoesNotContain(entries, entry => entry.Summary.StartsWith('['));
            Assert.Contains(
                entries,
                entry => entry.Signature.StartsWith("incidents.declareMajor(key: string", StringComparison.Ordinal)
            );
        }

        Assert.NotEqual(
            reference.Sections("en").SelectMany(section => section.Entries).Select(entry => entry.Summary),
            reference.Sections("ko").SelectMany(section => section.Entries).Select(entry => entry.Summary)
        );
    }

    [Fact]
    public void The_declarations_name_every_function_and_property()
    {
        var declared = company.Get<ScriptReference>().Declarations("en");

        Assert.Contains("declare const tickets: {", declared, StringComparison.Ordinal);
        Assert.Contains("search(query: string, limit?: number): Ticket[];", declared, StringComparison.Ordinal);
        Assert.Contains("comment(text: string): Ticket;", declared, StringComparison.Ordinal);
        Assert.Contains("  summary: string;", declared, StringComparison.Ordinal);
        Assert.Contains("  resolution: string | null;", declared, StringComparison.Ordinal);
        Assert.Contains("declareMajor(key: string, notice?: string)", declared, StringComparison.Ordinal);
    }

    private Task<ConfigurationOutcome> SaveAsync(string id, string @event, string source) =>
        Editor.SaveAsync(
            $"kind: script\nid: {id}\nname: {id}\nuse: handler\nevents: [{@event}]\nactor: {company.Agent.Email}\nsource: |-\n"
                + string.Join('\n', source.Split('\n').Select(line => "  " + line))
                + "\n",
            null,
            new ConfigurationAuthor(null, "test", null)
        );

    private ScriptDocument Script(string id, string source) =>
        new()
        {
            Id = id,
            Name = Sdk.Values.LocalizedText.Of(id),
            Use = ScriptUse.Called,
            Actor = company.Agent.Email,
            Source = source,
        };
}
