using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>An agent keeps a checklist, and what blocks holds the end of the ticket.</summary>
[Collection(nameof(Company))]
public sealed class ChecklistStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Tasks that block are still open", "1 of 2")]
    [InlineData("ko", "완료를 막는 할 일이 1개", "2개 중 1개")]
    public async Task An_open_task_that_blocks_holds_the_ticket_until_it_is_ticked_off(
        string language,
        string held,
        string progress
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync($"Checklist {language}");
        await page.GotoTicketAsync(key);
        await AddAsync(page, "Unplug it", blocking: true);
        await AddAsync(page, "Tell everybody", blocking: false);

        await ResolveAsync(page, key);
        await Expect(page.Locator("[role=alert]").First).ToContainTextAsync(held);

        await page.GotoTicketAsync(key);
        var box = page.GetByRole(AriaRole.Checkbox, new() { Name = "Unplug it" });
        await page.TabToAsync(box, 200);
        await page.Keyboard.PressAsync("Enter");
        await Expect(box).ToBeCheckedAsync();
        await Expect(page.Locator("#tasks .panel-head")).ToContainTextAsync(progress);
        await page.Locator("#tasks details summary").First.ClickAsync();
        await Looking.AtThisAsync(page, $"a checklist ({language})");

        await ResolveAsync(page, key);
        await page.GotoTicketAsync(key);
        await Expect(page.Locator("#tasks")).ToBeVisibleAsync();
        await Expect(page.Locator(".transitions form [value=resolve]")).ToHaveCountAsync(0);
    }

    private static async Task AddAsync(IPage page, string text, bool blocking)
    {
        await page.Locator("#add-task [name=taskText]").FillAsync(text);
        await page.Locator("#add-task [name=taskBlocking]").SetCheckedAsync(blocking);
        await page.Locator("#add-task button[type=submit]").ClickAsync();
        await Expect(page.Locator("#tasks .task-text", new() { HasText = text })).ToBeVisibleAsync();
    }

    private static async Task ResolveAsync(IPage page, string key)
    {
        await page.GotoAsync($"/workspace/tickets/{key}/transitions/resolve");
        await page.Locator("[name=resolution]").First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("main form button[type=submit]").First.ClickAsync();
    }
}
