using System.Net.Http.Json;
using System.Text.Json;

namespace ServiceDesk.Faults.Tests;

/// <summary>The server is killed while a new version of a promise comes to the clocks that run.</summary>
public sealed class ChangeoverKillTests
{
    private const int Tickets = 260;
    private const int Kills = 2;
    private const int FirstHours = 20;
    private const int MostVersions = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Each_clock_takes_the_new_version_once()
    {
        await using var installation = await Installation.CreateAsync();
        using var client = installation.Client();
        var (versions, kills) = (0, 0);
        while (kills < Kills)
        {
            await using var server = await installation.StartAsync();
            if (versions == 0)
            {
                await SetUpAsync(client);
            }

            // In the middle of one: of the one that the last kill broke off, or of the next where nobody saw it in time.
            var before = versions == 0 ? 0 : Seen(await LastAsync(client));
            for (var isMiddle = false; !isMiddle; )
            {
                if (versions == 0 || IsFinished(await LastAsync(client)))
                {
                    Assert.True(++versions <= MostVersions, "No kill came in the middle of a changeover");
                    await PublishAsync(client, FirstHours - versions);
                    before = 0;
                }

                var moved = await UntilAsync(client, one => IsFinished(one) || Seen(one) > before);
                isMiddle = !IsFinished(moved);
            }

            await server.KillAsync();
            kills++;
        }

        await CheckAsync(installation, versions);
    }

    private static async Task SetUpAsync(HttpClient client)
    {
        await OkAsync(await client.PutAsJsonAsync("/api/v1/configuration/sla-policy/slow", Policy(FirstHours)));
        await Parallel.ForAsync(0, Tickets, async (number, _) => await OpenAsync(client, number));
    }

    private static async Task PublishAsync(HttpClient client, int hours)
    {
        await OkAsync(await client.PutAsJsonAsync("/api/v1/sla/drafts/sla-policy/slow", Policy(hours)));
        await OkAsync(
            await client.PostAsJsonAsync(
                "/api/v1/sla/drafts/sla-policy/slow/publish",
                new { mode = "keep-elapsed", comment = "Sooner" }
            )
        );
    }

    private static async Task OpenAsync(HttpClient client, int number) =>
        await OkAsync(
            await client.PostAsJsonAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "FAULT",
                    type = "incident",
                    summary = $"Slow {number}",
                    description = "",
                }
            )
        );

    private static async Task CheckAsync(Installation installation, int versions)
    {
        await using var server = await installation.StartAsync();
        using var client = installation.Client();
        await UntilAsync(client, IsFinished);
        var tickets = await new Audit(installation).ReadAsync();
        Assert.Equal(Tickets, tickets.Count);
        Assert.All(
            tickets,
            ticket => Assert.Equal(versions, ticket.Events.Count(told => told.Name == "sla.version-applied"))
        );
        Audit.HoldPromises(tickets);
        await server.KillAsync();
        var verified = await installation.RunAsync("verify");
        Assert.True(verified.Exit == 0, verified.Output + verified.Error);
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, Func<JsonElement, bool> reached)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var one = await LastAsync(client, limit.Token);
            if (reached(one))
            {
                return one;
            }

            await Task.Delay(BetweenLooks, limit.Token);
        }
    }

    private static async Task<JsonElement> LastAsync(HttpClient client, CancellationToken cancellation = default)
    {
        var all = await client.GetFromJsonAsync<JsonElement>("/api/v1/sla/changeovers", cancellation);
        return all.GetProperty("items")[0];
    }

    private static bool IsFinished(JsonElement changeover) =>
        changeover.GetProperty("finishedAt").ValueKind != JsonValueKind.Null;

    private static int Seen(JsonElement changeover) => changeover.GetProperty("seen").GetInt32();

    private static async Task OkAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    // Beside the promise of seconds that every ticket of the desk has.
    private static object Policy(int hours) =>
        new
        {
            id = "slow",
            name = "Slow",
            order = 1,
            query = "desk = FAULT",
            metrics = new[]
            {
                new
                {
                    id = "slow-resolution",
                    name = "Slow",
                    start = new[] { new { on = "opened" } },
                    stop = new[] { new { on = "resolved" } },
                    goals = new[] { new { target = $"PT{hours}H", calendar = "24x7" } },
                },
            },
        };
}
