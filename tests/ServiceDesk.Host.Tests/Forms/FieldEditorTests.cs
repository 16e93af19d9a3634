using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>The pages of fields as plain forms, and what they publish.</summary>
public sealed class FieldEditorTests(FieldEditorTests.Fixture fixture) : IClassFixture<FieldEditorTests.Fixture>
{
    private const string Pages = "/administration/fields";

    private static readonly (string, string)[] Place =
    [
        ("name-en", "Site"),
        ("name-ko", "사업장"),
        ("description-en", "Where it is."),
        ("type", "Choice"),
        ("types", "incident"),
        ("choice.0.id", "seoul"),
        ("choice.0.name-en", "Seoul"),
        ("choice.0.name-ko", "서울"),
        ("choice.1.id", ""),
        ("choice.1.name-en", "Busan port"),
        ("default", "seoul"),
        ("customersSee", "true"),
        ("editableBy", "agent"),
        ("requiredIn", "resolved"),
        ("lockedIn", "closed"),
    ];

    private readonly EditorPage page = new(fixture.Client, $"{Pages}/edit");

    private IConfiguration Configuration =>
        fixture.Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    [Fact]
    public async Task They_are_for_those_who_configure_and_speak_both_languages()
    {
        using var agent = fixture.Server.ClientOf(await fixture.Server.PersonAsync("Alex Agent", "agent"));
        foreach (var path in new[] { Pages, $"{Pages}/edit", $"{Pages}/edit/impact" })
        {
            foreach (var language in Languages.All)
            {
                var html = await fixture.Client.GetStringAsync($"{path}?lang={language}");
                Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[fields.", html, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Client.GetAsync($"{Pages}/edit/nothing")).StatusCode);
        var found = await fixture.Client.GetStringAsync($"{Pages}?q=urgen");
        Assert.Contains("/fields/edit/urgency", found, StringComparison.Ordinal);
        Assert.DoesNotContain("/fields/edit/impact", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_are_added_moved_and_removed_and_what_was_typed_stays()
    {
        var added = await page.ShapeAsync("add-choice", Place);
        Assert.Contains("name=\"choice.2.id\"", added, StringComparison.Ordinal);
        Assert.Contains("name=\"choice.1.name-en\" value=\"Busan port\"", added, StringComparison.Ordinal);

        var moved = await page.ShapeAsync("move-choice.1.0", Place);
        Assert.Contains("name=\"choice.0.name-en\" value=\"Busan port\"", moved, StringComparison.Ordinal);

        var many = WebUtility.HtmlDecode(
            await page.ShapeAsync("add-choices", [.. Place, ("more-choices", "Jeju | 제주\nUlsan\t울산\n\n")])
        );
        Assert.Contains("name=\"choice.2.name-ko\" value=\"제주\"", many, StringComparison.Ordinal);
        Assert.Contains("name=\"choice.3.name-ko\" value=\"울산\"", many, StringComparison.Ordinal);

        var removed = await page.ShapeAsync("remove-choice.0", Place);
        Assert.DoesNotContain("choice.1.id", removed, StringComparison.Ordinal);

        // A field that takes no choices forgets them, and has a pattern instead.
        var text = await page.ShapeAsync("", [.. Place.Where(one => one.Item1 != "type"), ("type", "Text")]);
        Assert.DoesNotContain("choice.0.id", text, StringComparison.Ordinal);
        Assert.Contains("name=\"pattern\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_are_put_under_one_another_and_published_so()
    {
        (string, string)[] land =
        [
            ("name-en", "Land"),
            ("type", "Choice"),
            ("types", "incident"),
            ("choice.0.id", "korea"),
            ("choice.0.name-en", "Korea"),
            ("choice.1.id", "+1"),
            ("choice.1.name-en", "Seoul"),
        ];
        var indented = await page.ShapeAsync("in-choice.1", land);
        Assert.Contains("name=\"choice.1.under\" value=\"korea\"", indented, StringComparison.Ordinal);
        Assert.Contains("form-row level-1", indented, StringComparison.Ordinal);

        (string, string)[] deep = [.. land, ("choice.1.under", "korea")];
        var many = WebUtility.HtmlDecode(
            await page.ShapeAsync("add-choices", [.. deep, ("more-choices", "Japan | 일본\n> Tokyo | 도쿄\n>> Ginza")])
        );
        Assert.Contains("name=\"choice.3.under\" value=\"+2\"", many, StringComparison.Ordinal);
        Assert.Contains("name=\"choice.4.under\" value=\"+3\"", many, StringComparison.Ordinal);

        (string, string)[] whole =
        [
            .. deep,
            ("choice.2.id", "+2"),
            ("choice.2.under", "+1"),
            ("choice.2.name-en", "Gangnam"),
        ];
        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("Publish", null, "en", whole)).Status);
        Assert.True(Configuration.TryGet<FieldDocument>("land", out var field));
        Assert.Equal(
            ["korea", "seoul under korea", "gangnam under seoul"],
            field.Choices.Select(one => one.Under is null ? one.Id : $"{one.Id} under {one.Under}")
        );
    }

    [Theory]
    [InlineData("A-17", "Text", "pattern", "A-[0-9]+", true)]
    [InlineData("B-17", "Text", "pattern", "A-[0-9]+", false)]
    [InlineData("12", "Number", "max", "11.5", false)]
    [InlineData("many", "Number", "max", "11.5", false)]
    [InlineData("11", "Number", "max", "11.5", true)]
    public async Task A_field_is_tried_before_it_is_published(
        string text,
        string type,
        string limit,
        string value,
        bool takes
    )
    {
        var html = await page.ShapeAsync("try", ("name-en", "Room"), ("type", type), (limit, value), ("tried", text));
        Assert.Contains(
            takes ? "<output id=\"field-tried\" class=\"quiet\"" : "<output id=\"field-tried\" class=\"error\"",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_published_is_what_was_written_and_the_ticket_types_have_it()
    {
        var (compared, html) = await page.PostAsync("Compare", null, "en", Place);
        Assert.True(compared == HttpStatusCode.OK, html);
        Assert.Contains("diff-added", html, StringComparison.Ordinal);
        Assert.Contains("id=\"type-changes\"", html, StringComparison.Ordinal);
        Assert.False(Configuration.TryGet<FieldDocument>("site", out _));

        var (published, _) = await page.PostAsync("Publish", null, "en", Place);
        Assert.Equal(HttpStatusCode.Redirect, published);
        Assert.True(Configuration.TryGet<FieldDocument>("site", out var field));
        Assert.Equal<ValueList<FieldChoice>>(
            [
                new FieldChoice("seoul", LocalizedText.Of("Seoul", "서울")),
                new FieldChoice("busan-port", LocalizedText.Of("Busan port")),
            ],
            field.Choices
        );
        Assert.Equal((FieldKind.Choice, "seoul", true), (field.Kind, field.Default, field.CustomersSee));
        Assert.Equal<ValueList<string>>(["agent"], field.EditableBy);
        Assert.Equal<ValueList<string>>(["resolved"], field.RequiredIn);
        Assert.Equal<ValueList<string>>(["closed"], field.LockedIn);
        Assert.True(Configuration.TryGet<TicketTypeDocument>("incident", out var incident));
        Assert.Contains("site", incident.Fields);

        // Who saw an older version is told, and what was typed stays; so is who takes an id that there is.
        foreach (var id in new[] { "site", null })
        {
            var (late, again) = await page.PostAsync("Publish", id, "en", Place);
            Assert.Equal(HttpStatusCode.Conflict, late);
            Assert.Contains("Busan port", again, StringComparison.Ordinal);
        }

        // While a ticket type has it, it stays; then it goes, and so do its places.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await page.PostAsync("Remove", "site", "en", [])).Status);
        var version = Configuration.VersionOf<FieldDocument>("site");
        (string, string)[] without =
        [
            .. Place.Where(one => one.Item1 != "types"),
            ("version", $"{version}"),
            ("rest", "{"),
        ];
        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("Publish", "site", "en", without)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("Remove", "site", "en", [])).Status);
        Assert.False(Configuration.TryGet<FieldDocument>("site", out _));
    }

    [Fact]
    public async Task Lines_of_access_are_added_moved_removed_and_published_as_they_stand()
    {
        (string, string)[] lines =
        [
            ("name-en", "Payroll number"),
            ("type", "Text"),
            ("types", "incident"),
            ("access.0.roles", "administrator"),
            ("access.0.access", "Edit"),
            ("access.1.statuses", "closed"),
            ("access.1.statuses", "resolved"),
            ("access.1.access", "See"),
        ];
        var added = await page.ShapeAsync("add-access", lines);
        Assert.Contains("name=\"access.2.access\"", added, StringComparison.Ordinal);
        Assert.Matches("name=\"access.0.roles\" value=\"administrator\" checked", added);
        var moved = await page.ShapeAsync("down-access.0", lines);
        Assert.Matches("name=\"access.1.roles\" value=\"administrator\" checked", moved);
        Assert.DoesNotContain(
            "access.1.access",
            await page.ShapeAsync("remove-access.0", lines),
            StringComparison.Ordinal
        );

        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("Publish", null, "en", lines)).Status);

        Assert.True(Configuration.TryGet<FieldDocument>("payroll-number", out var field));
        Assert.Equal<ValueList<FieldAccessRule>>(
            [
                new FieldAccessRule { Roles = ["administrator"], Access = FieldAccess.Edit },
                new FieldAccessRule { Statuses = ["closed", "resolved"], Access = FieldAccess.See },
            ],
            field.Access
        );
        foreach (var language in Languages.All)
        {
            var html = await fixture.Client.GetStringAsync($"{Pages}/edit/payroll-number?lang={language}");
            Assert.DoesNotContain("[fields.", html, StringComparison.Ordinal);
            Assert.Contains("id=\"access-1\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_place_and_nothing_is_written()
    {
        var (status, html) = await page.PostAsync(
            "Publish",
            null,
            "ko",
            [("name-en", "Wrong"), ("type", "Text"), ("pattern", "(a)\\1"), ("minLength", "few"), ("types", "incident")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("<code>minLength</code>", html, StringComparison.Ordinal);

        (status, html) = await page.PostAsync(
            "Publish",
            null,
            "ko",
            [("name-en", "Wrong"), ("type", "Text"), ("pattern", "(a)\\1")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("/limits/pattern", html, StringComparison.Ordinal);
        Assert.False(Configuration.TryGet<FieldDocument>("wrong", out _));
    }

    [Fact]
    public async Task Where_a_field_is_used_is_told()
    {
        var html = await fixture.Client.GetStringAsync($"{Pages}/edit/needed-by");
        Assert.Contains("/administration/configuration/request-type/itsd-hardware", html, StringComparison.Ordinal);
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
