using System.Globalization;
using System.Security.Cryptography;
using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Portal;

/// <summary>A customer reads where the time of a request went, and what became of the promises of a month.</summary>
[Collection(nameof(Company))]
public sealed class AgreementStories(Company company) : Stories(company)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("en", "The time stood still: Waiting for your answer", "We were working on it", "What,Metric")]
    [InlineData("ko", "시간이 멈춰 있었습니다: 회신을 기다리고 있음", "저희가 처리하고 있었습니다", "항목,지표")]
    public async Task A_customer_reads_the_clock_of_a_request_and_the_statement_of_the_month(
        string language,
        string waiting,
        string working,
        string head
    )
    {
        var organization = await OrganizationOfMinaAsync();
        var mina = await Company.OpenAsync(Company.Mina, language);
        var key = await mina.OpenRequestAsync($"{Promises.Agreed} {language}", "It drips.");
        var rosa = await Company.OpenAsync(Company.Rosa);
        // A clock that waited before its second was over would break nothing.
        await UntilAsync(rosa, $"/workspace/tickets/{key}?tab=promises", "#clock-time-to-resolution-1 .sla-breached");
        await rosa.GotoTicketAsync(key);
        await rosa.Locator(".transitions form", new() { Has = rosa.Locator("[value=ask-customer]") })
            .Locator("button")
            .ClickAsync();
        await Expect(rosa.Locator(".transitions form [value=ask-customer]")).ToHaveCountAsync(0);

        await mina.GotoAsync($"/portal/requests/{key}");
        await mina.Locator($"a[href*='/portal/requests/{key}/promises']").First.ClickAsync();
        await mina.WaitForURLAsync($"**/portal/requests/{key}/promises**");
        await Expect(mina.Locator("#clock-time-to-resolution-1")).ToContainTextAsync(waiting);
        await Expect(mina.Locator("#clock-time-to-resolution-1")).ToContainTextAsync(working);
        await Expect(mina.Locator("main")).Not.ToContainTextAsync("waiting-for-customer");
        await Looking.AtThisAsync(mina, $"the clock of a request ({language})");

        // What is shown by itself is the month before.
        var month = TimeProvider.System.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await UntilAsync(mina, $"/portal/statement?month={month}", $"text={key}");
        await Expect(mina.Locator("main")).ToContainTextAsync(organization);
        var file = await mina.RunAndWaitForDownloadAsync(() => mina.Locator("a[download]").ClickAsync());
        var text = await File.ReadAllTextAsync(await file.PathAsync());
        Assert.StartsWith(head, text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        await Looking.AtThisAsync(mina, $"a customer's statement ({language})");
        await mina.Locator("a[href*='show=breached']").First.ClickAsync();
        await Expect(mina.Locator("main table")).ToContainTextAsync(key);
        await Looking.AtThisAsync(mina, $"the requests of a figure ({language})");
    }

    // An administrator puts her into a company whose people see each other's requests.
    private async Task<string> OrganizationOfMinaAsync()
    {
        var name = "agreed-" + RandomNumberGenerator.GetHexString(6, lowercase: true);
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/organizations");
        await page.Locator("[name=key]").FillAsync(name);
        await page.Locator("form:has([name=key]) [name=name]").FillAsync(name);
        await page.Locator("form:has([name=key]) [name=share]").CheckAsync();
        await page.Locator("form:has([name=key]) button").ClickAsync();
        await page.GotoAsync("/administration/people?q=mina");
        await page.Locator("tbody a", new() { HasText = Company.Mina.Name }).First.ClickAsync();
        await page.WaitForLoadStateAsync();
        var joined = page.Locator("[name=organizations]:checked");
        while (await joined.CountAsync() > 0)
        {
            await joined.First.UncheckAsync();
        }

        await page.GetByLabel(name, new() { Exact = true }).CheckAsync();
        await page.Locator("form.card-form button[type=submit]").First.ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Expect(page.GetByLabel(name, new() { Exact = true })).ToBeCheckedAsync();
        return name;
    }

    // Promises break and statements follow the log by a moment.
    private static async Task UntilAsync(IPage page, string address, string selector)
    {
        using var limit = new CancellationTokenSource(Patience);
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            await page.GotoAsync(address);
        } while (await page.Locator(selector).CountAsync() == 0);
    }
}
