using System.Text;
using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Portal;

[Collection(nameof(Company))]
public sealed class PortalStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Computer problem", "Send request")]
    [InlineData("ko", "컴퓨터 문제", "요청 보내기")]
    public async Task A_customer_finds_a_service_asks_and_sees_the_request(string language, string service, string send)
    {
        var page = await Company.OpenAsync(Company.Mina, language);
        await page.GotoAsync("/portal");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(service[..4]);
        await page.GetByRole(AriaRole.Link, new() { Name = service }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(service);
        await page.Locator("[name=summary]").FillAsync("노트북이 켜지지 않습니다");
        await page.Locator("[name=description]").FillAsync("전원 버튼을 **눌러도** 반응이 없습니다.");
        await page.GetByRole(AriaRole.Button, new() { Name = send }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("노트북이 켜지지 않습니다");
        await Expect(page.Locator(".prose strong")).ToHaveTextAsync("눌러도");
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();

        var key = new Uri(page.Url).Segments[^1];
        await page.GotoAsync($"/portal/requests?q={Uri.EscapeDataString("노트북이 켜지지")}");
        await Expect(page.Locator($".item[href$='{key}']")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("en", "Oldest")]
    [InlineData("ko", "오래된순")]
    public async Task Requests_are_put_into_an_order_that_stays_with_the_filter(string language, string oldest)
    {
        var page = await Company.OpenAsync(Company.Ana, language);
        await page.OpenRequestAsync($"Asked first ({language})", "One.");
        await page.OpenRequestAsync($"Asked second ({language})", "Two.");
        await page.GotoAsync("/portal/requests");
        var asked = page.Locator(".item", new() { HasText = $"({language})" });
        await Expect(asked.First).ToContainTextAsync($"Asked second ({language})");

        await page.GetByRole(AriaRole.Link, new() { Name = oldest }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(asked.First).ToContainTextAsync($"Asked first ({language})");
        await Expect(asked.Last).ToContainTextAsync($"Asked second ({language})");
        await page.Locator("a[href*='state=all']").ClickAsync();
        await page.WaitForURLAsync("**state=all**order=oldest**");
        await Expect(asked.First).ToContainTextAsync($"Asked first ({language})");
    }

    [Fact]
    public async Task A_link_that_is_pressed_while_results_arrive_is_still_followed()
    {
        var page = await Company.OpenAsync(Company.Mina);
        await page.GotoAsync("/portal");
        var (asked, arrive) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(
            "**/portal?q=*",
            async route =>
            {
                var answer = await route.FetchAsync();
                asked.TrySetResult();
                await arrive.Task;
                await route.FulfillAsync(new() { Response = answer });
            }
        );
        await page.GetByRole(AriaRole.Searchbox).FillAsync("printer");
        await asked.Task;
        var results = page.WaitForResponseAsync("**/portal?q=*");
        await page.GetByRole(AriaRole.Link, new() { Name = "Computer problem" }).First.HoverAsync();
        await page.Mouse.DownAsync();
        arrive.SetResult();
        await (await results).FinishedAsync();
        // Time enough for a page to draw what it has: two frames.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await page.Mouse.UpAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Computer problem");
    }

    [Fact]
    public async Task A_refused_form_says_why_beside_the_input_and_keeps_what_was_typed()
    {
        var page = await Company.OpenAsync(Company.Mina);
        await page.GotoAsync("/portal/ask/ITSD/itsd-computer");
        await page.Locator("[name=description]").FillAsync("It does not start.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send request" }).ClickAsync();
        var summary = page.Locator("[name=summary]");
        await Expect(summary).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(summary).ToBeFocusedAsync();
        await Expect(page.Locator("#in-summary-error")).ToBeVisibleAsync();
        await Expect(page.Locator("[name=description]")).ToHaveValueAsync("It does not start.");
    }

    [Fact]
    public async Task What_was_typed_is_still_there_when_the_page_was_left_by_mistake()
    {
        var page = await Company.OpenAsync(Company.Mina);
        await page.GotoAsync("/portal/ask/ITSD/itsd-printer");
        await page.Locator("[name=summary]").FillAsync("The printer is out of toner");
        await page.GotoAsync("/portal");
        await page.GotoAsync("/portal/ask/ITSD/itsd-printer");
        await Expect(page.Locator("[name=summary]")).ToHaveValueAsync("The printer is out of toner");
        await page.Locator("[name=description]").FillAsync("Third floor.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send request" }).ClickAsync();
        await page.WaitForURLAsync("**/portal/requests/*");
        await page.GotoAsync("/portal/ask/ITSD/itsd-printer");
        await Expect(page.Locator("[name=summary]")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Files_go_up_while_one_writes_and_come_back_unchanged_as_downloads()
    {
        var page = await Company.OpenAsync(Company.Mina);
        await page.OpenRequestAsync("Screen flickers", "See the file.");
        var content = Encoding.UTF8.GetBytes("<script>alert(1)</script>");
        await page.Locator("#answer input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "보고서 \"끝\".html",
                    MimeType = "text/html",
                    Buffer = content,
                }
            );
        await Expect(page.Locator("#answer .file input[type=hidden]")).ToHaveCountAsync(1);
        await page.Locator("[name=body]").FillAsync("Here it is.");
        await page.Locator("[name=body]").PressAsync("Control+Enter");
        var link = page.Locator("#conversation a.file");
        await Expect(link).ToContainTextAsync("보고서");

        var answer = await page.APIRequest.GetAsync(await link.GetAttributeAsync("href") ?? "");
        Assert.Equal(200, answer.Status);
        Assert.Equal(content, await answer.BodyAsync());
        Assert.Equal("application/octet-stream", answer.Headers["content-type"]);
        Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
        Assert.StartsWith("attachment", answer.Headers["content-disposition"], StringComparison.Ordinal);
        Assert.Contains(
            "filename*=UTF-8''%EB%B3%B4%EA%B3%A0%EC%84%9C",
            answer.Headers["content-disposition"],
            StringComparison.Ordinal
        );
        Assert.Contains("sandbox", answer.Headers["content-security-policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_can_be_pasted_into_an_answer()
    {
        var page = await Company.OpenAsync(Company.Mina);
        await page.OpenRequestAsync("Colours are wrong", "A picture follows.");
        await page.Locator("[name=body]").FocusAsync();
        await page.EvaluateAsync(
            """
            () => {
              const bytes = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), c => c.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], "shot.png", { type: "image/png" }));
              document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """
        );
        await Expect(page.Locator("#answer .file input[type=hidden]")).ToHaveCountAsync(1);
        await page.Locator("[name=body]").FillAsync("Look.");
        await page.Locator("#answer button[type=submit]").ClickAsync();
        var image = page.Locator("#conversation img.file-image");
        await Expect(image).ToBeVisibleAsync();
        Assert.True(
            await image.EvaluateAsync<bool>(
                "image => image.complete && image.naturalWidth > 0 || image.decode().then(() => true)"
            )
        );
    }

    [Fact]
    public async Task A_file_is_dropped_on_the_form_and_on_the_reply_of_the_agent()
    {
        var page = await Company.OpenAsync(Company.Mina);
        await page.GotoAsync("/portal/ask/ITSD/itsd-computer");
        await page.Locator("[name=summary]").FillAsync("It beeps");
        await page.Locator("[name=description]").FillAsync("Listen to it.");
        await DropAsync(page.Locator("main form .drop"), "beep.txt");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/portal/requests/*");
        await Expect(page.Locator("main a.file", new() { HasText = "beep.txt" }).First).ToBeVisibleAsync();

        var agent = await Company.OpenAsync(Company.Rosa);
        await agent.GotoTicketAsync(new Uri(page.Url).Segments[^1]);
        // Also where one writes: the whole form takes files.
        await DropAsync(agent.Locator(".composer [name=body]"), "manual.txt");
        await agent.SayAsync("Public", "Page three.");
        await Expect(agent.Locator(".post-mine a.file")).ToContainTextAsync("manual.txt");
        await Expect(page.Locator("#conversation a.file", new() { HasText = "manual.txt" })).ToBeVisibleAsync();
    }

    // As a browser does when somebody lets go of a file there.
    private static async Task DropAsync(ILocator target, string name)
    {
        await target.EvaluateAsync(
            """
            (element, name) => {
              const data = new DataTransfer();
              data.items.add(new File(["dropped"], name, { type: "text/plain" }));
              for (const kind of ["dragover", "drop"]) {
                element.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
              }
            }
            """,
            name
        );
        await Expect(target.Page.Locator(".file", new() { HasText = name }).Locator("input[type=hidden]"))
            .ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("en", "It is solved", "Open again", "Solved")]
    [InlineData("ko", "해결되었습니다", "다시 열기", "해결")]
    public async Task A_customer_closes_a_request_as_solved_and_opens_it_again(
        string language,
        string solved,
        string again,
        string resolution
    )
    {
        var page = await Company.OpenAsync(Company.Mina, language);
        var key = await page.OpenRequestAsync("It went away", "Never mind.");
        await page.GetByRole(AriaRole.Button, new() { Name = solved }).ClickAsync();
        await Expect(page.Locator("#request-head .pill-done")).ToBeVisibleAsync();
        var agent = await Company.OpenAsync(Company.Rosa, language);
        await agent.GotoAsync($"/workspace/tickets/{key}");
        await Expect(agent.Locator("dd").GetByText(resolution, new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByText(again).First.ClickAsync();
        await page.Locator("[name=reason]").FillAsync("It is back.");
        await page.Locator("#aside").GetByRole(AriaRole.Button, new() { Name = again }).ClickAsync();
        await Expect(page.Locator("#request-head .pill-done")).ToHaveCountAsync(0);
        await Expect(page.Locator("#conversation")).ToContainTextAsync("It is back.");
    }

    [Fact]
    public async Task An_answer_of_the_desk_shows_at_once_and_an_internal_note_never()
    {
        var customer = await Company.OpenAsync(Company.Mina, "ko");
        var key = await customer.OpenRequestAsync("VPN이 끊깁니다", "한 시간마다 끊깁니다.");
        var agent = await Company.OpenAsync(Company.Rosa);
        await agent.GotoAsync($"/workspace/tickets/{key}");
        Assert.DoesNotContain("CANARY-7734", await customer.ContentAsync(), StringComparison.Ordinal);
        await agent.SayAsync("Internal", "CANARY-7734 ask the supplier");
        await agent.SayAsync("Public", "Please restart the router.");
        await Expect(customer.Locator("#conversation")).ToContainTextAsync("Please restart the router.");
        await customer.ReloadAsync();
        Assert.DoesNotContain("CANARY-7734", await customer.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_request_looks_as_if_it_did_not_exist()
    {
        var mina = await Company.OpenAsync(Company.Mina);
        var key = await mina.OpenRequestAsync("Only mine", "Secret.");
        var ana = await Company.OpenAsync(Company.Ana);
        var answer = await ana.GotoAsync($"/portal/requests/{key}");
        Assert.Equal(404, answer!.Status);
        await Expect(ana.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is nothing here");
        await Expect(ana.Locator("body")).Not.ToContainTextAsync("Only mine");
    }

    [Fact]
    public async Task Asking_and_answering_work_without_script()
    {
        var page = await Company.OpenAsync(Company.Mina, look: new Look(HasScripts: false));
        await page.OpenRequestAsync("No scripts here", "Plain.");
        await page.Locator("#answer input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "a.txt",
                    MimeType = "text/plain",
                    Buffer = "abc"u8.ToArray(),
                }
            );
        await page.Locator("[name=body]").FillAsync("With a file.");
        await page.Locator("#answer button[type=submit]").ClickAsync();
        await Expect(page.Locator("#conversation")).ToContainTextAsync("With a file.");
        await Expect(page.Locator("#conversation a.file")).ToContainTextAsync("a.txt");
    }
}
