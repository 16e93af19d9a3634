using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Documentation;

/// <summary>What the documentation shows can be written down as it stands: documents are read by their schemas, scripts compile and call what there is.</summary>
public sealed partial class DocumentationTests(DocumentationTests.Fixture fixture)
    : IClassFixture<DocumentationTests.Fixture>
{
    public static TheoryData<DocumentationBlock> Yaml => new(DocumentationBlocks.Of("yaml"));

    public static TheoryData<DocumentationBlock> Scripts => new(DocumentationBlocks.Of("js"));

    [Theory]
    [MemberData(nameof(Yaml))]
    public async Task A_document_that_a_page_shows_is_one(DocumentationBlock block)
    {
        var yaml = block.Part is null ? block.Text : DocumentationParts.Whole(block);
        var reading = fixture.Documents.FromYaml(yaml);

        Assert.True(
            reading.Document is not null,
            $"{block}: {string.Join("; ", reading.Problems.Select(one => $"{one.Path} {one.Code} {one.Arguments}"))}\n{yaml}"
        );
        if (block.Part is null)
        {
            var wrong = await fixture.ProblemsAsync(reading.Document);
            Assert.True(
                wrong.Count == 0,
                $"{block}: {string.Join("; ", wrong.Select(one => $"{one.Path} {one.Code}"))}"
            );
        }

        if (reading.Document is ScriptDocument script)
        {
            CallsWhatThereIs(block.ToString(), script.Source);
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_that_a_page_shows_compiles_and_calls_what_there_is(DocumentationBlock block)
    {
        var script = new ScriptDocument
        {
            Id = "shown",
            Name = LocalizedText.Of("Shown"),
            Use = ScriptUse.Called,
            Actor = "admin@example.com",
            Source = block.Text,
        };

        var wrong = (await fixture.ProblemsAsync(script)).Where(problem => problem.Path == "/source");

        Assert.True(!wrong.Any(), $"{block}: {string.Join("; ", wrong.Select(one => $"{one.Code} {one.Arguments}"))}");
        CallsWhatThereIs(block.ToString(), block.Text);
    }

    [Fact]
    public void Functions_that_pages_name_in_passing_are_there()
    {
        foreach (var (page, text) in DocumentationBlocks.Pages())
        {
            foreach (Match code in Code().Matches(text))
            {
                CallsWhatThereIs(page, code.Value);
            }
        }
    }

    [Fact]
    public void Both_checks_can_fail()
    {
        Assert.Null(fixture.Documents.FromYaml("kind: rule\nid: wrong\nname: Wrong\nwhen: often\n").Document);
        Assert.ThrowsAny<Exception>(() => CallsWhatThereIs("nowhere", "crm.forget(\"ITSD-1\")"));
        CallsWhatThereIs("nowhere", "crm.book(\"ITSD-1\", { hours: 1 })");
    }

    private void CallsWhatThereIs(string where, string code)
    {
        foreach (Match call in Call().Matches(code))
        {
            var (module, function) = (call.Groups["module"].Value, call.Groups["function"].Value);
            if (fixture.Functions.TryGetValue(module, out var known))
            {
                Assert.True(known.Contains(function), $"{where} calls {module}.{function}, which is not there.");
            }
        }
    }

    [GeneratedRegex(@"(?<![\w.`/-])(?<module>[a-z]\w*)\.(?<function>[a-z]\w*)\(", RegexOptions.None, 1000)]
    private static partial Regex Call();

    [GeneratedRegex("(?<=`)[^`\n]+(?=`)", RegexOptions.None, 1000)]
    private static partial Regex Code();

    /// <summary>A server with every practice.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private ServiceDeskServer server = null!;
        private Person admin = null!;

        public DocumentText Documents => server.Services.GetRequiredService<DocumentText>();

        /// <summary>The functions of each module, by its name.</summary>
        public IReadOnlyDictionary<string, HashSet<string>> Functions { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            server = await ServiceDeskServer.StartAsync();
            admin = await server.PersonAsync("Admin", "administrator");
            await ExamplesAsync();
            Functions = server
                .Services.GetRequiredService<ScriptApi>()
                .All.ToDictionary(
                    known => known.Module.Name,
                    known => known.Module.Functions.Select(function => function.Name).ToHashSet()
                );
        }

        public async Task DisposeAsync() => await server.DisposeAsync();

        // What the pages take for the reader's own.
        private async Task ExamplesAsync()
        {
            var people = server.Services.GetRequiredService<IPeopleStore>();
            await people.CreateOrganizationAsync("hanbit", "Hanbit", true);
            await people.CreateAsync(new NewPerson("Automation", "automation@example.com", "agent"));
            await people.CreateAsync(new NewPerson("Emily Carter", "emily.carter@example.com", "agent"));
            foreach (var team in (string[])["Finance", "Service desk"])
            {
                await people.CreateTeamAsync(team);
            }

            var choices = "\nchoices:\n  - id: screen\n    name: Screen";
            var own = new[]
            {
                ("budget-owner", "person"),
                ("root-cause", "text"),
                ("device", "choice" + choices),
                ("product", "choice" + choices),
                ("screen-size", "text"),
                ("cost-center", "text"),
                ("paid-by-team", "flag"),
                ("source", "text"),
            };
            foreach (var (id, type) in own)
            {
                await SaveAsync($"kind: field\nid: {id}\nname: Own\ntype: {type}\n");
            }

            server
                .Services.GetRequiredService<ICurrentConfiguration>()
                .Snapshot.TryGet<TicketTypeDocument>("service-request", out var requests);
            await SaveAsync(
                Documents.ToYaml(
                    requests! with
                    {
                        Fields = requests.Fields.Concat(own.Select(one => one.Item1)).ToValueList(),
                    }
                )
            );
        }

        private async Task SaveAsync(string yaml)
        {
            var outcome = await server
                .Services.GetRequiredService<IConfigurationEditor>()
                .SaveAsync(yaml, null, new ConfigurationAuthor(null, "test", null));
            Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
        }

        /// <summary>What importing the document would say.</summary>
        public Task<IReadOnlyList<DocumentProblem>> ProblemsAsync(ConfigurationDocument document) =>
            server
                .Services.GetRequiredService<IConfigurationEditor>()
                .ProblemsOfAsync(Documents, document, admin.Id, default);
    }
}
