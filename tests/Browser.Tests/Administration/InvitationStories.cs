using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>A desk gets its people: one who is there, and one who is invited.</summary>
[Collection(nameof(Company))]
public sealed class InvitationStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "STE", "delgado", "Save", "Make the link", "Accept the invitation", "This link does not work")]
    [InlineData("ko", "STK", "ㅂㅈㅎ", "저장", "링크 만들기", "초대 수락", "사용할 수 없는 링크입니다")]
    public async Task Somebody_known_is_added_to_a_desk_and_somebody_new_is_invited_and_sees_its_queue(
        string language,
        string desk,
        string typed,
        string save,
        string make,
        string accept,
        string dead
    )
    {
        var known = language == "ko" ? Company.Junho : Company.Rosa;
        var page = await Company.OpenAsync(Company.Ada, language);
        await MakeDeskAsync(page, desk, save);
        await page.GotoAsync("/administration/desks");
        await page.Locator($"#desk-{desk} a[href$='/people']").PressAsync("Enter");
        await page.WaitForURLAsync($"**/administration/desks/{desk}/people");

        // By keyboard alone: a part of the name, the choice below it, the team, the button.
        await page.Locator("#in-who").FocusAsync();
        await page.Keyboard.InsertTextAsync(typed);
        await Expect(page.Locator(".combo-option")).ToHaveCountAsync(1);
        await Looking.AtThisAsync(page, $"people of a desk, completing ({language})");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#in-who")).ToHaveValueAsync($"{known.Name} <{known.Email}>");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#in-role")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#in-team option:checked")).ToHaveTextAsync($"Team {desk}");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        var workers = page.Locator("section[aria-labelledby=workers-title] tbody tr");
        await Expect(workers.Filter(new() { HasText = known.Name })).ToContainTextAsync($"Team {desk}");

        var email = $"new.{language}@servicedesk.example";
        await page.Locator("#in-who").FillAsync(email);
        await page.Locator("#in-team").SelectOptionAsync(new SelectOptionValue { Label = $"Team {desk}" });
        await page.Locator("#in-who").PressAsync("Enter");
        await Expect(page.Locator("#in-email")).ToHaveValueAsync(email);
        await Expect(page.Locator("#in-name")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = make }).PressAsync("Enter");
        await Expect(page.Locator("#in-role-error")).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"a refused invitation ({language})");
        await page.Locator("#in-role").SelectOptionAsync("agent");
        await page.GetByRole(AriaRole.Button, new() { Name = make }).PressAsync("Enter");
        var link = await page.Locator("#invitation-link").InnerTextAsync();
        await Expect(page.Locator("#invitations tbody tr")).ToContainTextAsync(email);
        await Looking.AtThisAsync(page, $"people of a desk with a new link ({language})");

        var newcomer = await Company.OpenAsync(null, language);
        await newcomer.GotoAsync(link);
        await Looking.AtThisAsync(newcomer, $"an invitation ({language})");
        await newcomer.Locator("#in-name").FillAsync($"Newcomer {desk}");
        await newcomer.Locator("#in-password").FillAsync("short");
        await newcomer.Locator("#in-repeat").FillAsync("short");
        await newcomer.Locator("#in-repeat").PressAsync("Enter");
        await Expect(newcomer.Locator("#in-password-error")).ToBeVisibleAsync();
        await Looking.AtThisAsync(newcomer, $"a refused acceptance ({language})");
        await newcomer.Locator("#in-password").FillAsync(Company.Password);
        await newcomer.Locator("#in-repeat").FillAsync(Company.Password);
        await newcomer.GetByRole(AriaRole.Button, new() { Name = accept }).PressAsync("Enter");
        await newcomer.WaitForURLAsync("**/workspace/**");
        await newcomer.GotoAsync($"/workspace/{desk}/open-{desk.ToLowerInvariant()}");
        await Expect(newcomer.Locator("h1")).ToContainTextAsync($"Open in {desk}");

        var stranger = await Company.OpenAsync(null, language);
        await stranger.GotoAsync(link);
        await Expect(stranger.Locator("h1")).ToHaveTextAsync(dead);
        await Looking.AtThisAsync(stranger, $"a used invitation ({language})");
        await page.GotoAsync($"/administration/desks/{desk}/people");
        await Expect(workers.Filter(new() { HasText = $"Newcomer {desk}" })).ToHaveCountAsync(1);
        await workers.Filter(new() { HasText = known.Name }).GetByRole(AriaRole.Button).PressAsync("Enter");
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await Expect(workers.Filter(new() { HasText = known.Name })).ToHaveCountAsync(0);
    }

    // A desk that one team works, with a queue.
    private static async Task MakeDeskAsync(IPage page, string desk, string save)
    {
        await page.GotoAsync("/administration/teams");
        await page.Locator(".panel [name=name]").FillAsync($"Team {desk}");
        await page.Locator(".panel button").ClickAsync();
        await Expect(page.Locator($"tbody [name=name][value='Team {desk}']")).ToHaveCountAsync(1);
        await WriteAsync(
            "desk",
            desk,
            $"kind: desk\nid: {desk}\nname: Staffed {desk}\nagents:\n  everyone: false\n  teams:\n    - Team {desk}\n"
        );
        var queue = $"open-{desk.ToLowerInvariant()}";
        await WriteAsync(
            "queue",
            queue,
            $"kind: queue\nid: {queue}\nname: Open in {desk}\ndesk: {desk}\nquery: category != done\ncolumns:\n  - key\n  - summary\n"
        );

        async Task WriteAsync(string kind, string id, string yaml)
        {
            await page.GotoAsync($"/administration/configuration/{kind}");
            await page.Locator("[name=yaml]").FillAsync(yaml);
            await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
            await page.WaitForURLAsync($"**/administration/configuration/{kind}/{id}");
        }
    }
}
