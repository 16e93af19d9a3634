using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>A reply on its way: taken back, sent and on to the next ticket, or held because something new has come.</summary>
[Collection(nameof(Company))]
public sealed class SendingStories(Company company) : Stories(company)
{
    [Fact]
    public async Task A_reply_is_taken_back_edited_and_sent_by_itself()
    {
        await using var server = new RunningServer { UndoSend = "PT20S" };
        await server.StartAsync();
        await Task.WhenAll(Company.CreateAsync(server, Company.Rosa), Company.CreateAsync(server, Company.Mina));
        var page = await Company.OpenAsync(null);
        await page.GotoAsync($"{server.Address}/sign-in");
        await page.Locator("#in-email").FillAsync(Company.Rosa.Email);
        await page.Locator("#in-password").FillAsync(Company.Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/workspace**");
        await page.OpenTicketAsync("Sent too soon", server: server.Address);
        await page.Locator("#in-body").FillAsync("Deer Mina,");
        await page.Keyboard.PressAsync("Control+Enter");
        var notice = page.Locator(".held-reply");
        await Expect(notice).ToContainTextAsync("Your reply is about to be sent.");
        await Expect(Said(page, "Deer Mina")).ToHaveCountAsync(0);
        await Expect(page.Locator("#in-body")).ToHaveValueAsync("");
        await notice.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("Taken back");
        await Expect(notice).ToHaveCountAsync(0);
        await Expect(page.Locator("#in-body")).ToHaveValueAsync("Deer Mina,");

        await page.Locator("#in-body").FillAsync("Dear Mina,");
        await page.Locator(".composer .button-primary").ClickAsync();
        await Expect(notice).ToBeVisibleAsync();
        await Axe.MustFindNothingAsync(page, "a held reply");
        // Nobody does anything: it comes into the conversation of the open page.
        await Expect(Said(page, "Dear Mina,")).ToHaveCountAsync(1);
        await Expect(Said(page, "Deer Mina")).ToHaveCountAsync(0);
        await Expect(notice).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("en", "Send and open next")]
    [InlineData("ko", "보내고 다음 티켓 열기")]
    public async Task A_reply_leads_on_to_the_next_ticket_of_the_list(string language, string send)
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var word = $"walkthrough{language}";
        var keys = new[] { await page.OpenTicketAsync($"{word} one"), await page.OpenTicketAsync($"{word} two") };
        await page.GotoAsync($"/workspace/ITSD/itsd-open?q={word}");
        var rows = page.Locator(".table-tickets tr[data-key]");
        await Expect(rows).ToHaveCountAsync(2);
        var (first, second) = (
            await rows.First.GetAttributeAsync("data-key"),
            await rows.Last.GetAttributeAsync("data-key")
        );
        Assert.Equal(keys.Order(), new[] { first, second }.Order());
        await rows.First.Locator("a[href*='/workspace/tickets/']").First.ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{first}**");
        await page.Locator("#in-body").FillAsync("We are on it.");
        await page.GetByRole(AriaRole.Button, new() { Name = send }).ClickAsync();
        await page.WaitForURLAsync($"**/workspace/tickets/{second}**");
        await Expect(page.Locator("#in-body")).ToHaveValueAsync("");
        await page.GotoTicketAsync(first!);
        await Expect(page.Locator("#in-body")).ToHaveValueAsync("");
        await Expect(Said(page, "We are on it.")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("en", "1 new message: read first")]
    [InlineData("ko", "새 메시지 1개: 먼저 읽어 주세요")]
    public async Task What_came_meanwhile_is_read_before_a_reply_goes_out(string language, string first)
    {
        var opener = await Company.OpenAsync(Company.Rosa, language);
        var key = await opener.OpenTicketAsync($"Meanwhile {language}");
        // Without script the page does not show by itself what comes.
        var page = await Company.OpenAsync(Company.Rosa, language, new Look(HasScripts: false));
        await page.GotoTicketAsync(key);
        var mina = await Company.OpenAsync(Company.Mina, language);
        await mina.GotoAsync($"/portal/requests/{key}");
        await mina.Locator("[name=body]").FillAsync("It works again.");
        await mina.Locator("[name=body]").PressAsync("Control+Enter");
        await Expect(mina.Locator("main")).ToContainTextAsync("It works again.");

        await page.Locator("#in-body").FillAsync("We come at noon.");
        await page.Locator(".composer .button-primary").ClickAsync();
        await Expect(page.Locator(".unread-notice")).ToContainTextAsync(first);
        await Expect(Said(page, "It works again.")).ToHaveCountAsync(1);
        await Expect(Said(page, "We come at noon.")).ToHaveCountAsync(0);
        await Expect(page.Locator("#in-body")).ToHaveValueAsync("We come at noon.");
        await page.Locator(".composer .button-primary").ClickAsync();
        await Expect(Said(page, "We come at noon.")).ToHaveCountAsync(1);
    }

    private static ILocator Said(IPage page, string words) => page.Locator(".thread .post", new() { HasText = words });
}
