using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Reports.Tests;

/// <summary>Reports and dashboards made and changed over REST, by whoever may do so on pages.</summary>
public sealed class DefinitionTests : IAsyncLifetime
{
    private const string Api = "/api/v1/plugins/reports";
    private ReportWorld world = null!;

    public async Task InitializeAsync() => world = await ReportWorld.StartAsync();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_report_is_made_read_changed_and_removed()
    {
        using var admin = world.Server.ClientOf(await world.Server.PersonAsync("Ada Admin", "administrator"));
        var made = await ReadAsync(
            await admin.PostAsJsonAsync(
                $"{Api}/reports",
                new
                {
                    name = new { en = "Night shift", ko = "야간" },
                    series = "backlog",
                    days = 7,
                }
            ),
            HttpStatusCode.Created
        );
        var address = $"{Api}/reports/{made.GetProperty("id").GetString()}/definition";
        Assert.Equal(("night-shift", 7), (made.GetProperty("id").GetString(), made.GetProperty("days").GetInt32()));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"{Api}/reports/night-shift")).StatusCode);

        var changed = new
        {
            name = new { en = "Night shift" },
            series = "workload",
            groupBy = "team",
            version = made.GetProperty("version").GetInt32(),
        };
        var saved = await ReadAsync(await admin.PutAsJsonAsync(address, changed), HttpStatusCode.OK);
        Assert.Equal("workload", saved.GetProperty("series").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PutAsJsonAsync(address, changed)).StatusCode);
        Assert.Equal("team", (await ReadAsync(await admin.GetAsync(address))).GetProperty("groupBy").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_a_report_is_said_and_nothing_is_kept()
    {
        using var admin = world.Server.ClientOf(await world.Server.PersonAsync("Ada Admin", "administrator"));
        using var agent = world.Server.ClientOf(world.Agent);

        var nameless = await ReadAsync(
            await admin.PostAsJsonAsync($"{Api}/reports", new { series = "backlog" }),
            HttpStatusCode.UnprocessableEntity
        );
        var uncounted = await admin.PostAsJsonAsync(
            $"{Api}/reports",
            new
            {
                name = new { en = "X" },
                series = "backlog",
                query = "nonsense ===",
            }
        );
        var misspelt = await admin.PostAsJsonAsync($"{Api}/reports", new { nam = "X" });

        Assert.Equal("reports.refusal.name", nameless.GetProperty("code").GetString());
        Assert.InRange((int)uncounted.StatusCode, 400, 422);
        Assert.Equal(HttpStatusCode.BadRequest, misspelt.StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await agent.PostAsJsonAsync($"{Api}/reports", new { name = new { en = "X" }, series = "backlog" })
            ).StatusCode
        );
    }

    [Fact]
    public async Task Everybody_makes_own_dashboards_and_nobody_sees_those_of_others()
    {
        using var agent = world.Server.ClientOf(world.Agent);
        using var other = world.Server.ClientOf(world.Both);
        var mine = new
        {
            name = new { en = "Mine" },
            gadgets = new object[]
            {
                new
                {
                    report = "backlog",
                    show = "figure",
                    wide = true,
                    days = 14,
                },
            },
        };
        var made = await ReadAsync(await agent.PostAsJsonAsync($"{Api}/dashboards", mine), HttpStatusCode.Created);
        var address = $"{Api}/dashboards/{made.GetProperty("id").GetString()}";

        var seen = await ReadAsync(await agent.GetAsync(address));
        var gadget = seen.GetProperty("gadgets")[0];
        Assert.Equal(
            ("me", true, "figure", 14),
            (
                seen.GetProperty("for").GetString(),
                seen.GetProperty("mayEdit").GetBoolean(),
                gadget.GetProperty("show").GetString(),
                gadget.GetProperty("days").GetInt32()
            )
        );
        foreach (
            var hidden in new[]
            {
                await other.GetAsync(address),
                await other.PutAsJsonAsync(address, mine),
                await other.DeleteAsync(address),
            }
        )
        {
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }

        var forAll = new { name = new { en = "All" }, @for = "everyone" };
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostAsJsonAsync($"{Api}/dashboards", forAll)).StatusCode);
        Assert.Equal(
            HttpStatusCode.OK,
            (await agent.PutAsJsonAsync(address, new { name = new { en = "Mine still" } })).StatusCode
        );
        Assert.Equal(HttpStatusCode.NoContent, (await agent.DeleteAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task An_operator_has_the_figures_made_anew_and_nobody_else()
    {
        using var admin = world.Server.ClientOf(await world.Server.PersonAsync("Ada Admin", "administrator"));
        using var agent = world.Server.ClientOf(world.Agent);

        Assert.Equal(HttpStatusCode.Forbidden, (await agent.PostAsync($"{Api}/rebuild", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await admin.PostAsync($"{Api}/rebuild", null)).StatusCode);
        await world.Server.UntilAsync(async () =>
            !(await ReadAsync(await admin.GetAsync($"{Api}/rebuild"))).GetProperty("rebuilding").GetBoolean()
        );
        var seen = await ReadAsync(await admin.GetAsync($"{Api}/dashboards"));
        Assert.Contains(
            seen.GetProperty("items").EnumerateArray(),
            one => one.GetProperty("id").GetString() == "service-desk"
        );
    }

    private static async Task<JsonElement> ReadAsync(
        HttpResponseMessage answer,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
