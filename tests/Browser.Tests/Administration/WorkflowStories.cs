using Browser.Tests.Running;
using Browser.Tests.Workspace;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>A workflow is made in the diagram and the lists beside it.</summary>
[Collection(nameof(Company))]
public sealed class WorkflowStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_workflow_is_made_part_by_part_compared_and_published(bool hasScripts)
    {
        var word = hasScripts ? "scripted" : "scriptless";
        var page = await Company.OpenAsync(Company.Ada, look: new Look(HasScripts: hasScripts));
        await page.GotoAsync("/administration/workflows/edit");
        await page.Locator("#in-name-en").FillAsync($"Purchase {word}");
        await page.Locator("#in-name-ko").FillAsync($"구매 {word}");
        await page.Locator("button[value='add-status']").ClickAsync();
        await page.Locator("#in-item-name-en").FillAsync("Ordered");
        await page.Locator("#in-item-name-ko").FillAsync("주문함");
        await page.Locator("button[value='add-transition']").ClickAsync();
        await Expect(page.Locator("#in-item-to")).ToBeVisibleAsync();
        await Expect(page.Locator("#box-3")).ToContainTextAsync("Ordered");
        await page.Locator("#in-item-name-en").FillAsync("Order");
        await page.Locator("#in-item-name-ko").FillAsync("주문");

        // It leaves from the status that was open, until one says otherwise.
        await page.Locator("[name='item.from'][value='ordered']").UncheckAsync();
        await page.Locator("[name='item.from'][value='new']").CheckAsync();
        await page.Locator("#in-item-to").SelectOptionAsync("ordered");

        // A status in which a ticket would be stranded is told before anything is published.
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await Expect(page.Locator("#workflow-problems")).ToContainTextAsync("stranded");
        await page.Locator("button[value='add-transition']").ClickAsync();
        await Expect(page.Locator("#transition-2 .wf-row")).ToContainTextAsync("New → Ordered");
        await Expect(page.Locator("#transition-3 .wf-form")).ToBeVisibleAsync();

        await page.Locator("#in-item-name-en").FillAsync("Delivered");
        await page.Locator("#in-item-name-ko").FillAsync("납품됨");
        await page.Locator("[name='item.from'][value='new']").UncheckAsync();
        await page.Locator("[name='item.from'][value='ordered']").CheckAsync();
        await page.Locator("#in-item-to").SelectOptionAsync("done");
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await Expect(page.Locator("#difference .diff-added").First).ToBeVisibleAsync();
        await page.Locator("#publish").ClickAsync();
        await page.WaitForURLAsync($"**/administration/workflows#workflow-purchase-{word}");
        await Expect(page.Locator($"#workflow-purchase-{word}")).ToContainTextAsync("4 statuses, 4 transitions");
    }

    [Fact]
    public async Task The_diagram_and_the_lists_are_reached_with_the_keyboard()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/workflows/edit/incident");
        await page.TabToAsync(page.Locator("#box-1"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#status-1 .wf-row")).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.Locator(".wf-line.is-meant").First).ToBeAttachedAsync();
        await page.TabToAsync(page.Locator("#transition-0 .wf-row"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#in-item-to")).ToBeVisibleAsync();
        await Expect(page.Locator("#status-1 .wf-row")).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task A_phone_shows_them_without_scrolling_sideways(string language)
    {
        var page = await Company.OpenAsync(Company.Ada, language, new Look(Width: 390));
        foreach (var address in new[] { "/administration/workflows", "/administration/workflows/edit/incident" })
        {
            await page.GotoAsync(address);
            await Axe.MustNotScrollSidewaysAsync(page, $"{address} ({language})");
        }
    }
}
