using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>
/// What each of the product's plugins is for, done once in each subset that it is in: what was done is read over its own
/// route. Of one that is off the module and the routes are gone.
/// </summary>
internal sealed class SubsetWork(ServiceDeskServer server, Person agent)
{
    /// <summary>A request type of service requests.</summary>
    public const string RequestType = "itsd-hardware";

    private const string Api = "/api/v1/plugins";
    private readonly Dictionary<string, string> tickets = new(StringComparer.Ordinal);
    private string? linked;

    /// <summary>The plugins that the product ships.</summary>
    public static IReadOnlyList<string> Plugins { get; } =
    ["changes", "crm", "incidents", "links", "problems", "reports", "requests"];

    /// <summary>The tickets, one of each type that carries what the plugins keep of it, and a plain incident.</summary>
    public IReadOnlyDictionary<string, string> Tickets => tickets;

    /// <summary>Opens the tickets and makes them carry something of every plugin.</summary>
    public async Task BeginAsync(Person customer, Person administrator)
    {
        foreach (var type in (string[])["incident", "problem", "change", "service-request"])
        {
            tickets[type] = $"{(await server.OpenAsync(customer, $"A whole {type}", type)).Key}";
        }

        tickets["plain"] = $"{(await server.OpenAsync(customer, "A whole plain incident")).Key}";
        using var client = server.ClientOf(administrator);
        foreach (var account in (string[])["acme", "globex"])
        {
            using var made = await client.PostAsJsonAsync(
                $"{Api}/crm/accounts",
                new { key = account, name = account.ToUpperInvariant() }
            );
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        await CallAsync("incidents", "declareMajor", tickets["incident"], "All printers");
        await CallAsync("problems", "attach", tickets["problem"], tickets["incident"]);
        await CallAsync("links", "link", tickets["change"], "relates", tickets["service-request"]);
        using var reading = server.ClientOf(agent);
        await server.UntilAsync(async () => await CountAsync(reading) >= tickets.Count);
    }

    /// <summary>The agent's client, for pages and the API.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        var tokens = server.Services.GetRequiredService<ITokenStore>();
        var token = await tokens.CreateAsync(agent.Id, "test", Scopes.All.ToValueList(), null);
        var client = server.ClientOf(agent);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        return client;
    }

