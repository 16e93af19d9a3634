using System.Text.RegularExpressions;
using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>A policy is drafted, tried on what happened, and published with a choice for running clocks.</summary>
[Collection(nameof(Company))]
public sealed class SlaTrialStories(Company company) : Stories(company)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task A_draft_is_begun_tried_looked_through_and_published(string language)
    {
        var rosa = await Company.OpenAsync(Company.Rosa);
        var key = await rosa.OpenTicketAsync($"Trial {Promises.Plenty}");
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/sla/drafts");
        await page.Locator("#in-document").SelectOptionAsync("sla-policy/incident");
        await page.Locator("form:has(#in-document) button").ClickAsync();
        await page.WaitForURLAsync("**/sla/drafts/sla-policy/incident");
        var yaml = page.Locator("#in-yaml");
        // Much time becomes a second: what is open now would be broken.
        await yaml.FillAsync(
            (await yaml.InputValueAsync()).Replace("target: PT8H", "target: PT1S", StringComparison.Ordinal)
        );
        await page.Locator("form:has(#in-yaml) .button-primary").ClickAsync();
        await Expect(page.Locator("#difference .diff-added").First).ToBeVisibleAsync();
        await Expect(page.Locator("#preview")).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"a draft of a policy ({language})");

        await page.Locator("#trial button").ClickAsync();
        await page.WaitForURLAsync("**/sla/backtests/*");
        await Expect(page.Locator(".trial-figures")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Looking.AtThisAsync(page, $"a trial ({language})");
        var worse = page.Locator(".trial-figures a").First;
        await Expect(worse).Not.ToHaveTextAsync("0");
        await worse.ClickAsync();
        // The newest has been over for the shortest time, and stands last.
        await page.WaitForLoadStateAsync();
        while (await page.Locator("tr", new() { HasText = key }).CountAsync() == 0)
        {
            await page.Locator("a[rel=next]").ClickAsync();
            await page.WaitForLoadStateAsync();
        }

        await Looking.AtThisAsync(page, $"tickets of a trial ({language})");
        await page.Locator("tr", new() { HasText = key }).Locator("a.button").First.ClickAsync();
        await Expect(page.Locator(".ledger-pair .ledger")).ToHaveCountAsync(2);
        await Looking.AtThisAsync(page, $"both ledgers ({language})");

        // Thrown away, so that the other stories keep their promises.
        await page.GotoAsync("/administration/sla/drafts/sla-policy/incident");
        await page.Locator("form:has(#in-yaml) .button-danger").ClickAsync();
        await page.WaitForURLAsync("**/administration/sla/drafts");
    }

    [Fact]
    public async Task What_is_published_tells_what_became_of_running_clocks()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/sla/drafts");
        await page.Locator("#in-document").SelectOptionAsync("calendar/closed-today");
        await page.Locator("form:has(#in-document) button").ClickAsync();
        await page.WaitForURLAsync("**/sla/drafts/calendar/closed-today");
        var yaml = page.Locator("#in-yaml");
        await yaml.FillAsync((await yaml.InputValueAsync()).Replace("18:00", "17:00", StringComparison.Ordinal));
        await page.Locator("form:has(#in-yaml) .button-primary").ClickAsync();
        await page.Locator("[name=mode][value=keep-elapsed]").CheckAsync();
        await page.Locator("#publish-now").ClickAsync();
        await page.WaitForURLAsync("**/administration/sla/drafts");
        await Expect(page.Locator("#changeovers")).ToContainTextAsync("closed-today");
        await Expect(page.Locator("#changeovers tbody tr").First.Locator(".tone-green"))
            .ToBeVisibleAsync(new() { Timeout = 120_000 });
    }

    [Fact]
    public async Task A_calendar_is_drafted_in_its_form_tried_and_put_into_force_from_the_trial()
    {
        var page = await Company.OpenAsync(Company.Ada, "ko");
        await page.GotoAsync("/administration/calendars/edit");
        await page.Locator("#in-name-en").FillAsync("Drafted");
        await page.Locator("#in-name-ko").FillAsync("초안 캘린더");
        await page.Locator("#in-id").FillAsync("drafted");
        await page.Locator("#keep-draft").ClickAsync();
        await page.WaitForURLAsync("**/sla/drafts/calendar/drafted");

        await page.Locator("#in-form").ClickAsync();
        await Expect(page.Locator("#writes-draft")).ToBeVisibleAsync();
        await page.Locator("#in-hours-monday").FillAsync("10:00-15:00");
        await Looking.AtThisAsync(page, "a draft of a calendar in its form (ko)");
        await page.Locator("#calendar-form .form-actions .button-primary").ClickAsync();
        await page.WaitForURLAsync("**/sla/drafts/calendar/drafted");
        await Expect(page.Locator("#in-yaml")).ToHaveValueAsync(new Regex("10:00", RegexOptions.None, Patience));

        await page.Locator("#trial button").ClickAsync();
        await page.WaitForURLAsync("**/sla/backtests/*");
        await page.Locator("#activate [name=mode][value=keep-elapsed]").CheckAsync(new() { Timeout = 120_000 });
        await Looking.AtThisAsync(page, "a trial that is put into force (ko)");
        await page.Locator("#publish-now").ClickAsync();
        await page.WaitForURLAsync("**/administration/sla/drafts");
        await Expect(page.Locator("#changeovers tbody tr").First).ToContainTextAsync("drafted");
        await page.GoBackAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#in-force")).ToBeVisibleAsync();
    }
}
