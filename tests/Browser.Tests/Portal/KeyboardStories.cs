using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Portal;

/// <summary>A customer's and an approver's whole way, with keys alone.</summary>
[Collection(nameof(Company))]
public sealed class KeyboardStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Computer problem", "Broken hinge")]
    [InlineData("ko", "컴퓨터 문제", "경첩이 부러졌습니다")]
    public async Task A_customer_searches_asks_answers_and_finds_the_request_without_a_mouse(
        string language,
        string service,
        string summary
    )
    {
        var page = await Company.OpenAsync(Company.Mina, language);
        await page.GotoAsync("/portal");
        await page.TabToAsync(page.GetByRole(AriaRole.Searchbox));
        await page.Keyboard.InsertTextAsync(service[..4]);
        var found = page.GetByRole(AriaRole.Link, new() { Name = service }).First;
        await Expect(found).ToBeVisibleAsync();
        await page.TabToAsync(found);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/portal/ask/**");

        await page.TabToAsync(page.Locator("[name=summary]"));
        await page.Keyboard.InsertTextAsync(summary);
        await page.TabToAsync(page.Locator("[name=description]"));
        await page.Keyboard.InsertTextAsync("Since this morning.");
        await page.TabToAsync(page.Locator("main form button.button-primary"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/portal/requests/*");
        var key = new Uri(page.Url).Segments[^1];

        await page.TabToAsync(page.Locator("#answer [name=body]"));
        await page.Keyboard.InsertTextAsync("It is the left one.");
        await page.TabToAsync(page.Locator("#answer button.button-primary"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToContainTextAsync("It is the left one.");

        await page.GotoAsync("/portal/requests");
        await page.TabToAsync(page.Locator($".item[href$='{key}']"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(summary);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task An_approver_reads_and_refuses_with_a_word_without_a_mouse(string language)
    {
        var title = $"Keys decide ({language})";
        var rosa = await Company.OpenAsync(Company.Rosa);
        await rosa.OpenTicketAsync(title);
        await rosa.Locator("#approvals summary").First.ClickAsync();
        await rosa.Locator("#approvals [name=title]").FillAsync(title);
        await rosa.Locator("#in-approver-1").FillAsync(Company.Ana.Email);
        await rosa.Keyboard.PressAsync("Escape");
        await rosa.Locator("#approvals form", new() { Has = rosa.Locator("[name=person]") })
            .Locator("button[type=submit]")
            .ClickAsync();
        await Expect(rosa.Locator("#approvals .approval")).ToContainTextAsync(Company.Ana.Name);

        var ana = await Company.OpenAsync(Company.Ana, language);
        await ana.GotoAsync("/portal/approvals");
        await ana.TabToAsync(ana.Locator("main a", new() { HasText = title }));
        await ana.Keyboard.PressAsync("Enter");
        await ana.WaitForURLAsync("**/portal/requests/*#approval-*");
        await ana.TabToAsync(ana.Locator("#approvals [name=comment]"));
        await ana.Keyboard.InsertTextAsync("Not with this budget.");
        await ana.TabToAsync(ana.Locator("#approvals button[name=approves][value=false]"));
        await ana.Keyboard.PressAsync("Enter");
        await Expect(ana.Locator("main")).ToContainTextAsync("Not with this budget.");
    }
}
