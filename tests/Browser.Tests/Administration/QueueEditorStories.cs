using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

[Collection(nameof(Company))]
public sealed class QueueEditorStories(Company company) : Stories(company)
{
    [Fact]
    public async Task A_queue_is_written_with_the_keyboard_tried_and_worked()
    {
        var worker = await Company.OpenAsync(Company.Rosa);
        var key = await worker.OpenTicketAsync("Queued by what it was");
        var page = await Company.OpenAsync(Company.Ada, "ko");
        await page.GotoAsync("/administration/queues");
        await page.GetByRole(AriaRole.Link, new() { Name = "새 대기열" }).First.PressAsync("Enter");
        await page.WaitForLoadStateAsync();
        await page.Locator("#in-name").FillAsync("Was mine");
        await page.Locator("#in-nameKo").FillAsync("내가 맡았던 티켓");
        await page.Locator("#in-desk").SelectOptionAsync("ITSD");
        var query = page.Locator("#in-query");
        await query.FillAsync("");
        await query.PressSequentiallyAsync("status wa");
        await Expect(page.Locator(".combo-option", new() { HasText = "WAS NOT IN" })).ToBeVisibleAsync();
        await query.PressAsync("Escape");
        await query.FillAsync("status WAS nwe");
        await query.PressAsync("Escape");
        await query.PressAsync("Enter");
        await Expect(page.Locator("#in-query-error mark")).ToHaveTextAsync("nwe");
        await Looking.AtThisAsync(page, "a queue with a mistake");

        await query.FillAsync("status WAS new AND summary ~ \"Queued by what\"");
        await query.PressAsync("Escape");
        await page.Locator("#in-order").SelectOptionAsync("breach");
        await query.PressAsync("Enter");
        await Expect(page.Locator("#queue-found")).ToContainTextAsync("1개");
        await Expect(query).ToHaveValueAsync("status WAS new AND summary ~ \"Queued by what\" ORDER BY remaining");
        await page.GetByRole(AriaRole.Button, new() { Name = "우선순위 위로 옮기기" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "우선순위 위로 옮기기" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "저장" }).PressAsync("Enter");
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();

        await worker.GotoAsync("/workspace/ITSD/itsd-open");
        await worker.Locator(".side a", new() { HasText = "Was mine" }).ClickAsync();
        await Expect(worker.Locator(".table-tickets tbody tr")).ToContainTextAsync(key);
        await page.Locator("form[action*='handler=Remove'] button").ClickAsync();
        await Expect(page.Locator("main, .page").First).Not.ToContainTextAsync("내가 맡았던 티켓");
    }
}
