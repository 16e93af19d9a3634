using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Story;

/// <summary>
/// One story through everything: an outage brings twenty incidents, a problem collects them, an emergency change passes its
/// approval, a script notes what the contracts say, the problem is solved, twenty customers are told, and report and dashboard
/// show it, each figure opening its tickets.
/// </summary>
public sealed class OutageStory(DemoDesk desk) : IClassFixture<DemoDesk>
{
    private const string Outage = "Badge readers offline";

    // What belongs to the outage of the demo.
    private const string All = "labels = vpn-outage";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Customers =
    [
        "jimin.han",
        "sehun.oh",
        "daeun.seo",
        "donghyuk.shin",
        "laura.bennett",
        "kevin.walsh",
        "nayoung.kwon",
        "junho.hwang",
        "sohee.ahn",
        "taeyoung.song",
        "subin.hong",
        "eunbyul.ko",
        "jaewon.moon",
        "sarah.thompson",
        "james.patel",
        "olivia.grant",
        "hannah.weber",
        "robert.lindqvist",
        "sofia.marino",
        "peter.novak",
    ];

    [Fact]
    public async Task An_outage_goes_its_way_from_the_first_incident_to_the_dashboard()
    {
        using var api = await ApiAsync();
        var incidents = await Task.WhenAll(Customers.Select(customer => OpenIncidentAsync(api, customer)));

        var emily = await desk.OpenAsync(DemoDesk.Emily);
        var problem = await OpenAsync(emily, "problem", "The badge service answers nobody");
        await CollectAsync(emily, problem);
        await ChangeAsync(emily);
        await ScriptNotesAsync(emily, api, incidents);
        await SolveAsync(emily, problem);
        Assert.Equal(incidents.Order(StringComparer.Ordinal), await ToldAsync(api, problem));
        await CustomerReadsAsync(incidents[0]);
        await new OutageFigures(emily, incidents).OpenAsync(address => Looking.AtThisAsync(emily, address));
    }

    [Fact]
    public async Task The_demo_tells_the_same_story()
    {
        using var api = await ApiAsync();
        var emily = await desk.OpenAsync(DemoDesk.Emily);
        await UntilAsync(
            emily,
            $"/workspace/search?q={Uri.EscapeDataString($"{All} AND category = done")}",
            async () => await emily.Locator("tbody tr").CountAsync() == Customers.Length + 1
        );
        var told = await FindAsync(api, $"{All} ORDER BY created");
        Assert.Equal(Customers.Length + 2, told.Count);
        var incidents = told.Where(ticket => TypeOf(ticket) == "incident").Select(KeyOf).ToList();
        Assert.Equal(
            incidents.Order(StringComparer.Ordinal),
            await ToldAsync(api, KeyOf(Assert.Single(told, ticket => TypeOf(ticket) == "problem")))
        );
        await new OutageFigures(emily, incidents).OpenAsync();
        var change = Assert.Single(told, ticket => TypeOf(ticket) == "change");
        Assert.Equal("scheduled", StatusOf(change));
        var noted = await FindAsync(api, $"{All} AND type = incident AND account = arden");
        Assert.NotEmpty(noted);
        foreach (var ticket in noted)
        {
            var history = await api.GetStringAsync($"/api/v1/tickets/{KeyOf(ticket)}/history");
            Assert.Contains("AR-2026-02", history, StringComparison.Ordinal);
        }
    }

