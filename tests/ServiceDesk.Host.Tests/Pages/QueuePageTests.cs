using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>A server with an administrator and an agent, who share it.</summary>
public sealed class QueueServer : IAsyncLifetime
{
    public ServiceDeskServer Server { get; private set; } = null!;
    public Person Agent { get; private set; } = null!;
    public HttpClient AsAdmin { get; private set; } = null!;
    public HttpClient AsAgent { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ServiceDeskServer.StartAsync();
        AsAdmin = Server.ClientOf(await Server.PersonAsync("Ada Admin", "administrator"));
        Agent = await Server.PersonAsync("Alex Agent", "agent");
        AsAgent = Server.ClientOf(Agent);
    }

    public async Task DisposeAsync()
    {
        AsAdmin.Dispose();
        AsAgent.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>The editor of queues as a plain form, the page of the query language, and lists as files.</summary>
public sealed partial class QueuePageTests(QueueServer own) : IClassFixture<QueueServer>
{
    private static readonly (string, string)[] Whole =
    [
        ("name", "Came down"),
        ("nameKo", "우선순위를 낮춘 티켓"),
        ("desk", "ITSD"),
        ("query", "priority CHANGED FROM critical ORDER BY created"),
        ("orderWas", "oldest"),
        ("order", "oldest"),
        ("column", "key"),
        ("column", "summary"),
        ("column", "assignee"),
        ("icon", "history"),
        ("place", "7"),
    ];

    private static readonly (string, string)[] Shaped = [.. Whole, ("group", "priority"), ("rows", "25")];

    private readonly EditorPage page = new(own.AsAdmin, "/administration/queue");

    private IConfigurationEditor Editor => own.Server.Services.GetRequiredService<IConfigurationEditor>();

    private IConfiguration Configuration => own.Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    [Theory]
    [InlineData("/administration/queues", false)]
    [InlineData("/administration/queue", false)]
    [InlineData("/administration/queue/itsd-open", false)]
    [InlineData("/workspace/query-language", true)]
    public async Task They_speak_both_languages_and_queues_are_for_those_who_configure(string path, bool isForAgents)
    {
        foreach (var language in Languages.All)
        {
            var html = await own.AsAdmin.GetStringAsync($"{path}?lang={language}");
            Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("[queues.", html, StringComparison.Ordinal);
            Assert.DoesNotContain("[query-help.", html, StringComparison.Ordinal);
        }

        using var agent = await own.AsAgent.GetAsync(path);
        Assert.Equal(isForAgents ? HttpStatusCode.OK : HttpStatusCode.Forbidden, agent.StatusCode);
    }

    [Fact]
    public async Task Columns_are_arranged_by_buttons_and_what_was_typed_stays()
    {
        Assert.Equal(["summary", "key", "assignee"], Columns(await TryAsync(("arrange", "up:1"))));
        Assert.Equal(["key", "assignee", "summary"], Columns(await TryAsync(("arrange", "down:1"))));
        Assert.Equal(["summary", "assignee"], Columns(await TryAsync(("arrange", "remove:0"))));
        Assert.Equal(
            ["key", "summary", "assignee", "sla:time-to-resolution"],
            Columns(await TryAsync(("arrange", "add"), ("more", "sla:time-to-resolution")))
        );
        Assert.Equal(["key", "summary", "assignee"], Columns(await TryAsync(("arrange", "add"), ("more", "nonsense"))));
        Assert.Equal(["key", "summary", "assignee"], Columns(await TryAsync(("arrange", "up:99"))));
        Assert.Contains("우선순위를 낮춘 티켓", await TryAsync(("arrange", "up:0")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_order_is_written_into_the_query_and_a_mistake_is_told_at_its_place()
    {
        var ordered = await TryAsync(("order", "breach"));
        Assert.Contains("priority CHANGED FROM critical ORDER BY remaining\"", ordered, StringComparison.Ordinal);
        Assert.Contains("id=\"queue-found\"", ordered, StringComparison.Ordinal);

        var wrong = await TryAsync(("query", "priority CHANGED FROM crtical"));
        Assert.Contains("priority CHANGED FROM <mark>crtical</mark>", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"queue-found\"", wrong, StringComparison.Ordinal);
        var (status, html) = await page.PostAsync("Save", null, "ko", With(("query", "status = \"open")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Came down", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_is_saved_with_its_history_shown_to_agents_and_removed()
    {
        var lowered = await own.Server.OpenAsync(own.Agent, "Lowered", desk: "ITSD");
        await own.Server.SendAsync(own.Agent, lowered.Id, new SetPriority(Priority.Critical));
        await own.Server.SendAsync(own.Agent, lowered.Id, new SetPriority(Priority.Low));
        var raised = await own.Server.OpenAsync(own.Agent, "Raised", desk: "ITSD");
        await own.Server.SendAsync(own.Agent, raised.Id, new SetPriority(Priority.Critical));

        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("Save", null, "en", Shaped)).Status);

        var saved = Configuration.All<QueueDocument>().Single(queue => queue.Name.In("en") == "Came down");
        Assert.Equal(
            ("ITSD", "priority CHANGED FROM critical ORDER BY created", "history", 7, "우선순위를 낮춘 티켓"),
            (saved.Desk, saved.Query, saved.Icon, saved.Order, saved.Name.In("ko"))
        );
        Assert.Equal(["key", "summary", "assignee"], saved.Columns);
        Assert.Equal(("priority", 25), (saved.Group, saved.Rows));
        var list = await own.AsAgent.GetStringAsync($"/workspace/ITSD/{saved.Id}");
        Assert.Contains(lowered.Key.ToString(), list, StringComparison.Ordinal);
        Assert.DoesNotContain(raised.Key.ToString(), list, StringComparison.Ordinal);

        var (stale, _) = await page.PostAsync("Save", saved.Id, "en", With(("name", "Other"), ("version", "99")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale);
        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("Remove", saved.Id, "en", [])).Status);
        Assert.DoesNotContain(saved.Id, Configuration.All<QueueDocument>().Select(queue => queue.Id));
        Assert.Equal(HttpStatusCode.NotFound, (await page.PostAsync("Try", saved.Id, "en", Whole)).Status);
    }

    [Theory]
    [InlineData("administrator", true)]
    [InlineData("agent", false)]
    public async Task A_list_and_its_file_have_columns_of_own_fields_for_whoever_sees_them(string hidden, bool isSeen)
    {
        var id = $"cost-{hidden}";
        await WriteAsync(
            $"""
            kind: field
            id: {id}
            name: Cost centre
            type: number
            access:
              - roles: [{hidden}]
                access: hidden
            """
        );
        await WriteAsync(
            $"""
            kind: queue
            id: {id}
            name: With cost centres
            desk: ITSD
            query: {(isSeen ? $"{id} > 0" : "summary ~ \"Costs something\"")}
            columns: [key, "field:{id}", summary]
            """
        );
        var type = Editor.YamlOf(DocumentKinds.TicketType, "incident")!;
        await WriteAsync(type.Replace("\nfields:\n", $"\nfields:\n  - {id}\n", StringComparison.Ordinal));
        var fields = ValueMap<FieldValue>.Empty.SetItem(id, new NumberValue(1234.5m));
        var ticket = await own.Server.OpenAsync(own.Agent, $"Costs something {hidden}", desk: "ITSD", fields: fields);

        var list = await own.AsAgent.GetStringAsync($"/workspace/ITSD/{id}?lang=en");
        var file = await own.AsAgent.GetStringAsync($"/workspace/ITSD/{id}?handler=Export&lang=en");

        Assert.Contains(ticket.Key.ToString(), list, StringComparison.Ordinal);
        Assert.Equal(isSeen, list.Contains("1,234.5", StringComparison.Ordinal));
        Assert.Equal(isSeen, list.Contains("Sort by Cost centre", StringComparison.Ordinal));
        Assert.Equal(isSeen, file.Contains("1234.5", StringComparison.Ordinal));
        var wrong = await EditorAsync(
            $"kind: queue\nid: w\nname: W\ndesk: ITSD\nquery: \"\"\ncolumns: [\"field:none\"]\n"
        );
        Assert.Equal("configuration.no-such-field", Assert.Single(wrong.Problems).Problem.Code);
    }

    [Fact]
    public async Task An_own_queue_has_columns_and_an_order_and_a_heading_puts_its_list_into_another()
    {
        var low = await own.Server.OpenAsync(own.Agent, "Sorted alike, low", desk: "ITSD");
        await own.Server.SendAsync(own.Agent, low.Id, new SetPriority(Priority.Low));
        var high = await own.Server.OpenAsync(own.Agent, "Sorted alike, high", desk: "ITSD");
        await own.Server.SendAsync(own.Agent, high.Id, new SetPriority(Priority.High));
        var editor = new EditorPage(own.AsAgent, "/workspace/own/edit");
        (string, string)[] form =
        [
            ("name", "Sorted"),
            ("query", "summary ~ \"sorted alike\""),
            ("orderWas", ""),
            ("order", "priority"),
            ("column", "key"),
            ("column", "summary"),
            ("column", "desk"),
            ("column", "priority"),
        ];

        var arranged = (await editor.PostAsync("Arrange", null, "ko", [.. form, ("arrange", "up:2")])).Html;
        Assert.Equal(["key", "desk", "summary", "priority"], Columns(arranged));
        Assert.Equal(HttpStatusCode.Redirect, (await editor.PostAsync("", null, "en", form)).Status);

        var queue = (await own.Server.Services.GetRequiredService<IOwnQueues>().SeenByAsync(own.Agent)).Single(one =>
            one.Text.Name == "Sorted"
        );
        Assert.Equal("summary ~ \"sorted alike\" ORDER BY priority DESC, remaining", queue.Text.Query);
        Assert.Equal(["key", "summary", "desk", "priority"], queue.Text.Columns);
        var path = $"/workspace/own/{queue.Id}";
        var list = await own.AsAgent.GetStringAsync($"{path}?lang=en");
        Assert.Contains("data-columns=\"key,summary,desk,priority\"", list, StringComparison.Ordinal);
        Assert.Contains("class=\"col-priority\" aria-sort=\"descending\"", list, StringComparison.Ordinal);
        Assert.Equal([$"{high.Key}", $"{low.Key}"], Keys(list));

        // The heading turns it; what is no column, or has no order, changes nothing.
        Assert.Contains($"href=\"{path}?order=priority\"", list, StringComparison.Ordinal);
        Assert.Equal([$"{low.Key}", $"{high.Key}"], Keys(await own.AsAgent.GetStringAsync($"{path}?order=priority")));
        Assert.Equal(
            [$"{low.Key}", $"{high.Key}"],
            Keys(await own.AsAgent.GetStringAsync($"{path}?order=key&group=desk"))
        );
        Assert.Equal([$"{high.Key}", $"{low.Key}"], Keys(await own.AsAgent.GetStringAsync($"{path}?order=-key")));
        foreach (var none in (string[])["summary", "nonsense", "--key", "-", "field:none", "%22"])
        {
            Assert.Equal([$"{high.Key}", $"{low.Key}"], Keys(await own.AsAgent.GetStringAsync($"{path}?order={none}")));
        }

        var file = await own.AsAgent.GetStringAsync($"{path}?handler=Export&order=priority&lang=en");
        Assert.StartsWith("Key,Summary,Desk,Priority", file.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.True(
            file.IndexOf($"{low.Key}", StringComparison.Ordinal)
                < file.IndexOf($"{high.Key}", StringComparison.Ordinal),
            file
        );

        // Who saw it before a change takes nothing of that away.
        (string, string)[] seen = [.. form, ("version", "0")];
        Assert.Equal(HttpStatusCode.Redirect, (await editor.PostAsync("", $"{queue.Id}", "en", seen)).Status);
        var (stale, told) = await editor.PostAsync("", $"{queue.Id}", "ko", seen);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale);
        Assert.Contains("그사이 다른 사람이 이 대기열을 변경했습니다", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_a_file_without_formulas_in_the_columns_of_the_list()
    {
        var ticket = await own.Server.OpenAsync(own.Agent, "=HYPERLINK(\"http://x\")", desk: "ITSD");
        await own.Server.OpenAsync(own.Agent, "Another, with a comma", desk: "ITSD");

        using var queue = await own.AsAgent.GetAsync("/workspace/ITSD/itsd-open?handler=Export&lang=en");
        var lines = (await queue.Content.ReadAsStringAsync()).Split('\n');
        Assert.Equal("text/csv", queue.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Summary", lines[0], StringComparison.Ordinal);
        Assert.Contains(
            lines,
            line =>
                line.Contains(ticket.Key.ToString(), StringComparison.Ordinal)
                && line.Contains("\"'=HYPERLINK", StringComparison.Ordinal)
        );
        Assert.Contains(lines, line => line.Contains("\"Another, with a comma\"", StringComparison.Ordinal));

        var found = await own.AsAgent.GetStringAsync(
            $"/workspace/search?handler=Export&lang=ko&q=key+%3D+{ticket.Key}"
        );
        Assert.Equal(2, found.TrimEnd().Split('\n').Length);
        Assert.Contains("제목", found, StringComparison.Ordinal);
        using var wrong = await own.AsAgent.GetAsync("/workspace/search?handler=Export&q=stutus+%3D+1");
        Assert.Equal(HttpStatusCode.Redirect, wrong.StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await own.AsAgent.GetAsync("/workspace/ITSD/none?handler=Export")).StatusCode
        );
    }

    private async Task WriteAsync(string yaml)
    {
        var outcome = await EditorAsync(yaml);
        Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    private Task<ConfigurationOutcome> EditorAsync(string yaml) =>
        Editor.SaveAsync(yaml, null, new ConfigurationAuthor(null, "test", null));

    private async Task<string> TryAsync(params (string, string)[] changed) =>
        (await page.PostAsync("Try", null, "en", With(changed))).Html;

    private static (string, string)[] With(params (string Name, string Value)[] changed) =>
        [.. Whole.Where(field => !changed.Any(one => one.Name == field.Item1)), .. changed];

    private static IEnumerable<string> Keys(string html) =>
        html.Split("<tr data-key=\"").Skip(1).Select(part => part.Split('"')[0]);

    private static IEnumerable<string> Columns(string html) =>
        html.Split("name=\"column\" value=\"").Skip(1).Select(part => part.Split('"')[0]);
}
