using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;

namespace ServiceDesk.Links.Tests;

/// <summary>The pages of link types as plain forms, with the tickets that are linked.</summary>
public sealed class LinkTypeEditorTests : LinkWorld
{
    private const string Pages = "/administration/link-types";

    private static readonly (string, string)[] Replaces =
    [
        ("name-en", "Replaces"),
        ("name-ko", "대체"),
        ("outward-en", "replaces"),
        ("outward-ko", "대체함"),
        ("inward-en", "is replaced by"),
        ("inward-ko", "대체됨"),
        ("customersSee", "true"),
        ("order", "70"),
    ];

    private IConfiguration Configuration => Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

    [Fact]
    public async Task A_type_is_made_compared_published_and_links_tickets_and_the_list_counts_them()
    {
        using var admin = await AdminAsync();
        var page = new EditorPage(admin, $"{Pages}/edit");
        var (compared, html) = await page.PostAsync("Compare", null, "en", Replaces);
        Assert.True(compared == HttpStatusCode.OK, html);
        Assert.Contains("diff-added", html, StringComparison.Ordinal);
        var (published, told) = await page.PostAsync("Publish", null, "en", Replaces);
        Assert.True(published == HttpStatusCode.Redirect, told);
        Assert.True(Configuration.TryGet<LinkTypeDocument>("replaces", out var type));
        Assert.Equal(
            new LinkTypeDocument
            {
                Id = "replaces",
                Name = LocalizedText.Of("Replaces", "대체"),
                Outward = LocalizedText.Of("replaces", "대체함"),
                Inward = LocalizedText.Of("is replaced by", "대체됨"),
                CustomersSee = true,
                Order = 70,
            },
            type
        );

        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Scanner"));
        await LinkedAsync(Agent, one, "replaces", other);
        foreach (var language in Languages.All)
        {
            var list = await admin.GetStringAsync($"{Pages}?lang={language}");
            Assert.Contains(
                language == "ko" ? "2 · 대체 유형으로 연결된 티켓" : "2 tickets with links",
                list,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("[link-types.", list, StringComparison.Ordinal);
        }

        Assert.Equal(
            [one.Key, other.Key],
            await FindAsync(
                Server.Services.GetRequiredService<DocumentUses>().QueryOf(DocumentKinds.LinkType, "replaces")
            )
        );
    }

    [Fact]
    public async Task What_becomes_of_links_that_there_are_is_told_before()
    {
        using var admin = await AdminAsync();
        await LinkedAsync(Agent, await OpenAsync("Printer"), "clones", await OpenAsync("Scanner"));
        var (status, html) = await new EditorPage(admin, $"{Pages}/edit").PostAsync(
            "Compare",
            "clones",
            "en",
            [
                ("version", "1"),
                ("name-en", "Clones"),
                ("outward-en", "clones"),
                ("same", "true"),
                ("hierarchical", ""),
                ("customersSee", "true"),
                ("order", "50"),
            ]
        );

        Assert.True(status == HttpStatusCode.OK, html);
        Assert.Contains("Tickets that are linked already: 2. Both ends then read", html, StringComparison.Ordinal);
        Assert.Contains("they may see both requests: 2 tickets", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_by_which_tickets_are_linked_goes_only_when_that_is_said()
    {
        using var admin = await AdminAsync();
        var page = new EditorPage(admin, $"{Pages}/edit");
        (string, string)[] form = [("version", "1"), ("name-en", "Clones"), ("outward-en", "clones"), ("order", "50")];
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Scanner"));
        await LinkedAsync(Agent, one, "clones", other);

        var (refused, html) = await page.PostAsync("Remove", "clones", "en", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("Tickets still use “clones”: 2.", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("id=\"remove-used\"", html, StringComparison.Ordinal);
        using var api = await ApiAsync();
        using var over = await api.DeleteAsync("/api/v1/configuration/link-type/clones");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, over.StatusCode);
        var editor = Server.Services.GetRequiredService<IConfigurationEditor>();
        var others = editor.Export().Where(file => file.Path != "link-types/clones.yaml").ToList();
        var author = new ConfigurationAuthor(null, "command-line", null);
        var imported = await editor.ImportAsync(others, new ConfigurationImport(), author);
        Assert.Equal("configuration.document-used", Assert.Single(imported.Problems).Problem.Code);
        var trial = await editor.ImportAsync(
            others,
            new ConfigurationImport { IsTrial = true },
            author with
            {
                RemovesUsed = true,
            }
        );
        Assert.Equal(ConfigurationStatus.Written, trial.Status);

        var (gone, _) = await page.PostAsync("Remove", "clones", "en", [.. form, ("sure", "true")]);
        Assert.Equal(HttpStatusCode.Redirect, gone);
        Assert.False(Configuration.TryGet<LinkTypeDocument>("clones", out _));
        Assert.Single((await LinksOfAsync(one)).Links);

        // Over REST it is said in the address; a type that nothing uses just goes.
        await LinkedAsync(Agent, one, "duplicates", other);
        using var said = await api.DeleteAsync("/api/v1/configuration/link-type/duplicates?removeUsed=true");
        Assert.Equal(HttpStatusCode.NoContent, said.StatusCode);
        using var unused = await api.DeleteAsync("/api/v1/configuration/link-type/causes");
        Assert.Equal(HttpStatusCode.NoContent, unused.StatusCode);
    }

    [Fact]
    public async Task A_new_type_takes_over_links_of_one_that_went_only_when_its_id_was_typed()
    {
        using var admin = await AdminAsync();
        var page = new EditorPage(admin, $"{Pages}/edit");
        await LinkedAsync(Agent, await OpenAsync("Printer"), "clones", await OpenAsync("Scanner"));
        var editor = Server.Services.GetRequiredService<IConfigurationEditor>();
        var author = new ConfigurationAuthor(null, "test", null) { RemovesUsed = true };
        await editor.RemoveAsync(DocumentKinds.LinkType, "clones", null, author);
        (string, string)[] form =
        [
            ("name-en", "Clones"),
            ("outward-en", "clones"),
            ("same", "true"),
            ("customersSee", "true"),
            ("order", "50"),
        ];

        var (told, html) = await page.PostAsync("Compare", null, "en", [.. form, ("newId", "clones")]);
        Assert.True(told == HttpStatusCode.OK, html);
        Assert.Contains("a type of this id that was removed: 2.", html, StringComparison.Ordinal);
        Assert.Contains("they may see both requests: 2 tickets", html, StringComparison.Ordinal);

        var (made, _) = await page.PostAsync("Publish", null, "en", form);
        Assert.Equal(HttpStatusCode.Redirect, made);
        Assert.False(Configuration.TryGet<LinkTypeDocument>("clones", out _));
        Assert.True(Configuration.TryGet<LinkTypeDocument>("clones-2", out _));
    }

    [Fact]
    public async Task Words_that_are_missing_and_a_place_that_is_none_are_told_where_they_are()
    {
        using var admin = await AdminAsync();
        var (status, html) = await new EditorPage(admin, $"{Pages}/edit").PostAsync(
            "Compare",
            null,
            "ko",
            [("name-en", "Wrong"), ("outward-en", "is wrong"), ("order", "first")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("<code>/order</code>", html, StringComparison.Ordinal);
        Assert.Contains("value=\"first\"", html, StringComparison.Ordinal);
        var (_, words) = await new EditorPage(admin, $"{Pages}/edit").PostAsync(
            "Compare",
            null,
            "ko",
            [("name-en", "Wrong"), ("outward-en", "is wrong"), ("order", "1")]
        );
        Assert.Contains("<code>/inward", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_editor_of_roles_tells_what_the_plugins_permission_means()
    {
        using var admin = await AdminAsync();
        foreach (
            var (language, name, why) in new[]
            {
                ("en", "Links between tickets", "Needs work on the desks of both tickets."),
                ("ko", "티켓 연결", "두 티켓의 데스크에서 모두 일해야 합니다."),
            }
        )
        {
            var html = await admin.GetStringAsync($"/administration/roles/edit/agent?lang={language}");
            Assert.Contains($"<legend>{name}</legend>", html, StringComparison.Ordinal);
            Assert.Contains(why, html, StringComparison.Ordinal);
            Assert.Contains("value=\"links.edit\" checked", html, StringComparison.Ordinal);
        }
    }

    private async Task<HttpClient> ApiAsync()
    {
        var editor = await Server.PersonAsync("Eddy Editor", "administrator");
        var tokens = Server.Services.GetRequiredService<ITokenStore>();
        var token = await tokens.CreateAsync(editor.Id, "test", Scopes.All.ToValueList(), null);
        var client = Server.ClientOf(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        return client;
    }

    private async Task<HttpClient> AdminAsync() =>
        Server.ClientOf(await Server.PersonAsync("Ada Admin", "administrator"));
}
