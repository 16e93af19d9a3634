using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>What pages and REST show of fields to a role that does not see or change them, ticket by ticket.</summary>
public sealed class FieldAccessTests(FieldAccessTests.Fixture fixture) : IClassFixture<FieldAccessTests.Fixture>
{
    private const string Secret = "salary-of-the-heir";
    private const string Shown = "contract-of-a-vendor";
    private const string Later = "what-comes-later";

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
                "/workspace/builder",
                "/workspace/builder?q=fa-seen%20%3D%20x",
                "/workspace/builder?b.any=false&b.g=0&b.f.0=status&b.o.0=Equal&b.do=add",
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

    [Fact]
    public async Task Promises_and_rules_do_not_tell_what_a_hidden_field_has()
    {
        var key = (await fixture.OpenAsync("Rules write here")).Key;
        using var agent = await fixture.Server.RestAsync(fixture.Alex);
        using var admin = await fixture.Server.RestAsync(fixture.Ada);
        await fixture.Server.UntilAsync(async () =>
            (await admin.GetStringAsync($"/api/v1/tickets/{key}/rules")).Contains(
                "\"rule\":\"fa-blind\",\"name\":\"Blind\",\"version\"",
                StringComparison.Ordinal
            )
        );

        fixture.Server.Clock.Advance(Duration.FromHours(1));
        foreach (
            var (path, isRest) in new[]
            {
                ($"/api/v1/tickets/{key}/sla", true),
                ($"/workspace/tickets/{key}/clocks/time-to-resolution/1", false),
                ($"/workspace/tickets/{key}?tab=promises", false),
                ($"/api/v1/tickets/{key}/rules", true),
                ($"/workspace/tickets/{key}?tab=automation", false),
            }
        )
        {
            var (agents, admins) = (
                await (isRest ? agent : fixture.Agent).GetStringAsync(path),
                await (isRest ? admin : fixture.Admin).GetStringAsync(path)
            );
            foreach (var word in new[] { "fa-secret", "Salary words", Secret, "Written blind" })
            {
                Assert.DoesNotContain(word, agents, StringComparison.Ordinal);
            }

            Assert.Contains("fa-secret ~", admins, StringComparison.Ordinal);
            Assert.True(isRest || agents.Contains("field that you do not see", StringComparison.Ordinal), path);
        }

        var script = await fixture.Server.CallScriptAsync(fixture.Alex, "sla", "clocks", key.ToString());
        Assert.DoesNotContain("fa-secret", script.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_query_on_a_hidden_field_is_that_it_is_unknown()
    {
        var path = "/workspace/complete?q=" + Uri.EscapeDataString("fa-secret = x AND ");

        var mistake = await fixture.Agent.GetStringAsync(path);
        Assert.Contains("combo-mistake", mistake, StringComparison.Ordinal);
        Assert.Contains("no field “fa-secret”", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("combo-mistake", await fixture.Admin.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_written_into_a_hidden_field_over_REST_is_answered_as_for_an_unknown_one()
    {
        var path = $"/api/v1/tickets/{(await fixture.OpenAsync()).Key}";
        using var agent = await fixture.Server.RestAsync(fixture.Alex);

        foreach (var value in new object?[] { "guess", 7, null, new[] { "x" } })
        {
            Assert.Equal(
                await AnswerAsync(agent, HttpMethod.Patch, path, "fa-unknown", value),
                await AnswerAsync(agent, HttpMethod.Patch, path, "fa-secret", value)
            );
            Assert.Equal(
                await AnswerAsync(agent, HttpMethod.Post, "/api/v1/tickets", "fa-unknown", value),
                await AnswerAsync(agent, HttpMethod.Post, "/api/v1/tickets", "fa-secret", value)
            );
        }

        static async Task<string> AnswerAsync(
            HttpClient client,
            HttpMethod method,
            string path,
            string field,
            object? value
        )
        {
            var fields = new Dictionary<string, object?> { [field] = value };
            object body =
                method == HttpMethod.Patch
                    ? new { fields }
                    : new
                    {
                        desk = "ITSD",
                        type = "incident",
                        summary = "A guess",
                        fields,
                    };
            using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var response = await client.SendAsync(request);
            var said = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            said.AsObject().Remove("traceId");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            return said.ToString().Replace(field, "FIELD", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_macro_tells_nothing_beforehand_of_a_field_that_is_seen_only_where_it_leads()
    {
        var ticket = await fixture.OpenAsync();
        var whole = (await fixture.Server.Tickets.GetAsync(ticket.Id))!;
        var way = fixture
            .Configuration.WorkflowOf("incident")!
            .TransitionsFrom("new")
            .First(one => !one.RequiresResolution);
        var macro = new MacroDocument
        {
            Id = "own",
            Name = LocalizedText.Of("Own"),
            Do =
            [
                new RuleAction { Do = "edit", Fields = ValueMap<string>.Empty.SetItem("fa-needed", "given") },
                new RuleAction { Do = "transition", To = way.To },
                new RuleAction
                {
                    Do = "comment",
                    Visibility = Visibility.Internal,
                    Text = LocalizedText.Of("now {{ticket.fields.fa-later}}"),
                },
            ],
        };
        using var scope = fixture.Server.Services.CreateScope();
        var runs = scope.ServiceProvider.GetRequiredService<MacroRuns>();
        var words = scope.ServiceProvider.GetRequiredService<MacroWords>();
        var viewer = await fixture.Server.ViewerAsync(fixture.Alex);

        var plan = await runs.PlanAsync(viewer, whole, macro, null, default);

        Assert.Empty(plan.Refusals);
        Assert.DoesNotContain(Later, plan.Comment!.Value.Body, StringComparison.Ordinal);
        var changes = await words.ChangesAsync(viewer, plan, default);
        Assert.Contains(changes, change => change.What == "fields.fa-needed");
        Assert.DoesNotContain(changes, change => change.What == "fields.fa-later" || change.After == Later);
    }

    [Fact]
    public async Task Who_makes_a_macro_of_ones_own_is_offered_no_hidden_field()
    {
        var macro = new MacroDocument
        {
            Id = "own",
            Name = LocalizedText.Of("Own"),
            Do = [new RuleAction { Do = "edit", Fields = ValueMap<string>.Empty.SetItem("fa-seen", "x") }],
        };
        using var scope = fixture.Server.Services.CreateScope();
        var door = scope.ServiceProvider.GetRequiredService<MacroDoor>();

        Assert.DoesNotContain("fa-secret", await PageAsync(fixture.Alex, fixture.Agent), StringComparison.Ordinal);
        Assert.Contains("fa-secret", await PageAsync(fixture.Ada, fixture.Admin), StringComparison.Ordinal);

        async Task<string> PageAsync(Person person, HttpClient client)
        {
            var viewer = await fixture.Server.ViewerAsync(person);
            var (saved, problems, refusal) = await door.SaveOwnAsync(viewer, null, macro, default);
            Assert.Empty(problems);
            Assert.Null(refusal);
            return await client.GetStringAsync($"/account/macros/edit/{saved}");
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
            await Server.WriteAsync(Documents());
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

        public Task<TicketState> OpenAsync(string summary = "A field of one's own") =>
            Server.OpenAsync(
                Customer,
                summary,
                fields: ValueMap<FieldValue>
                    .Empty.SetItem("fa-secret", new TextValue(Secret))
                    .SetItem("fa-seen", new TextValue(Shown))
                    .SetItem("fa-later", new TextValue(Later))
            );

        private IEnumerable<ConfigurationDocument> Documents()
        {
            var type = Configuration.All<TicketTypeDocument>().Single(one => one.Id == "incident");
            yield return Field("fa-secret", FieldAccess.Hidden);
            yield return Field("fa-seen", FieldAccess.See);
            yield return Field("fa-needed", FieldAccess.Required);
            yield return Field("fa-later", FieldAccess.Hidden, "new");
            var policy = Configuration.All<SlaPolicyDocument>().Single(one => one.Id == "incident");
            yield return policy with
            {
                Metrics = policy
                    .Metrics.Select(metric => metric with { Pause = metric.Pause.Add(OfSecret), Cancel = [OfChange] })
                    .ToValueList(),
            };
            yield return Rule("fa-if", "If") with
            {
                Condition = "fa-secret ~ salary",
            };
            yield return Rule("fa-blind", "Blind") with
            {
                Condition = "summary ~ write",
                Then =
                [
                    new RuleAction
                    {
                        Do = "edit",
                        Fields = ValueMap<string>.Empty.SetItem("fa-secret", "Written blind"),
                    },
                ],
                Order = 200,
            };
            yield return type with
            {
                Fields = type.Fields.Concat(["fa-secret", "fa-seen", "fa-needed", "fa-later"]).ToValueList(),
            };
        }

        private static SlaCondition OfSecret => new() { Query = "fa-secret ~ salary" };

        private static SlaCondition OfChange =>
            new()
            {
                On = "field-changed",
                Of = "fa-secret",
                Query = "priority = low",
            };

        private static RuleDocument Rule(string id, string name) =>
            new()
            {
                Id = id,
                Name = LocalizedText.Of(name),
                When = [new RuleTrigger { On = "opened" }],
                Then = [new RuleAction { Do = "priority", Priority = Priority.High }],
            };

        private static FieldDocument Field(string id, FieldAccess access, params string[] statuses) =>
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
                Access =
                [
                    new FieldAccessRule
                    {
                        Roles = ["agent"],
                        Statuses = statuses.ToValueList(),
                        Access = access,
                    },
                ],
            };
    }
}
