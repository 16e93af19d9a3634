using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Workflows;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Host.Workflows;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Workflows;

/// <summary>No way of changing a workflow leaves tickets behind in a status that it then lacks: each is refused until it says where they go.</summary>
public sealed class StrandedTicketsTests : IAsyncLifetime
{
    private const string Gone = "waiting-for-supplier";
    private const string Workflow = "/api/v1/configuration/workflow/incident";
    private const string Type = "/api/v1/configuration/ticket-type/incident";
    private ServiceDeskServer server = null!;
    private HttpClient rest = null!;
    private Person admin = null!;
    private Person agent = null!;
    private Person customer = null!;

    private IConfigurationEditor Editor => server.Services.GetRequiredService<IConfigurationEditor>();

    private DocumentText Text => server.Services.GetRequiredService<DocumentText>();

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        admin = await server.PersonAsync("Ada Admin", "administrator");
        agent = await server.PersonAsync("Alex Agent", "agent");
        customer = await server.PersonAsync("Kim Minji", "customer");
        rest = await server.RestAsync(admin);
    }

    public async Task DisposeAsync()
    {
        rest.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Over_rest_a_status_with_tickets_goes_only_with_a_word_of_where_they_go()
    {
        var ticket = await WaitingAsync();
        var shorter = Without(Current("incident"), Gone);

        var refused = await PutAsync(Workflow, shorter).ProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("(1)", refused.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains($"replace={Gone}:STATUS", refused.ToJsonString(), StringComparison.Ordinal);
        await PutAsync(Workflow + "?replace=nonsense", shorter)
            .ProblemAsync(HttpStatusCode.BadRequest, "workflow.replace-wrong");
        await PutAsync($"{Workflow}?replace={Gone}:nowhere", shorter).ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await PutAsync($"{Workflow}?replace=another/{Gone}:in-progress", shorter)
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(Current("incident").Status(Gone));

        await PutAsync($"{Workflow}?replace={Gone}:in-progress", shorter).OkAsync();

        Assert.Equal([new StatusReplacement(Gone, "in-progress")], Current("incident").Replaced);
        await MovedAsync(ticket, "in-progress");
    }

    [Fact]
    public async Task A_status_without_tickets_goes_without_a_word()
    {
        await server.OpenAsync(customer, "Somewhere else");

        await PutAsync(Workflow, Without(Current("incident"), Gone)).OkAsync();

        Assert.Null(Current("incident").Status(Gone));
    }

    [Fact]
    public async Task An_earlier_version_comes_back_over_rest_only_with_where_tickets_go()
    {
        await PutAsync(Workflow, With(Current("incident"), "parked")).OkAsync();
        var ticket = await server.OpenAsync(customer, "Parked");
        Assert.True((await server.SendAsync(agent, ticket.Id, To("parked"))).IsAccepted);

        await rest.PostAsync(Workflow + "/versions/1/rollback", null).ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await rest.PostAsync(Workflow + "/versions/1/rollback?replace=parked:in-progress", null).OkAsync();

        await MovedAsync(ticket, "in-progress");
    }

    [Fact]
    public async Task The_page_of_versions_asks_where_tickets_go_before_it_rolls_back()
    {
        await PutAsync(Workflow, With(Current("incident"), "parked")).OkAsync();
        var ticket = await server.OpenAsync(customer, "Parked");
        Assert.True((await server.SendAsync(agent, ticket.Id, To("parked"))).IsAccepted);
        using var pages = server.ClientOf(admin);
        const string page = "/administration/configuration/workflow/incident";

        var asked = await pages.PostAsync(page, "RollBack", ("to", "1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("id=\"roll-back\"", asked.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"incident/parked:in-progress\"", asked.Text, StringComparison.Ordinal);

        var done = await pages.PostAsync(
            page,
            "RollBack",
            ("to", "1"),
            ("replace", "incident/parked:waiting-for-supplier")
        );
        Assert.Equal(HttpStatusCode.Found, done.Status);
        await MovedAsync(ticket, Gone);
    }

    [Fact]
    public async Task The_editor_of_yaml_asks_too_and_keeps_what_was_typed()
    {
        var ticket = await WaitingAsync();
        using var pages = server.ClientOf(admin);
        const string page = "/administration/configuration/workflow/incident";
        (string, string)[] typed = [("version", "1"), ("yaml", Text.ToYaml(Without(Current("incident"), Gone)))];

        var asked = await pages.PostAsync(page, "Save", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains($"value=\"incident/{Gone}:in-progress\"", asked.Text, StringComparison.Ordinal);

        var done = await pages.PostAsync(page, "Save", [.. typed, ("replace", $"incident/{Gone}:in-progress")]);
        Assert.Equal(HttpStatusCode.Found, done.Status);
        await MovedAsync(ticket, "in-progress");
    }

    [Fact]
    public async Task An_import_is_refused_also_as_a_trial_unless_document_or_flag_say_where_tickets_go()
    {
        var ticket = await WaitingAsync();
        var shorter = Without(Current("incident"), Gone);

        var trial = await ImportAsync(shorter, isTrial: true);
        Assert.Equal((ConfigurationStatus.Invalid, 1), (trial.Status, trial.Stranded.Count));
        Assert.Equal(["workflow.tickets-stranded"], trial.Problems.Select(problem => problem.Problem.Code));
        Assert.Equal(ConfigurationStatus.Invalid, (await ImportAsync(shorter)).Status);
        var told = shorter with { Replaced = [new StatusReplacement(Gone, "in-progress")] };
        Assert.Equal(ConfigurationStatus.Written, (await ImportAsync(told, isTrial: true)).Status);

        var moved = await ImportAsync(shorter, moves: [new StatusMove(null, Gone, "in-progress")]);
        Assert.Equal(ConfigurationStatus.Written, moved.Status);
        await MovedAsync(ticket, "in-progress");
    }

    [Fact]
    public async Task A_type_gets_another_workflow_only_with_where_its_tickets_go()
    {
        var ticket = await WaitingAsync();
        var shorter = Without(Current("incident"), Gone) with { Id = "shorter" };
        await PutAsync("/api/v1/configuration/workflow/shorter", shorter).OkAsync(HttpStatusCode.Created);
        Assert.True(Snapshot.TryGet<TicketTypeDocument>("incident", out var type));
        var other = type with { Workflow = "shorter" };

        await PutAsync(Type, other).ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await PutAsync($"{Type}?replace=shorter/{Gone}:in-progress", other).OkAsync();

        Assert.Equal([new StatusReplacement(Gone, "in-progress")], Current("shorter").Replaced);
        Assert.Empty(Current("incident").Replaced);
        await MovedAsync(ticket, "in-progress");
    }

    [Fact]
    public async Task The_editor_of_types_asks_where_they_go_and_publishes_with_it()
    {
        var ticket = await WaitingAsync();
        var shorter = Without(Current("incident"), Gone) with { Id = "shorter" };
        await PutAsync("/api/v1/configuration/workflow/shorter", shorter).OkAsync(HttpStatusCode.Created);
        Assert.True(Snapshot.TryGet<TicketTypeDocument>("incident", out var type));
        using var pages = server.ClientOf(admin);
        (string, string)[] typed =
        [
            ("version", "1"),
            ("rest", Text.ToJson(type with { Workflow = "shorter" })),
            ("name-en", "Incident"),
            ("name-ko", "장애"),
            ("workflow", "shorter"),
            .. type.Fields.Select((field, place) => ($"fields.{place}.id", field)),
        ];
        const string page = "/administration/ticket-types/edit/incident";

        var asked = await pages.PostAsync(page, "Compare", typed);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Contains($"value=\"shorter/{Gone}:in-progress\"", asked.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await pages.PostAsync(page, "Publish", typed)).Status);

        var done = await pages.PostAsync(page, "Publish", [.. typed, ("replace", $"shorter/{Gone}:in-progress")]);
        Assert.Equal(HttpStatusCode.Found, done.Status);
        await MovedAsync(ticket, "in-progress");
    }

    private IConfiguration Snapshot => server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    private WorkflowDocument Current(string id) =>
        Snapshot.TryGet<WorkflowDocument>(id, out var found) ? found : throw new InvalidOperationException(id);

    private static WorkflowDocument Without(WorkflowDocument workflow, string status) =>
        WorkflowEdits
            .Apply(
                workflow,
                WorkflowPart.None,
                $"remove-status.{workflow.Statuses.Select(one => one.Id).ToList().IndexOf(status)}"
            )
            .Workflow;

    private static WorkflowDocument With(WorkflowDocument workflow, string status) =>
        workflow with
        {
            Statuses = workflow.Statuses.Add(new(status, LocalizedText.Of("Parked"), StatusCategory.Waiting)),
            Transitions =
            [
                .. workflow.Transitions,
                new()
                {
                    Id = "park",
                    Name = LocalizedText.Of("Park"),
                    To = status,
                },
                new()
                {
                    Id = "fetch",
                    Name = LocalizedText.Of("Fetch"),
                    From = [status],
                    To = "in-progress",
                },
            ],
        };

    private static TransitionTicket To(string status) => new(status, null, ValueMap<FieldValue?>.Empty);

    private async Task<TicketState> WaitingAsync()
    {
        var ticket = await server.OpenAsync(customer, "Waits for the supplier");
        Assert.True((await server.SendAsync(agent, ticket.Id, To(Gone))).IsAccepted);
        return ticket;
    }

    private async Task MovedAsync(TicketState ticket, string status)
    {
        await server.Services.GetRequiredService<StatusReplacementJob>().RoundAsync(CancellationToken.None);
        await server.UntilAsync(async () => (await server.Tickets.GetAsync(ticket.Id))!.State.Status == status);
    }

    private Task<HttpResponseMessage> PutAsync(string path, ConfigurationDocument document) =>
        rest.SendAsync(Answers.Request(HttpMethod.Put, path, JsonNode.Parse(Text.ToJson(document))));

    private Task<ConfigurationOutcome> ImportAsync(
        ConfigurationDocument document,
        bool isTrial = false,
        ValueList<StatusMove>? moves = null
    ) =>
        Editor.ImportAsync(
            [
                new ConfigurationFile(
                    ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id),
                    Text.ToYaml(document)
                ),
            ],
            new ConfigurationImport { KeepOthers = true, IsTrial = isTrial },
            new ConfigurationAuthor(admin.Id, null, null) { StatusMoves = moves ?? [] }
        );
}
