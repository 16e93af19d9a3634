using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>Commands and single keys.</summary>
[Collection(nameof(Company))]
public sealed class PaletteStories(Company company) : Stories(company)
{
    // What a page gets while a Korean input method is on and nothing is being written: the place of the key, and no letter.
    private const string KoreanKey =
        "([key, code]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))";

    [Fact]
    public async Task Everything_is_reached_by_the_palette_also_by_initial_consonants_and_while_a_syllable_is_written()
    {
        var page = await Company.OpenAsync(Company.Rosa, "ko");
        var key = await page.OpenTicketAsync("명령으로 찾는 티켓");
        await page.Keyboard.PressAsync("Control+k");
        var input = page.Locator("#in-palette");
        await Expect(input).ToBeFocusedAsync();
        await input.FillAsync("ㅈㅋㅂ");
        await Expect(Chosen(page)).ToContainTextAsync("지켜보기");
        await input.FillAsync("알ㄹ");
        await Expect(Chosen(page)).ToContainTextAsync("알림");
        await input.FillAsync("내가 맡기");
        await Expect(Chosen(page)).ToContainTextAsync("내가 맡기");
        await input.FillAsync("내부 메");
        await Expect(Chosen(page)).ToContainTextAsync("내부 메모");
        await Looking.AtThisAsync(page, "the palette");

        await input.EvaluateAsync(
            "input => input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"
        );
        await Expect(page.Locator("#palette")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#palette")).ToBeHiddenAsync();
        await Expect(page.Locator(".composer [name=visibility][value=Internal]")).ToBeCheckedAsync();

        await page.GotoAsync("/workspace/ITSD/itsd-open");
        await page.Keyboard.PressAsync("Control+k");
        await input.FillAsync(key.Split('-')[1]);
        await page.Locator(".palette-option", new() { HasText = key }).ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{key}");
    }

    [Fact]
    public async Task Single_keys_work_with_a_korean_keyboard_are_changed_and_turned_off()
    {
        var page = await Company.OpenAsync(Company.Junho);
        var key = await page.OpenTicketAsync("Worked by single keys");
        await page.Keyboard.PressAsync("?");
        var sheet = page.Locator("#shortcut-sheet");
        await Expect(sheet).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, "the sheet of shortcuts");
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();

        await page.EvaluateAsync(KoreanKey, (string[])["ㅜ", "KeyN"]);
        await Expect(page.Locator(".composer [name=visibility][value=Internal]")).ToBeCheckedAsync();
        await Expect(page.Locator(".composer textarea")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("new?");
        await Expect(page.Locator(".composer textarea")).ToHaveValueAsync("new?");

        await page.GotoAsync("/account/shortcuts");
        await Axe.MustFindNothingAsync(page, "the shortcuts' page");
        await page.Locator("#in-key-reply").SelectOptionAsync("n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#in-key-note-error")).ToBeVisibleAsync();
        await page.Locator("#in-key-reply").SelectOptionAsync("q");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();

        await page.GotoTicketAsync(key);
        await page.Keyboard.PressAsync("q");
        await Expect(page.Locator(".composer [name=visibility][value=Public]")).ToBeCheckedAsync();
        await Expect(page.Locator(".composer textarea")).ToBeFocusedAsync();

        await page.GotoAsync("/account/shortcuts");
        await page.GetByLabel("Use single keys").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await page.GotoTicketAsync(key);
        await page.Keyboard.PressAsync("e");
        await page.Keyboard.PressAsync("?");
        await Expect(sheet).ToBeHiddenAsync();
        Assert.Contains($"/tickets/{key}?", page.Url, StringComparison.Ordinal);
    }

    private static ILocator Chosen(IPage page) => page.Locator(".palette-option[aria-selected=true]");
}
