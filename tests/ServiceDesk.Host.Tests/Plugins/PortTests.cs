using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins.Background;
using ServiceDesk.Host.Plugins.Isolation;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>Facts before decisions, jobs and navigation: what plugins bring besides what stands on a ticket.</summary>
public sealed class PortTests : IAsyncLifetime
{
    private readonly PluginYard yard = new("good", "throws-in-handler");
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
    public async Task A_decision_knows_what_its_plugin_looked_up_for_the_one_who_asks()
    {
        var one = await server.OpenAsync(customer, "First");
        var other = await server.OpenAsync(customer, "Second");
        using var client = server.ClientOf(agent);

        var known = await client.PostAsync($"/api/v1/plugins/good/tickets/{one.Key}/like/{other.Key}", null);
        var unknown = await client.PostAsync($"/api/v1/plugins/good/tickets/{one.Key}/like/ITSD-999", null);

        Assert.Equal(["Second"], await known.Content.ReadFromJsonAsync<string[]>() ?? []);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_source_of_facts_that_throws_is_counted_and_keeps_no_ticket_from_being_opened()
    {
        var ticket = await server.OpenAsync(customer, "facts");

        Assert.Equal("facts", ticket.Summary);
        Assert.Equal(1, HealthOf("throws-in-handler", "facts Unknown")!.Failures);
    }

    [Fact]
    public async Task A_source_of_the_search_that_throws_is_counted_and_its_group_is_told_as_missing()
    {
        await server.OpenAsync(agent, "Searched beside a fault");
        using var client = server.ClientOf(agent);

        var page = await client.GetStringAsync("/workspace/search?q=beside&lang=en");

        Assert.Contains("<mark>beside</mark>", page, StringComparison.Ordinal);
        Assert.Contains("This part of the search gives no answer now.", page, StringComparison.Ordinal);
        Assert.Equal(1, HealthOf("throws-in-handler", "search throws-in-handler.things")!.Failures);
    }

    [Fact]
    public async Task The_portals_home_suggests_what_plugins_bring_for_it_while_a_source_fails()
    {
        using var client = server.ClientOf(customer);

        var page = await client.GetStringAsync("/portal?q=praise&lang=en");

        Assert.Contains("How to <mark>praise</mark> a colleague", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/plugins/good/hello\"", page, StringComparison.Ordinal);
        Assert.Contains("This part of the search gives no answer now.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("How to", await client.GetStringAsync("/portal?q=printer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_runs_once_in_its_time_however_often_is_looked()
    {
        await LookAgainAndAgainAsync();
        Assert.Equal(1, await RunsAsync());

        server.Clock.Advance(Duration.FromMinutes(59));
        await LookAgainAndAgainAsync();
        Assert.Equal(1, await RunsAsync());

        server.Clock.Advance(Duration.FromMinutes(1));
        await LookAgainAndAgainAsync();
        Assert.Equal(2, await RunsAsync());
    }

    [Fact]
    public async Task A_job_that_throws_is_tried_again_at_its_turns_and_rests_after_five()
    {
        for (var turn = 0; turn < 7; turn++)
        {
            await server.Services.GetRequiredService<PluginJobs>().RunDueAsync(CancellationToken.None);
            server.Clock.Advance(Duration.FromMinutes(1));
        }

        var health = HealthOf("throws-in-handler", "job throwing")!;
        Assert.Equal(5, health.Failures);
        Assert.True(health.IsPaused);
    }

    [Fact]
    public async Task A_link_of_a_plugin_stands_in_the_navigation_of_those_who_may_follow_it()
    {
        var written = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                "kind: role\nid: plain\nname: Plain\npermissions: [ticket.work]\n",
                null,
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.Equal(ConfigurationStatus.Written, written.Status);
        using var agents = server.ClientOf(agent);
        using var others = server.ClientOf(await server.PersonAsync("Pat Plain", "plain"));

        Assert.Contains("/plugins/good/hello", await agents.GetStringAsync("/workspace"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "/plugins/good/hello",
            await others.GetStringAsync("/workspace/search"),
            StringComparison.Ordinal
        );
    }

    private async Task LookAgainAndAgainAsync()
    {
        var jobs = server.Services.GetRequiredService<PluginJobs>();
        await Task.WhenAll(jobs.RunDueAsync(CancellationToken.None), jobs.RunDueAsync(CancellationToken.None));
        await jobs.RunDueAsync(CancellationToken.None);
    }

    private async Task<int> RunsAsync()
    {
        using var client = server.ClientOf(agent);
        var counted = await client.GetFromJsonAsync<JsonElement>("/api/v1/plugins/good/count");
        return counted.GetProperty("runs").GetInt32();
    }

    private HandlerHealth? HealthOf(string plugin, string handler) =>
        server.Plugins.Find(plugin)!.Health.Handlers.SingleOrDefault(health => health.Handler == handler);
}