    // Twenty incidents are found by a query, ticked and attached; they wait for the problem.
    private static async Task CollectAsync(IPage emily, string problem)
    {
        await emily.GotoAsync($"/plugins/problems/ticket?key={problem}");
        await emily.Locator("[name=query]").FillAsync($"type = incident AND text ~ \"{Outage}\"");
        await emily.Keyboard.PressAsync("Enter");
        var found = emily.Locator("input[name=keys]");
        await Expect(found).ToHaveCountAsync(Customers.Length);
        foreach (var box in await found.AllAsync())
        {
            await box.CheckAsync();
        }

        await emily.Locator("[name=wait]").CheckAsync();
        await emily.Locator("form[action*=Attach] button.button-primary").ClickAsync();
        await Expect(emily.Locator("[role=status] li")).ToHaveCountAsync(Customers.Length);
        await Expect(emily.Locator("[role=status] li", new() { HasText = "waits for the problem" }))
            .ToHaveCountAsync(Customers.Length);
        await emily.Locator("[name=known]").CheckAsync();
        await emily.Locator("[name=cause]").FillAsync("The certificate of the badge service ended.");
        await emily.Locator("[name=workaround]").FillAsync("The reception opens the doors.");
        await emily.Locator("form[action*=Describe] button.button-primary").ClickAsync();
        await emily.WaitForURLAsync($"**/workspace/tickets/{problem}");
    }

    // An emergency change is planned, the board is asked and hears of it, and approves.
    private async Task ChangeAsync(IPage emily)
    {
        var change = await OpenAsync(
            emily,
            "change",
            "A new certificate for the badge service",
            page => page.Locator("[name='fields.change-kind']").SelectOptionAsync("emergency")
        );
        await emily.GotoAsync($"/workspace/tickets/{change}/transitions/submit-emergency");
        await emily.Locator("[name='fields.planned-start']").FillAsync("2030-01-02T10:00");
        await emily.Locator("[name='fields.planned-end']").FillAsync("2030-01-02T11:00");
        await emily.Locator("[name='fields.implementation-plan']").FillAsync("Install it, restart the service.");
        await emily.Locator("[name='fields.back-out-plan']").FillAsync("There is nothing to go back to.");
        await emily.Locator("main form button.button-primary").ClickAsync();
        await emily.WaitForURLAsync($"**/workspace/tickets/{change}");

        var admin = await desk.OpenAsync(DemoDesk.Admin);
        await UntilAsync(
            admin,
            "/workspace/notifications",
            async () => await admin.Locator(".bell-list > li", new() { HasText = change }).CountAsync() > 0
        );
        await admin.GotoTicketAsync(change);
        await admin.Locator("#approvals [name=comment]").FillAsync("Go ahead, people stand at the doors");
        await admin.Locator("#approvals button[name=approves][value=true]").ClickAsync();
        await Expect(admin.Locator("#approvals")).ToContainTextAsync("Go ahead, people stand at the doors");
        await emily.GotoTicketAsync(change);
        await Expect(emily.Locator(".ticket-facts .pill")).ToHaveTextAsync("Scheduled");
        await Looking.AtThisAsync(emily, "an approved change");
        await admin.CloseAsync();
    }

