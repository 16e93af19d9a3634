using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>A clock that was paused again and again is found, and corrected by two people; its account says so.</summary>
[Collection(nameof(Company))]
public sealed class IntegrityStories(Company company) : Stories(company)
{
    private const string Page = "/workspace/sla/integrity?days=7";

    [Theory]
    [InlineData("en", "No longer: ", "Corrected")]
    [InlineData("ko", "일시 정지 사유 해제: ", "정정함")]
    public async Task What_looks_wrong_is_found_proposed_and_approved_by_somebody_else(
        string language,
        string resumed,
        string corrected
    )
    {
        var rosa = await Company.OpenAsync(Company.Rosa, language);
        var key = await rosa.OpenTicketAsync($"Flapping {language} {Promises.Plenty}");
        var clock = $"/workspace/tickets/{key}/clocks/time-to-resolution/1";
        for (var time = 0; time < 4; time++)
        {
            await GoAsync(rosa, "ask-customer");
            await GoAsync(rosa, "resume");
        }

        await rosa.GotoAsync(clock);
        await Expect(rosa.Locator(".ledger-row-running").Last).ToContainTextAsync(resumed);
        await rosa.GotoAsync(Page);
        var closed = rosa.Locator("#same-verdict:not([open]) > summary");
        if (await closed.CountAsync() > 0)
        {
            await closed.ClickAsync();
        }

        var finding = rosa.Locator(".finding", new() { HasText = key });
        await Expect(finding).ToBeVisibleAsync();
        await Looking.AtThisAsync(rosa, $"findings of pause integrity ({language})");
        var reason = $"Nobody was asked anything: {key}";
        await finding.Locator("[name=reason]").FillAsync(reason);
        await finding.Locator("button").ClickAsync();
        var mine = rosa.Locator("#proposals tbody tr", new() { HasText = reason });
        await Expect(mine.Locator(".tone-amber, [name=approves]").First).ToBeVisibleAsync();
        await Expect(mine.Locator("[name=approves][value=true]")).ToHaveCountAsync(0);

        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync(Page);
        var proposal = ada.Locator("#proposals tbody tr", new() { HasText = reason });
        await Expect(proposal).ToContainTextAsync(Company.Rosa.Name);
        await Looking.AtThisAsync(ada, $"a proposed correction ({language})");
        await proposal.Locator("[name=approves][value=true]").ClickAsync();
        await Expect(proposal.Locator(".tone-green")).ToBeVisibleAsync();

        await rosa.GotoAsync(clock);
        var told = rosa.Locator(".ledger .notice");
        await Expect(told).ToContainTextAsync(reason);
        await Expect(told).ToContainTextAsync(Company.Rosa.Name);
        await Expect(told).ToContainTextAsync(Company.Ada.Name);
        await Expect(rosa.Locator(".ledger tbody")).ToContainTextAsync(corrected);
        await Expect(rosa.Locator(".ledger-row-paused")).ToHaveCountAsync(0);
        await Looking.AtThisAsync(rosa, $"a corrected clock ({language})");
    }

    private static async Task GoAsync(IPage page, string transition)
    {
        var form = page.Locator(".transitions form", new() { Has = page.Locator($"[value={transition}]") });
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
    }
}
