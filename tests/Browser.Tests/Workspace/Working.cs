using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>What stories in the workspace have in common.</summary>
internal static class Working
{
    /// <summary>Opens a ticket as an agent, an incident unless told otherwise; its key. The page of the ticket is open then.</summary>
    public static async Task<string> OpenTicketAsync(
        this IPage page,
        string summary,
        string requester = "김민아",
        string type = "incident",
        string server = ""
    )
    {
        await page.GotoAsync($"{server}/workspace/new?desk=ITSD&type={type}");
        await page.Locator("[name=requester]").FillAsync(requester);
        await page.Locator("[name=summary]").FillAsync(summary);
        await page.Locator("main form button.button-primary").ClickAsync();
        await page.WaitForURLAsync("**/workspace/tickets/ITSD-*");
        return new Uri(page.Url).Segments[^1];
    }

    /// <summary>Opens a ticket's page.</summary>
    public static Task GotoTicketAsync(this IPage page, string key, string tab = "conversation") =>
        page.GotoAsync($"/workspace/tickets/{key}?tab={tab}");

    /// <summary>The chip of a promise in the column beside the ticket.</summary>
    public static ILocator Chip(this IPage page, string metric) =>
        page.Locator(".clock-list > li", new() { HasText = metric }).Locator(".sla");

    /// <summary>The name of a chip's icon.</summary>
    public static async Task<string> IconAsync(this ILocator chip) =>
        (await chip.Locator("use").GetAttributeAsync("href"))!.Split('#')[1];

    /// <summary>Moves the focus with the Tab key until it is at <paramref name="target"/>, as somebody without a mouse does.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target, int atMost = 200)
    {
        for (var i = 0; i < atMost; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        await Expect(target).ToBeFocusedAsync();
    }

    /// <summary>
    /// Chooses in a select as somebody does who types how a choice begins. A browser forgets what was typed after a second, which
    /// a busy machine may need for one letter: then it is typed again.
    /// </summary>
    public static async Task TypeChoiceAsync(this IPage page, ILocator select, string words)
    {
        const int most = 5;
        var chosen = select.Locator("option:checked");
        for (var time = 1; time < most; time++)
        {
            await page.Keyboard.TypeAsync(words);
            if ((await chosen.TextContentAsync())!.Trim().StartsWith(words, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1500));
        }

        await Expect(chosen).ToContainTextAsync(words);
    }
}
