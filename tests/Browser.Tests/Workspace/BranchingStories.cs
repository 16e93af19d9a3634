using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>An agent merges, splits, copies and moves tickets.</summary>
[Collection(nameof(Company))]
public sealed class BranchingStories(Company company) : Stories(company)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("en", "Merged into", "Merged into this ticket")]
    [InlineData("ko", "병합된 곳", "이 티켓에 병합된 티켓")]
    public async Task A_ticket_is_merged_and_given_back(string language, string into, string taken)
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var stays = await page.OpenTicketAsync($"Stays {language}");
        var goes = await page.OpenTicketAsync($"Goes {language}");
        await page.Locator("#ticket-more summary").ClickAsync();
        await page.Locator("[data-command=merge]").ClickAsync();
        await page.Locator("#in-into").FillAsync(stays);
        await page.Locator("form[method=get] button[type=submit]").Last.ClickAsync();
        await Expect(page.Locator("#merge-preview")).ToContainTextAsync(stays);
        await Looking.AtThisAsync(page, $"what a merge will do ({language})");

        await page.Locator("#merge-preview button[type=submit]").ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{stays}");
        await page.GotoTicketAsync(goes);
        await Expect(page.Locator("#merged")).ToContainTextAsync(into);
        await UntilAsync(page, stays, "#taken-in");
        await Expect(page.Locator("#taken-in")).ToContainTextAsync(taken);
        await page.Locator("#taken-in button").ClickAsync();
        await page.GotoTicketAsync(goes);
        await Expect(page.Locator("#merged")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("en", "Split off from a message of", "Split off to")]
    [InlineData("ko", "티켓의 메시지에서 분리됨", "티켓으로 분리됨")]
    public async Task A_message_becomes_a_ticket_of_its_own_by_keyboard_alone(
        string language,
        string from,
        string became
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync($"Two matters {language}");
        await page.Locator("[name=body]").FillAsync($"The **other** matter {language}\n\nIn detail.");
        await page.Locator("[name=body]").PressAsync("Control+Enter");
        var link = page.Locator(".post-split").First;
        await Expect(link).ToBeVisibleAsync();
        await page.GotoTicketAsync(key);
        await page.TabToAsync(link, 200);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[name=summary]")).ToHaveValueAsync($"The other matter {language}");
        await Looking.AtThisAsync(page, $"a split ({language})");
        await page.TabToAsync(page.Locator("main form[method=post] button.button-primary"), 200);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#origin")).ToContainTextAsync(from);
        await Looking.AtThisAsync(page, $"a ticket that was split off ({language})");
        var split = new Uri(page.Url).Segments[^1];
        await page.Locator("#origin a").ClickAsync();
        await UntilAsync(page, key, ".post-became");
        await Expect(page.Locator(".post-became")).ToContainTextAsync(became);
        await Expect(page.Locator(".post-became a")).ToHaveTextAsync(split);
        await Expect(page.Locator(".post-split").First).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("en", "Copy of", "Duplicate")]
    [InlineData("ko", "복사본", "복제")]
    public async Task A_copy_is_opened_from_the_palette(string language, string of, string command)
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync($"Once more {language}");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#in-palette").FillAsync(command);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/workspace/tickets/{key}/duplicate");
        await page.Locator("[name=summary]").FillAsync($"A copy {language}");
        await Looking.AtThisAsync(page, $"a copy ({language})");
        await page.Locator("main form[method=post] button.button-primary").ClickAsync();

        await Expect(page.Locator("#origin")).ToContainTextAsync(of);
        await Expect(page.Locator(".ticket-title")).ToHaveTextAsync($"A copy {language}");
    }

    [Theory]
    [InlineData("en", "Kim’s pump")]
    [InlineData("ko", "김 씨의 펌프")]
    public async Task A_ticket_is_moved_with_its_fields_and_what_was_lacking(string language, string pump)
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync($"To the yard {language}");
        await page.GotoAsync($"/workspace/tickets/{key}/edit");
        await page.Locator("[name='fields.impact']").SelectOptionAsync("high");
        await page.Locator("[name='fields.affected-system']").FillAsync(pump);
        await page.Locator("main form button.button-primary").ClickAsync();
        await page.Locator("#ticket-more summary").ClickAsync();
        await Looking.AtThisAsync(page, $"the menu of a ticket ({language})");
        await page.Locator("[data-command=move]").ClickAsync();
        await page.Locator("#move-where [name=desk]").SelectOptionAsync(Yard.Desk);
        await page.WaitForURLAsync($"**desk={Yard.Desk}**");
        await page.WaitForLoadStateAsync();
        await page.Locator("[name='map.affected-system']").SelectOptionAsync("yard-machine");
        await page.Locator("main form[method=post] button.button-primary").ClickAsync();
        await Expect(page.Locator("#move-missing [aria-invalid=true]")).ToBeVisibleAsync();
        await Expect(page.Locator("[name='map.affected-system']")).ToHaveValueAsync("yard-machine");
        await Looking.AtThisAsync(page, $"a move ({language})");

        await page.Locator("[name='fields.yard-gate']").FillAsync("7");
        await page.Locator("main form[method=post] button.button-primary").ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{Yard.Desk}-*");
        await Expect(page.Locator("#ticket-side")).ToContainTextAsync(pump);
        await page.GotoTicketAsync(key, "history");
        await Expect(page.Locator("#ticket-live")).ToContainTextAsync($"{key}");
    }

    // The other ticket follows by a moment.
    private static async Task UntilAsync(IPage page, string key, string selector)
    {
        using var limit = new CancellationTokenSource(Patience);
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            await page.GotoTicketAsync(key);
        } while (await page.Locator(selector).CountAsync() == 0);
    }
}
