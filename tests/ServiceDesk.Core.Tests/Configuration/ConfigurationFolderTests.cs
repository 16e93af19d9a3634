using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

public class ConfigurationFolderTests
{
    [Fact]
    public async Task An_exported_folder_read_again_exports_to_the_same_bytes()
    {
        var folder = new ConfigurationFolder(await Shown.TextAsync());
        var files = folder.Export(Shown.Whole);
        var reading = folder.Read(files);

        Assert.Empty(reading.Problems);
        Assert.Equal(files, folder.Export(ConfigurationSnapshot.Of(9, reading.Documents.Values)));
        Assert.Contains("sla-policies/standard.yaml", files.Select(file => file.Path));
        Assert.Contains("desks/ITSD.yaml", files.Select(file => file.Path));
    }

    [Fact]
    public async Task A_file_under_another_name_than_its_id_is_refused()
    {
        var folder = new ConfigurationFolder(await Shown.TextAsync());
        var reading = folder.Read([new ConfigurationFile("roles/copy.yaml", "kind: role\nid: agent\nname: Agent\n")]);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal("configuration.file-elsewhere", problem.Problem.Code);
        Assert.Equal(["roles/agent.yaml"], problem.Problem.Arguments);
    }

    [Fact]
    public async Task Every_wrong_file_is_named_with_its_line()
    {
        var folder = new ConfigurationFolder(await Shown.TextAsync());
        var reading = folder.Read([
            new ConfigurationFile("roles/a.yaml", "kind: role\nid: a\nname: A\nextra: 1\n"),
            new ConfigurationFile("roles/b.yaml", "kind: role\nid: b\nname: [\n"),
            new ConfigurationFile("roles/c.yaml", "kind: role\nid: c\nname: C\n"),
        ]);

        Assert.Equal(["roles/a.yaml", "roles/b.yaml"], reading.Problems.Select(problem => problem.Path));
        Assert.Equal(4, reading.Problems[0].Line);
    }

    [Fact]
    public async Task A_comparison_tells_added_changed_and_removed_documents_and_nothing_that_is_the_same()
    {
        var comparison = new ConfigurationComparison(await Shown.TextAsync());
        ConfigurationDocument[] wanted =
        [
            .. Shown.Whole.Documents.Select(entry => entry.Document).Where(document => document.Id != "itsd-open"),
            Shown.Role("guest"),
        ];
        wanted[0] = (RoleDocument)wanted[0] with { Name = LocalizedText.Of("Boss") };

        var differences = comparison.Between(Shown.Whole, wanted, removeOthers: true);
        Assert.Equal(
            ["Changed administrator", "Added guest", "Removed itsd-open"],
            differences.Select(difference => $"{difference.Difference} {difference.Id}")
        );
        Assert.Equal(2, comparison.Between(Shown.Whole, wanted, removeOthers: false).Count);
    }

    [Fact]
    public void Lines_are_compared_with_their_numbers()
    {
        var lines = ConfigurationComparison.Lines("a\nb\nc\n", "a\nx\nc\n");

        Assert.Equal(
            [
                new ComparedLine(LineChange.Same, 1, 1, "a"),
                new ComparedLine(LineChange.Removed, 2, null, "b"),
                new ComparedLine(LineChange.Added, null, 2, "x"),
                new ComparedLine(LineChange.Same, 3, 3, "c"),
            ],
            lines
        );
        Assert.All(ConfigurationComparison.Lines(null, "a\nb\n"), line => Assert.Equal(LineChange.Added, line.Change));
        Assert.Equal(2, ConfigurationComparison.Lines(null, "a\nb\n").Count);
    }
}