    // The script of the demo has noted, for incidents that wait, what their contract says of late solutions.
    private static async Task ScriptNotesAsync(IPage emily, HttpClient api, string[] incidents)
    {
        var query = $"type = incident AND text ~ \"{Outage}\" AND account = arden";
        var arden = await FindAsync(api, query);
        // Whose account it is is written a moment after the ticket.
        for (var time = 0; time < 240 && arden.Count < 4; time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250));
            arden = await FindAsync(api, query);
        }

        Assert.Equal(4, arden.Count);
        var key = KeyOf(arden[0]);
        Assert.Contains(key, incidents);
        await emily.GotoTicketAsync(key);
        await Expect(emily.Locator("main")).ToContainTextAsync("AR-2026-02");
        await Expect(emily.Locator("main")).ToContainTextAsync("2% of the monthly fee");
    }

    private async Task SolveAsync(IPage emily, string problem)
    {
        await emily.GotoAsync($"/plugins/problems/solve?key={problem}");
        await Expect(emily.Locator("blockquote.prose")).ToHaveCountAsync(Customers.Length);
        await emily.Locator("button[name=act][value=solve]").ClickAsync();
        await emily.WaitForURLAsync($"**/workspace/tickets/{problem}");
        await UntilAsync(
            emily,
            $"/plugins/problems/solve?key={problem}",
            async () =>
                (await emily.Locator("[role=status]").First.InnerTextAsync()).Contains(
                    $"{Customers.Length} told, 0 done already, 0 refused",
                    StringComparison.Ordinal
                )
        );
    }

    private async Task CustomerReadsAsync(string incident)
    {
        var jimin = await desk.OpenAsync($"{Customers[0]}@example.com", "ko");
        await jimin.GotoAsync($"/portal/requests/{incident}");
        await Expect(jimin.Locator("main")).ToContainTextAsync("한지민 님, 안녕하세요.");
        await Expect(jimin.Locator("main")).ToContainTextAsync("해결");
        await Looking.AtThisAsync(jimin, "what a customer reads in the end");
    }

    // The incidents of the problem whose customers, twenty different ones, read their name and the key of their request.
    private static async Task<IEnumerable<string>> ToldAsync(HttpClient api, string problem)
    {
        var found = await api.GetFromJsonAsync<JsonElement>($"/api/v1/plugins/problems/tickets/{problem}");
        var telling = found.GetProperty("telling");
        Assert.Equal((Customers.Length, 0, 0), (Count("told"), Count("alreadyDone"), Count("refused")));
        var (told, customers) = (new List<string>(), new HashSet<long>());
        foreach (var key in found.GetProperty("incidents").EnumerateArray().Select(KeyOf))
        {
            var incident = await api.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{key}");
            var comments = await api.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{key}/comments");
            var requester = incident.GetProperty("requester");
            var name = requester.GetProperty("name").GetString()!;
            var messages = comments
                .GetProperty("items")
                .EnumerateArray()
                .Where(one =>
                    one.GetProperty("visibility").GetString() == "public" && !one.GetProperty("byCustomer").GetBoolean()
                )
                .Select(one => one.GetProperty("body").GetString()!);
            Assert.Single(
                messages,
                body => body.Contains(name, StringComparison.Ordinal) && body.Contains(key, StringComparison.Ordinal)
            );
            Assert.True(customers.Add(requester.GetProperty("id").GetInt64()), $"{name} asked twice.");
            told.Add(key);
        }

        return told.Order(StringComparer.Ordinal);

        int Count(string outcome) => telling.GetProperty(outcome).GetInt32();
    }

    private static async Task<string> OpenAsync(IPage page, string type, string summary, Func<IPage, Task>? more = null)
    {
        await page.GotoAsync($"/workspace/new?desk=ITSD&type={type}");
        await page.Locator("[name=summary]").FillAsync(summary);
        if (more is not null)
        {
            await more(page);
        }

        await page.Locator("main form button.button-primary").ClickAsync();
        await page.WaitForURLAsync("**/workspace/tickets/ITSD-*");
        return new Uri(page.Url).Segments[^1];
    }

    private static async Task<string> OpenIncidentAsync(HttpClient api, string customer)
    {
        var body = new
        {
            desk = "ITSD",
            type = "incident",
            summary = $"{Outage}: {customer}",
            requester = $"{customer}@example.com",
            fields = new { impact = "high", urgency = "high" },
        };
        using var answer = await api.PostAsJsonAsync("/api/v1/tickets", body);
        answer.EnsureSuccessStatusCode();
        return KeyOf(await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<HttpClient> ApiAsync()
    {
        var token = await desk.Server.RunAsync(null, "token", "create", "--user", DemoDesk.Admin, "--name", "story");
        var api = new HttpClient { BaseAddress = new Uri(desk.Server.Address) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        return api;
    }

    private static async Task<IReadOnlyList<JsonElement>> FindAsync(HttpClient api, string query)
    {
        var address = $"/api/v1/tickets?limit=100&query={Uri.EscapeDataString(query)}";
        return [.. (await api.GetFromJsonAsync<JsonElement>(address)).GetProperty("items").EnumerateArray()];
    }

    private static string KeyOf(JsonElement ticket) => ticket.GetProperty("key").GetString()!;

    private static string TypeOf(JsonElement ticket) => ticket.GetProperty("type").GetString()!;

    private static string StatusOf(JsonElement ticket) => ticket.GetProperty("status").GetString()!;

    // Reactions answer after the commit: looked at again until it is so.
    private static async Task UntilAsync(IPage page, string address, Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            await page.GotoAsync(address);
        } while (!await isSo());
    }
}
