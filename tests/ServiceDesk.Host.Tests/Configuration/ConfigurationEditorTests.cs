using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Startup;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Tests.Configuration;

public class ConfigurationEditorTests : IAsyncLifetime
{
    private static readonly ConfigurationAuthor Nobody = new(null, "test", "why");
    private readonly ServerUnderTest server = new();

    public Task InitializeAsync() => server.InitializeAsync();

    public Task DisposeAsync() => server.DisposeAsync();

    private IConfigurationEditor Editor => server.Get<IConfigurationEditor>();

    [Fact]
    public void A_new_installation_has_a_desk_that_fits_together()
    {
        var cache = server.Get<ConfigurationCache>();

        Assert.True(cache.Snapshot.TryGet<DeskDocument>("ITSD", out var desk));
        Assert.True(cache.Snapshot.TryGet<WorkflowDocument>("incident", out _));
        Assert.Equal(12, desk.Groups.Sum(group => group.RequestTypes.Count));
        Assert.Empty(server.Get<ConfigurationReview>().Problems(cache.Snapshot));
        Assert.DoesNotContain("is not written", server.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_shipped_file_is_in_the_canonical_form()
    {
        var assembly = typeof(ConfigurationEditor).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith("shipped/", StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            var reading = server.Get<DocumentText>().FromYaml(text);
            Assert.True(reading.Document is not null, $"{name}: {reading.Problems}");
            Assert.Equal(server.Get<DocumentText>().ToYaml(reading.Document), text);
        }
    }

    [Fact]
    public async Task An_exported_configuration_imported_elsewhere_exports_to_the_same_bytes()
    {
        var exported = Editor.Export();
        await Editor.RemoveAsync(DocumentKinds.Queue, "itsd-solved", null, Nobody);
        await Editor.SaveAsync("kind: queue\nid: extra\nname: Extra\ndesk: ITSD\nquery: \"\"\n", 0, Nobody);
        Assert.NotEqual(exported, Editor.Export());

        var trial = await Editor.ImportAsync([.. exported], new ConfigurationImport { IsTrial = true }, Nobody);
        Assert.Equal(["Added itsd-solved", "Removed extra"], trial.Differences.Select(d => $"{d.Difference} {d.Id}"));
        Assert.NotEqual(exported, Editor.Export());
        var outcome = await Editor.ImportAsync([.. exported], new ConfigurationImport(), Nobody);
        Assert.Equal(ConfigurationStatus.Written, outcome.Status);
        Assert.Equal(exported, Editor.Export());
        Assert.Equal(
            ConfigurationStatus.Unchanged,
            (await Editor.ImportAsync([.. exported], new ConfigurationImport(), Nobody)).Status
        );
    }

    [Fact]
    public async Task An_import_with_one_mistake_changes_nothing_and_names_file_and_line()
    {
        var exported = Editor.Export();
        var wrong = exported
            .Select(file =>
                file.Path == "queues/itsd-open.yaml"
                    ? file with
                    {
                        Text = file.Text.Replace("desk: ITSD", "desk: GONE", StringComparison.Ordinal),
                    }
                    : file
            )
            .Append(new ConfigurationFile("roles/new.yaml", "kind: role\nid: new\nname: New\n"));
        var outcome = await Editor.ImportAsync([.. wrong], new ConfigurationImport(), Nobody);

        Assert.Equal(ConfigurationStatus.Invalid, outcome.Status);
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal("queues/itsd-open.yaml", problem.Path);
        Assert.Equal("configuration.no-such-desk", problem.Problem.Code);
        Assert.NotNull(problem.Line);
        Assert.Equal(exported, Editor.Export());
    }

    [Fact]
    public async Task An_import_over_a_newer_revision_is_refused_when_the_older_one_was_expected()
    {
        var revision = server.Get<ConfigurationCache>().Snapshot.Revision;
        await Editor.SaveAsync("kind: role\nid: guest\nname: Guest\n", null, Nobody);
        var outcome = await Editor.ImportAsync(
            [.. Editor.Export()],
            new ConfigurationImport { ExpectedRevision = revision },
            Nobody
        );

        Assert.Equal(ConfigurationStatus.Conflict, outcome.Status);
    }

    [Fact]
    public async Task A_change_can_be_seen_compared_and_undone()
    {
        var before = Editor.YamlOf(DocumentKinds.Role, "customer")!;
        await Editor.SaveAsync(before.Replace("en: Customer", "en: Helper", StringComparison.Ordinal), 1, Nobody);
        Assert.Equal(ConfigurationStatus.Conflict, (await Editor.SaveAsync(before, 1, Nobody)).Status);

        var history = await Editor.HistoryAsync(DocumentKinds.Role, "customer");
        Assert.Equal([2, 1], history.Select(version => version.Version));
        Assert.Equal("why", history[0].Author.Comment);
        var lines = await Editor.CompareAsync(DocumentKinds.Role, "customer", 1, 2);
        Assert.Equal(
            ["-  en: Customer", "+  en: Helper"],
            lines
                .Where(line => line.Change != LineChange.Same)
                .Select(line => (line.Change == LineChange.Removed ? "-" : "+") + line.Text)
        );

        Assert.Equal(
            ConfigurationStatus.Written,
            (await Editor.RollBackAsync(DocumentKinds.Role, "customer", 1, null, Nobody)).Status
        );
        Assert.Equal(before, Editor.YamlOf(DocumentKinds.Role, "customer"));
        Assert.Equal(3, (await Editor.HistoryAsync(DocumentKinds.Role, "customer"))[0].Version);
        Assert.Equal(
            ConfigurationStatus.NotFound,
            (await Editor.RollBackAsync(DocumentKinds.Role, "customer", 9, null, Nobody)).Status
        );
    }

    [Fact]
    public async Task A_restart_leaves_alone_what_an_administrator_changed_or_removed()
    {
        var mine = Editor
            .YamlOf(DocumentKinds.Queue, "itsd-open")!
            .Replace("en: All open", "en: Mine", StringComparison.Ordinal);
        await Editor.SaveAsync(mine, null, Nobody);
        await Editor.RemoveAsync(DocumentKinds.Queue, "itsd-waiting", null, Nobody);
        await server.Get<IEnumerable<IStartupStep>>().Single(step => step is ConfigurationStartup).RunAsync(default);

        Assert.Equal(mine, Editor.YamlOf(DocumentKinds.Queue, "itsd-open"));
        Assert.Null(Editor.YamlOf(DocumentKinds.Queue, "itsd-waiting"));
        Assert.Empty(await Editor.OffersAsync());
    }

    [Fact]
    public async Task A_role_with_an_unknown_permission_is_refused() =>
        Assert.Equal(
            "configuration.no-such-permission",
            (await Editor.SaveAsync("kind: role\nid: odd\nname: Odd\npermissions:\n  - fly.high\n", null, Nobody))
                .Problems[0]
                .Problem
                .Code
        );
}
