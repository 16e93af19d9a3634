using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins.Administration;
using ServiceDesk.Host.Plugins.Settings;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>A whole server with plugins that behave and plugins that do not.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private readonly PluginYard yard = new(
        "good",
        "throws-at-start",
        "throws-in-handler",
        "hangs-in-handler",
        "needs-newer-sdk",
        "route-without-policy"
    );

    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person customer = null!;

    public async Task InitializeAsync()
    {
        yard.InstallShipped("incidents");
        server = await ServiceDeskServer.StartAsync(new ServerSetup { PluginFolder = yard.Installed });
        agent = await server.PersonAsync("Alex Agent", "agent");
        customer = await server.PersonAsync("Kim Minji", "customer");
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        yard.Dispose();
    }

    [Fact]
    public async Task The_server_lives_and_tells_what_became_of_each_plugin_in_both_languages()
    {
        var administrator = await server.PersonAsync("Ada Admin", "administrator");
        using var client = server.ClientOf(administrator);

        var english = await client.GetStringAsync("/administration/plugins?lang=en");
        var korean = WebUtility.HtmlDecode(await client.GetStringAsync("/administration/plugins?lang=ko"));

        Assert.Contains("The licence file is missing.", english, StringComparison.Ordinal);
        Assert.Contains("It needs the SDK &gt;=99.0", english, StringComparison.Ordinal);
        Assert.Contains("does not say who may use it", english, StringComparison.Ordinal);
        Assert.Contains("시작하는 중에 오류가 발생했습니다", korean, StringComparison.Ordinal);
        Assert.Contains("사용 권한이 지정되어 있지 않습니다", korean, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_throws_is_answered_with_a_problem_that_names_the_plugin()
    {
        using var client = server.ClientOf(agent);

        var answer = await client.GetAsync("/api/v1/plugins/throws-in-handler/throw");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("throws-in-handler", problem.GetProperty("plugin").GetString());
        Assert.DoesNotContain("Planned failure", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            Report("throws-in-handler").Handlers,
            handler => handler.Handler.EndsWith("/throw", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_route_that_never_ends_is_cut_off()
    {
        using var client = server.ClientOf(agent);
        var request = client.GetAsync("/api/v1/plugins/hangs-in-handler/hang");

        await server.UntilAsync(() =>
        {
            server.Clock.Advance(Duration.FromSeconds(10));
            return Task.FromResult(request.IsCompleted);
        });

        await Assert.ThrowsAnyAsync<Exception>(() => request);
        Assert.Equal(1, Report("hangs-in-handler").Failures);
    }

    [Fact]
    public async Task A_view_that_throws_and_one_that_never_ends_show_nothing_and_the_page_lives()
    {
        var ticket = await server.OpenAsync(customer, "Mail does not arrive");
        using var client = server.ClientOf(agent);
        var request = client.GetAsync($"/workspace/tickets/{ticket.Key}");

        while (!request.IsCompleted)
        {
            // One limit at a time: what ends by itself has five real seconds in between.
            await Task.WhenAny(request, Task.Delay(TimeSpan.FromSeconds(5)));
            server.Clock.Advance(Duration.FromSeconds(5));
        }

        var answer = await request;
        var page = await answer.Content.ReadAsStringAsync();

        Assert.True(answer.IsSuccessStatusCode, page + server.Log);
        Assert.Contains("Mail does not arrive", page, StringComparison.Ordinal);
        Assert.DoesNotContain("half a view", page, StringComparison.Ordinal);
        Assert.True(
            page.Contains("Praise 0", StringComparison.Ordinal),
            string.Join('\n', Report("good").Handlers) + page
        );
        Assert.Contains(Report("throws-in-handler").Handlers, handler => handler.Handler == "slot view");
        Assert.Contains(Report("hangs-in-handler").Handlers, handler => handler.Handler == "slot view");
    }

    [Fact]
    public async Task A_reaction_that_throws_holds_up_no_other_and_rests_after_five_failures()
    {
        await server.OpenAsync(customer, "Mail does not arrive");

        await server.UntilAsync(() =>
        {
            server.Clock.Advance(Duration.FromMinutes(1));
            return Task.FromResult(Reaction() is { IsPaused: true });
        });

        using var client = server.ClientOf(agent);
        await server.UntilAsync(async () =>
            (await client.GetFromJsonAsync<JsonElement>("/api/v1/plugins/good/count")).GetProperty("events").GetInt32()
            > 0
        );
        Assert.Equal(5, Reaction()!.InARow);
        Assert.Contains("Planned failure in the reaction.", Reaction()!.LastError!, StringComparison.Ordinal);

        HandlerReport? Reaction() =>
            Report("throws-in-handler").Handlers.SingleOrDefault(handler => handler.Handler == "reaction throwing");
    }

    [Fact]
    public void A_background_service_that_throws_does_not_end_the_server() =>
        Assert.False(
            server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested
        );

    [Fact]
    public async Task Files_of_a_plugin_are_served_unsniffed_and_only_of_known_types()
    {
        using var client = server.ClientOf(agent);

        var style = await client.GetAsync("/plugins/good/good.css");
        Assert.Equal(HttpStatusCode.OK, style.StatusCode);
        Assert.Equal("nosniff", Assert.Single(style.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/plugins/good/odd.unknowntype")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/plugins/good/../plugin.json")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/plugins/good/%2e%2e/plugin.json")).StatusCode);
    }

    [Fact]
    public async Task A_page_of_a_plugin_is_for_those_with_its_permission()
    {
        using var working = server.ClientOf(agent);
        using var asking = server.ClientOf(customer);

        Assert.Contains(
            "Praise",
            await working.GetStringAsync("/plugins/good/hello?lang=en"),
            StringComparison.Ordinal
        );
        var korean = WebUtility.HtmlDecode(await working.GetStringAsync("/plugins/good/hello?lang=ko"));
        Assert.Contains("칭찬", korean, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await asking.GetAsync("/plugins/good/hello")).StatusCode);
    }

    [Theory]
    [InlineData("""{"words":[{"word":"thanks","times":1},{"word":"bravo","times":"two"}]}""", "/words/1/times")]
    [InlineData("""{"words":[],"wrods":[]}""", "/wrods")]
    public async Task A_body_that_a_route_cannot_take_is_told_with_its_place(string body, string pointer)
    {
        using var client = server.ClientOf(agent);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await client.PostAsync("/api/v1/plugins/good/words", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("api.body-wrong", problem.GetProperty("code").GetString());
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Switched_off_it_is_gone_at_once_and_back_at_once()
    {
        using var client = server.ClientOf(agent);
        var administration = server.Services.GetRequiredService<IPluginAdministration>();

        Assert.Equal(PluginChange.Now, administration.SwitchOff("good"));
        Assert.True(Report("good").NeedsRestart);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/plugins/good/count")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/plugins/good/good.css")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/plugins/good/hello")).StatusCode);

        Assert.Equal(PluginChange.Now, administration.SwitchOn("good"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/plugins/good/count")).StatusCode);
        Assert.Equal(PluginChange.NoSuchPlugin, administration.SwitchOff("nobody"));
    }

    [Fact]
    public async Task Settings_are_held_against_the_plugins_class_and_kept_with_history()
    {
        var editor = server.Services.GetRequiredService<PluginSettingsEditor>();
        var author = new ConfigurationAuthor(agent.Id, null, null);

        var refused = await editor.SaveAsync("good", Values("thanks", "1000"), author, default);
        Assert.Equal(ConfigurationStatus.Invalid, refused.Status);
        Assert.Equal("/values/most", Assert.Single(refused.Problems).Problem.Path);

        Assert.Equal(
            ConfigurationStatus.Written,
            (await editor.SaveAsync("good", Values("bravo", "5"), author, default)).Status
        );
        Assert.Equal(["bravo", "5"], editor.InputsOf("good")!.Select(input => input.Value));
        var history = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .HistoryAsync(DocumentKinds.PluginSettings, "good");
        Assert.Equal(agent.Id, Assert.Single(history).Author.Person);

        static Dictionary<string, string> Values(string word, string most) =>
            new() { ["word"] = word, ["most"] = most };
    }

    [Fact]
    public async Task Permissions_go_to_their_first_roles_once()
    {
        var viewer = await server.ViewerAsync(agent);
        Assert.True(viewer.May("good.praise"));
        var editor = server.Services.GetRequiredService<IConfigurationEditor>();
        // It names agents alone; without it administrators could neither take it from them nor give it to others.
        var mine = editor.YamlOf(DocumentKinds.Role, "administrator")!;
        Assert.Contains("good.praise", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("good.praise", editor.YamlOf(DocumentKinds.Role, "customer"), StringComparison.Ordinal);
        var yaml = editor.YamlOf(DocumentKinds.Role, "agent")!;
        var without = string.Join(
            '\n',
            yaml.Split('\n').Where(line => !line.Contains("good.praise", StringComparison.Ordinal))
        );
        await editor.SaveAsync(without, null, new ConfigurationAuthor(null, "test", null));

        await server.RestartAsync();

        Assert.False((await server.ViewerAsync(agent)).May("good.praise"));
    }

    [Fact]
    public async Task Documents_of_a_plugin_are_part_of_the_configuration()
    {
        var configuration = server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

        Assert.True(configuration.TryGet<FieldDocument>("praise-word", out _));
        Assert.False(configuration.TryGet<FieldDocument>("nobody", out _));
        await Task.CompletedTask;
    }

    private PluginReport Report(string plugin) =>
        server.Services.GetRequiredService<IPluginAdministration>().Find(plugin)!;
}
