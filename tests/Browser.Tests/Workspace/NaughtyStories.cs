using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>The strings that break programs, as a browser shows them: nothing of them runs, asks elsewhere or breaks a page.</summary>
[Collection(nameof(Company))]
public sealed class NaughtyStories(Company company) : Stories(company)
{
    private const int InATicket = 60;

    private static readonly string[] Strings =
    [
        .. JsonSerializer
            .Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "blns.json")))!
            .Where(text => !string.IsNullOrWhiteSpace(text)),
    ];

    private readonly List<string> happened = [];

    [Fact]
    public async Task Nothing_of_what_people_write_runs_or_asks_elsewhere()
    {
        var keys = await FillAsync();
        var agent = await WatchedAsync(Company.Rosa);
        foreach (var key in keys)
        {
            await LookAsync(agent, $"/workspace/tickets/{key}", "#ticket-live");
            await LookAsync(agent, $"/workspace/tickets/{key}?tab=history", "#ticket-live");
        }

        await LookAsync(agent, "/workspace/search?q=" + Uri.EscapeDataString("externalId ~ naughty"), "main");
        await LookAsync(agent, "/workspace/ITSD/itsd-open", "main");
        await LookAsync(await WatchedAsync(Company.Ada), "/administration/teams", "main");
        var customer = await WatchedAsync(Company.Mina);
        foreach (var key in keys)
        {
            await LookAsync(customer, $"/portal/requests/{key}", "main");
        }

        await LookAsync(customer, "/portal/requests", "main");
        Assert.True(happened.Count == 0, string.Join('\n', happened));
    }

    [Fact]
    public async Task Nobody_and_nothing_is_called_so_that_it_runs()
    {
        var names = Strings.Where(IsMarkup).Select(Line).Distinct().Where(name => name.Length <= 200).Chunk(12).First();
        using var agent = await ClientAsync(Company.Rosa);
        using var admin = await ClientAsync(Company.Ada);
        var keys = new List<string>();
        var administrator = await WatchedAsync(Company.Ada);
        await administrator.GotoAsync("/administration/teams");
        foreach (var (number, name) in names.Index())
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"naughty{number}@example.com");
            await Company.Server.RunAsync(
                null,
                "user",
                "create",
                "--name",
                name,
                "--email",
                email,
                "--role",
                "customer"
            );
            var opened = await PostAsync(
                agent,
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = name,
                    requester = email,
                    externalId = string.Create(CultureInfo.InvariantCulture, $"named-{number}"),
                }
            );
            keys.Add(opened.GetProperty("key").GetString()!);
            var queue = string.Create(CultureInfo.InvariantCulture, $"/api/v1/configuration/queue/named-{number}");
            var document = new
            {
                id = queue.Split('/')[^1],
                name,
                desk = "ITSD",
                query = "externalId ~ named",
            };
            using var written = await admin.PutAsJsonAsync(queue, document);
            Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());
            var teams = administrator.Locator("tbody input[name=name]");
            var before = await teams.CountAsync();
            await administrator.FillAsync("form[action*='Create'] [name=name]", name);
            await administrator.ClickAsync("form[action*='Create'] button");
            await Expect(teams).ToHaveCountAsync(before + 1);
        }

        var page = await WatchedAsync(Company.Rosa);
        string[] places =
        [
            "/workspace",
            "/workspace/ITSD/named-0",
            "/workspace/new?desk=ITSD",
            $"/workspace/tickets/{keys[^1]}/edit",
            .. keys.Select(key => $"/workspace/tickets/{key}"),
        ];
        foreach (var place in places)
        {
            await LookAsync(page, place, "main");
        }

        await LookAsync(administrator, "/administration/teams", "main");
        await LookAsync(administrator, "/administration/people?q=naughty", "main");
        await LookAsync(administrator, "/administration/configuration/queue", "main");
        foreach (var number in Enumerable.Range(0, names.Length))
        {
            using var removed = await admin.DeleteAsync(
                string.Create(CultureInfo.InvariantCulture, $"/api/v1/configuration/queue/named-{number}")
            );
            Assert.True(removed.IsSuccessStatusCode);
        }

        Assert.True(happened.Count == 0, string.Join('\n', happened));
    }

    [Fact]
    public async Task A_script_that_does_run_would_be_seen()
    {
        var page = await WatchedAsync(Company.Rosa);
        await page.GotoAsync("/workspace");
        await page.EvaluateAsync("() => { alert(1); console.error('seen'); }");
        await page.EvaluateAsync("() => fetch('https://naughty.example/').catch(() => 0)");

        Assert.Contains(happened, what => what.StartsWith("dialog", StringComparison.Ordinal));
        Assert.Contains(happened, what => what.EndsWith(": seen", StringComparison.Ordinal));
        // What a page asks elsewhere does not leave it: its policy forbids it, and the console tells.
        Assert.Contains(happened, what => what.Contains("naughty.example", StringComparison.Ordinal));
    }

    // A few tickets hold all of the strings: in their words, comments and notes, each in a paragraph of its own.
    private async Task<List<string>> FillAsync()
    {
        using var client = await ClientAsync(Company.Rosa);
        var keys = new List<string>();
        foreach (var (number, some) in Strings.Chunk(InATicket).Index())
        {
            var dangerous = some.FirstOrDefault(IsMarkup) ?? some[0];
            var text = string.Join("\n\n", some.Select(Storable));
            var opened = await PostAsync(
                client,
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = Line(dangerous),
                    description = text,
                    requester = Company.Mina.Email,
                    externalId = string.Create(CultureInfo.InvariantCulture, $"naughty-{number}"),
                    fields = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["affected-system"] = Line(dangerous),
                    },
                }
            );
            var key = opened.GetProperty("key").GetString()!;
            keys.Add(key);
            await PostAsync(client, $"/api/v1/tickets/{key}/comments", new { body = text, visibility = "public" });
            await PostAsync(client, $"/api/v1/tickets/{key}/comments", new { body = text, visibility = "internal" });
            await AttachAsync(client, key, dangerous);
        }

        return keys;
    }

    private async Task<HttpClient> ClientAsync(Somebody who)
    {
        var token = await Company.Server.RunAsync(null, "token", "create", "--user", who.Email, "--name", "naughty");
        var client = new HttpClient { BaseAddress = new Uri(Company.Server.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        return client;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {said}");
        return JsonSerializer.Deserialize<JsonElement>(said);
    }

    private static async Task AttachAsync(HttpClient client, string key, string name)
    {
        using var content = new ByteArrayContent("<script>alert(1)</script>"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        using var answer = await client.PostAsync(
            $"/api/v1/tickets/{key}/attachments?name={Uri.EscapeDataString(name)}",
            content
        );
        Assert.True((int)answer.StatusCode < 500, $"{name} as a file's name: {(int)answer.StatusCode}");
    }

    private async Task<IPage> WatchedAsync(Somebody who)
    {
        var page = await Company.OpenAsync(who);
        page.Dialog += (_, dialog) =>
        {
            happened.Add($"dialog on {page.Url}: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                happened.Add($"console on {page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => happened.Add($"error on {page.Url}: {error}");
        page.Request += (_, request) =>
        {
            var isOwn =
                request.Url.StartsWith(Company.Server.Address, StringComparison.Ordinal)
                || request.Url.StartsWith("data:", StringComparison.Ordinal);
            if (!isOwn)
            {
                happened.Add($"request on {page.Url}: {request.Url}");
            }
        };
        return page;
    }

    private static async Task LookAsync(IPage page, string address, string part)
    {
        var answer = await page.GotoAsync(address);
        Assert.True(answer!.Ok, $"{address}: {answer.Status}");
        await Expect(page.Locator(part).First).ToBeVisibleAsync();

        // What would wait for a pointer or the focus is given both.
        await page.EvaluateAsync(
            """
            () => document.querySelectorAll("main *").forEach(element => {
              for (const name of ["mouseover", "focus", "load", "error"]) {
                element.dispatchEvent(new Event(name));
              }
            })
            """
        );
    }

    private static bool IsMarkup(string text) => text.Contains('<', StringComparison.Ordinal);

    private static string Storable(string text) => text.Replace('\0', ' ');

    private static string Line(string text)
    {
        var line = string.Join(' ', Storable(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 255 ? line : line[..255];
    }
}
