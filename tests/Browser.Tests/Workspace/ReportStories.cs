using System.Globalization;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

[Collection(nameof(Company))]
public sealed class ReportStories(Company company) : Stories(company)
{
    [Fact]
    public async Task A_dashboard_counts_a_new_ticket_by_itself_and_its_figure_opens_exactly_those()
    {
        var watching = await Company.OpenAsync(Company.Rosa);
        await watching.GotoAsync("/plugins/reports/dashboard?id=service-desk");
        var gadget = watching.Locator(".gadget", new() { HasText = "Created versus resolved" });
        await Expect(gadget.Locator("canvas")).ToBeVisibleAsync();
        var figure = gadget.Locator("dd a").First;
        var before = Number(await figure.InnerTextAsync());

        var other = await Company.OpenAsync(Company.Junho);
        var key = await other.OpenTicketAsync("Counted by itself");

        // Others open tickets too while this story runs.
        await Expect(figure)
            .Not.ToHaveTextAsync(
                before.ToString(CultureInfo.InvariantCulture),
                new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 }
            );
        await figure.ClickAsync();
        await watching.WaitForURLAsync("**/plugins/reports/tickets?*");
        var counted = Number((await watching.Locator("#counted").InnerTextAsync()).Split(' ')[0]);
        Assert.True(counted > before);
        var rows = watching.Locator("tbody tr");
        Assert.Equal(Math.Min(counted, 100), await rows.CountAsync());
        if (counted > 100)
        {
            await watching.GotoAsync($"{watching.Url}&page={(counted - 1) / 100}");
        }

        await Expect(rows.Last).ToBeVisibleAsync();
        await Expect(watching.Locator("tbody tr", new() { HasText = key })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_report_is_made_in_a_form_with_completion_and_shown()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/plugins/reports/edit");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("High incidents by team");
        await page.Locator("#in-query").FillAsync("");
        await page.Locator("#in-query").PressSequentiallyAsync("prio");
        await Expect(page.Locator(".combo-option").First).ToContainTextAsync("priority");
        await page.Locator("#in-query").FillAsync("colour = red");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".notice[role=alert]")).ToBeVisibleAsync();
        await Expect(page.Locator("#in-name")).ToHaveValueAsync("High incidents by team");

        await page.Locator("#in-query").FillAsync("type = incident AND priority >= high");
        await page.Locator("#in-group").SelectOptionAsync("Team");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await page.WaitForURLAsync("**/plugins/reports/report?id=high-incidents-by-team");
        await Expect(page.Locator("h1")).ToHaveTextAsync("High incidents by team");
        await Expect(page.Locator(".report-table")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("en", "Impact")]
    [InlineData("ko", "영향도")]
    public async Task A_report_is_told_apart_by_an_own_field_and_its_figure_opens_the_tickets(
        string language,
        string field
    )
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.OpenTicketAsync($"Told apart {language}");
        await page.GotoAsync("/plugins/reports/edit");
        await page.Locator("#in-name").FillAsync($"By impact {language}");
        await page.Locator("#in-group").SelectOptionAsync("field:impact");
        await page.Locator("#in-step").SelectOptionAsync("Whole");
        await page.Locator("#in-series").SelectOptionAsync("created");
        await page.Locator("main form button.button-primary").ClickAsync();
        await page.WaitForURLAsync("**/plugins/reports/report?id=by-impact*");
        await Expect(page.Locator(".report-table th").First).ToHaveTextAsync(field);
        await Looking.AtThisAsync(page, $"a report told apart by an own field ({language})");

        await page.Locator(".report-table tbody a").First.ClickAsync();
        await page.WaitForURLAsync("**/plugins/reports/tickets?*");
        await Expect(page.Locator("#counted")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Axe_finds_nothing_on_the_pages_of_reports(string language)
    {
        await Looking.AtAllAsync(
            Company,
            Company.Ada,
            language,
            "/plugins/reports/list",
            "/plugins/reports/report?id=created-resolved&days=7",
            "/plugins/reports/report?id=by-priority&days=30",
            "/plugins/reports/report?id=workload",
            "/plugins/reports/tickets?id=created-resolved&line=created",
            "/plugins/reports/dashboard?id=service-desk",
            "/plugins/reports/dashboardedit",
            "/plugins/reports/edit?id=workload"
        );
    }

    private static int Number(string text) =>
        int.Parse(text.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
