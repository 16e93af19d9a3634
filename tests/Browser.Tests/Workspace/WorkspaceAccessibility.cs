using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

[Collection(nameof(Company))]
public sealed class WorkspaceAccessibility(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Axe_finds_nothing_on_any_page_of_the_workspace(string language)
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var late = await page.OpenTicketAsync($"{new string('W', 80)} {Promises.Late}");
        await page.OpenTicketAsync($"Hour {Promises.Hour}");
        await page.OpenTicketAsync($"Soon {Promises.HalfHour}");
        var key = await page.OpenTicketAsync($"Everything on one page {Promises.Plenty}");
        await page.Locator("[name=body]").FillAsync("**Bold**, `code`\n\n> quote\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        await page.Locator("[name=body]").PressAsync("Control+Enter");
        await Expect(page.Locator(".post-mine")).ToContainTextAsync("quote");
        await page.SayAsync("Internal", "Only the desk reads this.");
        var problem = await page.OpenTicketAsync("What is behind it", type: "problem");
        var change = await page.OpenTicketAsync("What will be different", type: "change");
        await page.MustBeThereAsync(
            $"/plugins/links/ticket?key={key}",
            $"/plugins/links/new?key={key}",
            $"/plugins/problems/ticket?key={problem}",
            $"/plugins/problems/solve?key={problem}",
            "/plugins/changes/calendar",
            $"/plugins/changes/risk?key={change}"
        );
        await Looking.AtAllAsync(
            Company,
            Company.Rosa,
            language,
            $"/plugins/links/ticket?key={key}",
            $"/plugins/links/new?key={key}",
            $"/plugins/problems/ticket?key={problem}",
            $"/plugins/problems/solve?key={problem}",
            "/plugins/changes/calendar",
            "/plugins/changes/calendar?view=week",
            $"/plugins/changes/risk?key={change}",
            $"/workspace/tickets/{key}",
            $"/workspace/tickets/{key}?tab=promises",
            $"/workspace/tickets/{key}/clocks/time-to-resolution/1",
            "/workspace/sla/integrity",
            "/workspace/sla/forecast?days=3",
            "/workspace/sla?days=7",
            "/workspace/sla?agreement=ola&days=365",
            "/workspace/sla/promises?state=live",
            "/workspace/sla/hours?state=started",
            "/workspace/sla/causes?state=decided",
            "/workspace/sla/statement?organization=1",
            $"/workspace/tickets/{key}?tab=history",
            $"/workspace/tickets/{late}",
            $"/workspace/tickets/{key}/edit",
            $"/workspace/tickets/{key}/merge",
            $"/workspace/tickets/{key}/duplicate",
            $"/workspace/tickets/{key}/library",
            $"/workspace/tickets/{key}/library?q=zzzzqq",
            $"/workspace/tickets/{key}/move?desk={Yard.Desk}",
            $"/workspace/tickets/{key}/comments/2/split",
            $"/workspace/tickets/{key}/transitions/resolve",
            $"/workspace/tickets/{key}/macros/itsd-ask-details",
            $"/workspace/tickets/{key}/macros/itsd-fulfilled",
            "/workspace",
            "/workspace/announcements",
            "/workspace/announcements/edit",
            "/workspace/approvals",
            "/workspace/notifications",
            "/workspace/own/edit",
            "/account/shortcuts",
            "/account/notifications",
            "/workspace/bulk",
            $"/workspace/tickets/{key}/inline/priority?version=1",
            "/account/macros",
            "/account/macros/edit",
            $"/plugins/incidents/major?key={key}",
            "/workspace/new?desk=ITSD&type=incident",
            "/workspace/ITSD/itsd-open",
            "/workspace/ITSD/itsd-open?q=zzzzqq",
            "/workspace/search",
            "/workspace/search?q=incident+is:open",
            "/workspace/query-language",
            "/workspace/search?q=stutus+%3D+new",
            "/workspace/tickets/ITSD-999999",
            "/account/profile"
        );
    }

    [Fact]
    public async Task Axe_finds_nothing_while_one_works()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync("While one works");
        await page.Locator(".composer").GetByText("Internal note", new() { Exact = true }).ClickAsync();
        await page.Locator("#in-person").FillAsync("");
        await page.Keyboard.TypeAsync("a");
        await Expect(page.Locator(".combo-option").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Axe.MustFindNothingAsync(page, "a list of people");
        await page.GotoAsync($"/workspace/tickets/{key}/transitions/resolve");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(page.Locator("[aria-invalid=true]")).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, "a refused transition");
        await page.GotoAsync("/workspace/ITSD/itsd-open");
        await page.SetViewportSizeAsync(390, 900);
        await page.Locator(".side-toggle").ClickAsync();
        await Expect(page.Locator(".side")).ToBeVisibleAsync();
        await page.Locator(".side summary").ClickAsync();
        await Axe.MustFindNothingAsync(page, "the navigation on a phone");
    }
}
