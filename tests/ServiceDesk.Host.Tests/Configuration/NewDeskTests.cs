using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Configuration.Templates;
using ServiceDesk.Host.Pages.Assets;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Configuration;

/// <summary>Every template makes a whole desk in one revision, in both languages; a desk that shares has the other one's settings.</summary>
public sealed class NewDeskTests(NewDeskTests.Fixture fixture) : IClassFixture<NewDeskTests.Fixture>
{
    private const string Page = "/administration/desks/new";
    private static readonly ConfigurationAuthor Author = new(null, "tests", null);

    private readonly EditorPage page = new(fixture.Client, Page);

    private IConfiguration Configuration =>
        fixture.Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    private NewDesks Desks => fixture.Server.Services.GetRequiredService<NewDesks>();

    public static TheoryData<string> Templates =>
        ["it-support", "hr", "facilities", "legal", "finance", "customer-support", "blank"];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Every_template_is_a_whole_desk_in_both_languages(string template)
    {
        var plan = Desks.Plan(new DeskWish(template, null, $"T{template.Length}X", null));
        Assert.Null(plan.Problem);
        var outcome = await Desks.WriteAsync(plan, isTrial: true, Author, default);
        Assert.True(
            outcome.Status == ConfigurationStatus.Written,
            string.Join('\n', outcome.Problems.Select(found => $"{found.Path} {found.Problem}"))
        );

        var desk = plan.Documents.OfType<DeskDocument>().Single();
        var requests = plan.Documents.OfType<RequestTypeDocument>().ToList();
        Assert.Equal(
            requests.Select(request => request.Id).Order(StringComparer.Ordinal),
            desk.Groups.SelectMany(group => group.RequestTypes).Order(StringComparer.Ordinal)
        );
        // Where teams are promised time, they have a queue of it.
        Assert.Equal(template == "it-support" ? 7 : 6, plan.Documents.OfType<QueueDocument>().Count());
        var assets = fixture.Server.Services.GetRequiredService<FrontEndAssets>();
        Assert.All(
            requests.Select(request => request.Icon).Append(desk.Icon),
            icon => Assert.True(assets.HasIcon(icon), icon)
        );
        Assert.All(
            plan.Documents,
            document => Assert.All(Languages.All, language => Assert.True(document.Name.Texts.ContainsKey(language)))
        );
    }

