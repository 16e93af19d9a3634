using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>Reports of promises: each figure opens what it counts, and a customer's statement says whose month it is.</summary>
[Collection(nameof(Company))]
public sealed class PromiseStories(Company company) : Stories(company)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task An_agent_opens_what_a_figure_counts(string language)
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync($"Counted {Promises.Late}");
        await UntilAsync(page, "/workspace/sla/promises?state=broken", key);

        await page.GotoAsync("/workspace");
        await page.Locator("a[href='/workspace/sla']").First.ClickAsync();
        await page.WaitForURLAsync(new Regex("/workspace/sla$", RegexOptions.None, Limit));
        var figure = page.Locator("#figures a[href*='state=broken']");
        var count = await figure.InnerTextAsync();
        await figure.ClickAsync();
        await page.WaitForURLAsync("**/workspace/sla/promises?**");

        await Expect(page.Locator("#counted")).ToContainTextAsync(count);
        var row = page.Locator("tr", new() { HasText = key }).First;
        await row.Locator("a[href*='/clocks/']").ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{key}/clocks/**");
    }

    [Theory]
    [InlineData("en", "Service level statement", "What,Metric")]
    [InlineData("ko", "서비스 수준 명세서", "항목,지표")]
    public async Task A_statement_is_read_and_saved_in_the_language_of_its_reader(
        string language,
        string title,
        string head
    )
    {
        var customer = await OrganizationAsync();
        var page = await Company.OpenAsync(Company.Rosa, language);
        await page.GotoAsync("/workspace/sla/statement");
        await page.Locator("[name=organization]").SelectOptionAsync(new SelectOptionValue { Label = customer });
        await page.WaitForURLAsync(new Regex("organization=[0-9]+", RegexOptions.None, Limit));

        await Expect(page.Locator("h1")).ToHaveTextAsync(customer);
        await Expect(page.Locator(".page header")).ToContainTextAsync(title);
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[download]").ClickAsync());
        var text = await File.ReadAllTextAsync(await file.PathAsync());
        Assert.StartsWith(head, text.TrimStart('\uFEFF'), StringComparison.Ordinal);
    }

    private async Task<string> OrganizationAsync()
    {
        var name = "stated-" + RandomNumberGenerator.GetHexString(6, lowercase: true);
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/organizations");
        await page.Locator("[name=key]").FillAsync(name);
        await page.Locator("form:has([name=key]) [name=name]").FillAsync(name);
        await page.Locator("form:has([name=key]) button").ClickAsync();
        await Expect(page.Locator("tbody tr", new() { HasText = name })).ToBeVisibleAsync();
        return name;
    }

    // Reports follow the log by a moment.
    private static async Task UntilAsync(IPage page, string address, string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            await page.GotoAsync(address);
        } while (await page.GetByText(text).CountAsync() == 0);
    }
}
