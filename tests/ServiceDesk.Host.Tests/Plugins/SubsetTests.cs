using System.Net;
using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Plugins.Administration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>The product's plugins beside every subset of each other: what is on works, what is off is gone, nothing fails.</summary>
public sealed class SubsetTests : IAsyncLifetime
{
    private static readonly string[] Shipped =
    [
        "changes",
        "crm",
        "incidents",
        "links",
        "problems",
        "reports",
        "requests",
    ];

    private readonly PluginYard yard = new();
    private readonly Dictionary<string, string> tickets = new(StringComparer.Ordinal);
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person customer = null!;
    private Person administrator = null!;

    public async Task InitializeAsync()
    {
        foreach (var plugin in Shipped)
        {
            yard.InstallShipped(plugin);
        }

        server = await ServiceDeskServer.StartAsync(new ServerSetup { PluginFolder = yard.Installed });
        agent = await server.PersonAsync("Alex Agent", "agent");
        customer = await server.PersonAsync("Kim Minji", "customer");
        administrator = await server.PersonAsync("Ada Admin", "administrator");
        foreach (var type in (string[])["incident", "problem", "change", "service-request"])
        {
            tickets[type] = $"{(await server.OpenAsync(customer, $"A whole {type}", type)).Key}";
        }

        // Each carries what the plugins keep of it.
        await server.CallScriptAsync(agent, "incidents", "declareMajor", tickets["incident"], "All printers");
        await server.CallScriptAsync(agent, "problems", "attach", tickets["problem"], tickets["incident"]);
        await server.CallScriptAsync(agent, "links", "link", tickets["change"], "relates", tickets["service-request"]);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        yard.Dispose();
    }

    [Fact]
    public async Task Each_subset_of_the_plugins_works_without_the_others()
    {
        using var working = server.ClientOf(agent);
        using var asking = server.ClientOf(customer);
        using var administering = server.ClientOf(administrator);
        var administration = server.Services.GetRequiredService<IPluginAdministration>();
        var isOn = Shipped.ToDictionary(plugin => plugin, _ => true, StringComparer.Ordinal);

        // One plugin is switched from one subset to the next, until all have been.
        for (var step = 1; step < 1 << Shipped.Length; step++)
        {
            var plugin = Shipped[BitOperations.TrailingZeroCount(step)];
            isOn[plugin] = !isOn[plugin];
            Assert.Equal(
                PluginChange.Now,
                isOn[plugin] ? administration.SwitchOn(plugin) : administration.SwitchOff(plugin)
            );
            var subset = string.Join(" ", Shipped.Where(one => isOn[one]));
            await OpensAsync(working, subset, [.. tickets.Values.Select(key => $"/workspace/tickets/{key}")]);
            await OpensAsync(working, subset, "/workspace/search?q=whole");
            await OpensAsync(asking, subset, "/portal", $"/portal/requests/{tickets["incident"]}");
            await OpensAsync(administering, subset, "/administration/plugins");
            await WorksAsync(subset, step);
            await AnswersAsync(working, "/plugins/reports/list", isOn["reports"], subset);
            await AnswersAsync(working, "/plugins/crm/accounts", isOn["crm"], subset);
            await AnswersAsync(working, "/plugins/changes/calendar", isOn["changes"], subset);
        }

        foreach (var off in Shipped.Where(one => !isOn[one]))
        {
            administration.SwitchOn(off);
        }

        // What was done meanwhile is there, and so is what each plugin knew before.
        var incident = await working.GetStringAsync($"/workspace/tickets/{tickets["incident"]}");
        Assert.Contains("All printers", incident, StringComparison.Ordinal);
        Assert.Contains(tickets["problem"], incident, StringComparison.Ordinal);
        Assert.Contains($"Beside subset {(1 << Shipped.Length) - tickets.Count} (", incident, StringComparison.Ordinal);
        Assert.Contains(
            tickets["service-request"],
            await working.GetStringAsync($"/workspace/tickets/{tickets["change"]}"),
            StringComparison.Ordinal
        );
        Assert.Empty(server.Plugins.All.SelectMany(plugin => plugin.Health.Handlers));
    }

    private static async Task OpensAsync(HttpClient client, string subset, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            var answer = await client.GetAsync(address);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} with {subset}: {answer.StatusCode}");
        }
    }

    private static async Task AnswersAsync(HttpClient client, string address, bool isThere, string subset)
    {
        var answer = await client.GetAsync(address);
        var expected = isThere ? HttpStatusCode.OK : HttpStatusCode.NotFound;
        Assert.True(answer.StatusCode == expected, $"{address} with {subset}: {answer.StatusCode}");
    }

    private async Task WorksAsync(string subset, int step)
    {
        var key = tickets.Values.ElementAt(step % tickets.Count);
        await server.CallScriptAsync(agent, "ticket", "note", key, $"Beside subset {step} ({subset}).");
    }
}
