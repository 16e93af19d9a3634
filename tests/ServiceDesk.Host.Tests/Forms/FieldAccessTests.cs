using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>What pages and REST show of fields to a role that does not see or change them, ticket by ticket.</summary>
public sealed class FieldAccessTests(FieldAccessTests.Fixture fixture) : IClassFixture<FieldAccessTests.Fixture>
{
    private const string Secret = "salary-of-the-heir";
    private const string Shown = "contract-of-a-vendor";

    [Fact]
    public async Task A_hidden_field_stands_on_no_page_and_in_no_answer_for_its_role()
    {
        var key = (await fixture.OpenAsync()).Key;

        foreach (
            var path in new[]
            {
                $"/workspace/tickets/{key}",
                $"/workspace/tickets/{key}?tab=history",
                $"/workspace/tickets/{key}/edit",
                "/workspace/query-language",
                "/workspace/new?desk=ITSD&type=incident",
            }
        )
        {
            var agents = await fixture.Agent.GetStringAsync(path);
            Assert.DoesNotContain(Secret, agents, StringComparison.Ordinal);
            Assert.DoesNotContain("fa-secret", agents, StringComparison.Ordinal);
            Assert.DoesNotContain("Salary words", agents, StringComparison.Ordinal);
        }

        Assert.Contains(
            Secret,
            await fixture.Admin.GetStringAsync($"/workspace/tickets/{key}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_field_that_is_only_seen_is_refused_by_its_name_and_a_hidden_one_by_what_was_written()
    {
        foreach (var (field, sentence) in new[] { ("fa-seen", "“Seen words”"), ("fa-secret", "“fa-secret”") })
        {
            var errors = new FormErrors(fixture.Server.Services.GetRequiredService<ITexts>(), fixture.Configuration);
            var ticket = await fixture.OpenAsync();
            var answer = await fixture.Server.SendAsync(
                fixture.Alex,
                ticket.Id,
                new EditTicket(null, null, ValueMap<FieldValue?>.Empty.SetItem(field, new TextValue("guess")), null)
            );
            errors.Add(answer.Refusals, []);
            Assert.Contains(sentence, Assert.Single(errors.General), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task To_queries_a_hidden_field_is_unknown()
    {
        await fixture.OpenAsync();
        var queries = fixture.Server.Services.GetRequiredService<ITicketQueries>();

        var refused = await Assert.ThrowsAsync<QueryException>(async () =>
            await queries.CountAsync(await fixture.Server.ViewerAsync(fixture.Alex), "fa-secret IS NOT EMPTY")
        );
        Assert.StartsWith("query.unknown-field", refused.Error.Code, StringComparison.Ordinal);
        Assert.NotEqual(
            0,
            await queries.CountAsync(await fixture.Server.ViewerAsync(fixture.Ada), "fa-secret IS NOT EMPTY")
        );
    }

    [Fact]
    public async Task What_may_only_be_seen_is_no_input_and_what_must_be_filled_is_asked_before_leaving()
    {
        var key = (await fixture.OpenAsync()).Key;

        var page = await fixture.Agent.GetStringAsync($"/workspace/tickets/{key}");
        Assert.Contains(Shown, page, StringComparison.Ordinal);
        var edit = await fixture.Agent.GetStringAsync($"/workspace/tickets/{key}/edit");
        Assert.DoesNotContain("fields.fa-seen", edit, StringComparison.Ordinal);
        Assert.Matches("name=\"fields.fa-needed\"[^>]* required", edit);

        var way = fixture
            .Configuration.WorkflowOf("incident")!
            .TransitionsFrom("new")
            .First(one => !one.RequiresResolution);
        var screen = await fixture.Agent.GetStringAsync($"/workspace/tickets/{key}/transitions/{way.Id}");
        Assert.Matches("name=\"fields.fa-needed\"[^>]* required", screen);
    }

    [Fact]
    public async Task A_macro_writes_no_value_that_its_writer_does_not_see()
    {
        var ticket = await fixture.OpenAsync();
        var whole = (await fixture.Server.Tickets.GetAsync(ticket.Id))!;
        var macro = new MacroDocument
        {
            Id = "own",
            Name = LocalizedText.Of("Own"),
            Do =
            [
                new RuleAction
                {
                    Do = "comment",
                    Visibility = Visibility.Internal,
                    Text = LocalizedText.Of("{{ticket.fields.fa-secret}} {{ticket.fields.fa-seen}}"),
                },
            ],
        };
        var runs = fixture.Server.Services.GetRequiredService<MacroRuns>();

        Assert.DoesNotContain(Secret, await NoteAsync(fixture.Alex), StringComparison.Ordinal);
        Assert.Contains(Secret, await NoteAsync(fixture.Ada), StringComparison.Ordinal);

        async Task<string> NoteAsync(Person person)
        {
            var plan = await runs.PlanAsync(await fixture.Server.ViewerAsync(person), whole, macro, null, default);
            Assert.Empty(plan.Refusals);
            return plan.Commands.OfType<AddInternalNote>().Single().Body;
        }
    }

    /// <summary>A server with a field that only administrators see, one that agents only see, and one that they must fill.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public IConfiguration Configuration => Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

        public Person Ada { get; private set; } = null!;

        public Person Alex { get; private set; } = null!;

        public Person Customer { get; private set; } = null!;

        public HttpClient Admin { get; private set; } = null!;

        public HttpClient Agent { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            await WriteAsync([.. Documents()]);
            Ada = await Server.PersonAsync("Ada Admin", "administrator");
            Alex = await Server.PersonAsync("Alex Agent", "agent");
            (Admin, Agent) = (Server.ClientOf(Ada), Server.ClientOf(Alex));
            Customer = await Server.PersonAsync("Cora Customer", "customer");
        }

        public async Task DisposeAsync()
        {
            Admin.Dispose();
            Agent.Dispose();
            await Server.DisposeAsync();
        }

        public Task<TicketState> OpenAsync() =>
            Server.OpenAsync(
                Customer,
                "A field of one's own",
                fields: ValueMap<FieldValue>
                    .Empty.SetItem("fa-secret", new TextValue(Secret))
                    .SetItem("fa-seen", new TextValue(Shown))
            );

        private IEnumerable<ConfigurationDocument> Documents()
        {
            var type = Configuration.All<TicketTypeDocument>().Single(one => one.Id == "incident");
            yield return Field("fa-secret", FieldAccess.Hidden);
            yield return Field("fa-seen", FieldAccess.See);
            yield return Field("fa-needed", FieldAccess.Required);
            yield return type with
            {
                Fields = type.Fields.Concat(["fa-secret", "fa-seen", "fa-needed"]).ToValueList(),
            };
        }

        private static FieldDocument Field(string id, FieldAccess access) =>
            new()
            {
                Id = id,
                Name = LocalizedText.Of(
                    id switch
                    {
                        "fa-seen" => "Seen words",
                        "fa-secret" => "Salary words",
                        _ => "Needed words",
                    }
                ),
                Kind = FieldKind.Text,
                Access = [new FieldAccessRule { Roles = ["agent"], Access = access }],
            };

        private async Task WriteAsync(IReadOnlyList<ConfigurationDocument> documents)
        {
            var text = Server.Services.GetRequiredService<DocumentText>();
            var outcome = await Server
                .Services.GetRequiredService<IConfigurationEditor>()
                .ImportAsync(
                    [
                        .. documents.Select(document => new ConfigurationFile(
                            ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id),
                            text.ToYaml(document)
                        )),
                    ],
                    new ConfigurationImport { KeepOthers = true },
                    new ConfigurationAuthor(null, "test", null)
                );
            Assert.Empty(outcome.Problems);
        }
    }
}
