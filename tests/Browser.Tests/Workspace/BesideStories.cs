using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>The list that a ticket was opened from stands beside it.</summary>
[Collection(nameof(Company))]
public sealed class BesideStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Next ticket", "List")]
    [InlineData("ko", "다음 티켓", "목록")]
    public async Task From_a_list_one_goes_from_ticket_to_ticket_with_the_list_beside(
        string language,
        string next,
        string list
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        await page.SetViewportSizeAsync(1600, 900);
        var word = $"Beside{language}";
        var keys = new List<string>();
        foreach (var name in (string[])["third", "second", "first"])
        {
            keys.Insert(0, await page.OpenTicketAsync($"{word} {name}"));
        }

        await page.GotoAsync($"/workspace/tickets/{keys[0]}");
        await Expect(page.Locator("#beside-toggle")).ToBeHiddenAsync();

        await page.GotoAsync("/workspace/search?q=" + Uri.EscapeDataString($"summary ~ {word} ORDER BY created DESC"));
        await page.Locator(".table-title", new() { HasText = $"{word} first" }).ClickAsync();
        var beside = page.Locator("#beside");
        await Expect(beside.Locator(".beside-lines a")).ToHaveCountAsync(3);
        await Expect(beside.Locator("[aria-current]")).ToContainTextAsync($"{word} first");

        await beside.GetByRole(AriaRole.Link, new() { Name = next }).ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{keys[1]}");
        await Expect(beside.Locator("[aria-current]")).ToContainTextAsync($"{word} second");
        await Looking.AtThisAsync(page, $"a list beside a ticket ({language})");

        // What is done to the ticket keeps the list, and shows there.
        await page.Locator("[data-command=watch]").ClickAsync();
        await Expect(page.Locator("[data-command=watch][aria-pressed=true]")).ToBeVisibleAsync();
        await Expect(beside.Locator("[aria-current]")).ToContainTextAsync($"{word} second");

        await page.Keyboard.PressAsync("j");
        await page.WaitForURLAsync($"**/workspace/tickets/{keys[2]}");
        await Expect(beside.Locator("[data-step=next]:not([href])")).ToHaveCountAsync(1);
        await Expect(beside.Locator("[data-step=previous]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("k");
        await page.WaitForURLAsync($"**/workspace/tickets/{keys[1]}");

        // Who wants the room has the two steps alone, here and on the next ticket.
        var toggle = page.Locator("#beside-toggle");
        await Expect(toggle).ToHaveAccessibleNameAsync(list);
        await toggle.ClickAsync();
        await Expect(beside.Locator(".beside-lines")).ToBeHiddenAsync();
        await beside.Locator("[data-step=previous]").ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{keys[0]}");
        await Expect(beside.Locator("[data-step=next]")).ToBeVisibleAsync();
        await Expect(beside.Locator(".beside-lines")).ToBeHiddenAsync();
        await beside.Locator(".button").First.ClickAsync();
        await page.WaitForURLAsync("**/workspace/search?q=*");
    }
}
