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
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Configuration;

/// <summary>The pages of desks and ticket types as plain forms, and what they publish.</summary>
public sealed class DeskEditorTests(DeskEditorTests.Fixture fixture) : IClassFixture<DeskEditorTests.Fixture>
{
    private const string Desk = "/administration/desks/edit/ITSD";
    private const string Types = "/administration/ticket-types";

    private static readonly (string, string)[] Whole =
    [
        ("name-en", "IT"),
        ("name-ko", "전산"),
        ("description-en", "Devices and access."),
        ("icon", "tool"),
        ("accent", "#7C4DBE"),
        ("order", "5"),
        ("types.0.id", "incident"),
        ("types.1.id", "service-request"),
        ("agents", "teams"),
        ("teams.0.id", "Network"),
        ("customers", "some"),
        ("organizations.0.id", "acme"),
    ];

    private readonly EditorPage page = new(fixture.Client, Desk);
    private readonly EditorPage types = new(fixture.Client, $"{Types}/edit");

    private IConfiguration Configuration =>
        fixture.Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    [Fact]
    public async Task They_are_for_those_who_configure_and_speak_both_languages()
    {
        using var agent = fixture.Server.ClientOf(await fixture.Server.PersonAsync("Alex Agent", "agent"));
        foreach (var path in new[] { Desk, Types, $"{Types}/edit", $"{Types}/edit/incident" })
        {
            foreach (var language in Languages.All)
            {
                var html = await fixture.Client.GetStringAsync($"{path}?lang={language}");
                Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[desks.", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[forms.", html, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
        }

        foreach (var path in new[] { "/administration/desks/edit/NOPE", $"{Types}/edit/nothing" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await fixture.Client.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task A_desk_is_closed_to_a_team_and_keeps_what_the_form_does_not_show()
    {
        Assert.True(Configuration.TryGet<DeskDocument>("ITSD", out var before));
        var version = Configuration.VersionOf<DeskDocument>("ITSD");
        var rest = await RestAsync();
        (string, string)[] form = [.. Whole, ("rest", rest), ("version", $"{version}")];

        var shaped = await page.ShapeAsync("down-types.0", form);
        Assert.Contains("name=\"types.0.id\" value=\"service-request\"", shaped, StringComparison.Ordinal);
        var more = await page.ShapeAsync("", [.. form, ("add-teams", "Payroll")]);
        Assert.Contains("name=\"teams.1.id\" value=\"Payroll\"", more, StringComparison.Ordinal);
        var (wrong, told) = await page.PostAsync("Compare", null, "en", [.. form, ("accent", "purple")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains("/accent", told, StringComparison.Ordinal);

        var outsider = await fixture.Server.PersonAsync("Oda Outside", "agent");
        Assert.True((await fixture.Server.ViewerAsync(outsider)).WorksOn("ITSD"));
        var (status, html) = await page.PostAsync("Publish", null, "en", form);
        Assert.True(status == HttpStatusCode.Redirect, html);
        Assert.True(Configuration.TryGet<DeskDocument>("ITSD", out var desk));
        Assert.Equal(
            before with
            {
                Name = LocalizedText.Of("IT", "전산"),
                Description = LocalizedText.Of("Devices and access."),
                Icon = "tool",
                Accent = "#7c4dbe",
                Order = 5,
                Types = ["incident", "service-request"],
                Agents = new DeskAgents { Everyone = false, Teams = ["Network"] },
                Customers = new DeskCustomers
                {
                    Everyone = false,
                    Organizations = ["acme"],
                    ShareWithinOrganization = false,
                },
            },
            desk
        );
        Assert.NotEmpty(desk.Groups);
        Assert.False((await fixture.Server.ViewerAsync(outsider)).WorksOn("ITSD"));
        Assert.True((await fixture.Server.ViewerAsync(fixture.Worker)).WorksOn("ITSD"));

        var (late, again) = await page.PostAsync("Publish", null, "en", form);
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("Devices and access.</textarea>", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_type_is_made_with_its_fields_in_order()
    {
        (string, string)[] form =
        [
            ("name-en", "Purchase order"),
            ("name-ko", "구매"),
            ("workflow", "service-request"),
            ("priority", "High"),
            ("icon", "shopping-cart"),
            ("customersAskApproval", "true"),
            ("fields.0.id", "impact"),
            ("fields.1.id", "urgency"),
        ];
        var moved = await types.ShapeAsync("move-fields.1.0", form);
        Assert.Contains("name=\"fields.0.id\" value=\"urgency\"", moved, StringComparison.Ordinal);
        var (compared, told) = await types.PostAsync("Compare", null, "en", form);
        Assert.True(compared == HttpStatusCode.OK, told);
        var (wrong, _) = await types.PostAsync("Compare", null, "en", [.. form, ("fields.2.id", "no-such-field")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);

        var (published, html) = await types.PostAsync("Publish", null, "en", form);
        Assert.True(published == HttpStatusCode.Redirect, html);
        Assert.True(Configuration.TryGet<TicketTypeDocument>("purchase-order", out var type));
        Assert.Equal(
            new TicketTypeDocument
            {
                Id = "purchase-order",
                Name = LocalizedText.Of("Purchase order", "구매"),
                Workflow = "service-request",
                DefaultPriority = Priority.High,
                Icon = "shopping-cart",
                CustomersAskApproval = true,
                Fields = ["impact", "urgency"],
            },
            type
        );
        var (late, _) = await types.PostAsync("Publish", "purchase-order", "en", form);
        Assert.Equal(HttpStatusCode.Conflict, late);

        // A type that a desk works is not removed; one that nobody works is.
        var (kept, _) = await types.PostAsync(
            "Remove",
            "incident",
            "en",
            [("version", $"{Configuration.VersionOf<TicketTypeDocument>("incident")}")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, kept);
        var (gone, _) = await types.PostAsync("Remove", "purchase-order", "en", [("version", "1")]);
        Assert.Equal(HttpStatusCode.Redirect, gone);
        Assert.False(Configuration.TryGet<TicketTypeDocument>("purchase-order", out _));
    }

    private async Task<string> RestAsync()
    {
        var html = await fixture.Client.GetStringAsync(Desk);
        var match = System.Text.RegularExpressions.Regex.Match(
            html,
            "name=\"rest\" value=\"(?<rest>[^\"]*)\"",
            System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10)
        );
        return WebUtility.HtmlDecode(match.Groups["rest"].Value);
    }

    /// <summary>A server, its administrator, a team and an organization.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public HttpClient Client { get; private set; } = null!;

        public Person Worker { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            Client = Server.ClientOf(await Server.PersonAsync("Ada Admin", "administrator"));
            Worker = await Server.PersonAsync("Nora Network", "agent");
            var people = Server.Services.GetRequiredService<IPeopleStore>();
            var team = await people.CreateTeamAsync("Network");
            await people.SetTeamMembersAsync(team.Id, [Worker.Id]);
            await people.CreateTeamAsync("Payroll");
            await people.CreateOrganizationAsync("acme", "Acme", false, null);
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }
}