    /// <summary>Does the work of a subset.</summary>
    /// <param name="client">The agent's.</param>
    /// <param name="isOn">The subset.</param>
    /// <param name="step">Its number, from 1.</param>
    public Task DoAsync(HttpClient client, IReadOnlySet<string> isOn, int step)
    {
        return Task.WhenAll([
            CallAsync("ticket", "note", tickets["incident"], $"Beside subset {step}."),
            WhereOnAsync("changes", "assess", () => AssessAsync(client, step)),
            WhereOnAsync("crm", "accountOf", () => CoverAsync(client, step)),
            PrioritizeAsync(client, isOn.Contains("incidents"), step),
            WhereOnAsync("incidents", "declareMajor", () => MajorAsync(client)),
            WhereOnAsync("links", "link", () => LinkAsync(client)),
            WhereOnAsync("problems", "get", () => CollectAsync(client, isOn.Contains("links"), step)),
            WhereOnAsync("reports", "run", () => CountedAsync(client)),
            WhereOnAsync("requests", "types", () => AskAsync(client, step)),
        ]);

        async Task WhereOnAsync(string plugin, string function, Func<Task> work)
        {
            if (isOn.Contains(plugin))
            {
                await work();
                return;
            }

            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
                CallAsync(plugin, function, tickets["incident"])
            );
            Assert.Contains($"{plugin}.{function}", refused.Message, StringComparison.Ordinal);
            foreach (var route in Routes(plugin))
            {
                using var answer = await client.GetAsync(route);
                Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{route}, off: {answer.StatusCode}");
            }
        }
    }

    /// <summary>What one end of a link was told while the other end's plugin was off is true in the end.</summary>
    public Task AgreeAsync(HttpClient client) =>
        server.UntilAsync(async () =>
        {
            var there = await LinksAsync(client, tickets["plain"]);
            return there.Contains(tickets["change"], StringComparison.Ordinal) == (linked is not null);
        });

    // Each of them answers while its plugin is on.
    private IEnumerable<string> Routes(string plugin) =>
        plugin switch
        {
            "changes" => ["/plugins/changes/calendar", $"{Api}/changes/tickets/{tickets["change"]}"],
            "crm" => ["/plugins/crm/accounts", $"{Api}/crm/tickets/{tickets["incident"]}"],
            "incidents" => [$"{Api}/incidents/major"],
            "links" => [$"{Api}/links/tickets/{tickets["change"]}"],
            "problems" =>
            [
                $"/plugins/problems/ticket?key={tickets["problem"]}",
                $"{Api}/problems/tickets/{tickets["problem"]}",
            ],
            "reports" => ["/plugins/reports/list", $"{Api}/reports/reports/created-resolved"],
            _ => [],
        };

    private async Task AssessAsync(HttpClient client, int step)
    {
        string[] answers =
            step % 2 == 0
                ? ["few", "none", "easy", "fully", "often"]
                : ["everybody", "long", "impossible", "not", "never"];
        await CallAsync(
            "changes",
            "assess",
            tickets["change"],
            new JsonObject
            {
                ["users"] = answers[0],
                ["outage"] = answers[1],
                ["back-out"] = answers[2],
                ["tested"] = answers[3],
                ["experience"] = answers[4],
            }
        );
        var found = await ReadAsync(client, "changes");
        Assert.Equal(step % 2 == 0 ? "low" : "high", (string?)found["risk"]!["level"]);
    }

    private async Task CoverAsync(HttpClient client, int step)
    {
        var account = step % 2 == 0 ? "acme" : "globex";
        await CallAsync("crm", "chooseContract", tickets["incident"], "", account);
        Assert.Equal(account.ToUpperInvariant(), (string?)(await ReadAsync(client, "crm"))["accountName"]);
    }

    // The priority follows impact and urgency where the plugin is on, and stays where it is off.
    private async Task PrioritizeAsync(HttpClient client, bool follows, int step)
    {
        var before = await PriorityAsync();
        var impact = step % 2 == 0 ? "low" : "high";
        await CallAsync(
            "ticket",
            "edit",
            tickets["plain"],
            new JsonObject
            {
                ["fields"] = new JsonObject { ["impact"] = impact, ["urgency"] = "high" },
            }
        );
        var matrix = step % 2 == 0 ? "medium" : "critical";
        Assert.Equal(follows ? matrix : before, await PriorityAsync());

        async Task<string?> PriorityAsync() =>
            (string?)(await JsonAsync(client, $"/api/v1/tickets/{tickets["plain"]}"))["priority"];
    }

    private async Task MajorAsync(HttpClient client) =>
        Assert.Contains(tickets["incident"], (await ReadAsync(client, "incidents")).ToJsonString());

    // Linked in one subset and parted in the next, so that both are done in many.
    private async Task LinkAsync(HttpClient client)
    {
        var (change, plain) = (tickets["change"], tickets["plain"]);
        await CallAsync("links", linked is null ? "link" : "unlink", change, "blocks", plain, "outward");
        linked = linked is null ? plain : null;
        var seen = await LinksAsync(client, change);
        Assert.Equal(linked is not null, seen.Contains(plain, StringComparison.Ordinal));
        Assert.Contains(tickets["service-request"], seen, StringComparison.Ordinal);
    }

    // Attaching needs links; what is attached and what is known of a problem does not.
    private async Task CollectAsync(HttpClient client, bool mayLink, int step)
    {
        await CallAsync(
            "problems",
            "describe",
            tickets["problem"],
            new JsonObject { ["workaround"] = $"Known in subset {step}." }
        );
        var attaching = CallAsync("problems", "attach", tickets["problem"], tickets["plain"]);
        if (mayLink)
        {
            await attaching;
        }
        else
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => attaching);
        }

        var problem = await ReadAsync(client, "problems");
        Assert.Equal($"Known in subset {step}.", (string?)problem["workaround"]);
        var incidents = problem["incidents"]!.AsArray().Select(one => (string?)one!["key"]).ToList();
        Assert.Contains(tickets["incident"], incidents);
        if (mayLink)
        {
            Assert.Contains(tickets["plain"], incidents);
            await CallAsync("links", "unlink", tickets["problem"], "causes", tickets["plain"], "outward");
        }
    }

    private async Task CountedAsync(HttpClient client) => Assert.True(await CountAsync(client) >= tickets.Count);

    private async Task<long> CountAsync(HttpClient client) =>
        (long)(await ReadAsync(client, "reports"))["whole"]!["counts"]![0]!;

    private async Task AskAsync(HttpClient client, int step)
    {
        var reason = $"Asked for in subset {step}.";
        var opened = await CallAsync(
            "requests",
            "open",
            RequestType,
            "A laptop",
            "",
            new JsonObject { ["reason"] = reason }
        );
        var found = await JsonAsync(client, $"/api/v1/tickets/{opened!.Value.GetProperty("key").GetString()}");
        Assert.Equal(
            (RequestType, "service-request", reason),
            ((string?)found["requestType"], (string?)found["type"], (string?)found["fields"]!["reason"])
        );
    }

    private async Task<string> LinksAsync(HttpClient client, string key) =>
        (await JsonAsync(client, $"{Api}/links/tickets/{key}"))["links"]!.ToJsonString();

    private Task<JsonNode> ReadAsync(HttpClient client, string plugin) => JsonAsync(client, Routes(plugin).Last());

    private static Task<JsonNode> JsonAsync(HttpClient client, string address) => client.GetAsync(address).OkAsync();

    private Task<JsonElement?> CallAsync(string module, string function, params object?[] arguments) =>
        server.CallScriptAsync(agent, module, function, arguments);
}
