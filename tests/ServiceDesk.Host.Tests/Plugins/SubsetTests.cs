using System.Net;
using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Plugins.Administration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Storage;

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

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        yard.Dispose();
    }

    [Theory]
    [OnBothDatabases]
    public async Task Each_subset_of_the_plugins_works_without_the_others(DatabaseProvider provider)
    {
        await StartAsync(provider);
        using var working = server.ClientOf(agent);
        using var asking = server.ClientOf(customer);
        using var administering = server.ClientOf(administrator);
        var administration = server.Services.GetRequiredService<IPluginAdministration>();
        var isOn = Shipped.ToDictionary(plugin => plugin, _ => true, StringComparer.Ordinal);

        // Every subset on the embedded database; on the other one those in which every two plugins meet on and off.
        var subsets = provider == DatabaseProvider.Sqlite ? All() : Pairs();
        foreach (var (number, wanted) in subsets.Index())
        {
            foreach (var plugin in Shipped.Where(plugin => isOn[plugin] != wanted.Contains(plugin)))
            {
                isOn[plugin] = !isOn[plugin];
                Assert.Equal(
                    PluginChange.Now,
                    isOn[plugin] ? administration.SwitchOn(plugin) : administration.SwitchOff(plugin)
                );
            }

            var subset = string.Join(" ", Shipped.Where(one => isOn[one]));
            await OpensAsync(working, subset, [.. tickets.Values.Select(key => $"/workspace/tickets/{key}")]);
            await OpensAsync(working, subset, "/workspace/search?q=whole");
            await OpensAsync(asking, subset, "/portal", $"/portal/requests/{tickets["incident"]}");
            await OpensAsync(administering, subset, "/administration/plugins");
            await WorksAsync(subset, number + 1);
            await AnswersAsync(working, "/plugins/reports/list", isOn["reports"], subset);
            await AnswersAsync(working, "/plugins/crm/accounts", isOn["crm"], subset);
            await AnswersAsync(working, "/plugins/changes/calendar", isOn["changes"], subset);
        }

        foreach (var off in Shipped.Where(one => !isOn[one]))
        {
            administration.SwitchOn(off);
        }

        // What was done meanwhile is there, and so is what each plugin knew before.
        var last = subsets.Count / tickets.Count * tickets.Count;
        var incident = await working.GetStringAsync($"/workspace/tickets/{tickets["incident"]}");
        Assert.Contains("All printers", incident, StringComparison.Ordinal);
        Assert.Contains(tickets["problem"], incident, StringComparison.Ordinal);
        Assert.Contains($"Beside subset {last} (", incident, StringComparison.Ordinal);
        Assert.Contains(
            tickets["service-request"],
            await working.GetStringAsync($"/workspace/tickets/{tickets["change"]}"),
            StringComparison.Ordinal
        );
        Assert.Empty(server.Plugins.All.SelectMany(plugin => plugin.Health.Handlers));
    }

    [Fact]
    public void Every_two_plugins_meet_on_and_off_in_the_pairs()
    {
        var subsets = Pairs();
        foreach (var one in Shipped)
        {
            foreach (var other in Shipped.Where(plugin => plugin != one))
            {
                var met = subsets.Select(subset => (subset.Contains(one), subset.Contains(other))).Distinct();
                Assert.Equal(4, met.Count());
            }
        }
    }

    private async Task StartAsync(DatabaseProvider provider)
    {
        foreach (var plugin in Shipped)
        {
            yard.InstallShipped(plugin);
        }

        server = await ServiceDeskServer.StartAsync(
            new ServerSetup { PluginFolder = yard.Installed, Database = provider }
        );
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

    // One plugin is switched from one subset to the next, until all have been.
    private static List<HashSet<string>> All()
    {
        var isOn = Shipped.ToHashSet(StringComparer.Ordinal);
        var subsets = new List<HashSet<string>>();
        for (var step = 1; step < 1 << Shipped.Length; step++)
        {
            var plugin = Shipped[BitOperations.TrailingZeroCount(step)];
            if (!isOn.Remove(plugin))
            {
                isOn.Add(plugin);
            }

            subsets.Add([.. isOn]);
        }

        return subsets;
    }

    // Each plugin is on in three of five subsets, no two in the same three, so that any two meet, and miss each other either
    // way; in the sixth none is on.
    private static List<HashSet<string>> Pairs()
    {
        const int Rows = 5;
        var threes = Enumerable.Range(0, 1 << Rows).Where(bits => BitOperations.PopCount((uint)bits) == 3).ToList();
        return
        [
            .. Enumerable
                .Range(0, Rows)
                .Select(row =>
                    Shipped.Where((_, plugin) => (threes[plugin] & (1 << row)) != 0).ToHashSet(StringComparer.Ordinal)
                ),
            [],
        ];
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
