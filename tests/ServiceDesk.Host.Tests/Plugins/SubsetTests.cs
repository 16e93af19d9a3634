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
    private readonly PluginYard yard = new();
    private ServiceDeskServer server = null!;
    private SubsetWork work = null!;
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
        using var working = await work.ClientAsync();
        using var asking = server.ClientOf(customer);
        using var administering = server.ClientOf(administrator);
        var administration = server.Services.GetRequiredService<IPluginAdministration>();
        var isOn = SubsetWork.Plugins.ToDictionary(plugin => plugin, _ => true, StringComparer.Ordinal);
        string[] read =
        [
            .. work.Tickets.Values.SelectMany(key => (string[])[$"/workspace/tickets/{key}", $"/api/v1/tickets/{key}"]),
            "/workspace/search?q=whole",
        ];

        // Every subset on the embedded database; on the other one those in which every two plugins meet on and off.
        var subsets = provider == DatabaseProvider.Sqlite ? All() : Pairs();
        foreach (var (number, wanted) in subsets.Index())
        {
            foreach (var plugin in SubsetWork.Plugins.Where(plugin => isOn[plugin] != wanted.Contains(plugin)))
            {
                isOn[plugin] = !isOn[plugin];
                Assert.Equal(
                    PluginChange.Now,
                    isOn[plugin] ? administration.SwitchOn(plugin) : administration.SwitchOff(plugin)
                );
            }

            var subset = string.Join(" ", SubsetWork.Plugins.Where(one => isOn[one]));
            await Task.WhenAll([
                OpensAsync(working, subset, read),
                OpensAsync(asking, subset, "/portal", $"/portal/requests/{work.Tickets["incident"]}"),
                OpensAsync(asking, subset, $"/portal/ask/ITSD/{SubsetWork.RequestType}"),
                OpensAsync(administering, subset, "/administration/plugins"),
                work.DoAsync(working, wanted, number + 1),
            ]);
        }

        foreach (var off in SubsetWork.Plugins.Where(one => !isOn[one]))
        {
            administration.SwitchOn(off);
        }

        // What was done meanwhile is there, and so is what each plugin knew before.
        var incident = await working.GetStringAsync($"/workspace/tickets/{work.Tickets["incident"]}");
        Assert.Contains("All printers", incident, StringComparison.Ordinal);
        Assert.Contains(work.Tickets["problem"], incident, StringComparison.Ordinal);
        Assert.Contains($"Beside subset {subsets.Count}.", incident, StringComparison.Ordinal);
        Assert.Contains(
            work.Tickets["service-request"],
            await working.GetStringAsync($"/workspace/tickets/{work.Tickets["change"]}"),
            StringComparison.Ordinal
        );
        await work.AgreeAsync(working);
        Assert.Empty(server.Plugins.All.SelectMany(plugin => plugin.Health.Handlers));
    }

    [Fact]
    public void Every_two_plugins_meet_on_and_off_in_the_pairs()
    {
        var subsets = Pairs();
        foreach (var one in SubsetWork.Plugins)
        {
            foreach (var other in SubsetWork.Plugins.Where(plugin => plugin != one))
            {
                var met = subsets.Select(subset => (subset.Contains(one), subset.Contains(other))).Distinct();
                Assert.Equal(4, met.Count());
            }
        }
    }

    private async Task StartAsync(DatabaseProvider provider)
    {
        foreach (var plugin in SubsetWork.Plugins)
        {
            yard.InstallShipped(plugin);
        }

        server = await ServiceDeskServer.StartAsync(
            new ServerSetup { PluginFolder = yard.Installed, Database = provider }
        );
        agent = await server.PersonAsync("Alex Agent", "agent");
        customer = await server.PersonAsync("Kim Minji", "customer");
        administrator = await server.PersonAsync("Ada Admin", "administrator");
        work = new SubsetWork(server, agent);
        await work.BeginAsync(customer, administrator);
    }

    // One plugin is switched from one subset to the next, until all have been.
    private static List<HashSet<string>> All()
    {
        var isOn = SubsetWork.Plugins.ToHashSet(StringComparer.Ordinal);
        var subsets = new List<HashSet<string>>();
        for (var step = 1; step < 1 << SubsetWork.Plugins.Count; step++)
        {
            var plugin = SubsetWork.Plugins[BitOperations.TrailingZeroCount(step)];
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
                    SubsetWork
                        .Plugins.Where((_, plugin) => (threes[plugin] & (1 << row)) != 0)
                        .ToHashSet(StringComparer.Ordinal)
                ),
            [],
        ];
    }

    private static async Task OpensAsync(HttpClient client, string subset, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            using var answer = await client.GetAsync(address);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} with {subset}: {answer.StatusCode}");
        }
    }
}
