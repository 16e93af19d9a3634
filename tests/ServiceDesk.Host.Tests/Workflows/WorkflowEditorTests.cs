using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Host.Workflows;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Tests.Workflows;

/// <summary>The pages of workflows as plain forms, and what becomes of tickets whose statuses they take away.</summary>
public sealed partial class WorkflowEditorTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private HttpClient client = null!;
    private EditorPage page = null!;
    private Person admin = null!;

    private IConfiguration Configuration => server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        admin = await server.PersonAsync("Ada Admin", "administrator");
        client = server.ClientOf(admin);
        page = new EditorPage(client, "/administration/workflows/edit");
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task They_are_for_those_who_configure_and_speak_both_languages()
    {
        using var agent = server.ClientOf(await server.PersonAsync("Alex Agent", "agent"));
        foreach (
            var path in new[]
            {
                "/administration/workflows",
                "/administration/workflows/edit",
                "/administration/workflows/edit/incident",
            }
        )
        {
            foreach (var language in Languages.All)
            {
                var html = await client.GetStringAsync($"{path}?lang={language}");
                Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[workflow.", html, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/administration/workflows/edit/no")).StatusCode);
    }

    [Fact]
    public async Task A_workflow_is_written_part_by_part_and_published_as_it_was_written()
    {
        var html = await page.ShapeAsync("add-status", ("name-en", "Purchase"), ("name-ko", "구매"));
        html = await page.ShapeAsync(
            "add-transition",
            [
                .. Carried(html),
                ("item.name-en", "Waits for supplier"),
                ("item.name-ko", "공급업체 대기"),
                ("item.customer-en", "Ordered"),
                ("item.category", "Waiting"),
                ("item.waits", "Supplier"),
            ]
        );
        html = await page.ShapeAsync("add-then", [.. Carried(html), .. Ordering]);
        html = await page.ShapeAsync(
            "add-transition",
            [.. Carried(html), .. Ordering, ("item.then.0.do", "priority"), ("item.then.0.priority", "high")]
        );
        (string, string)[] delivering =
        [
            .. Carried(html),
            ("item.name-en", "Delivered"),
            ("item.name-ko", "납품 완료"),
            ("item.from", "waits-for-supplier"),
            ("item.to", "done"),
            ("item.customers", "true"),
        ];
        var giving = await page.ShapeAsync("close", [.. delivering, ("item.gives", "magic")]);
        var (refused, why) = await page.PostAsync("Compare", null, "en", Carried(giving));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("gives a resolution that the workflow does not have", why, StringComparison.Ordinal);
        html = await page.ShapeAsync("close", delivering);
        var compared = await page.PostAsync("Compare", null, "en", Carried(html));
        var (status, _) = await page.PostAsync("Publish", null, "en", Carried(compared.Html));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (compared.Status, status));
        Assert.Contains("id=\"publish\"", compared.Html, StringComparison.Ordinal);
        Assert.True(Configuration.TryGet<WorkflowDocument>("purchase", out var workflow));
        Assert.Equal(
            new WorkflowStatus(
                "waits-for-supplier",
                LocalizedText.Of("Waits for supplier", "공급업체 대기"),
                StatusCategory.Waiting,
                LocalizedText.Of("Ordered"),
                WaitsFor: WaitsFor.Supplier
            ),
            workflow.Statuses[3]
        );
        var order = workflow.Transitions[2];
        Assert.Equal(("order", "waits-for-supplier"), (order.Id, order.To));
        Assert.Equal(["new", "in-progress"], order.From);
        Assert.Equal(["administrator"], order.Roles);
        Assert.Equal("priority >= high", order.Condition);
        Assert.Equal((["impact", "urgency"], ["urgency"]), (order.Screen, order.RequiredFields));
        Assert.Equal([new RuleTarget("links.children")], order.LinkedDone);
        Assert.Equal([new RuleAction { Do = "priority", Priority = Priority.High }], order.Then);
        Assert.Equal((true, "delivered"), (workflow.Transitions[3].Customers, workflow.Transitions[3].Id));
    }

    [Fact]
    public async Task What_would_strand_a_ticket_is_refused_with_a_sentence_and_the_page_keeps_it()
    {
        var html = await page.ShapeAsync("add-status", ("name-en", "Trap"));
        html = await page.ShapeAsync("add-transition", [.. Carried(html), ("item.name-en", "Stuck")]);
        var (status, refused) = await page.PostAsync(
            "Compare",
            null,
            "en",
            [.. Carried(html), ("item.name-en", "Stick"), ("item.from", "new"), ("item.to", "stuck")]
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("tickets would be stranded in it", WebUtility.HtmlDecode(refused), StringComparison.Ordinal);
        Assert.Contains("<code>/statuses/3</code>", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"Stick\"", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tickets_of_a_status_that_goes_away_are_counted_asked_for_and_moved_by_who_published_it()
    {
        var customer = await server.PersonAsync("Kim Minji", "customer");
        var agent = await server.PersonAsync("Alex Agent", "agent");
        var tickets = new List<TicketState>();
        for (var number = 0; number < 3; number++)
        {
            var ticket = await server.OpenAsync(customer, $"Ticket {number}");
            var waits = new TransitionTicket("waiting-for-supplier", null, ValueMap<FieldValue?>.Empty);
            Assert.True((await server.SendAsync(agent, ticket.Id, waits)).IsAccepted);
            tickets.Add(ticket);
        }

        var shown = await client.GetStringAsync("/administration/workflows/edit/incident?lang=en");
        var place = Place(shown, "waiting-for-supplier");
        var removed = await page.PostAsync($"Shape&op=remove-status.{place}", "incident", "en", Carried(shown));
        var asked = await page.PostAsync("Compare", "incident", "en", Carried(removed.Html));
        var published = await page.PostAsync(
            "Publish",
            "incident",
            "en",
            [.. Carried(asked.Html), ("replace.waiting-for-supplier", "in-progress")]
        );

        Assert.Contains("<td data-label=\"Tickets in it\">3</td>", asked.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, published.Status);
        Assert.True(Configuration.TryGet<WorkflowDocument>("incident", out var workflow));
        Assert.Equal([new StatusReplacement("waiting-for-supplier", "in-progress")], workflow.Replaced);

        await server.Services.GetRequiredService<StatusReplacementJob>().RoundAsync(CancellationToken.None);
        foreach (var ticket in tickets)
        {
            await server.UntilAsync(async () => (await NowAsync(ticket)).Status == "in-progress");
            var log = await server.Services.GetRequiredService<IEventLog>().ReadTicketAsync(ticket.Id, default);
            var moved = Assert.Single(log, one => one.Event is StatusChanged { Transition: "replace" });
            Assert.Equal(Actor.Of(admin.Id), moved.Actor);
        }
    }

    [Fact]
    public async Task A_draft_is_kept_for_the_next_one_told_of_another_and_gone_when_it_is_published()
    {
        var shown = await client.GetStringAsync("/administration/workflows/edit/incident?lang=en");
        (string, string)[] renamed = [.. Carried(shown).Where(one => one.Item1 != "name-en"), ("name-en", "Outage")];

        var kept = await page.PostAsync("Draft", "incident", "en", renamed);
        var other = await page.PostAsync("Draft", "incident", "en", Carried(shown));

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Conflict), (kept.Status, other.Status));
        Assert.True(Configuration.TryGet<WorkflowDocument>("incident", out var published));
        Assert.NotEqual("Outage", published.Name.Texts.Find("en"));
        Assert.Contains(
            "tone-amber",
            await client.GetStringAsync("/administration/workflows"),
            StringComparison.Ordinal
        );
        var again = await client.GetStringAsync("/administration/workflows/edit/incident?lang=en");
        Assert.Contains("value=\"Outage\"", again, StringComparison.Ordinal);

        (string, string)[] seen = [.. Carried(again), ("seen", Value(again, "seen"))];
        var done = await page.PostAsync("Publish", "incident", "en", seen);

        Assert.Equal(HttpStatusCode.Found, done.Status);
        Assert.True(Configuration.TryGet<WorkflowDocument>("incident", out published));
        Assert.Equal("Outage", published.Name.Texts.Find("en"));
        Assert.DoesNotContain(
            "tone-amber",
            await client.GetStringAsync("/administration/workflows"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_draft_of_a_new_workflow_is_listed_and_thrown_away()
    {
        var html = await page.ShapeAsync("close", ("name-en", "Purchase"), ("name-ko", "구매"));
        var kept = await page.PostAsync("Draft", null, "en", Carried(html));
        Assert.Equal(HttpStatusCode.Found, kept.Status);
        var list = await client.GetStringAsync("/administration/workflows");
        Assert.Contains("/administration/workflows/edit/purchase", list, StringComparison.Ordinal);
        var draft = await client.GetStringAsync("/administration/workflows/edit/purchase?lang=en");
        Assert.Contains("This is a draft", draft, StringComparison.Ordinal);

        await page.PostAsync("Discard", "purchase", "en", [.. Carried(draft), ("seen", Value(draft, "seen"))]);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await client.GetAsync("/administration/workflows/edit/purchase")).StatusCode
        );
    }

    private static string Value(string html, string name) =>
        WebUtility.HtmlDecode(Control(name).Match(html).Groups["value"].Value);

    private static (string, string)[] Ordering { get; } =
    [
        ("item.name-en", "Order"),
        ("item.name-ko", "주문"),
        ("item.from", "new"),
        ("item.from", "in-progress"),
        ("item.to", "waits-for-supplier"),
        ("item.roles", "administrator"),
        ("item.condition", "priority >= high"),
        ("item.field", "impact"),
        ("item.need", "shown"),
        ("item.field", "urgency"),
        ("item.need", "required"),
        ("item.linked.0.relation", "links.children"),
    ];

    private async Task<TicketState> NowAsync(TicketState ticket) => (await server.Tickets.GetAsync(ticket.Id))!.State;

    // What a form carries along unseen.
    private static (string, string)[] Carried(string html) =>
        [
            .. new[] { "version", "rest", "open", "name-en", "name-ko" }.Select(name =>
                (name, WebUtility.HtmlDecode(Control(name).Match(html).Groups["value"].Value))
            ),
        ];

    private static Regex Control(string name) =>
        new($"name=\"{name}\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static int Place(string html, string status)
    {
        var rest = WebUtility.HtmlDecode(Control("rest").Match(html).Groups["value"].Value);
        var ids = Statuses().Matches(rest[rest.IndexOf("\"statuses\"", StringComparison.Ordinal)..]);
        return ids.Select(match => match.Groups["id"].Value).ToList().IndexOf(status);
    }

    [GeneratedRegex("\\{\"id\":\"(?<id>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Statuses();
}
