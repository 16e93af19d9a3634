using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

[Collection(nameof(Company))]
public sealed class TicketStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Internal note", "Send reply", "Save note")]
    [InlineData("ko", "내부 메모", "답변 보내기", "메모 저장")]
    public async Task A_reply_and_an_internal_note_are_clearly_apart(
        string language,
        string note,
        string send,
        string save
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        await page.OpenTicketAsync("Two voices");
        var composer = page.Locator(".composer");
        await Expect(composer.GetByRole(AriaRole.Button, new() { Name = send })).ToBeVisibleAsync();
        await Expect(composer.Locator(".composer-audience")).ToContainTextAsync("김민아");
        await page.SayAsync("Public", "The customer reads this.");
        await composer.GetByText(note, new() { Exact = true }).ClickAsync();
        await Expect(composer.GetByRole(AriaRole.Button, new() { Name = save })).ToBeVisibleAsync();
        await Expect(composer.GetByRole(AriaRole.Button, new() { Name = send })).ToBeHiddenAsync();
        await Expect(composer).ToHaveCSSAsync("border-top-style", "dashed");
        await page.SayAsync("Internal", "Only the desk reads this.");

        await Expect(page.Locator(".post-mine")).ToContainTextAsync("The customer reads this.");
        var internalPost = page.Locator(".post-note");
        await Expect(internalPost).ToContainTextAsync("Only the desk reads this.");
        await Expect(internalPost.Locator(".chip")).ToHaveTextAsync(note);
        await Expect(internalPost.Locator(".post-card")).ToHaveCSSAsync("border-top-style", "dashed");
        await Expect(page.Locator(".post-mine .chip")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_ticket_is_assigned_given_a_field_resolved_and_opened_again_and_the_history_tells()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync("Through its whole life");
        await page.Locator("[name=assignee]").SelectOptionAsync(new SelectOptionValue { Label = Company.Junho.Name });
        await Expect(page.Locator(".toast")).ToContainTextAsync("Assignment saved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign to me" }).ClickAsync();
        await Expect(page.Locator("[name=assignee] option:checked")).ToHaveTextAsync(Company.Rosa.Name);

        await page.Locator(".panel", new() { HasText = "Details" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByLabel("Affected device or system").FillAsync("Room 4.12");
        await page.GetByLabel("Impact").SelectOptionAsync("High");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#ticket-side")).ToContainTextAsync("Room 4.12");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start work" }).ClickAsync();
        await Expect(page.Locator(".ticket-facts .pill")).ToHaveTextAsync("In progress");
        await page.GetByRole(AriaRole.Link, new() { Name = "Resolve" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(page.Locator("[aria-invalid=true]")).ToBeFocusedAsync();
        await page.Locator("[aria-invalid=true]").SelectOptionAsync("solved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(page.Locator(".ticket-facts .pill")).ToHaveTextAsync("Resolved");
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Reopen" }).ClickAsync();
        await Expect(page.Locator(".ticket-facts .pill")).ToHaveTextAsync("In progress");
        await page.GotoTicketAsync(key, "history");
        var lines = await page.Locator(".timeline > li").AllInnerTextsAsync();
        foreach (var told in new[] { "opened", Company.Junho.Name, "Room 4.12", "In progress", "Resolved" })
        {
            Assert.Contains(lines, line => line.Contains(told, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_file_is_attached_to_a_note_and_stands_beside_the_ticket()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        await page.OpenTicketAsync("With a file");
        await page.Locator(".composer").GetByText("Internal note", new() { Exact = true }).ClickAsync();
        await page.Locator(".composer input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "로그 기록.txt",
                    MimeType = "text/plain",
                    Buffer = "line"u8.ToArray(),
                }
            );
        await Expect(page.Locator(".composer .file input[type=hidden]")).ToHaveCountAsync(1);
        await page.Locator("[name=body]").FillAsync("See the log.");
        await page.Locator("[name=body]").PressAsync("Control+Enter");
        await Expect(page.Locator(".post-note .file")).ToContainTextAsync("로그 기록.txt");
        await Expect(page.Locator("#ticket-side .file")).ToContainTextAsync("로그 기록.txt");
    }

    [Fact]
    public async Task A_ticket_is_opened_for_a_caller_found_by_a_part_of_the_name()
    {
        var page = await Company.OpenAsync(Company.Rosa, "ko");
        await page.GotoAsync("/workspace/new?desk=ITSD&type=incident");
        await page.Locator("[name=requester]").FillAsync("");
        await page.Keyboard.InsertTextAsync("민아");
        await page.Locator(".combo-option").ClickAsync();
        await Expect(page.Locator("[name=requester]")).ToHaveValueAsync($"{Company.Mina.Name} <{Company.Mina.Email}>");
        await page.GetByRole(AriaRole.Button, new() { Name = "티켓 만들기" }).ClickAsync();
        await Expect(page.Locator("[name=summary]")).ToBeFocusedAsync();
        await page.Locator("[name=summary]").FillAsync("전화로 접수한 장애");
        await page.GetByRole(AriaRole.Button, new() { Name = "티켓 만들기" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("전화로 접수한 장애");
        await Expect(page.Locator("#ticket-side")).ToContainTextAsync(Company.Mina.Name);
        await page.WaitForLoadStateAsync();
        // What was typed for the ticket that exists now does not come back for the next one.
        await page.GotoAsync("/workspace/new?desk=ITSD&type=incident");
        await Expect(page.Locator("[name=summary]")).ToHaveValueAsync("");
    }

    [Theory]
    [InlineData("en", "Start work", "In progress")]
    [InlineData("ko", "처리 시작", "처리 중")]
    public async Task A_ticket_is_worked_with_keys_alone(string language, string start, string status)
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        var key = await page.OpenTicketAsync("No mouse here");
        await page.GotoAsync("/workspace/ITSD/itsd-open?q=" + key);
        await page.TabToAsync(page.Locator(".table-title"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/workspace/tickets/{key}");
        await page.TabToAsync(page.Locator(".composer [value=Public]"));
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".composer [value=Internal]")).ToBeCheckedAsync();
        await page.TabToAsync(page.Locator(".composer [name=body]"));
        await page.Keyboard.TypeAsync("Written without a mouse.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".post-note")).ToContainTextAsync("Written without a mouse.");
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = start }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".ticket-facts .pill")).ToHaveTextAsync(status);
    }

    [Fact]
    public async Task The_core_of_the_work_goes_without_script()
    {
        var page = await Company.OpenAsync(Company.Rosa, look: new Look(HasScripts: false));
        var key = await page.OpenTicketAsync("Plain pages");
        await page.GotoAsync("/workspace/search?q=" + Uri.EscapeDataString("key = " + key));
        await page.Locator(".table-title").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign to me" }).ClickAsync();
        await Expect(page.Locator("[name=assignee] option:checked")).ToHaveTextAsync(Company.Rosa.Name);
        await page.Locator("[name=priority]").SelectOptionAsync("High");
        await page.Locator("form", new() { Has = page.Locator("[name=priority]") })
            .GetByRole(AriaRole.Button)
            .ClickAsync();
        await Expect(page.Locator(".ticket-facts .priority")).ToContainTextAsync("High");
        await page.Locator("#in-person").FillAsync(Company.Ana.Email);
        await page.Locator("#add-participant button").ClickAsync();
        await Expect(page.Locator("#participant-list")).ToContainTextAsync(Company.Ana.Name);
        await page.SayAsync("Public", "Answered without script.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Resolve" }).ClickAsync();
        await page.Locator("main select").SelectOptionAsync("solved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(page.Locator(".ticket-facts .pill")).ToHaveTextAsync("Resolved");
        await page.Locator("a[href*='tab=promises']").First.ClickAsync();
        await Expect(page.Locator(".ledger")).ToHaveCountAsync(2);
    }
}
