using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Tests.Configuration;

/// <summary>The pages of roles as plain forms, and what every door refuses.</summary>
public sealed class RoleEditorTests(RoleEditorTests.Fixture fixture) : IClassFixture<RoleEditorTests.Fixture>
{
    private const string Pages = "/administration/roles";
    private const string Api = "/api/v1/configuration/role";

    private static readonly (string, string)[] Lead =
    [
        ("name-en", "Lead"),
        ("name-ko", "파트장"),
        ("description-en", "Leads a team."),
        ("permissions", Permissions.WorkTickets),
        ("permissions", Permissions.CorrectClocks),
    ];

    private readonly EditorPage page = new(fixture.Admin, $"{Pages}/edit");

    private IConfiguration Configuration => fixture.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    private IConfigurationEditor Editor => fixture.Services.GetRequiredService<IConfigurationEditor>();

    [Fact]
    public async Task They_are_for_those_who_configure_and_speak_both_languages()
    {
        using var agent = await fixture.ClientAsync("Alex Agent", "agent");
        foreach (var path in new[] { Pages, $"{Pages}/edit", $"{Pages}/edit/agent" })
        {
            foreach (var language in Languages.All)
            {
                var html = await fixture.Admin.GetStringAsync($"{path}?lang={language}");
                Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[roles.", html, StringComparison.Ordinal);
                Assert.DoesNotContain("[administration.", html, StringComparison.Ordinal);
            }

            Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync(path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Admin.GetAsync($"{Pages}/edit/nothing")).StatusCode);
    }

    [Fact]
    public async Task What_is_ticked_is_compared_then_published_and_listed_and_what_was_typed_stays_in_a_conflict()
    {
        var (compared, html) = await page.PostAsync("Compare", null, "en", Lead);
        Assert.True(compared == HttpStatusCode.OK, html);
        Assert.Contains("diff-added", html, StringComparison.Ordinal);
        Assert.Contains("Whoever gets the role can then: Work on tickets", html, StringComparison.Ordinal);
        Assert.False(Configuration.TryGet<RoleDocument>("lead", out _));

        var (published, told) = await page.PostAsync("Publish", null, "en", Lead);
        Assert.True(published == HttpStatusCode.Redirect, told);
        Assert.True(Configuration.TryGet<RoleDocument>("lead", out var role));
        Assert.Equal(
            new RoleDocument
            {
                Id = "lead",
                Name = LocalizedText.Of("Lead", "파트장"),
                Description = LocalizedText.Of("Leads a team."),
                Permissions = [Permissions.WorkTickets, Permissions.CorrectClocks],
            },
            role
        );
        var list = await fixture.Admin.GetStringAsync($"{Pages}?lang=en");
        Assert.Contains("Work on tickets · Approve corrections of SLA clocks", list, StringComparison.Ordinal);
        Assert.Contains("Leads a team.", list, StringComparison.Ordinal);

        var (late, again) = await page.PostAsync("Publish", "lead", "en", [.. Lead, ("permissions", "ticket.move")]);
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("value=\"ticket.move\" checked", again, StringComparison.Ordinal);
        var (_, second) = await page.PostAsync("Compare", null, "ko", [.. Lead, ("newId", "lead")]);
        Assert.Contains("<code>/id</code>", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_for_people_and_oneself_is_told_before()
    {
        await fixture.RoleAsync("second", Permissions.Configure, Permissions.ManagePeople, Permissions.WorkTickets);
        await fixture.RoleAsync("third", Permissions.WorkTickets);
        using var second = await fixture.ClientAsync("Sora Second", "second");
        var (status, html) = await new EditorPage(second, $"{Pages}/edit").PostAsync(
            "Compare",
            "second",
            "en",
            [
                ("version", "1"),
                ("name-en", "Second"),
                ("permissions", Permissions.Configure),
                ("permissions", Permissions.ManagePeople),
                ("permissions", Permissions.Redact),
            ]
        );

        Assert.True(status == HttpStatusCode.UnprocessableEntity, html);
        Assert.Contains(
            "You cannot give the permission “ticket.redact”",
            WebUtility.HtmlDecode(html),
            StringComparison.Ordinal
        );
        var (compared, follows) = await new EditorPage(second, $"{Pages}/edit").PostAsync(
            "Compare",
            "second",
            "en",
            [
                ("version", "1"),
                ("name-en", "Second"),
                ("permissions", Permissions.Configure),
                ("permissions", Permissions.ManagePeople),
            ]
        );
        Assert.True(compared == HttpStatusCode.OK, follows);
        Assert.Contains(
            "People who then may less: 1. They can no longer: Work on tickets.",
            follows,
            StringComparison.Ordinal
        );
        Assert.Contains("They are agents no longer", follows, StringComparison.Ordinal);
        Assert.Contains("You yourself can then no longer: Work on tickets.", follows, StringComparison.Ordinal);
        Assert.Contains("You cannot give this back to yourself", follows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_configures_gives_no_role_more_than_he_may_himself_by_whichever_door()
    {
        await fixture.RoleAsync("editor", Permissions.Configure);
        await fixture.RoleAsync("plain");
        using var editor = await fixture.ClientAsync("Eddy Editor", "editor");
        var by = await fixture.FindAsync("Eddy Editor");
        var drawn = await editor.GetStringAsync($"{Pages}/edit/plain?lang=en");
        Assert.Contains("value=\"people.write\" disabled", drawn, StringComparison.Ordinal);
        Assert.Contains("name=\"permissions\" value=\"configuration.write\"", drawn, StringComparison.Ordinal);

        // The form is not what keeps it: a form that was tampered with is refused as well.
        (string, string)[] lifting =
        [
            ("version", "1"),
            ("name-en", "Plain"),
            ("permissions", Permissions.ManagePeople),
        ];
        var (status, _) = await new EditorPage(editor, $"{Pages}/edit").PostAsync("Publish", "plain", "en", lifting);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        using var api = await fixture.ApiAsync(by);
        var over = await api.PutAsJsonAsync(
            $"{Api}/editor",
            new
            {
                id = "editor",
                name = "Editor",
                permissions = new[] { Permissions.Configure, Permissions.ManagePeople },
            }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, over.StatusCode);
        const string yaml = "kind: role\nid: plain\nname: Plain\npermissions:\n  - people.write\n";
        var author = new ConfigurationAuthor(by.Id, null, null);
        var saved = await Editor.SaveAsync(yaml, null, author);
        Assert.Equal("configuration.role-gives-more", Assert.Single(saved.Problems).Problem.Code);
        Assert.Equal(5, saved.Problems[0].Line);
        var import = new ConfigurationImport { KeepOthers = true };
        var imported = await Editor.ImportAsync([new ConfigurationFile("roles/plain.yaml", yaml)], import, author);
        Assert.Equal("configuration.role-gives-more", Assert.Single(imported.Problems).Problem.Code);

        // A rollback gives too.
        await fixture.RoleAsync("plain", Permissions.ManagePeople);
        await fixture.RoleAsync("plain");
        var history = await Editor.HistoryAsync(DocumentKinds.Role, "plain");
        var back = await Editor.RollBackAsync(DocumentKinds.Role, "plain", history[1].Version, null, author);
        Assert.Equal("configuration.role-gives-more", Assert.Single(back.Problems).Problem.Code);

        // Nor does he strip who may more.
        var stripped = Editor
            .YamlOf(DocumentKinds.Role, "administrator")!
            .Replace("  - ticket.redact\n", "", StringComparison.Ordinal);
        Assert.Equal(
            "configuration.role-takes-more",
            Assert.Single((await Editor.SaveAsync(stripped, null, author)).Problems).Problem.Code
        );
    }

    [Fact]
    public async Task A_role_that_somebody_has_is_invited_to_or_is_named_is_not_removed_and_says_why()
    {
        await fixture.RoleAsync("kept", Permissions.AskInPortal);
        (string, string)[] form = [("version", "1"), ("name-en", "kept"), ("permissions", Permissions.AskInPortal)];
        var person = await fixture.PersonAsync("Kim Kept", "kept");
        var invitations = fixture.Services.GetRequiredService<IInvitations>();
        var people = fixture.Services.GetRequiredService<IPeopleStore>();
        var invited = await invitations.AddAsync(
            new NewInvitation("invited@example.com", "kept"),
            person.Id,
            Instant.FromUtc(2026, 3, 2, 9, 0),
            Duration.FromDays(7)
        );
        var rule = new RuleDocument
        {
            Id = "tells-kept",
            Name = LocalizedText.Of("Tells them"),
            When = [new RuleTrigger { On = "opened" }],
            Then = [new RuleAction { Do = "watch", People = ["role:kept"] }],
        };
        await fixture.WriteAsync(rule);

        var shown = await fixture.Admin.GetStringAsync($"{Pages}/edit/kept?lang=en");
        Assert.Contains("People who have it: 1: Kim Kept", shown, StringComparison.Ordinal);
        Assert.Contains("/administration/configuration/rule/tells-kept", shown, StringComparison.Ordinal);
        var (refused, html) = await page.PostAsync("Remove", "kept", "en", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        var told = WebUtility.HtmlDecode(html);
        Assert.Contains("The role “kept” is still that of people: 1 (Kim Kept).", told, StringComparison.Ordinal);
        Assert.Contains("Open invitations lead to the role “kept”: 1.", told, StringComparison.Ordinal);
        Assert.Contains("<code>rules/tells-kept.yaml/then/0/people/0</code>", html, StringComparison.Ordinal);
        using var api = await fixture.ApiAsync(await fixture.FindAsync("Ada Admin"));
        using var answer = await api.DeleteAsync($"{Api}/kept");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);

        // Without its file an import that removes the rest would take it too.
        var others = Editor.Export().Where(file => file.Path != "roles/kept.yaml");
        var imported = await Editor.ImportAsync(
            [.. others],
            new ConfigurationImport(),
            new ConfigurationAuthor(null, "command-line", null)
        );
        Assert.Contains(imported.Problems, found => found.Problem.Code == "configuration.role-held-by");

        await people.UpdateAsync(person.Id, new PersonChange { Role = "customer" });
        await invitations.WithdrawAsync(invited.Invitation.Id, Instant.FromUtc(2026, 3, 2, 9, 0));
        await Editor.RemoveAsync(DocumentKinds.Rule, rule.Id, null, new ConfigurationAuthor(null, "test", null));
        var (gone, _) = await page.PostAsync("Remove", "kept", "en", form);
        Assert.Equal(HttpStatusCode.Redirect, gone);
        Assert.False(Configuration.TryGet<RoleDocument>("kept", out _));
    }

    [Fact]
    public async Task A_link_to_a_password_ends_when_its_person_rises_or_its_maker_falls()
    {
        await fixture.RoleAsync("keeper", Permissions.ManagePeople, Permissions.AskInPortal);
        using var keeper = await fixture.ClientAsync("Kay Keeper", "keeper");
        var maker = await fixture.FindAsync("Kay Keeper");
        var person = await fixture.PersonAsync("Rita Rises", "customer");
        var people = fixture.Services.GetRequiredService<IPeopleStore>();
        var card = new EditorPage(keeper, "/administration/person");
        var (made, html) = await card.PostAsync("Link", $"{person.Id}", "en", []);
        Assert.Equal(HttpStatusCode.OK, made);
        var at = html.IndexOf("setup?token=", StringComparison.Ordinal) + "setup?token=".Length;
        var token = html.Substring(at, 64);
        Assert.True(await WorksAsync());

        await people.UpdateAsync(person.Id, new PersonChange { Role = "administrator" });
        Assert.False(await WorksAsync());
        await using (var scope = fixture.Services.CreateAsyncScope())
        {
            var setup = scope.ServiceProvider.GetRequiredService<AccountSetup>();
            var refused = await setup.SetPasswordAsync(token, "a long enough password", default);
            Assert.Equal("accounts.link-not-valid", Assert.Single(refused).Code);
        }

        // Nor does the keeper make another one, or say who stands in for whoever may more.
        Assert.Equal(HttpStatusCode.Forbidden, (await card.PostAsync("Link", $"{person.Id}", "en", [])).Status);
        var absence = new[] { ("from", "2026-03-02"), ("substitute", maker.Email) };
        Assert.Equal(HttpStatusCode.Forbidden, (await card.PostAsync("Absence", $"{person.Id}", "en", absence)).Status);
        await people.UpdateAsync(person.Id, new PersonChange { Role = "customer" });
        Assert.True(await WorksAsync());
        await people.UpdateAsync(maker.Id, new PersonChange { Role = "customer" });
        Assert.False(await WorksAsync());
        await people.UpdateAsync(maker.Id, new PersonChange { Role = "keeper", IsActive = false });
        Assert.False(await WorksAsync());

        async Task<bool> WorksAsync()
        {
            await using var scope = fixture.Services.CreateAsyncScope();
            var setup = scope.ServiceProvider.GetRequiredService<AccountSetup>();
            return await setup.FindAsync(token, default) is not null;
        }
    }

    [Fact]
    public async Task What_plugins_brought_stays_when_the_products_role_is_taken_over_or_they_are_away()
    {
        const string Away = "links.edit";
        var nobody = new ConfigurationAuthor(null, "test", null);
        var shipped = Editor.YamlOf(DocumentKinds.Role, "agent")!;
        var brought = fixture.Services.GetRequiredService<PluginCatalog>().Permissions.Select(one => one.Id).ToList();
        Assert.Contains(Away, brought);
        // As an older product brought it.
        await Editor.SaveAsync(
            shipped.Replace("  - ticket.move\n", "", StringComparison.Ordinal),
            null,
            nobody with
            {
                Source = ShippedDocuments.Product,
            }
        );
        var offer = Assert.Single(await Editor.OffersAsync(), offer => offer.Id == "agent");

        await Editor.SaveAsync(offer.Shipped, null, nobody with { Source = offer.Source });

        Assert.True(Configuration.TryGet<RoleDocument>("agent", out var agent));
        Assert.Contains("ticket.move", agent.Permissions);
        Assert.Contains(Away, agent.Permissions);
        Assert.DoesNotContain(await Editor.OffersAsync(), again => again.Id == "agent");
        // What plugins bring or take is no reason to offer it again.
        await Editor.SaveAsync(
            Editor
                .YamlOf(DocumentKinds.Role, "agent")!
                .Replace($"  - {Away}\n", "", StringComparison.Ordinal)
                .Replace("  - ticket.move\n", "", StringComparison.Ordinal),
            null,
            nobody
        );
        Assert.DoesNotContain(await Editor.OffersAsync(), again => again.Id == "agent");
        await Editor.SaveAsync(shipped, null, nobody);

        // One that is not loaded is known by what it was given once.
        var catalog = fixture.Services.GetRequiredService<PluginCatalog>();
        var settings = fixture.Services.GetRequiredService<ISettingStore>();
        var known = await new KnownPermissions(catalog, settings).AllAsync(default);
        Assert.Contains(Away, known);
        Assert.Contains(Permissions.Redact, known);
        Assert.DoesNotContain("typing.error", known);
    }

    [Fact]
    public async Task The_roles_of_the_product_have_no_button_to_remove_them()
    {
        Assert.DoesNotContain(
            "handler=Remove",
            await fixture.Admin.GetStringAsync($"{Pages}/edit/customer"),
            StringComparison.Ordinal
        );
        var (status, html) = await page.PostAsync(
            "Compare",
            "administrator",
            "en",
            [("version", "1"), ("name-en", "A")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Administrators keep the permission", html, StringComparison.Ordinal);
    }

    /// <summary>A server and its administrator.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private ServiceDeskServer server = null!;

        public IServiceProvider Services => server.Services;

        public HttpClient Admin { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            server = await ServiceDeskServer.StartAsync();
            Admin = await ClientAsync("Ada Admin", "administrator");
        }

        public async Task DisposeAsync()
        {
            Admin.Dispose();
            await server.DisposeAsync();
        }

        public Task<Person> PersonAsync(string name, string role) => server.PersonAsync(name, role);

        public async Task<HttpClient> ClientAsync(string name, string role) =>
            server.ClientOf(await PersonAsync(name, role));

        /// <summary>A client over REST, with a token that may all that its person may.</summary>
        public async Task<HttpClient> ApiAsync(Person person)
        {
            var tokens = Services.GetRequiredService<ITokenStore>();
            var token = await tokens.CreateAsync(person.Id, "test", Scopes.All.ToValueList(), null);
            var client = server.ClientOf(null);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
            return client;
        }

        public async Task<Person> FindAsync(string name) =>
            (
                await Services.GetRequiredService<IPeopleStore>().ListAsync(new PeopleFilter { Text = name }, limit: 1)
            ).Items[0];

        public Task RoleAsync(string id, params string[] permissions) =>
            WriteAsync(
                new RoleDocument
                {
                    Id = id,
                    Name = LocalizedText.Of(id),
                    Permissions = permissions.ToValueList(),
                }
            );

        public async Task WriteAsync(ConfigurationDocument document)
        {
            var yaml = Services.GetRequiredService<DocumentText>().ToYaml(document);
            var outcome = await Services
                .GetRequiredService<IConfigurationEditor>()
                .SaveAsync(yaml, null, new ConfigurationAuthor(null, "test", null));
            Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
        }
    }
}
