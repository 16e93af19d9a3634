using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

[Collection(nameof(Company))]
public sealed class PeopleStories(Company company) : Stories(company)
{
    private const string NewPassword = "another sentence to keep";

    [Fact]
    public async Task A_person_is_added_sets_a_password_gets_a_role_and_is_locked_out()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/people");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a person" }).ClickAsync();
        await page.Locator("#in-name").FillAsync("Grace Hopper");
        await page.Locator("#in-email").FillAsync("grace@servicedesk.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await page.Locator("code.wrap").InnerTextAsync();

        var grace = await Company.OpenAsync(null);
        await grace.GotoAsync(link);
        await Looking.AtThisAsync(grace, "setting a password");
        await grace.Locator("#in-password").FillAsync(NewPassword);
        await grace.Locator("#in-repeat").FillAsync(NewPassword);
        await grace.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await SignInAsync(grace);
        await grace.WaitForURLAsync("**/portal");

        await page.Locator("#in-role").SelectOptionAsync("agent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#in-role")).ToHaveValueAsync("agent");
        await grace.GotoAsync("/workspace");
        await Expect(grace.Locator(".side-nav")).ToBeVisibleAsync();

        await page.Locator("#in-active").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#in-active")).Not.ToBeCheckedAsync();
        await page.GotoAsync("/administration/people?q=Grace");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("Inactive");
        await grace.GotoAsync("/workspace");
        await grace.WaitForURLAsync("**/sign-in*");
        await SignInAsync(grace);
        await Expect(grace.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nobody_changes_the_own_role()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/people?q=Byron");
        await page.GetByRole(AriaRole.Link, new() { Name = Company.Ada.Name }).ClickAsync();
        await page.Locator("#in-role").SelectOptionAsync("agent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#in-role-error")).ToContainTextAsync("own role");
        await Expect(page.Locator("#in-role")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Organizations_and_teams_are_made_and_people_belong_to_them()
    {
        var page = await Company.OpenAsync(Company.Ada, "ko");
        await page.GotoAsync("/administration/organizations");
        await page.Locator("[name=key]").FillAsync("hanbit");
        await page.Locator("form:has([name=key]) [name=name]").FillAsync("한빛그룹");
        await page.Locator("form:has([name=key]) button").ClickAsync();
        await Expect(page.Locator("tbody tr", new() { HasText = "hanbit" })).ToBeVisibleAsync();
        await page.Locator("[name=key]").FillAsync("hanbit");
        await page.Locator("form:has([name=key]) [name=name]").FillAsync("또 한빛");
        await page.Locator("form:has([name=key]) button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await page.GotoAsync("/administration/teams");
        await page.Locator(".panel [name=name]").FillAsync("네트워크팀");
        await page.Locator(".panel button").ClickAsync();
        await Expect(page.Locator("tbody [name=name][value='네트워크팀']")).ToHaveCountAsync(1);

        await page.GotoAsync("/administration/people?q=" + Uri.EscapeDataString("준호"));
        await page.GetByRole(AriaRole.Link, new() { Name = Company.Junho.Name }).ClickAsync();
        await page.GetByText("네트워크팀").ClickAsync();
        await page.GetByText("한빛그룹").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "저장" }).ClickAsync();
        await page.GotoAsync("/administration/people?q=" + Uri.EscapeDataString("준호"));
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("네트워크팀");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("한빛그룹");
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email address").FillAsync("grace@servicedesk.example");
        await page.GetByLabel("Password").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
