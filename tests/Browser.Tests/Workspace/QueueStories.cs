using System.Globalization;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

[Collection(nameof(Company))]
public sealed class QueueStories(Company company) : Stories(company)
{
    [Fact]
    public async Task A_new_ticket_appears_in_an_open_queue_and_is_counted_at_once()
    {
        var watching = await Company.OpenAsync(Company.Rosa);
        await watching.GotoAsync("/workspace/ITSD/itsd-unassigned");
        var queue = watching.Locator(".side a[href$='itsd-unassigned']");
        await Expect(queue).ToHaveAttributeAsync("aria-current", "page");
        var before = int.Parse(
            await queue.Locator(".count").InnerTextAsync(),
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
        var other = await Company.OpenAsync(Company.Junho);
        var key = await other.OpenTicketAsync($"Appears by itself {Promises.Hour}");

        var row = watching.Locator(".table-tickets tr", new() { HasText = key });
        await Expect(row).ToContainTextAsync("Appears by itself");
        await Expect(row.Locator(".sla")).ToContainTextAsync("49m");
        await Expect(queue.Locator(".count")).ToHaveTextAsync($"{before + 1}");

        await other.GetByRole(AriaRole.Button, new() { Name = "Assign to me" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await Expect(queue.Locator(".count")).ToHaveTextAsync($"{before}");
    }

    [Fact]
    public async Task Words_narrow_a_queue_and_the_address_keeps_them()
    {
        var page = await Company.OpenAsync(Company.Rosa, "ko");
        var key = await page.OpenTicketAsync("프로젝터 전구가 나갔습니다");
        await page.GotoAsync("/workspace/ITSD/itsd-open");
        await page.Locator("#in-q").FillAsync("프로젝터 전구");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/itsd-open?q=*");
        await Expect(page.Locator(".table-tickets tbody tr", new() { HasText = key })).ToHaveCountAsync(1);
        await Expect(page.Locator("#in-q")).ToHaveValueAsync("프로젝터 전구");
        await page.Locator("#in-q").FillAsync("zzzzqq");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".empty")).ToContainTextAsync("일치하는 티켓이 없습니다");
    }

    [Fact]
    public async Task A_key_in_the_search_leads_to_its_ticket()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync("Found by its key");
        await page.GotoAsync("/workspace/search");
        await Expect(page.Locator("#in-q")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(key.ToLowerInvariant());
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/workspace/tickets/{key}");
    }

    [Theory]
    [InlineData("en", "Impact: not set")]
    [InlineData("ko", "영향도: 값 없음")]
    public async Task A_list_is_grouped_by_an_own_field(string language, string unset)
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var word = $"Grouped{language}";
        foreach (var impact in (string[])["high", ""])
        {
            await page.OpenTicketAsync($"{word} {impact}");
            if (impact.Length > 0)
            {
                await page.GotoAsync($"{page.Url}/edit");
                await page.Locator("[name='fields.impact']").SelectOptionAsync(impact);
                await page.Locator("main form button.button-primary").ClickAsync();
                await page.WaitForURLAsync("**/workspace/tickets/ITSD-*");
            }
        }

        await page.GotoAsync("/workspace/search?q=" + Uri.EscapeDataString($"summary ~ {word}"));
        await page.Locator(".menu-view summary").ClickAsync();
        await page.Locator(".menu-view [name=group]").SelectOptionAsync("field:impact");
        await page.WaitForURLAsync("**group=field*");
        await Expect(page.Locator(".group-row")).ToHaveCountAsync(2);
        await Expect(page.Locator(".group-row").Last).ToHaveTextAsync(unset);
        await Looking.AtThisAsync(page, $"a list grouped by an own field ({language})");
    }

    [Fact]
    public async Task What_a_list_shows_is_saved_as_ones_own_queue_grouped_and_counted()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync("Kept in a queue of my own");
        await page.GotoAsync("/workspace/search");
        var input = page.Locator("#in-q");
        await input.PressSequentiallyAsync("summary ~ \"queue of my own\"");
        await Expect(page.Locator(".count-now")).ToContainTextAsync("1");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/search?q=*");
        await page.Locator(".menu-view summary").ClickAsync();
        await page.GetByLabel("Group by").SelectOptionAsync("status");
        await page.WaitForURLAsync("**group=status*");
        await Expect(page.Locator(".group-row")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Save as queue" }).ClickAsync();
        await page.Locator("#in-name").FillAsync("My very own");
        await Looking.AtThisAsync(page, "an own queue");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var place = page.Locator(".side a", new() { HasText = "My very own" });
        await Expect(place).ToHaveAttributeAsync("aria-current", "page");
        await Expect(place.Locator(".count")).ToHaveTextAsync("1");
        await Expect(page.Locator(".table-tickets")).ToContainTextAsync(key);
        await Looking.AtThisAsync(page, "the list of an own queue");
    }
}
