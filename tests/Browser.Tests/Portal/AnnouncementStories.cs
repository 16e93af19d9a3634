using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Portal;

/// <summary>A desk tells its customers of an outage before they ask, and ends it.</summary>
[Collection(nameof(Company))]
public sealed class AnnouncementStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task An_outage_is_told_on_every_page_of_the_portal_until_it_is_ended(string language)
    {
        var (english, korean) = ($"Mail is down ({language})", $"메일이 멈췄습니다 ({language})");
        var told = language == "ko" ? korean : english;
        var rosa = await Company.OpenAsync(Company.Rosa, language);
        await rosa.GotoAsync("/workspace/announcements");
        await rosa.Locator("a[href*='/workspace/announcements/edit']").First.ClickAsync();
        await rosa.Locator("[name=level]").SelectOptionAsync("Outage");
        await rosa.Locator("[name=desk]").SelectOptionAsync("ITSD");
        await rosa.Locator("[name=until]").FillAsync("2020-01-01T10:00");
        await rosa.Locator("main form button.button-primary").ClickAsync();
        await Expect(rosa.Locator("[name=titleEn]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(rosa.Locator("[name=until]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Axe.MustFindNothingAsync(rosa, $"a refused announcement ({language})");
        await rosa.Locator("[name=until]").FillAsync("");
        await rosa.Locator("[name=titleEn]").FillAsync(english);
        await rosa.Locator("[name=titleKo]").FillAsync(korean);
        await rosa.Locator("[name=bodyEn]").FillAsync("We know, and **work on it**.");
        await rosa.Locator("main form button.button-primary").ClickAsync();
        var row = rosa.Locator("tr", new() { HasText = told });
        await Expect(row).ToBeVisibleAsync();
        await Looking.AtThisAsync(rosa, $"announcements ({language})");

        var ana = await Company.OpenAsync(Company.Ana, language);
        await ana.GotoAsync("/portal/requests");
        var banner = ana.Locator(".announcements .announcement", new() { HasText = told });
        await Expect(banner.Locator("strong", new() { HasText = "work on it" })).ToBeVisibleAsync();
        await ana.GotoAsync("/portal");
        await Expect(banner).ToBeVisibleAsync();
        await Looking.AtThisAsync(ana, $"an outage in the portal ({language})");

        await row.Locator("button").ClickAsync();
        await Expect(rosa.Locator("tr", new() { HasText = told }).Locator("button")).ToHaveCountAsync(0);
        await ana.ReloadAsync();
        await Expect(banner).ToHaveCountAsync(0);
    }
}
