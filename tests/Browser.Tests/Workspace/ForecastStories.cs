using System.Text.RegularExpressions;
using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>What will break, and what would if somebody were off: the address says it, and nothing is stored.</summary>
[Collection(nameof(Company))]
public sealed class ForecastStories(Company company) : Stories(company)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("en", "Assign to me", "absent until it is due", "Keep as absence")]
    [InlineData("ko", "내가 맡기", "대리인이 없습니다", "부재로 등록")]
    public async Task An_agent_supposes_to_be_off_sees_what_breaks_and_keeps_it(
        string language,
        string take,
        string why,
        string keep
    )
    {
        await AlwaysWorksAsync(Company.Rosa);
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync($"Forecast {Promises.Plenty}");
        await page.Locator("button:has(svg)", new() { HasText = take }).ClickAsync();
        await Expect(page.Locator("[name=assignee] option:checked")).ToHaveTextAsync(Company.Rosa.Name);
        // What others opened is worked off quickly: else their tickets break too, and fill the list.
        await page.GotoAsync("/workspace/sla/forecast?days=3&pace=1m&answer=1m");
        await Expect(page.Locator("#loads")).ToContainTextAsync(Company.Rosa.Name);

        await page.Locator("#what-if > summary").ClickAsync();
        await page.Locator("#off-who").SelectOptionAsync(new SelectOptionValue { Label = Company.Rosa.Name });
        var today = TimeProvider.System.GetUtcNow();
        await page.Locator("#off-from").FillAsync($"{today.AddDays(-1):yyyy-MM-dd}");
        await page.Locator("#off-to").FillAsync($"{today.AddDays(3):yyyy-MM-dd}");
        await page.Locator("form:has(#off-who) button").ClickAsync();
        await page.WaitForURLAsync(new Regex("off=[0-9]+%3A|off=[0-9]+:", RegexOptions.None, Limit));
        await Expect(page.Locator("#supposed")).ToContainTextAsync(key);
        var row = page.Locator("#supposed tr", new() { HasText = key }).First;
        await Expect(row).ToContainTextAsync(why);

        await page.GetByRole(AriaRole.Link, new() { Name = keep }).ClickAsync();
        await page.WaitForURLAsync("**/account/profile?**");
        await Expect(page.Locator("#absences [name=from]")).ToHaveValueAsync($"{today.AddDays(-1):yyyy-MM-dd}");
    }

    // What breaks as things are must not depend on the day of the week, nor on the team and the hours that another story gave.
    private async Task AlwaysWorksAsync(Somebody person)
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/people");
        await page.GetByRole(AriaRole.Link, new() { Name = person.Name }).First.ClickAsync();
        await page.Locator("#in-calendar").SelectOptionAsync("24x7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Expect(page.Locator("#in-calendar")).ToHaveValueAsync("24x7");
    }
}
