using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>A board decides on a change: asked in the workspace, answered there and in the portal, told to who waits for it.</summary>
[Collection(nameof(Company))]
public sealed class ApprovalStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Two_are_asked_one_refuses_with_a_word_and_everybody_hears(string language)
    {
        var title = $"New core switch {language}";
        var rosa = await Company.OpenAsync(Company.Rosa);
        await rosa.GotoAsync("/workspace/new?desk=ITSD&type=change");
        await rosa.Locator("[name=requester]").FillAsync(Company.Ana.Name);
        await rosa.Locator("[name=summary]").FillAsync(title);
        await rosa.Locator("main form button.button-primary").ClickAsync();
        await rosa.WaitForURLAsync("**/workspace/tickets/ITSD-*");
        var key = new Uri(rosa.Url).Segments[^1];
        await rosa.Locator("#approvals summary").First.ClickAsync();
        await rosa.Locator("#approvals [name=title]").FillAsync(title);
        await rosa.Locator("#in-approver-1").FillAsync(Company.Mina.Email);
        await rosa.Keyboard.PressAsync("Escape");
        await rosa.Locator("#in-approver-2").FillAsync(Company.Junho.Email);
        await rosa.Keyboard.PressAsync("Escape");
        await rosa.Locator("#approvals form", new() { Has = rosa.Locator("[name=person]") })
            .Locator("button[type=submit]")
            .ClickAsync();
        await Expect(rosa.Locator("#approvals .approval")).ToContainTextAsync(Company.Junho.Name);
        await rosa.SayAsync("Public", "Between Ana and the desk");

        // Junho approves in the workspace, where the bell rings on an open page.
        var junho = await Company.OpenAsync(Company.Junho, language);
        var line = await BellAsync(junho, "/workspace/notifications", title);
        await Expect(line).ToContainTextAsync(key);
        await Looking.AtThisAsync(junho, $"the bell ({language})");
        await line.GetByRole(AriaRole.Link).ClickAsync();
        await junho.Locator("#approvals [name=comment]").FillAsync("Fine with me");
        await junho.Locator("#approvals button[name=approves][value=true]").ClickAsync();
        await Expect(junho.Locator("#approvals")).ToContainTextAsync("Fine with me");

        // Mina refuses in the portal.
        var mina = await Company.OpenAsync(Company.Mina, language);
        await Expect(await BellAsync(mina, "/portal/notifications", title)).ToContainTextAsync(key);
        await Looking.AtThisAsync(mina, $"the bell in the portal ({language})");
        await mina.GotoAsync("/portal/approvals");
        await Expect(mina.Locator("main")).ToContainTextAsync(title);
        await Looking.AtThisAsync(mina, $"approvals in the portal ({language})");
        await mina.Locator("main a", new() { HasText = title }).ClickAsync();
        await mina.WaitForURLAsync($"**/portal/requests/{key}#approval-*");
        // No agent, and asked on a change without a request type: what is asked comes first, and what others write stays theirs.
        await Expect(mina.Locator("#approvals")).ToContainTextAsync(Company.Junho.Name);
        await Expect(mina.Locator("main")).Not.ToContainTextAsync("Between Ana and the desk");
        await Expect(mina.Locator("#answer")).ToHaveCountAsync(0);
        await Looking.AtThisAsync(mina, $"an approval in the portal ({language})");
        await mina.Locator("[name=comment]").FillAsync("Not before the quarter ends");
        await mina.Locator("button[name=approves][value=false]").ClickAsync();
        await Expect(mina.Locator("main")).ToContainTextAsync("Not before the quarter ends");

        // Rosa, who asked, hears of it; each in the own language.
        var waiting = await Company.OpenAsync(Company.Rosa, language);
        await Expect(await BellAsync(waiting, "/workspace/notifications", title)).ToContainTextAsync(key);
        await waiting.GotoTicketAsync(key);
        await Expect(waiting.Locator("#approvals")).ToContainTextAsync("Not before the quarter ends");
        await Looking.AtThisAsync(waiting, $"a declined approval ({language})");
        await waiting.GotoAsync("/workspace/approvals");
        await Looking.AtThisAsync(waiting, $"approvals in the workspace ({language})");
    }

    [Fact]
    public async Task What_one_has_unfolded_and_filled_in_stays_when_the_ticket_is_drawn_again()
    {
        var rosa = await Company.OpenAsync(Company.Rosa);
        await rosa.OpenTicketAsync("Unfold me");
        await rosa.Locator("#approvals summary").First.ClickAsync();
        await rosa.Locator("#approvals [name=title]").FillAsync("May we?");
        await rosa.Locator("#crm-panel summary").Last.ClickAsync();
        await rosa.Locator("#crm-panel [name=number]").FillAsync("an input without an id");
        await rosa.Locator("#crm-panel [name=at]").FillAsync("half a na");

        await rosa.EvaluateAsync(
            """
            () => new Promise(done => {
              document.addEventListener("htmx:after:swap", () => setTimeout(done), { once: true });
              htmx.trigger(document.body, "sd:ticket");
            })
            """
        );

        await Expect(rosa.Locator("#approvals [name=title]")).ToBeVisibleAsync();
        await Expect(rosa.Locator("#approvals [name=title]")).ToHaveValueAsync("May we?");
        await Expect(rosa.Locator("#crm-panel [name=number]")).ToHaveValueAsync("an input without an id");
        await Expect(rosa.Locator("#crm-panel [name=at]")).ToHaveValueAsync("half a na");
        await Expect(rosa.Locator("#crm-panel [name=at]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_bell_counts_down_as_one_reads()
    {
        // What comes before the page listens is not told again, only shown when it is opened anew.
        var junho = await Company.OpenAsync(Company.Junho);
        await junho.RunAndWaitForResponseAsync(
            () => junho.GotoAsync("/workspace/notifications"),
            answer => answer.Url.Contains("/events", StringComparison.Ordinal)
        );
        var rosa = await Company.OpenAsync(Company.Rosa);
        await rosa.OpenTicketAsync("Read me");
        await rosa.Locator("#approvals summary").First.ClickAsync();
        await rosa.Locator("#approvals [name=title]").FillAsync("Read me at the bell");
        await rosa.Locator("#in-approver-1").FillAsync(Company.Junho.Name);
        await rosa.Keyboard.PressAsync("Escape");
        await rosa.Locator("#approvals form", new() { Has = rosa.Locator("[name=person]") })
            .Locator("button[type=submit]")
            .ClickAsync();
        await Expect(rosa.Locator("#approvals")).ToContainTextAsync("Read me at the bell");

        // It comes by itself onto the page that is open.
        var line = junho.Locator(".bell-list > li", new() { HasText = "Read me at the bell" });
        await Expect(line).ToBeVisibleAsync();
        await Expect(junho.Locator(".side a[href$='/workspace/notifications'] .count")).ToBeVisibleAsync();
        await line.Locator("button").ClickAsync();
        await Expect(line).ToHaveCountAsync(0);
        await junho.GotoAsync("/workspace/notifications?all=true");
        await Expect(line.Locator("button")).ToBeVisibleAsync();
    }

    // What is told while a page is on its way shows when the page is opened anew.
    private static async Task<ILocator> BellAsync(IPage page, string address, string title)
    {
        var line = page.Locator(".bell-list > li", new() { HasText = title });
        for (var time = 0; time < 120; time++)
        {
            await page.GotoAsync(address);
            if (await line.CountAsync() > 0)
            {
                break;
            }
        }

        return line;
    }
}
