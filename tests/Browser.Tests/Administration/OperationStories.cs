using Browser.Tests.Portal;
using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>Plugins and dead letters.</summary>
[Collection(nameof(Company))]
public sealed class OperationStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Loaded", "Crashed", "Incompatible")]
    [InlineData("ko", "로드됨", "오류", "호환")]
    public async Task Each_plugin_says_what_became_of_it_and_why(
        string language,
        string loaded,
        string crashed,
        string incompatible
    )
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/plugins");
        await Expect(Plugin(page, "runs-in-circles").Locator(".panel-head .chip")).ToContainTextAsync(loaded);
        await Expect(Plugin(page, "throws-at-start").Locator(".panel-head .chip")).ToContainTextAsync(crashed);
        await Expect(Plugin(page, "throws-at-start").Locator(".notice").First).ToBeVisibleAsync();
        await Expect(Plugin(page, "needs-newer-sdk").Locator(".panel-head .chip")).ToContainTextAsync(incompatible);
        await Expect(Plugin(page, "needs-newer-sdk").Locator(".notice").First).ToContainTextAsync("99.0");
    }

    [Fact]
    public async Task A_plugin_is_switched_off_and_on_again()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/plugins");
        var plugin = Plugin(page, "needs-newer-sdk");
        await plugin.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await plugin.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(plugin.GetByRole(AriaRole.Button, new() { Name = "Switch off" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Settings_of_a_plugin_are_refused_and_saved()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/plugins");
        await Plugin(page, "incidents").GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await page.Locator("main select").Last.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_dead_letter_says_why_and_is_replayed_or_discarded()
    {
        var page = await Company.OpenAsync(Company.Ada);
        var key = await page.OpenTicketAsync("Round and round");
        await page.SayAsync("Internal", "in circles");
        var letter = page.Locator("tbody tr", new() { HasText = key });
        await ShownAsync(page, letter);
        await Expect(letter).ToContainTextAsync("Reactions run in a circle");
        await Expect(letter).ToContainTextAsync("circling");

        await letter.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        // It runs in a circle again, and is here again.
        await ShownAsync(page, letter);
        await letter.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(letter).ToHaveCountAsync(0);
    }

    // The page has no live part: it is asked again until the letter is on it.
    private static async Task ShownAsync(IPage page, ILocator letter)
    {
        const int most = 120;
        for (var attempt = 1; attempt <= most; attempt++)
        {
            await page.GotoAsync("/administration/dead-letters");
            try
            {
                await Expect(letter).ToBeVisibleAsync(new() { Timeout = 500 });
                return;
            }
            catch (PlaywrightException) when (attempt < most)
            {
                // Not yet.
            }
        }
    }

    private static ILocator Plugin(IPage page, string id) =>
        page.Locator("section.panel", new() { Has = page.Locator(".panel-head .keys", new() { HasText = id }) });
}
