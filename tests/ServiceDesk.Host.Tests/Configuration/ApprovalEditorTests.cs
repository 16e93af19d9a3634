using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Configuration;

/// <summary>The pages of approval policies as plain forms, and what they publish.</summary>
public sealed class ApprovalEditorTests(ApprovalEditorTests.Fixture fixture)
    : IClassFixture<ApprovalEditorTests.Fixture>
{
    private const string Pages = "/administration/approvals";

    private static readonly (string, string)[] Whole =
    [
        ("name-en", "Spending"),
        ("name-ko", "지출"),
        ("step.0.drawn", "0"),
        ("step.0.name-en", "Manager"),
        ("step.0.who", "manager:"),
        ("step.1.drawn", "0"),
        ("step.1.who", "person:bertaboard@example.com"),
        ("step.1.who", "role:administrator"),
        ("step.1.needed", "1"),
        ("order", "parallel"),
        ("expires", "3d"),
        ("remind", "12시간"),
        ("allowRequester", "true"),
        ("shows.0.id", "impact"),
    ];

    private readonly EditorPage page = new(fixture.Client, $"{Pages}/edit");

    private IConfiguration Configuration =>
        fixture.Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    [Fact]
    public async Task They_are_for_those_who_configure_and_speak_both_languages()
    {
        using var agent = fixture.Server.ClientOf(await fixture.Server.PersonAsync("Alex Agent", "agent"));
        foreach (var path in new[] { Pages, $"{Pages}/edit" })
        {
            foreach (var language in Languages.All)
            {
                var html = await fixture.Client.GetStringAsync($"{path}?lang={language}");
                Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[approvals.", html, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Client.GetAsync($"{Pages}/edit/nothing")).StatusCode);
        var (status, _) = await page.PostAsync("Compare", "nothing", "en", Whole);
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task Steps_and_who_is_asked_change_and_what_was_typed_stays()
    {
        var added = await page.ShapeAsync("add-step", Whole);
        Assert.Contains("name=\"step.2.drawn\"", added, StringComparison.Ordinal);
        Assert.Contains("name=\"step.0.name-en\" value=\"Manager\"", added, StringComparison.Ordinal);
        Assert.Contains("value=\"12시간\"", WebUtility.HtmlDecode(added), StringComparison.Ordinal);

        var moved = await page.ShapeAsync("down-step.0", Whole);
        Assert.Contains("name=\"step.1.name-en\" value=\"Manager\"", moved, StringComparison.Ordinal);

        var left = await page.ShapeAsync("leave.1.person:bertaboard@example.com", Whole);
        Assert.DoesNotContain("value=\"person:bertaboard", left, StringComparison.Ordinal);
        Assert.Contains("value=\"role:administrator\"", left, StringComparison.Ordinal);

        // What is typed or chosen is taken with any button, and a name becomes the address of the person.
        var taken = await page.ShapeAsync(
            "",
            [.. Whole, ("step.0.person", "Berta Board"), ("step.0.add", "contact:"), ("add-shows", "urgency")]
        );
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(taken, "value=\"person:bertaboard@example.com\""));
        Assert.Contains("name=\"step.0.who\" value=\"contact:\"", taken, StringComparison.Ordinal);
        Assert.Contains("name=\"shows.1.id\" value=\"urgency\"", taken, StringComparison.Ordinal);

        var unknown = await page.ShapeAsync("", [.. Whole, ("step.0.person", "Nobody Knows")]);
        Assert.Contains("Nobody is found by", unknown, StringComparison.Ordinal);
        Assert.Contains("value=\"Nobody Knows\"", unknown, StringComparison.Ordinal);

        // A name that is not known goes along with its step.
        var along = await page.ShapeAsync(
            "down-step.0",
            [.. Whole, ("step.0.key", "0"), ("step.1.key", "1"), ("step.0.person", "Nobody Knows")]
        );
        Assert.Matches("name=\"step.1.person\" value=\"Nobody Knows\"", along);
        Assert.DoesNotMatch("name=\"step.0.person\" value=\"Nobody Knows\"", along);
    }

    [Fact]
    public async Task What_is_published_is_what_was_written_and_the_list_says_it_in_a_sentence()
    {
        var (compared, html) = await page.PostAsync("Compare", null, "en", Whole);
        Assert.True(compared == HttpStatusCode.OK, html);
        Assert.Contains("diff-added", html, StringComparison.Ordinal);
        var (_, commented) = await page.PostAsync("Compare", null, "en", [.. Whole, ("comment", "As agreed")]);
        Assert.Contains("name=\"comment\" value=\"As agreed\"", commented, StringComparison.Ordinal);
        Assert.False(Configuration.TryGet<ApprovalDocument>("spending", out _));

        var (published, told) = await page.PostAsync("Publish", null, "en", Whole);
        Assert.True(published == HttpStatusCode.Redirect, told);
        Assert.True(Configuration.TryGet<ApprovalDocument>("spending", out var policy));
        Assert.Equal(
            new ApprovalDocument
            {
                Id = "spending",
                Name = LocalizedText.Of("Spending", "지출"),
                Steps =
                [
                    new ApproversRule { Name = LocalizedText.Of("Manager"), Manager = true },
                    new ApproversRule
                    {
                        People = ["bertaboard@example.com"],
                        Roles = ["administrator"],
                        Needed = 1,
                    },
                ],
                Parallel = true,
                ExpiresAfter = Duration.FromDays(3),
                RemindEvery = Duration.FromHours(12),
                AllowRequester = true,
                CommentOnDecline = false,
                Shows = ["impact"],
            },
            policy
        );
        var list = WebUtility.HtmlDecode(await fixture.Client.GetStringAsync($"{Pages}?lang=en"));
        Assert.Contains(
            "Manager: the requester’s manager + one of Berta Board, role Administrator",
            list,
            StringComparison.Ordinal
        );

        // Who saw an older version is told, and what was typed stays.
        var (late, again) = await page.PostAsync("Publish", "spending", "en", Whole);
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("value=\"person:bertaboard@example.com\"", again, StringComparison.Ordinal);

        // The same name makes another id; one that was typed is told.
        var (_, second) = await page.PostAsync("Compare", null, "en", Whole);
        Assert.Contains("value=\"spending-2\"", second, StringComparison.Ordinal);
        var (taken, sentence) = await page.PostAsync("Compare", null, "en", [.. Whole, ("newId", "spending")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken);
        Assert.Contains("is taken", sentence, StringComparison.Ordinal);
        var (own, _) = await page.PostAsync("Publish", null, "en", [.. Whole, ("newId", "own-id")]);
        Assert.Equal(HttpStatusCode.Redirect, own);
        Assert.True(Configuration.TryGet<ApprovalDocument>("own-id", out _));
    }

    [Theory]
    [InlineData("step.0.drawn", "0", "/steps/0")]
    [InlineData("expires", "soon", "expires")]
    [InlineData("remind", "5m", "/remindEvery")]
    public async Task What_is_wrong_is_said_with_its_place(string name, string value, string place)
    {
        (string, string)[] form =
        [
            ("name-en", "Wrong"),
            ("step.0.drawn", "0"),
            .. name == "step.0.drawn" ? [] : new[] { ("step.0.who", "manager:") },
            (name, value),
        ];
        var (status, html) = await page.PostAsync("Compare", null, "ko", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains($"<code>{place}", html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{value}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_a_workflow_asks_is_not_removed()
    {
        var editor = fixture.Server.Services.GetRequiredService<IConfigurationEditor>();
        var documents = fixture.Server.Services.GetRequiredService<DocumentText>();
        var author = new ConfigurationAuthor(null, "tests", null);
        (string, string)[] form = [("name-en", "Kept"), ("step.0.drawn", "0"), ("step.0.who", "manager:")];
        var (made, html) = await page.PostAsync("Publish", null, "en", form);
        Assert.True(made == HttpStatusCode.Redirect, html);
        Assert.True(Configuration.TryGet<WorkflowDocument>("incident", out var workflow));
        var asking = workflow.Statuses[1] with { Approval = new StatusApproval("kept") };
        var changed = workflow with { Statuses = workflow.Statuses.SetItem(1, asking) };
        await editor.SaveAsync(documents.ToYaml(changed), null, author);
        Assert.Contains(
            "/administration/workflows/edit/incident",
            await fixture.Client.GetStringAsync(Pages),
            StringComparison.Ordinal
        );

        var (refused, _) = await page.PostAsync("Remove", "kept", "en", [.. form, ("version", "1")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.True(Configuration.TryGet<ApprovalDocument>("kept", out _));

        await editor.SaveAsync(documents.ToYaml(workflow), null, author);
        var (gone, _) = await page.PostAsync("Remove", "kept", "en", [.. form, ("version", "1")]);
        Assert.Equal(HttpStatusCode.Redirect, gone);
        Assert.False(Configuration.TryGet<ApprovalDocument>("kept", out _));
    }

    [Fact]
    public async Task A_status_of_a_workflow_leads_to_a_new_policy()
    {
        var workflows = new EditorPage(fixture.Client, "/administration/workflows/edit");
        var html = await workflows.ShapeAsync("add-status", ("name-en", "Purchase"), ("open", ""));
        Assert.Contains($"href=\"{Pages}/edit\"", html, StringComparison.Ordinal);
    }

    /// <summary>A server, its administrator and somebody to ask.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public HttpClient Client { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            Client = Server.ClientOf(await Server.PersonAsync("Ada Admin", "administrator"));
            await Server.PersonAsync("Berta Board", "agent");
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }
}
