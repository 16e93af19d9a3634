using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Assets;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>The pages of request types as plain forms, and what they publish.</summary>
public sealed class RequestTypeEditorTests(RequestTypeEditorTests.Fixture fixture)
    : IClassFixture<RequestTypeEditorTests.Fixture>
{
    private const string Pages = "/administration/request-types";

    private static readonly (string, string)[] Whole =
    [
        ("name-en", "New phone"),
        ("name-ko", "전화기 신청"),
        ("description-en", "A phone for work."),
        ("type", "incident"),
        ("desk", "ITSD"),
        ("icon", "phone"),
        ("priority", "High"),
        ("section.0.drawn", "part-1"),
        ("section.0.name-en", "Details"),
        ("section.0.name-ko", "자세히"),
        ("section.0.when.0.field", "impact"),
        ("section.0.when.0.mode", "any"),
        ("place.0.field", "summary"),
        ("place.0.required", "true"),
        ("place.1.field", "impact"),
        ("place.1.label-en", "How bad?"),
        ("place.1.default", "low"),
        ("place.2.field", "urgency"),
        ("place.2.when.0.field", "impact"),
        ("place.2.when.0.mode", "not"),
        ("place.2.when.0.is", "low"),
        ("place.3.field", "description"),
        ("place.3.section", "part-1"),
        ("agent.0.field", "urgency"),
    ];

    private readonly EditorPage page = new(fixture.Client, $"{Pages}/edit");

    private IConfiguration Configuration =>
        fixture.Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    [Fact]
    public async Task They_are_for_those_who_configure_and_speak_both_languages()
    {
        using var agent = fixture.Server.ClientOf(await fixture.Server.PersonAsync("Alex Agent", "agent"));
        foreach (var path in new[] { Pages, $"{Pages}?desk=ITSD", $"{Pages}/edit", $"{Pages}/edit/itsd-computer" })
        {
            foreach (var language in Languages.All)
            {
                var html = await fixture.Client.GetStringAsync(
                    path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"lang={language}"
                );
                Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[forms.", html, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Client.GetAsync($"{Pages}/edit/nothing")).StatusCode);
    }

    [Fact]
    public async Task Rows_are_added_moved_and_removed_and_what_was_typed_stays()
    {
        var added = await page.ShapeAsync("add-place", [.. Whole, ("add-place", "attachments")]);
        Assert.Contains("name=\"place.3.field\" value=\"attachments\"", added, StringComparison.Ordinal);
        Assert.Contains("name=\"place.1.label-en\" value=\"How bad?\"", added, StringComparison.Ordinal);

        var moved = await page.ShapeAsync("move-place.2.0", Whole);
        Assert.Contains("name=\"place.0.field\" value=\"urgency\"", moved, StringComparison.Ordinal);
        Assert.Contains("name=\"place.1.field\" value=\"summary\"", moved, StringComparison.Ordinal);

        var entered = await page.ShapeAsync("down-place.2", Whole);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(entered, "value=\"part-1\" selected"));

        var without = await page.ShapeAsync("remove-section.0", Whole);
        Assert.DoesNotContain("section.0.", without, StringComparison.Ordinal);
        Assert.Contains("value=\"description\"", without, StringComparison.Ordinal);

        var asked = await page.ShapeAsync("when-place.2", Whole);
        Assert.Contains("name=\"place.2.when.1.field\"", asked, StringComparison.Ordinal);
        var chosen = await page.ShapeAsync("", [.. Whole, ("place.2.when.1.field", "impact")]);
        Assert.Contains("name=\"place.2.when.1.is\" value=\"high\"", chosen, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "place.2.when.0",
            await page.ShapeAsync("unless-place.2.0", Whole),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_customers_view_is_shown_in_either_language()
    {
        var korean = WebUtility.HtmlDecode(await page.ShapeAsync("preview-ko", Whole));
        Assert.Contains("<div lang=\"ko\">", korean, StringComparison.Ordinal);
        Assert.Contains(">전화기 신청</h3>", korean, StringComparison.Ordinal);
        Assert.Contains("요청 보내기", korean, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", korean, StringComparison.Ordinal);

        Assert.Contains(">New phone</h3>", await page.ShapeAsync("preview-en", Whole), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_is_what_was_written_and_the_portal_offers_it_in_its_group()
    {
        Assert.True(Configuration.TryGet<DeskDocument>("ITSD", out var before));
        var group = before.Groups[^1].Id;
        (string, string)[] whole = [.. Whole, ("group", group)];

        var (compared, html) = await page.PostAsync("Compare", null, "en", whole);
        Assert.True(compared == HttpStatusCode.OK, html);
        Assert.Contains("diff-added", html, StringComparison.Ordinal);
        Assert.False(Configuration.TryGet<RequestTypeDocument>("itsd-new-phone", out _));

        var (published, _) = await page.PostAsync("Publish", null, "en", whole);
        Assert.Equal(HttpStatusCode.Redirect, published);

        Assert.True(Configuration.TryGet<RequestTypeDocument>("itsd-new-phone", out var type));
        Assert.Equal(("phone", Priority.High), (type.Icon, type.Priority));
        Assert.Equal(["summary", "impact", "urgency", "description"], type.Form.Select(place => place.Field));
        Assert.Equal("low", type.Form[1].Default);
        Assert.Equal<ValueList<FormCondition>>(
            [
                new FormCondition
                {
                    Field = "impact",
                    Is = ["low"],
                    Not = true,
                },
            ],
            type.Form[2].When
        );
        Assert.Equal("part-1", type.Form[3].Section);
        Assert.Equal<ValueList<FormCondition>>([new FormCondition { Field = "impact" }], type.Sections[0].When);
        Assert.Equal<ValueList<string>>(["urgency"], type.AgentFields);
        Assert.True(Configuration.TryGet<DeskDocument>("ITSD", out var desk));
        Assert.Equal("itsd-new-phone", desk.Groups[^1].RequestTypes[^1]);

        // Who saw an older version is told, and what was typed stays.
        var (late, again) = await page.PostAsync("Publish", "itsd-new-phone", "en", whole);
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("How bad?", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_place_and_nothing_is_written()
    {
        var (status, html) = await page.PostAsync(
            "Compare",
            null,
            "ko",
            [.. Whole, ("place.4.field", "attachments"), ("place.4.default", "a file")]
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("/form/3/default", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_icon_of_the_picker_is_in_the_sprite()
    {
        var assets = fixture.Server.Services.GetRequiredService<FrontEndAssets>();
        Assert.All(PickedIcons.All, icon => Assert.True(assets.HasIcon(icon), icon));
        Assert.Contains(
            "value=\"device-laptop\" checked",
            await fixture.Client.GetStringAsync($"{Pages}/edit/itsd-computer"),
            StringComparison.Ordinal
        );
    }

    /// <summary>A server and its administrator.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public HttpClient Client { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            Client = Server.ClientOf(await Server.PersonAsync("Ada Admin", "administrator"));
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }
}
