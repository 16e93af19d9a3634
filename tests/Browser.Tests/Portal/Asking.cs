using Microsoft.Playwright;

namespace Browser.Tests.Portal;

/// <summary>What stories in the portal have in common.</summary>
internal static class Asking
{
    /// <summary>Opens a computer problem by its form; the request's key.</summary>
    public static async Task<string> OpenRequestAsync(this IPage page, string summary, string description)
    {
        await page.GotoAsync("/portal/ask/ITSD/itsd-computer");
        await page.Locator("[name=summary]").FillAsync(summary);
        await page.Locator("[name=description]").FillAsync(description);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/portal/requests/*");
        return new Uri(page.Url).Segments[^1];
    }

    /// <summary>Writes as an agent on the ticket's page that is open: <c>Public</c> or <c>Internal</c>.</summary>
    public static async Task SayAsync(this IPage page, string visibility, string text)
    {
        // The scripts of the page that is open, and of the one that answers, have run before anything is typed.
        await page.WaitForLoadStateAsync();
        await page.Locator($".composer [name=visibility][value={visibility}]").CheckAsync(new() { Force = true });
        await page.Locator(".composer [name=body]").FillAsync(text);
        await page.Locator(".composer .button-primary").ClickAsync();
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync(text);
        await page.WaitForLoadStateAsync();
    }
}
