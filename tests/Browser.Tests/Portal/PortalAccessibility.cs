using Browser.Tests.Running;
using Microsoft.Playwright;

namespace Browser.Tests.Portal;

[Collection(nameof(Company))]
public sealed class PortalAccessibility(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", false)]
    [InlineData("en", true)]
    [InlineData("ko", false)]
    [InlineData("ko", true)]
    public async Task Axe_finds_nothing_on_any_page_of_the_portal(string language, bool isDark)
    {
        var stranger = await Company.OpenAsync(null, language, new Look(IsDark: isDark));
        await LookAtAsync(stranger, "/sign-in");
        await LookAtAsync(stranger, "/no-such-page");

        var page = await Company.OpenAsync(Company.Mina, language, new Look(IsDark: isDark));
        var key = await page.OpenRequestAsync(
            "Everything on one page",
            "**Bold**, `code`\n\n> quote\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |"
        );
        foreach (
            var address in new[]
            {
                $"/portal/requests/{key}",
                "/portal",
                "/portal?q=VPN",
                "/portal?q=zzzzqq",
                "/portal/requests",
                "/portal/requests?state=closed&q=zzzzqq",
                "/portal/ask/ITSD/itsd-computer",
                "/account/profile",
            }
        )
        {
            await LookAtAsync(page, address);
        }

        await page.GotoAsync("/portal/ask/ITSD/itsd-computer");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Axe.MustFindNothingAsync(page, $"refused form, {language}, dark: {isDark}");
        await page.Locator(".bar summary").ClickAsync();
        await Axe.MustFindNothingAsync(page, $"open menu, {language}, dark: {isDark}");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task A_phone_shows_every_page_without_scrolling_sideways(string language)
    {
        var page = await Company.OpenAsync(Company.Mina, language, new Look(Width: 390));
        var key = await page.OpenRequestAsync(
            new string('W', 120),
            $"{new string('x', 300)}\n\n`{new string('y', 200)}`"
        );
        foreach (
            var address in new[]
            {
                $"/portal/requests/{key}",
                "/portal",
                "/portal/requests",
                "/portal/ask/ITSD/itsd-account",
                "/account/profile",
                "/sign-in",
            }
        )
        {
            await page.GotoAsync(address);
            await Axe.MustNotScrollSidewaysAsync(page, $"{address} ({language})");
            await Axe.MustFindNothingAsync(page, $"{address} on a phone ({language})");
        }
    }

    [Fact]
    public async Task A_window_at_four_hundred_percent_zoom_still_fits()
    {
        var page = await Company.OpenAsync(Company.Mina, look: new Look(Width: 320));
        foreach (var address in new[] { "/portal", "/portal/requests", "/portal/ask/ITSD/itsd-computer" })
        {
            await page.GotoAsync(address);
            await Axe.MustNotScrollSidewaysAsync(page, address);
        }
    }

    private static async Task LookAtAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await Axe.MustFindNothingAsync(page, address);
    }
}
