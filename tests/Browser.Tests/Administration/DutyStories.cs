using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>Leads, absences and assignment, in the browser.</summary>
[Collection(nameof(Company))]
public sealed class DutyStories(Company company) : Stories(company)
{
    [Fact]
    public async Task A_team_gets_a_lead_and_hours_and_a_policy_that_gives_its_tickets_out()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/teams");
        await page.Locator(".panel [name=name]").FillAsync("Duty crew");
        await page.Locator(".panel button").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Lead and hours: Duty crew" }).ClickAsync();
        await page.Locator("#in-lead").SelectOptionAsync(new SelectOptionValue { Label = Company.Ada.Name });
        await page.Locator("#in-calendar").SelectOptionAsync("korea-office-hours");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, "a team");

        await page.GotoAsync("/administration/assignment");
        await page.Locator("#in-name").FillAsync("Duty crew first");
        await page.Locator("#in-team").SelectOptionAsync("Duty crew");
        await page.Locator("#in-method").SelectOptionAsync("skills");
        await page.Locator("#in-query").FillAsync("priority >=");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#in-query-error")).ToBeVisibleAsync();
        await Expect(page.Locator("#in-skills-error")).ToBeVisibleAsync();
        await page.Locator("#in-query").FillAsync("summary ~ duty-crew-only");
        await page.Locator("#in-skills").FillAsync("SAP, linux");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#in-skills")).ToHaveValueAsync("linux, sap");
        await page.GotoAsync("/administration/assignments?lang=ko");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("역량, 진행 업무 순");
        await page.GetByRole(AriaRole.Link, new() { Name = "Duty crew first" }).ClickAsync();
        await page.Locator("form[action*='handler=Remove'] button").ClickAsync();
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_agent_enters_an_absence_and_takes_it_back()
    {
        var page = await Company.OpenAsync(Company.Ada, "ko");
        await page.GotoAsync("/account/profile");
        await page.GetByRole(AriaRole.Button, new() { Name = "부재 추가" }).ClickAsync();
        await Expect(page.Locator("#in-from-error")).ToBeVisibleAsync();
        await page.Locator("#in-from").FillAsync("2035-12-24");
        await page.Locator("#in-to").FillAsync("2035-12-28");
        await page.Locator("#in-note").FillAsync("연말 휴가");
        await page.GetByRole(AriaRole.Button, new() { Name = "부재 추가" }).ClickAsync();
        await Expect(page.Locator("#absences tbody tr")).ToContainTextAsync("연말 휴가");
        await Looking.AtThisAsync(page, "absences in the profile");
        await page.Locator("#absences tbody button").ClickAsync();
        await Expect(page.Locator("#absences tbody")).ToHaveCountAsync(0);
    }
}
