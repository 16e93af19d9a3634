using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Portal;

[Collection(nameof(Company))]
public sealed class AccountStories(Company company) : Stories(company)
{
    [Fact]
    public async Task A_stranger_signs_in_and_arrives_where_the_link_led()
    {
        var page = await Company.OpenAsync(null);
        await page.GotoAsync("/portal/requests?state=all");
        await Expect(page)
            .ToHaveTitleAsync(
                new System.Text.RegularExpressions.Regex(
                    "^Sign in",
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            );
        await page.GetByLabel("Email address").FillAsync(Company.Ana.Email);
        await page.GetByLabel("Password").FillAsync(Company.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/portal/requests?state=all");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_told_alike()
    {
        var page = await Company.OpenAsync(null);
        var told = new List<string>();
        foreach (var email in new[] { "nobody@nowhere.example", Company.Ana.Email })
        {
            await page.GotoAsync("/sign-in");
            await page.GetByLabel("Email address").FillAsync(email);
            await page.GetByLabel("Password").FillAsync("not the password at all");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            told.Add(await page.GetByRole(AriaRole.Alert).InnerTextAsync());
            await Expect(page.GetByLabel("Email address")).ToHaveValueAsync(email);
        }

        Assert.Equal(told[0], told[1]);
    }

    [Fact]
    public async Task Language_and_theme_change_at_once_and_stay()
    {
        var page = await Company.OpenAsync(Company.Ana);
        await page.GotoAsync("/portal");
        await page.Locator(".bar summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Locator(".bar summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "한국어" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("무엇을 도와드릴까요?");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ko");
        await page.GotoAsync("/account/profile");
        await Expect(page.Locator("#in-language")).ToHaveValueAsync("ko");
        await page.Locator("#in-language").SelectOptionAsync("en");
        await page.Locator("#in-zone").SelectOptionAsync("Asia/Seoul");
        await page.GetByRole(AriaRole.Button, new() { Name = "저장" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Profile");
    }

    [Fact]
    public async Task The_theme_follows_the_person_to_another_device_and_a_strangers_stays_on_his()
    {
        var page = await Company.OpenAsync(Company.Junho);
        await page.GotoAsync("/portal");
        await page.Locator(".bar summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var other = await Company.OpenAsync(Company.Junho);
        await other.GotoAsync("/workspace");
        await Expect(other.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        var stranger = await Company.OpenAsync(null);
        await stranger.GotoAsync("/sign-in");
        await Expect(stranger.Locator("html")).ToHaveAttributeAsync("data-theme", "system");
        await stranger.Locator("[name=theme]").SelectOptionAsync("light");
        await Expect(stranger.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        // Signing in brings the person's own theme, also to what this device shows afterwards.
        await stranger.GetByLabel("Email address").FillAsync(Company.Junho.Email);
        await stranger.GetByLabel("Password").FillAsync(Company.Password);
        await stranger.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(stranger.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await other.GotoAsync("/account/profile");
        await Expect(other.Locator("#in-theme")).ToHaveValueAsync("dark");
        await other.Locator("#in-theme").SelectOptionAsync("system");
        await other.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(other.Locator("html")).ToHaveAttributeAsync("data-theme", "system");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "system");
    }

    [Fact]
    public async Task The_menu_works_with_keys_alone()
    {
        var page = await Company.OpenAsync(Company.Ana);
        await page.GotoAsync("/portal");
        var menu = page.Locator(".bar summary");
        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".menu-item").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".bar .menu")).Not.ToHaveAttributeAsync("open", "");
        await Expect(menu).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_page_that_one_may_not_open_says_so()
    {
        var page = await Company.OpenAsync(Company.Ana);
        var answer = await page.GotoAsync("/workspace");
        Assert.Equal(403, answer!.Status);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("You may not open this page");
    }
}
