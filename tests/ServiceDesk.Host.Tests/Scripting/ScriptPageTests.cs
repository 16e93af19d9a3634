using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>The pages of scripts.</summary>
public sealed partial class ScriptPageTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person admin = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        admin = await server.PersonAsync("Ada Admin", "administrator");
        client = server.ClientOf(admin);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("/administration/scripts")]
    [InlineData("/administration/scripts/runs")]
    [InlineData("/administration/scripts/reference")]
    [InlineData("/administration/scripts/edit")]
    public async Task They_are_for_those_who_configure_and_speak_both_languages(string path)
    {
        foreach (var language in Languages.All)
        {
            using var shown = await client.GetAsync($"{path}?lang={language}");
            var html = await shown.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("[scripts.", html, StringComparison.Ordinal);
            Assert.DoesNotContain("[administration.", html, StringComparison.Ordinal);
        }

        using var agent = server.ClientOf(await server.PersonAsync("Alex Agent", "agent"));
        using var refused = await agent.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_script_is_written_tried_and_its_runs_are_listed()
    {
        var (saved, _) = await PostAsync("Save", "log.info('1 < 2'); return 6 * 7;");
        Assert.Equal(HttpStatusCode.Redirect, saved);
        var editor = server.Services.GetRequiredService<IConfigurationEditor>();
        Assert.Contains("return 6 * 7;", editor.YamlOf(DocumentKinds.Script, "answer"), StringComparison.Ordinal);

        var (tried, html) = await PostAsync("Try", "log.info('1 < 2'); return 6 * 7;");
        Assert.Equal(HttpStatusCode.OK, tried);
        Assert.Contains("<pre class=\"code-block\">42</pre>", html, StringComparison.Ordinal);
        Assert.Contains("info: 1 &lt; 2", html, StringComparison.Ordinal);

        var runs = await client.GetStringAsync("/administration/scripts/runs");
        Assert.Contains("Console", runs, StringComparison.Ordinal);
        Assert.Contains("<span class=\"quiet\">Ada Admin</span>", runs, StringComparison.Ordinal);

        // Who may less does not try as the administrator.
        var role = "kind: role\nid: editor\nname: Editor\npermissions: [configuration.write]\n";
        await editor.SaveAsync(role, null, new ConfigurationAuthor(null, "test", null));
        client.Dispose();
        client = server.ClientOf(await server.PersonAsync("Eddy Editor", "editor"));
        var (status, told) = await PostAsync("Try", "return tickets.search('');");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains($"You cannot let this act as {admin.Email}.", told, StringComparison.Ordinal);
        Assert.Contains("<code>/actor</code>", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_is_shown_with_its_line_and_nothing_is_written()
    {
        var (status, html) = await PostAsync("Save", "let a = ;");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Line 1, column 9: Unexpected token", html, StringComparison.Ordinal);
        Assert.Null(server.Services.GetRequiredService<IConfigurationEditor>().YamlOf(DocumentKinds.Script, "answer"));

        var (checkedStatus, marks) = await PostAsync("Check", "let a = ;");
        Assert.Equal(HttpStatusCode.OK, checkedStatus);
        Assert.Contains("\"line\":1,\"column\":9", marks, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Html)> PostAsync(string handler, string source)
    {
        using var form = await client.GetAsync("/administration/scripts/edit");
        using var post = new HttpRequestMessage(HttpMethod.Post, $"/administration/scripts/edit?handler={handler}");
        post.Headers.Add(
            "Cookie",
            string.Join("; ", form.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]))
        );
        post.Headers.Add(
            "RequestVerificationToken",
            Token().Match(await form.Content.ReadAsStringAsync()).Groups["token"].Value
        );
        post.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["id"] = "answer",
                ["english"] = "Answer",
                ["korean"] = "답",
                ["use"] = "called",
                ["actor"] = admin.Email,
                ["enabled"] = "true",
                ["version"] = "0",
                ["source"] = source,
            }
        );
        using var answer = await client.SendAsync(post);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"request-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
