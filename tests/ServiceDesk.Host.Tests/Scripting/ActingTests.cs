using System.Net;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Whom somebody lets scripts and rules act as, by whichever door.</summary>
[Collection(CompanyTests.Name)]
public class ActingTests(SmallCompany company)
{
    private const string Exceeds = "configuration.actor-exceeds";

    private static readonly ConfigurationAuthor Machine = new(null, "command-line", null);

    private IConfigurationEditor Editor => company.Get<IConfigurationEditor>();

    private ConfigurationAuthor Admin => new(company.Admin.Id, null, null);

    [Fact]
    public async Task Nobody_lets_a_script_act_as_somebody_who_may_more()
    {
        var mallory = await EditorAsync("Mallory Acts");
        var author = new ConfigurationAuthor(mallory.Id, null, null);

        foreach (
            var address in new[]
            {
                company.Admin.Email,
                company.Agent.Email,
                // May less, and has requests that are not hers.
                company.Customer.Email,
                "nobody.yet@example.com",
            }
        )
        {
            var refused = Assert.Single((await SaveAsync(Script("acting-as", address), author)).Problems);
            Assert.Equal(("/actor", Exceeds), (refused.Problem.Path, refused.Problem.Code));
            Assert.Equal([address], refused.Problem.Arguments);
            Assert.Equal(5, refused.Line);
        }

        await WrittenAsync(Script("acting-as", mallory.Email.ToUpperInvariant()), author);
        await WrittenAsync(Script("acting-as", company.Customer.Email), Admin);
        await WrittenAsync(Script("acting-as", "nobody.yet@example.com"), Admin);
        await WrittenAsync(Script("acting-as", company.Admin.Email), Machine);

        // Whoever may configure stops it, and nobody who could not write it sets it off again.
        await WrittenAsync(Script("acting-as", company.Admin.Email) with { Enabled = false }, author);
        Assert.Single((await SaveAsync(Script("acting-as", company.Admin.Email), author)).Problems);
        var version = (await Editor.HistoryAsync(DocumentKinds.Script, "acting-as"))[1].Version;
        var back = await Editor.RollBackAsync(DocumentKinds.Script, "acting-as", version, null, author);
        Assert.Equal(Exceeds, Assert.Single(back.Problems).Problem.Code);
        var again = await Editor.RollBackAsync(DocumentKinds.Script, "acting-as", version, null, Admin);
        Assert.Equal(ConfigurationStatus.Written, again.Status);
        var imported = await Editor.ImportAsync(
            [new ConfigurationFile("scripts/acting-as.yaml", Yaml(Script("acting-as", company.Agent.Email)))],
            new ConfigurationImport { KeepOthers = true },
            author
        );
        Assert.Equal(Exceeds, Assert.Single(imported.Problems).Problem.Code);
        await Editor.RemoveAsync(DocumentKinds.Script, "acting-as", null, author);
    }

    [Fact]
    public async Task What_a_script_imports_acts_as_its_person_and_so_does_a_rule()
    {
        var mallory = await EditorAsync("Mallory Imports");
        var author = new ConfigurationAuthor(mallory.Id, null, null);
        var library = Script("acting-words", null) with
        {
            Use = ScriptUse.Library,
            Source = "export function f() { return 1; }",
        };
        await WrittenAsync(library, author);
        var user = Script("acting-user", company.Admin.Email) with
        {
            Source = "import { f } from 'acting-words';\nreturn f();",
        };
        await WrittenAsync(user, Admin);

        var worse = library with { Source = "export function f() { return 2; }" };
        var refused = Assert.Single((await SaveAsync(worse, author)).Problems);
        Assert.Equal(
            ("scripts/acting-words.yaml", "/source", "configuration.actor-exceeds-import"),
            (refused.Path, refused.Problem.Path, refused.Problem.Code)
        );
        Assert.Equal(["acting-user", company.Admin.Email], refused.Problem.Arguments);
        await WrittenAsync(worse, Admin);
        await WrittenAsync(user with { Enabled = false }, author);
        await WrittenAsync(library, author);

        var rule = new RuleDocument
        {
            Id = "acting-rule",
            Name = LocalizedText.Of("Acts"),
            When = [new RuleTrigger { On = "manual" }],
            Then = [new RuleAction { Do = "comment", Text = LocalizedText.Of("Hello") }],
            Actor = company.Admin.Email,
        };
        var no = Assert.Single((await SaveAsync(rule, author)).Problems);
        Assert.Equal(("/actor", Exceeds), (no.Problem.Path, no.Problem.Code));
        await WrittenAsync(rule with { Actor = null }, author);
        await WrittenAsync(rule, Admin);
        await WrittenAsync(rule with { Enabled = false }, author);
        await Editor.RemoveAsync(DocumentKinds.Rule, rule.Id, null, Machine);
        await Editor.RemoveAsync(DocumentKinds.Script, user.Id, null, Machine);
        await Editor.RemoveAsync(DocumentKinds.Script, library.Id, null, Machine);
    }

    [Fact]
    public async Task A_trial_asks_the_same_and_its_run_says_who_tried()
    {
        const string Path = "/api/v1/scripts/try";
        var mallory = await EditorAsync("Mallory Tries");
        using var client = await company.ClientAsync(mallory);
        await WrittenAsync(Script("acting-tried", company.Admin.Email), Machine);

        foreach (
            object body in new object[]
            {
                new { source = "return tickets.search('');", actor = company.Admin.Email },
                new { source = "return tickets.search('');", script = "acting-tried" },
                new { script = "acting-tried" },
                new { source = "return tickets.search('');", actor = company.Customer.Email },
            }
        )
        {
            var no = await client.PostAsync(Path, body).ProblemAsync(HttpStatusCode.Forbidden, Exceeds);
            Assert.Equal("/actor", (string)no["errors"]![0]!["pointer"]!);
        }

        var own = await client.PostAsync(Path, new { source = "return tickets.search('').length;" }).OkAsync();
        Assert.Equal("0", own["value"]!.ToJsonString());
        await company
            .AsAdmin.PostAsync(Path, new { script = "acting-tried", actor = company.Customer.Email })
            .OkAsync();
        var runs = await company.AsAdmin.GetAsync("/api/v1/scripts/runs?script=acting-tried").OkAsync();
        Assert.Equal(company.Admin.Id.Value, (long)Assert.Single(runs["items"]!.AsArray())!["triedBy"]!);
        await Editor.RemoveAsync(DocumentKinds.Script, "acting-tried", null, Machine);
    }

    private async Task<Person> EditorAsync(string name)
    {
        var role = new RoleDocument
        {
            Id = "acting-editor",
            Name = LocalizedText.Of("Editor"),
            Permissions = [Permissions.Configure, Permissions.AskInPortal],
        };
        await SaveAsync(role, Machine);
        return await company.PersonAsync(name, role.Id);
    }

    private async Task WrittenAsync(ConfigurationDocument document, ConfigurationAuthor author)
    {
        var outcome = await SaveAsync(document, author);
        Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    private Task<ConfigurationOutcome> SaveAsync(ConfigurationDocument document, ConfigurationAuthor author) =>
        Editor.SaveAsync(Yaml(document), null, author);

    private string Yaml(ConfigurationDocument document) => company.Get<DocumentText>().ToYaml(document);

    private static ScriptDocument Script(string id, string? actor) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Use = ScriptUse.Called,
            Actor = actor,
            Source = "return 1;",
        };
}
