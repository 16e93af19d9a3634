using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>A colleague watches a ticket, chooses what to be told, and hears of it; the customer hears that the desk answered.</summary>
[Collection(nameof(Company))]
public sealed class WatchingStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Who_watches_is_named_chooses_and_is_told(string language)
    {
        // A notice is said in the language of whom it was sent to, which a window does not change.
        string[] watched = ["which you watch, has a new comment", "지켜보는"];
        string[] answered = ["The desk answered", "답변이 등록되었습니다"];
        var rosa = await Company.OpenAsync(Company.Rosa);
        await rosa.OpenTicketAsync($"Watch me {language}");
        var key = new Uri(rosa.Url).Segments[^1];

        var junho = await Company.OpenAsync(Company.Junho, language);
        await junho.GotoTicketAsync(key);
        await junho.Locator("[data-command=watch]").ClickAsync();
        await Expect(junho.Locator("#watcher-list")).ToContainTextAsync(Company.Junho.Name);
        await junho.GotoAsync("/workspace/notifications");
        await junho.Locator("main a[href$='/account/notifications']").ClickAsync();
        await Expect(junho.Locator("[name=kind][value=watched]")).ToBeCheckedAsync();
        await junho.TabToAsync(junho.Locator("[name=kind][value=team]"));
        var isTold = await junho.Locator("[name=kind][value=team]").IsCheckedAsync();
        await junho.Keyboard.PressAsync("Space");
        await Looking.AtThisAsync(junho, $"what one is told ({language})");
        await junho.TabToAsync(junho.Locator("main form button[type=submit]"));
        await junho.Keyboard.PressAsync("Enter");
        await Expect(junho.Locator("[name=kind][value=team]")).ToBeCheckedAsync(new() { Checked = !isTold });

        await rosa.SayAsync("Public", "News of it");

        await HearsAsync(junho, "/workspace/notifications", key, watched);
        var mina = await Company.OpenAsync(Company.Mina, language);
        await HearsAsync(mina, "/portal/notifications", key, answered);
    }

    private static async Task HearsAsync(IPage page, string address, string key, string[] either)
    {
        var lines = page.Locator(".bell-list > li", new() { HasText = key });
        var line = lines.Filter(new() { HasText = either[0] }).Or(lines.Filter(new() { HasText = either[1] }));
        for (var time = 0; time < 120 && await line.CountAsync() == 0; time++)
        {
            await page.GotoAsync(address);
        }

        await Expect(line).ToHaveCountAsync(1);
    }
}
