using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>The reply editor without a mouse: Markdown, macros, mentions, quotes, and who else is there.</summary>
[Collection(nameof(Company))]
public sealed class ReplyStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "/ask", "Waiting for customer", "Applied: Ask for details")]
    [InlineData("ko", "/ㅊㄱㅈㅂ", "고객 답변 대기", "적용했습니다: 추가 정보 요청")]
    public async Task A_macro_is_found_by_typing_shows_what_it_changes_and_is_applied(
        string language,
        string typed,
        string status,
        string done
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        await page.OpenTicketAsync("Needs a macro");
        await page.Locator("#in-body").FocusAsync();
        await page.Keyboard.TypeAsync(typed);
        await Expect(page.Locator(".composer-list .combo-option").First).ToBeVisibleAsync();
        await Axe.MustFindNothingAsync(page, "a list of macros");
        await page.Keyboard.PressAsync("Enter");

        var dialog = page.Locator("#macro-dialog");
        await Expect(dialog.Locator(".macro-changes ins")).ToContainTextAsync(status);
        await Expect(dialog.Locator("textarea")).ToBeFocusedAsync();
        await Axe.MustFindNothingAsync(page, "a macro before it is applied");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".toast")).ToContainTextAsync(done);
        await Expect(page.Locator(".ticket-facts .pill")).ToHaveTextAsync(status);
        await Expect(page.Locator(".post-mine")).ToContainTextAsync(Company.Rosa.Name);
        await Expect(page.Locator("#in-body")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Words_are_formatted_looked_at_quoted_and_a_colleague_is_mentioned()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        await page.OpenTicketAsync("Words");
        await page.SayAsync("Internal", "Only among us");
        var text = page.Locator("#in-body");
        await page.Locator(".composer [value=Public]").CheckAsync(new() { Force = true });
        await text.FillAsync("strong");
        await text.SelectTextAsync();
        await page.Keyboard.PressAsync("Control+b");
        await Expect(text).ToHaveValueAsync("**strong**");
        await page.Locator("[data-look]").ClickAsync();
        await Expect(page.Locator(".composer-look strong")).ToHaveTextAsync("strong");
        await page.Locator("[data-look]").ClickAsync();

        // A note that is quoted makes a note of what is written.
        await page.Locator(".post-note [data-quote]").ClickAsync();
        await Expect(page.Locator(".composer [value=Internal]")).ToBeCheckedAsync();
        await Expect(text).ToHaveValueAsync($"> **{Company.Rosa.Name}**\n> Only among us\n\n");
        await page.Keyboard.TypeAsync($"@{Company.Junho.Name[..1]}");
        await page.Locator(".composer-list .combo-option", new() { HasText = Company.Junho.Name }).ClickAsync();
        await Expect(text)
            .ToHaveValueAsync(
                new System.Text.RegularExpressions.Regex(
                    @"\]\(person:[0-9]+\) $",
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            );
        await page.Locator(".composer .button-primary").ClickAsync();
        await Expect(page.Locator(".post-note .mention")).ToHaveTextAsync($"@{Company.Junho.Name}");
    }

    [Fact]
    public async Task Two_agents_see_each_other_at_a_ticket_and_who_writes()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync("Together");
        var other = await Company.OpenAsync(Company.Junho);
        await other.GotoTicketAsync(key);
        await Expect(page.Locator(".visitor")).ToHaveAttributeAsync("title", $"{Company.Junho.Name} is viewing");
        await Expect(other.Locator(".visitor")).ToHaveAttributeAsync("title", $"{Company.Rosa.Name} is viewing");
        await other.Locator("#in-body").FocusAsync();
        // Somebody who writes goes on writing: the page says it for some seconds only.
        var writes = other.Keyboard.TypeAsync("I know, and I go on writing it", new() { Delay = 400 });
        await Expect(page.Locator(".visitor.is-writing")).ToContainTextAsync(Company.Junho.Name);
        await writes;
        await Axe.MustFindNothingAsync(page, "somebody who writes");
        await other.GotoAsync("/workspace/search");
        await Expect(page.Locator(".visitor")).ToHaveCountAsync(0);
    }
}
