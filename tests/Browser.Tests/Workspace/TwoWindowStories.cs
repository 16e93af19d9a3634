using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>Two who work on one ticket, one of them on a page that is older than what the other did.</summary>
[Collection(nameof(Company))]
public sealed class TwoWindowStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Somebody changed this meanwhile", "moved on meanwhile", "Somebody changed this task meanwhile")]
    [InlineData("ko", "그사이 다른 사람이 변경했습니다", "그사이 티켓이", "그사이 다른 사람이 이 할 일을 변경했습니다")]
    public async Task An_older_page_overwrites_nothing_and_says_what_is_newer(
        string language,
        string changed,
        string moved,
        string task
    )
    {
        var other = await Company.OpenAsync(Company.Junho, language);
        var key = await other.OpenTicketAsync($"Two windows {language}");
        await other.Locator("#add-task [name=taskText]").FillAsync("Unplug it");
        await other.Locator("#add-task button[type=submit]").ClickAsync();
        await Expect(other.Locator("#tasks .task-text")).ToHaveTextAsync("Unplug it");

        // Without scripts a page stays as it was drawn.
        var older = await Company.OpenAsync(Company.Rosa, language, new Look(HasScripts: false));
        await older.GotoTicketAsync(key);
        var tasks = await Company.OpenAsync(Company.Rosa, language, new Look(HasScripts: false));
        await tasks.GotoTicketAsync(key);
        var screen = await Company.OpenAsync(Company.Rosa, language);
        await screen.GotoAsync($"/workspace/tickets/{key}/transitions/resolve");

        await other.Locator("form[action*='handler=Take'] button").ClickAsync();
        await Expect(other.Locator("[name=assignee] option:checked")).ToHaveTextAsync(Company.Junho.Name);
        await other.Locator("#tasks details summary").First.ClickAsync();
        await other.Locator("#tasks details [name=taskText]").FillAsync("Unplug all of it");
        await other.Locator("#tasks details form button[type=submit]").First.ClickAsync();
        await Expect(other.Locator("#tasks .task-text")).ToHaveTextAsync("Unplug all of it");

        await older.Locator("[name=assignee]").SelectOptionAsync(new SelectOptionValue { Label = Company.Rosa.Name });
        await older.Locator("form[action*='handler=Assign'] button").ClickAsync();
        await Expect(older.Locator("[role=alert]")).ToContainTextAsync(changed);
        await Expect(older.Locator("[role=alert]")).ToContainTextAsync(Company.Junho.Name);
        await Expect(older.Locator("[name=assignee] option:checked")).ToHaveTextAsync(Company.Junho.Name);

        await tasks.Locator("#tasks details summary").First.ClickAsync();
        await tasks.Locator("#tasks details [name=taskText]").FillAsync("Unplug nothing");
        await tasks.Locator("#tasks details form button[type=submit]").First.ClickAsync();
        await Expect(tasks.Locator("[role=alert]")).ToContainTextAsync(task);
        await Expect(tasks.Locator("#tasks .task-text")).ToHaveTextAsync("Unplug all of it");
        await Expect(tasks.Locator("#tasks details [name=taskText]")).ToHaveValueAsync("Unplug nothing");

        await other.Locator(".transitions form:has([value=cancel]) button").ClickAsync();
        await Expect(other.Locator(".transitions form:has([value=cancel])")).ToHaveCountAsync(0);
        await screen.Locator("[name=resolution]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await screen.Locator("main form button[type=submit]").First.ClickAsync();
        await Expect(screen.Locator("[role=alert]")).ToContainTextAsync(moved);
        await Looking.AtThisAsync(screen, $"a transition that is no longer offered ({language})");
    }
}
