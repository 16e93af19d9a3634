using System.Security.Cryptography;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

[Collection(nameof(Company))]
public sealed class BulkStories(Company company) : Stories(company)
{
    [Fact]
    public async Task Tickets_are_chosen_previewed_changed_and_put_back_by_keyboard_alone()
    {
        var (page, keys) = await ListAsync("en", "Keyboard bulk", 4);
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".table-title").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+J");
        await Expect(page.Locator("[data-selected]")).ToHaveTextAsync("3 selected");
        await page.Keyboard.PressAsync("Shift+K");
        await Expect(page.Locator("[data-selected]")).ToHaveTextAsync("2 selected");
        await page.Keyboard.PressAsync("Shift+J");
        await Looking.AtThisAsync(page, "a list with chosen tickets");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".bulk-bar")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("Shift+K");
        await Expect(page.Locator("[data-selected]")).ToHaveTextAsync("2 selected");
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Edit …" }));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/workspace/bulk/*");
        await Looking.AtThisAsync(page, "the form of a bulk edit");
        await page.TabToAsync(page.Locator("#in-priority"));
        await page.TypeChoiceAsync(page.Locator("#in-priority"), "Critical");
        await page.TabToAsync(page.Locator("#in-addLabels"));
        await page.Keyboard.TypeAsync("outage");
        await page.Keyboard.PressAsync("Control+Enter");

        var apply = page.GetByRole(AriaRole.Button, new() { Name = "Change 2 tickets" });
        await Expect(apply).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, "the preview of a bulk edit");
        await page.TabToAsync(apply);
        await page.Keyboard.PressAsync("Enter");
        var undo = page.GetByRole(AriaRole.Button, new() { Name = "Undo on 2 tickets" });
        await page.TabToAsync(undo);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Undone" })).ToBeVisibleAsync();
        await Expect(page.Locator(".bulk-outcome").First).ToHaveTextAsync("put back");
        await Axe.MustFindNothingAsync(page, "an undone bulk edit");
        await page.GotoAsync($"/workspace/tickets/{keys[1]}?tab=history");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("in undo");
        await Axe.MustFindNothingAsync(page, "a history with a bulk edit");
    }

    [Fact]
    public async Task The_mouse_chooses_a_range_and_the_preview_tells_what_stays_and_what_cannot()
    {
        var (page, keys) = await ListAsync("ko", "마우스 일괄", 3);
        await page.Locator("[name=keys]").Nth(0).ClickAsync();
        await page.Locator("[name=keys]").Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.Locator("[data-selected]")).ToHaveTextAsync("3개 선택됨");
        await page.Locator("[data-select-page]").ClickAsync();
        await Expect(page.Locator(".bulk-bar")).ToBeHiddenAsync();
        await page.Locator("[data-select-page]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "편집 …" }).ClickAsync();
        await page.Locator("#in-to").SelectOptionAsync("resolved");
        await page.GetByRole(AriaRole.Button, new() { Name = "미리보기" }).ClickAsync();
        await Expect(page.Locator(".bulk-count")).ToContainTextAsync("3 변경 불가");
        await Expect(page.Locator(".bulk-why")).ToHaveCountAsync(3);
        await Looking.AtThisAsync(page, "a preview that changes nothing");
        await page.GetByRole(AriaRole.Link, new() { Name = "편집 내용 고치기" }).ClickAsync();
        await Expect(page.Locator("#in-to")).ToHaveValueAsync("resolved");
        await page.Locator("#in-to").SelectOptionAsync("");
        await page.Locator("[name=comment]").FillAsync("확인하고 있습니다.");
        await page.GetByRole(AriaRole.Button, new() { Name = "미리보기" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("댓글은 보내지면 남습니다");
        await page.GetByRole(AriaRole.Button, new() { Name = "티켓 3개 변경" }).ClickAsync();
        await Expect(page.Locator(".bulk-count")).ToContainTextAsync("3 변경됨");
        await page.GotoTicketAsync(keys[0]);
        await Expect(page.Locator(".post-note, .post").Last).ToContainTextAsync("확인하고 있습니다.");
        await page.GotoAsync("/workspace/bulk");
        await Expect(page.Locator(".items li").First).ToContainTextAsync("티켓 3개 편집");
        await Looking.AtThisAsync(page, "the list of bulk edits");
    }

    [Fact]
    public async Task What_is_chosen_stays_chosen_alone_when_a_ticket_comes_on_top()
    {
        var (page, keys) = await ListAsync("en", "Chosen and kept", 3);
        await page.GotoAsync(
            $"/workspace/search?q={Uri.EscapeDataString("summary ~ \"Chosen and kept\" ORDER BY created DESC")}"
        );
        var box = page.Locator($"[name=keys][value='{keys[1]}']");
        await box.ClickAsync();

        var other = await Company.OpenAsync(Company.Rosa);
        var late = await other.OpenTicketAsync("Chosen and kept, late");
        await Expect(page.Locator($"[name=keys][value='{late}']")).ToBeVisibleAsync();

        await Expect(box).ToBeCheckedAsync();
        await Expect(page.Locator("[name=keys]:checked")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-selected]")).ToHaveTextAsync("1 selected");
    }

    [Fact]
    public async Task A_value_is_changed_in_its_line_and_refused_when_somebody_was_first()
    {
        var (page, keys) = await ListAsync("en", "Inline change", 2);
        var line = page.Locator($"tr[data-key='{keys[0]}']");
        await line.Locator(".table-title").FocusAsync();
        await page.Keyboard.PressAsync("p");
        await Expect(page.Locator("#inline-menu [aria-current=true]")).ToBeFocusedAsync();
        await Axe.MustFindNothingAsync(page, "the menu of a line");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Expect(line.Locator(".col-priority")).ToContainTextAsync("High");
        await Expect(line.Locator(".table-title")).ToBeFocusedAsync();

        await line.Locator("[data-inline=assignee]").ClickAsync();
        await page.Locator("#inline-menu .menu-item").First.ClickAsync();
        await Expect(line.Locator(".col-assignee")).Not.ToContainTextAsync("Nobody");
        await page.Keyboard.PressAsync("s");
        await page.Locator("#inline-menu .menu-item", new() { HasText = "Start" }).ClickAsync();
        await Expect(line.Locator(".col-status")).ToContainTextAsync("In progress");

        var other = await Company.OpenAsync(Company.Junho, "en");
        await line.Locator("[data-inline=priority]").ClickAsync();
        await Expect(page.Locator("#inline-menu")).ToBeVisibleAsync();
        await other.GotoTicketAsync(keys[0]);
        await other.Locator("select[name=priority]").SelectOptionAsync("Low");
        await Expect(other.Locator(".toast")).ToBeVisibleAsync();
        await page.Locator("#inline-menu .menu-item", new() { HasText = "Critical" }).ClickAsync();
        await Expect(page.Locator(".toast.is-wrong")).ToContainTextAsync("Somebody changed");
        await Expect(line.Locator(".col-priority")).ToContainTextAsync("Low");
    }

    [Fact]
    public async Task Without_script_and_on_a_phone_tickets_are_changed_too()
    {
        var (scripted, keys) = await ListAsync("en", "Plain bulk", 2);
        var page = await Company.OpenAsync(Company.Rosa, "en", new Look { HasScripts = false, Width = 390 });
        await page.GotoAsync(scripted.Url);
        await page.Locator("[name=keys]").Nth(0).CheckAsync();
        await page.Locator("[name=keys]").Nth(1).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit …" }).ClickAsync();
        await page.Locator("#in-priority").SelectOptionAsync("High");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change 2 tickets" }).ClickAsync();
        await Expect(page.Locator(".bulk-count")).ToContainTextAsync("2 changed");
        await page.GotoAsync($"/workspace/tickets/{keys[0]}/inline/priority?version=1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Low", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody changed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Low", Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{keys[0]}");
    }

    private async Task<(IPage Page, string[] Keys)> ListAsync(string language, string summary, int count)
    {
        var sign = $"{summary} {RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        var page = await Company.OpenAsync(Company.Rosa, language);
        var keys = new string[count];
        for (var number = 0; number < count; number++)
        {
            keys[number] = await page.OpenTicketAsync($"{sign} {number}");
        }

        await page.GotoAsync($"/workspace/search?q={Uri.EscapeDataString($"summary ~ \"{sign}\" ORDER BY key")}");
        await Expect(page.Locator(".table-tickets [name=keys]")).ToHaveCountAsync(count);
        await page.EvaluateAsync("document.activeElement.blur()");
        return (page, keys);
    }
}
