using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

[Collection(nameof(Company))]
public sealed class AdministrationAccessibility(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Axe_finds_nothing_on_any_page_of_the_administration(string language)
    {
        var team = await TeamAsync(language);
        await Looking.AtAllAsync(
            Company,
            Company.Ada,
            language,
            "/administration",
            "/administration/files",
            "/administration/help-centre",
            "/administration/configuration",
            "/administration/configuration?q=zzzzqq",
            "/administration/configuration/sla-policy/incident?compare=2",
            "/administration/configuration/queue",
            "/administration/sla/drafts",
            "/administration/changes",
            "/administration/sla",
            "/administration/sla/edit/incident",
            "/administration/workflows",
            "/administration/workflows/edit",
            "/administration/workflows/edit/incident",
            "/administration/request-types",
            "/administration/request-types/edit/itsd-computer",
            "/administration/desks",
            "/administration/desks/new",
            "/administration/desks/edit/ITSD",
            "/administration/approvals",
            "/administration/approvals/edit",
            "/administration/approvals/edit/change-board",
            "/administration/ticket-types",
            "/administration/ticket-types/edit",
            "/administration/ticket-types/edit/incident",
            "/administration/roles",
            "/administration/roles/edit",
            "/administration/roles/edit/agent",
            "/administration/link-types",
            "/administration/link-types/edit",
            "/administration/link-types/edit/blocks",
            "/administration/fields",
            "/administration/fields/edit",
            "/administration/fields/edit/impact",
            "/administration/people",
            "/administration/people?q=zzzzqq",
            "/administration/invitations",
            "/administration/desks/ITSD/people",
            "/administration/desks/ITSD/files",
            "/administration/desks/ITSD/files?q=zzzzqq",
            "/administration/desks/ITSD/files/edit",
            "/administration/desks/ITSD/people?q=zzzzqq",
            "/administration/person/1",
            "/administration/organizations",
            "/administration/teams",
            team,
            "/administration/assignments",
            "/administration/macros",
            "/administration/macros/edit",
            "/administration/macros/edit/itsd-ask-details",
            "/administration/queues",
            "/administration/queue/itsd-open",
            "/administration/assignment",
            "/account/profile",
            "/administration/plugins",
            "/administration/plugins/incidents/settings",
            "/administration/dead-letters"
        );
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/configuration/queue");
        await page.Locator("[name=yaml]").FillAsync("kind: queue\nid: story-bad\norder: many\n");
        await page.Locator("main .button-primary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"a refused document ({language})");
    }

    private async Task<string> TeamAsync(string language)
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/teams");
        await page.Locator(".panel [name=name]").FillAsync($"Seen by axe ({language})");
        await page.Locator(".panel button").ClickAsync();
        var address = await page.Locator("a[href*='/administration/team/']").Last.GetAttributeAsync("href");
        await page.MustBeThereAsync(address!);
        return address!;
    }
}
