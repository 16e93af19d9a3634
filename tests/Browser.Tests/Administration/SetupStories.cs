using System.Text.RegularExpressions;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>The first minutes of a new installation.</summary>
[Collection(nameof(Company))]
public sealed partial class SetupStories(Company company) : Stories(company)
{
    [Fact]
    public async Task Whoever_opens_the_link_of_a_new_installation_becomes_its_administrator()
    {
        await using var server = new RunningServer();
        await server.StartAsync();
        var link = server.Address + await server.SaysAsync(Link());
        var page = await Company.OpenAsync(null, "ko");
        foreach (var language in new[] { "en", "ko" })
        {
            await page.GotoAsync($"{link}&lang={language}");
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await Looking.AtThisAsync(page, $"the first administrator's form ({language})");
        }

        await page.GetByRole(AriaRole.Button).Last.ClickAsync();
        await Expect(page.Locator(".error").First).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, "the first administrator's form, refused");
        await page.Locator("#in-name").FillAsync("서지우");
        await page.Locator("#in-email").FillAsync("jiwoo@example.com");
        await page.Locator("#in-password").FillAsync(Company.Password);
        await page.Locator("#in-repeat").FillAsync(Company.Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");

        await page.Locator("#in-email").FillAsync("jiwoo@example.com");
        await page.Locator("#in-password").FillAsync(Company.Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        await page.GotoAsync($"{server.Address}/administration/people");
        await Expect(page.Locator("main")).ToContainTextAsync("서지우");
    }

    [GeneratedRegex(@"/account/setup\?token=[\w-]+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
