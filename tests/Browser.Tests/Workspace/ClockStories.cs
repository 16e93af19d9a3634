using System.Security.Cryptography;
using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>What the chips of promises say, and what the ledger says of each minute.</summary>
[Collection(nameof(Company))]
public sealed class ClockStories(Company company) : Stories(company)
{
    private const string Resolution = "Time to resolution";
    private const string Response = "Time to first response";

    [Fact]
    public async Task Each_state_of_a_promise_has_its_own_icon_and_word()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var seen = new List<(string State, string Icon, string Word, string Left)>();
        foreach (
            var word in new[] { Promises.Plenty, Promises.Hour, Promises.HalfHour, Promises.Late, Promises.Closed }
        )
        {
            await page.OpenTicketAsync($"Chip {word}");
            if (word == Promises.Late)
            {
                await Expect(page.Chip(Resolution)).ToContainTextAsync("Breached");
            }

            await LookAsync(word, Resolution);
        }

        await page.OpenTicketAsync($"Chip {Promises.Plenty} paused and met");
        await page.SayAsync("Public", "Met by this.");
        await LookAsync("met", Response);
        await page.GetByRole(AriaRole.Button, new() { Name = "Wait for customer" }).ClickAsync();
        await Expect(page.Chip(Resolution)).ToContainTextAsync("Paused");
        await LookAsync("paused", Resolution);
        await page.OpenTicketAsync($"Chip {Promises.Late} and over");
        await Expect(page.Chip(Response)).ToContainTextAsync("Breached");
        await page.SayAsync("Public", "Too late.");
        await LookAsync("breached and over", Response);

        var states = seen.ToDictionary(chip => chip.State);
        Assert.StartsWith("7h 59m", states[Promises.Plenty].Left, StringComparison.Ordinal);
        Assert.Equal("49m", states[Promises.Hour].Left);
        Assert.Equal("19m", states[Promises.HalfHour].Left);
        Assert.StartsWith("-", states[Promises.Late].Left, StringComparison.Ordinal);
        Assert.Equal("8h", states[Promises.Closed].Left);
        Assert.Equal(
            ["Breached", "Met", "Outside hours", "Paused"],
            Words("breached and over", "met", Promises.Closed, "paused")
        );
        Assert.Equal(seen.Count, seen.Select(chip => chip.Icon).Distinct(StringComparer.Ordinal).Count());

        async Task LookAsync(string state, string metric)
        {
            var chip = page.Chip(metric);
            seen.Add(
                (
                    state,
                    await chip.IconAsync(),
                    await chip.Locator(".visually-hidden").TextContentAsync() ?? "",
                    await chip.Locator(".sla-left").InnerTextAsync()
                )
            );
        }

        IEnumerable<string> Words(params string[] wanted) => wanted.Select(state => states[state].Word);
    }

    [Theory]
    [InlineData(
        "en",
        "Running",
        "Paused",
        "It stops with: the resolution",
        "It pauses with: status “Waiting for customer”"
    )]
    [InlineData("ko", "진행", "일시 중지", "다음 경우에 멈춥니다: 해결", "상태 “고객 답변 대기”")]
    public async Task The_ledger_tells_every_segment_with_its_cause_and_what_comes_next(
        string language,
        string running,
        string paused,
        string stops,
        string pauses
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync($"Ledger {Promises.Plenty}");
        await page.Locator(".transitions form", new() { Has = page.Locator("[value=ask-customer]") })
            .GetByRole(AriaRole.Button)
            .ClickAsync();
        await page.GotoTicketAsync(key, "promises");
        var ledger = page.Locator("#clock-time-to-resolution-1");
        await Expect(ledger.Locator(".ledger-next").First).ToContainTextAsync(stops);
        await Expect(ledger.Locator(".ledger-next").Last).ToContainTextAsync(pauses);
        await Expect(ledger.Locator(".ledger-row-paused")).ToContainTextAsync(paused);
        await Expect(ledger.Locator(".sla")).ToContainTextAsync(paused);
        var started = ledger.Locator(".ledger-row-running");
        await Expect(started).ToContainTextAsync(running);
        await started.GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{key}?tab=history#v1");
        await Expect(page.Locator("#v1")).ToContainTextAsync(Company.Rosa.Name);

        await page.GotoTicketAsync(key, "promises");
        await ledger.Locator(".ledger-row-paused").GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync(
            new System.Text.RegularExpressions.Regex(
                "tab=history#v[0-9]+$",
                System.Text.RegularExpressions.RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
        );
        await Expect(page.Locator("li:target"))
            .ToContainTextAsync(language == "ko" ? "고객 답변 대기" : "Waiting for customer");
    }

    [Fact]
    public async Task The_ledger_tells_of_hours_that_do_not_count()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync($"Ledger {Promises.Closed}");
        await page.GotoTicketAsync(key, "promises");
        var ledger = page.Locator("#clock-time-to-resolution-1");
        var row = ledger.Locator(".ledger-row-outside");
        await Expect(row).ToContainTextAsync("Not in the hours of “Closed today”");
        await Expect(row).ToContainTextAsync("opened the ticket");
        await Expect(ledger.Locator("tfoot .number")).ToHaveTextAsync("0m");
        await Expect(ledger).ToContainTextAsync("Policy “Incidents”");
    }

    [Fact]
    public async Task A_list_shows_the_nearest_promise_and_orders_by_it()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var mark = "m" + RandomNumberGenerator.GetHexString(10, lowercase: true);
        var late = await page.OpenTicketAsync($"{mark} {Promises.Plenty}");
        var soon = await page.OpenTicketAsync($"{mark} {Promises.HalfHour}");
        await page.GotoAsync($"/workspace/search?q=summary+~+{mark}+ORDER+BY+remaining");
        await Expect(page.Locator(".table-title")).ToHaveCountAsync(2);
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync(soon);
        await Expect(page.Locator("tbody tr").Last).ToContainTextAsync(late);
        await Expect(page.Locator("tbody tr .sla").First).ToContainTextAsync("19m");
    }
}
