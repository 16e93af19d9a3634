using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Tests.Rules;

/// <summary>Secrets of webhooks stand in no document, whichever way a rule is written.</summary>
public sealed class WebhookSecretTests
{
    private const string Secret = "correct horse battery staple";
    private static readonly ConfigurationAuthor Author = new(null, "test", null);

    private static readonly string Yaml =
        "kind: rule\nid: hook\nname: Hook\nwhen:\n  - on: opened\nthen:\n  - do: webhook\n"
        + $"    url: https://hooks.example.com/\n    secret: {Secret}\n";

    [Fact]
    public async Task It_goes_out_of_what_is_written_and_the_same_again_changes_nothing()
    {
        await using var server = await ServiceDeskServer.StartAsync();
        var editor = server.Services.GetRequiredService<IConfigurationEditor>();
        var admin = await server.PersonAsync("Ada Admin", "administrator");
        using var client = server.ClientOf(admin);

        var tried = await editor.ImportAsync(
            [new ConfigurationFile("rules/hook.yaml", Yaml)],
            new ConfigurationImport { KeepOthers = true, IsTrial = true },
            Author
        );
        var settings = server.Services.GetRequiredService<ISettingStore>();
        Assert.Equal(ConfigurationStatus.Written, tried.Status);
        Assert.Empty(await settings.AllAsync("host.webhook-secrets"));

        var written = await editor.SaveAsync(Yaml, 0, Author);
        var again = await editor.SaveAsync(Yaml, 1, Author);
        var imported = await editor.ImportAsync(
            [new ConfigurationFile("rules/hook.yaml", Yaml)],
            new ConfigurationImport { KeepOthers = true },
            Author
        );

        Assert.Equal(
            (ConfigurationStatus.Written, ConfigurationStatus.Unchanged, ConfigurationStatus.Unchanged),
            (written.Status, again.Status, imported.Status)
        );
        var yaml = editor.YamlOf(DocumentKinds.Rule, "hook")!;
        Assert.Contains("secretName: secret-", yaml, StringComparison.Ordinal);
        var places = new List<string>
        {
            yaml,
            string.Concat(editor.Export().Select(file => file.Text)),
            string.Concat((await editor.HistoryAsync(DocumentKinds.Rule, "hook")).Select(version => version.Json)),
            string.Concat(written.Differences.Select(difference => difference.After)),
            string.Concat(tried.Differences.Select(difference => difference.After)),
            string.Concat((await settings.AllAsync("host.webhook-secrets")).Values.Select(kept => kept.Json)),
            await client.GetStringAsync("/administration/rules/edit/hook"),
            await client.GetStringAsync("/administration/configuration/rule/hook"),
            server.Log,
        };
        Assert.All(places, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.Single(await settings.AllAsync("host.webhook-secrets"));
        Assert.Equal(Secret, await SecretOfAsync(server, "hook"));
        Assert.Contains("kept; write to change", places[6], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_carries_the_name_and_another_installation_asks_for_the_secret()
    {
        await using var here = await ServiceDeskServer.StartAsync();
        await here.Services.GetRequiredService<IConfigurationEditor>().SaveAsync(Yaml, 0, Author);
        var exported = here
            .Services.GetRequiredService<IConfigurationEditor>()
            .Export()
            .Single(file => file.Path == "rules/hook.yaml");
        await using var there = await ServiceDeskServer.StartAsync();
        var admin = await there.PersonAsync("Ada Admin", "administrator");
        using var client = there.ClientOf(admin);
        var editor = there.Services.GetRequiredService<IConfigurationEditor>();

        var outcome = await editor.ImportAsync([exported], new ConfigurationImport { KeepOthers = true }, Author);

        Assert.Equal(ConfigurationStatus.Written, outcome.Status);
        Assert.Equal(exported.Text, editor.YamlOf(DocumentKinds.Rule, "hook"));
        Assert.Null(await SecretOfAsync(there, "hook"));
        Assert.Contains(
            "not kept here: write it",
            await client.GetStringAsync("/administration/rules/edit/hook"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [OnBothDatabases]
    public async Task What_was_written_before_is_taken_out_at_start_in_every_version(DatabaseProvider provider)
    {
        var host = await HostUnderTest.CreateAsync(provider);
        var text = host.Get<DocumentText>();
        var store = host.Get<IDocumentStore>();
        var rule = (RuleDocument)text.FromYaml(Yaml).Document!;
        var now = host.Get<IClock>().GetCurrentInstant();
        foreach (var order in new[] { 1, 2 })
        {
            var json = text.ToJson(rule with { Order = order });
            Assert.Contains(Secret, json, StringComparison.Ordinal);
            await store.WriteAsync(
                await store.RevisionAsync(),
                [new DocumentChange(DocumentKinds.Rule, "hook", json)],
                new DocumentAuthor(null, "old", now, null)
            );
        }

        var draft = new RuleDraft("draft", 0, text.ToJson(rule with { Id = "draft" }), new PersonId(1), now);
        await host.Get<IRuleDrafts>().SaveAsync(draft, default);
        var revision = await store.RevisionAsync();

        await using var restarted = await host.RestartAsync();

        store = restarted.Get<IDocumentStore>();
        var versions = await store.HistoryAsync(DocumentKinds.Rule, "hook");
        Assert.Equal([(2, "old"), (1, "old")], versions.Select(version => (version.Version, version.Author.Source)));
        Assert.Equal(revision, await store.RevisionAsync());
        var drafts = await restarted.Get<IRuleDrafts>().AllAsync(default);
        var texts = versions.Select(version => version.Json!).Append(drafts[0].Document).ToList();
        Assert.All(texts, json => Assert.DoesNotContain(Secret, json, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, restarted.Log.ToString(), StringComparison.Ordinal);
        foreach (var json in texts)
        {
            var after = (RuleDocument)DocumentText.FromStored(DocumentKinds.Rule, json);
            Assert.Equal(Secret, await restarted.Get<WebhookSecrets>().OfAsync(after.Then[0], default));
        }

        // Written again as it was, it is no new version.
        var outcome = await restarted
            .Get<IConfigurationEditor>()
            .SaveAsync(text.ToYaml(rule with { Order = 2 }), null, Author);
        Assert.Equal(ConfigurationStatus.Unchanged, outcome.Status);
    }

    private static async Task<string?> SecretOfAsync(ServiceDeskServer server, string id)
    {
        Assert.True(
            server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot.TryGet<RuleDocument>(id, out var rule)
        );
        return await server.Services.GetRequiredService<WebhookSecrets>().OfAsync(rule.Then[0], default);
    }
}
