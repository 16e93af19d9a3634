using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

[Collection(nameof(Company))]
public sealed class SearchStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "1 found", "Recent searches", "Clear")]
    [InlineData("ko", "1건", "최근 검색", "지우기")]
    public async Task One_searches_from_any_page_with_the_keyboard_and_finds_it_again(
        string language,
        string one,
        string recent,
        string clear
    )
    {
        var word = $"전자결재{language}오류";
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync($"Approval system {word}");
        await page.GotoAsync("/workspace/ITSD/itsd-open");
        await page.Locator("main")
            .ClickAsync(
                new()
                {
                    Position = new() { X = 2, Y = 2 },
                }
            );
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator(".side-search input")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"결재{language} -nothing is:open");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/workspace/search?q=*");
        await Expect(page.Locator("#found-count")).ToHaveTextAsync(one);
        await Expect(page.Locator(".found .item")).ToContainTextAsync(key);
        await Expect(page.Locator(".found mark").First).ToHaveTextAsync($"결재{language}");
        await Looking.AtThisAsync(page, "what a search found");

        await page.GotoAsync("/workspace/search");
        await Expect(page.GetByText(recent)).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, "recent searches");
        await page.Locator(".recent .chip").First.ClickAsync();
        await page.Locator(".found .item").First.ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{key}*");
        await page.GotoAsync("/workspace/search");
        await page.GetByRole(AriaRole.Button, new() { Name = clear }).ClickAsync();
        await Expect(page.Locator(".recent")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_not_understood_is_told_with_its_place_and_people_are_found_beside_tickets()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        await page.GotoAsync("/workspace/search?q=" + Uri.EscapeDataString("rosa stauts:open \"open end"));
        await Expect(page.Locator(".search-notes mark")).ToHaveTextAsync(["stauts", "\"open end"]);
        await Looking.AtThisAsync(page, "a search with mistakes");

        await page.GotoAsync("/workspace/search?q=rosa");
        await page.Locator("#found-people + *, .found-group a").First.WaitForAsync();
        await page.Locator(".found-group a").First.ClickAsync();
        await page.WaitForURLAsync("**/workspace/search?q=from*");
        await Expect(page.Locator(".search-notes")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_found_is_drawn_as_a_list_and_the_list_has_a_key_of_its_own()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync("Drawn as a list of finds");
        await page.GotoAsync("/workspace/search?q=" + Uri.EscapeDataString("\"list of finds\""));
        await page.Locator("a[title='Show as a list']").ClickAsync();
        await Expect(page.Locator(".table-tickets tbody tr")).ToContainTextAsync(key);
        await Expect(page.Locator("#in-q")).ToHaveValueAsync("text ~ \"\\\"list of finds\\\"\"");

        await page.GotoAsync("/workspace/ITSD/itsd-open");
        await page.Locator("main")
            .ClickAsync(
                new()
                {
                    Position = new() { X = 2, Y = 2 },
                }
            );
        await page.Keyboard.PressAsync("f");
        await Expect(page.Locator("#in-q")).ToBeFocusedAsync();
    }
}
