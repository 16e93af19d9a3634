using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>What is done in every editor of a document, by keyboard.</summary>
internal static class Editing
{
    // Looking ends on a phone; the story goes on where it was.
    public static async Task LookAsync(IPage page, string what)
    {
        await Looking.AtThisAsync(page, what);
    }

    public static async Task PublishAsync(IPage page)
    {
        await PressAsync(page, "button[formaction*='handler=Compare']");
        await Expect(page.Locator("#difference tr:is(.diff-added, .diff-removed)").First).ToBeVisibleAsync();
        await PressAsync(page, "#publish");
    }

    public static async Task PressAsync(IPage page, string button)
    {
        await page.TabToAsync(page.Locator(button));
        await page.Keyboard.PressAsync("Enter");
    }

    public static async Task TypeAsync(IPage page, string input, string text)
    {
        await page.TabToAsync(page.Locator(input));
        await page.Keyboard.InsertTextAsync(text);
    }
}
