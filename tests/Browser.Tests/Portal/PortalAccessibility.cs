using Browser.Tests.Running;
using Microsoft.Playwright;

namespace Browser.Tests.Portal;

[Collection(nameof(Company))]
public sealed class PortalAccessibility(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Axe_finds_nothing_on_any_page_of_the_portal(string language)
    {
        var page = await Company.OpenAsync(Company.Mina, language);
        var key = await page.OpenRequestAsync(
            "Everything on one page",
            "**Bold**, `code`\n\n> quote\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |"
        );
        await Looking.AtAllAsync(
            Company,
            null,
            language,
            "/sign-in",
            "/account/preferences",
            "/no-such-page",
            "/design"
        );
        await Looking.AtAllAsync(
            Company,
            Company.Mina,
            language,
            $"/portal/requests/{key}",
            $"/portal/requests/{key}/transitions/cancel",
            "/portal",
            "/portal?q=VPN",
            "/portal?q=zzzzqq",
            "/portal/requests",
            "/portal/requests?state=closed&q=zzzzqq",
            "/portal/ask/ITSD/itsd-computer",
            "/portal/agreements",
            "/portal/approvals",
            "/portal/notifications",
            "/portal/statement",
            $"/portal/requests/{key}/promises",
            "/account/profile",
            "/account/sign-out"
        );
        await page.GotoAsync("/portal/ask/ITSD/itsd-computer");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Assertions.Expect(page.Locator("[aria-invalid=true]").First).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"a refused form ({language})");
        await page.Locator(".bar summary").ClickAsync();
        await Looking.AtThisAsync(page, $"an open menu ({language})");
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
                $"/portal/requests/{key}/transitions/cancel",
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
}