    [Fact]
    public async Task A_desk_is_made_in_one_revision_and_the_portal_offers_it_at_once()
    {
        var before = Configuration.Revision;
        var (status, html) = await page.PostAsync(
            "Make",
            null,
            "en",
            [("template", "hr"), ("nameEn", "People and Culture"), ("nameKo", "피플앤컬처")]
        );
        Assert.True(status == HttpStatusCode.Redirect, html);
        Assert.Equal(before + 1, Configuration.Revision);
        Assert.True(Configuration.TryGet<DeskDocument>("PAC", out var desk));
        Assert.Equal("피플앤컬처", desk.Name.In("ko"));

        using var customer = fixture.Server.ClientOf(await fixture.Server.PersonAsync("Cora Customer", "customer"));
        var asked = await customer.GetStringAsync("/portal/ask/PAC/pac-leave?lang=ko");
        Assert.Contains("fields.pac-leave", asked, StringComparison.Ordinal);

        // The same again finds the key taken by name and takes another; typed, it is refused and nothing is written.
        var revision = Configuration.Revision;
        var (again, told) = await page.PostAsync("Make", null, "en", [("template", "hr"), ("deskKey", "pac")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again);
        Assert.Contains("id=\"desk-problems\"", told, StringComparison.Ordinal);
        Assert.Equal(revision, Configuration.Revision);
        var second = Desks.Plan(new DeskWish("hr", LocalizedText.Of("People and Culture"), null, null));
        Assert.Equal("PAC2", second.Key);
        Assert.Equal("HR request (PAC2)", second.Documents.OfType<TicketTypeDocument>().Single().Name.In("en"));
    }

    [Fact]
    public async Task A_desk_that_shares_has_the_types_of_the_other_and_asks_what_these_have()
    {
        var plan = Desks.Plan(new DeskWish("finance", null, "SHARE", "ITSD"));
        var outcome = await Desks.WriteAsync(plan, isTrial: true, Author, default);
        Assert.Equal(ConfigurationStatus.Written, outcome.Status);
        Assert.True(Configuration.TryGet<DeskDocument>("ITSD", out var shared));
        Assert.Equal(shared.Types, plan.Documents.OfType<DeskDocument>().Single().Types);
        Assert.DoesNotContain(plan.Documents, document => document is FieldDocument or WorkflowDocument);
        Assert.All(
            plan.Documents.OfType<RequestTypeDocument>(),
            request => Assert.Equal("service-request", request.Type)
        );
    }

    [Fact]
    public async Task It_is_made_over_the_API_too_by_who_may()
    {
        using var client = await TokenAsync(fixture.Admin);
        var templates = await client.GetFromJsonAsync<JsonElement>("/api/v1/desk-templates");
        Assert.Equal(7, templates.GetProperty("items").GetArrayLength());
        var wish = new { template = "legal", key = "LAWS" };
        using var made = await client.PostAsJsonAsync("/api/v1/desks", wish);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True(Configuration.TryGet<RequestTypeDocument>("laws-contract", out _));
        Assert.False(
            (await fixture.Server.ViewerAsync(await fixture.Server.PersonAsync("Lea Late", "agent"))).WorksOn("LAWS")
        );
        using var again = await client.PostAsJsonAsync("/api/v1/desks", wish);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("desks.key-taken", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var agent = await TokenAsync(await fixture.Server.PersonAsync("Anna Agent", "agent"));
        using var refused = await agent.PostAsJsonAsync("/api/v1/desks", new { template = "legal" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Personnel_legal_and_financial_matters_begin_closed_to_whom_the_wizard_names()
    {
        var named = await fixture.Server.PersonAsync("Nadia Named", "agent");
        var other = await fixture.Server.PersonAsync("Otto Other", "agent");
        var customer = await fixture.Server.PersonAsync("Carl Customer", "customer");
        foreach (var language in Languages.All)
        {
            var html = await page.PostAsync("Shape", null, language, [("template", "finance"), ("nameEn", "Books")]);
            Assert.Contains("id=\"closed\"", html.Html, StringComparison.Ordinal);
            Assert.Contains("value=\"own\" checked", html.Html, StringComparison.Ordinal);
        }

        // Of a form that was drawn for another template nothing is taken that nobody chose: it is closed all the same.
        (string, string)[] form =
        [
            ("template", "finance"),
            ("nameEn", "Books"),
            ("agents", "everyone"),
            ("agents-usual", "everyone"),
        ];
        var (unknown, _) = await page.PostAsync("Make", null, "en", [.. form, ("person", "Nobody Knows")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown);
        var (works, told) = await page.PostAsync("Make", null, "en", [.. form, ("people.0.id", customer.Email)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, works);
        Assert.Contains("Carl Customer", told, StringComparison.Ordinal);
        Assert.False(Configuration.TryGet<DeskDocument>("BOOK", out _));
        var (made, html2) = await page.PostAsync("Make", null, "en", [.. form, ("person", named.Email)]);
        Assert.True(made == HttpStatusCode.Redirect, html2);
        Assert.True(Configuration.TryGet<DeskDocument>("BOOK", out var desk));
        Assert.Equal(new DeskAgents { Everyone = false, Teams = ["Books (BOOK)"] }, desk.Agents);
        Assert.False(desk.Customers.ShareWithinOrganization);
        Assert.True((await fixture.Server.ViewerAsync(named)).WorksOn("BOOK"));
        Assert.False((await fixture.Server.ViewerAsync(other)).WorksOn("BOOK"));
        var team = await fixture.Server.Services.GetRequiredService<IPeopleStore>().FindTeamAsync("Books (BOOK)");
        Assert.Equal([fixture.Admin.Id, named.Id], team!.Members.OrderBy(member => member.Value));
    }

    [Fact]
    public async Task Who_works_there_and_who_may_ask_is_as_it_was_chosen()
    {
        var store = fixture.Server.Services.GetRequiredService<IPeopleStore>();
        await store.CreateTeamAsync("Mail room");
        (string, string)[] form = [("template", "facilities"), ("deskKey", "POST"), ("agents", "teams")];
        var shaped = await page.ShapeAsync("", form);
        Assert.DoesNotContain("at least one team", shaped, StringComparison.Ordinal);
        var (none, told) = await page.PostAsync("Make", null, "en", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none);
        Assert.Contains("at least one team", told, StringComparison.Ordinal);
        var (made, html) = await page.PostAsync(
            "Make",
            null,
            "en",
            [.. form, ("teams.0.id", "Mail room"), ("customers", "teams"), ("organizations.0.id", "acme")]
        );
        Assert.True(made == HttpStatusCode.Redirect, html);
        Assert.True(Configuration.TryGet<DeskDocument>("POST", out var desk));
        Assert.Equal(new DeskAgents { Everyone = false, Teams = ["Mail room"] }, desk.Agents);
        Assert.Equal(new DeskCustomers { Everyone = false, Organizations = ["acme"] }, desk.Customers);

        // Sharing settings opens nothing that begins closed; whoever chooses everyone for it gets everyone.
        var shared = Desks.Plan(new DeskWish("hr", null, "SHUT", "ITSD"));
        Assert.NotNull(shared.Team);
        Assert.False(shared.Documents.OfType<DeskDocument>().Single().Customers.ShareWithinOrganization);
        var open = Desks.Plan(new DeskWish("hr", null, "OPEN", null) { Agents = new DeskAgents() });
        Assert.Null(open.Team);
        Assert.True(open.Documents.OfType<DeskDocument>().Single().Agents.Everyone);
    }

    [Theory]
    [InlineData("none", null, null)]
    [InlineData("hr", "lower", null)]
    [InlineData("hr", "A", null)]
    [InlineData("hr", "NUL", null)]
    [InlineData("hr", "X\n---\nkind: role", null)]
    [InlineData("hr", "ITSD", null)]
    [InlineData("hr", null, "NOPE")]
    public async Task What_cannot_be_is_told_and_nothing_is_written(string template, string? key, string? share)
    {
        var revision = Configuration.Revision;
        var plan = Desks.Plan(new DeskWish(template, null, key, share));
        Assert.NotNull(plan.Problem);
        var outcome = await Desks.WriteAsync(plan, isTrial: false, Author, default);
        Assert.Equal(ConfigurationStatus.Invalid, outcome.Status);
        Assert.Equal(revision, Configuration.Revision);
    }

    [Theory]
    [InlineData("Human Resources", "HR")]
    [InlineData("Facilities", "FACI")]
    [InlineData("인사팀", "DESK")]
    [InlineData("Taken Already", "TA2")]
    [InlineData("con", "DESK")]
    [InlineData("a b c d e f g h i j k l", "ABCDEFGHIJ")]
    public void A_key_is_made_of_a_name(string name, string key) =>
        Assert.Equal(key, DeskKeys.For(name, "DESK", taken => taken == "TA"));

    [Fact]
    public async Task The_pages_are_for_those_who_configure_and_speak_both_languages()
    {
        using var agent = fixture.Server.ClientOf(await fixture.Server.PersonAsync("Alex Agent", "agent"));
        foreach (var path in new[] { "/administration/desks", Page })
        {
            foreach (var language in Languages.All)
            {
                var html = await fixture.Client.GetStringAsync($"{path}?lang={language}");
                Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[desks.", html, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
        }

        var drawn = await page.ShapeAsync("", ("template", "legal"), ("nameEn", "Law"));
        Assert.Contains("placeholder=\"LAW\"", drawn, StringComparison.Ordinal);
    }

    private async Task<HttpClient> TokenAsync(Person person)
    {
        var token = await fixture
            .Server.Services.GetRequiredService<ITokenStore>()
            .CreateAsync(person.Id, "test", [.. Scopes.All], null);
        var client = fixture.Server.ClientOf(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        return client;
    }

    /// <summary>A server and its administrator.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public Person Admin { get; private set; } = null!;

        public HttpClient Client { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            Admin = await Server.PersonAsync("Ada Admin", "administrator");
            Client = Server.ClientOf(Admin);
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }
}
