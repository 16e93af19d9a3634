using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>What somebody else does shows at once.</summary>
[Collection(nameof(Company))]
public sealed class LiveStories(Company company) : Stories(company)
{
    [Fact]
    public async Task A_ticket_that_somebody_else_changes_is_drawn_again_around_what_one_writes()
    {
        var writing = await Company.OpenAsync(Company.Rosa);
        var key = await writing.OpenTicketAsync("Two at once");
        await writing.Locator(".composer").GetByText("Internal note", new() { Exact = true }).ClickAsync();
        await writing.Locator("#in-person").FillAsync("An");
        await writing.Locator("[name=body]").FocusAsync();
        await writing.Keyboard.TypeAsync("Half a sen");

        var other = await Company.OpenAsync(Company.Junho);
        await other.GotoTicketAsync(key);
        await other.SayAsync("Public", "I have answered already.");
        await other.GetByRole(AriaRole.Button, new() { Name = "Assign to me" }).ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Start work" }).ClickAsync();

        await Expect(writing.Locator("#ticket-live")).ToContainTextAsync("I have answered already.");
        await Expect(writing.Locator(".ticket-facts .pill")).ToHaveTextAsync("In progress");
        await Expect(writing.Locator("[name=assignee] option:checked")).ToHaveTextAsync(Company.Junho.Name);
        await Expect(writing.Locator("[name=body]")).ToBeFocusedAsync();
        await writing.Keyboard.TypeAsync("tence.");
        await Expect(writing.Locator("[name=body]")).ToHaveValueAsync("Half a sentence.");
        await Expect(writing.Locator(".composer [value=Internal]")).ToBeCheckedAsync();
        await Expect(writing.Locator("#in-person")).ToHaveValueAsync("An");
        // Sent when the page has noted that the news was seen.
        await Expect(writing.Locator(".composer [name=seen]"))
            .ToHaveValueAsync(await writing.Locator("#ticket-live").GetAttributeAsync("data-version") ?? "");
        await writing.Keyboard.PressAsync("Control+Enter");
        await Expect(writing.Locator(".post-note")).ToContainTextAsync("Half a sentence.");
    }

    [Fact]
    public async Task What_happens_between_drawing_a_page_and_its_stream_shows_too()
    {
        var watching = await Company.OpenAsync(Company.Rosa);
        var key = await watching.OpenTicketAsync("Between the two");
        var other = await Company.OpenAsync(Company.Junho);
        await other.GotoTicketAsync(key);
        var asked = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        await watching.RouteAsync(
            "**/events*",
            async route =>
            {
                asked.TrySetResult();
                await told.Task;
                await route.ContinueAsync();
            }
        );

        await watching.GotoTicketAsync(key);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await other.SayAsync("Public", "Said before anybody listened.");
        await Expect(watching.Locator("#ticket-live")).Not.ToContainTextAsync("Said before anybody listened.");
        told.SetResult();

        await Expect(watching.Locator("#ticket-live")).ToContainTextAsync("Said before anybody listened.");
    }

    [Fact]
    public async Task A_list_changes_with_its_tickets()
    {
        var watching = await Company.OpenAsync(Company.Rosa);
        var key = await watching.OpenTicketAsync("Watched in a list");
        await watching.GotoAsync("/workspace/ITSD/itsd-open?q=" + key);
        var row = watching.Locator("tbody tr", new() { HasText = key });
        await Expect(row.Locator(".pill").First).ToHaveTextAsync("New");
        var other = await Company.OpenAsync(Company.Junho);
        await other.GotoTicketAsync(key);
        await other.GetByRole(AriaRole.Button, new() { Name = "Assign to me" }).ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Start work" }).ClickAsync();
        await Expect(row.Locator(".col-status .pill")).ToHaveTextAsync("In progress");
        await Expect(row.Locator(".col-assignee")).ToContainTextAsync(Company.Junho.Name);
    }
}
