using Browser.Tests.Portal;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>What one has begun to write is there again, wherever one goes on.</summary>
[Collection(nameof(Company))]
public sealed class DraftStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Draft saved", "Discard draft", "Bring it back")]
    [InlineData("ko", "임시 저장했습니다", "작성 내용 삭제", "되돌리기")]
    public async Task Reply_and_note_are_kept_apart_through_a_reload_and_thrown_away(
        string language,
        string saved,
        string discard,
        string back
    )
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync("Begun to write");
        await page.GotoAsync($"/workspace/tickets/{key}?lang={language}");
        var text = page.Locator("#in-body");
        await text.FillAsync("Dear Mina, I have");
        await Expect(page.Locator(".composer-draft")).ToContainTextAsync(saved);
        await page.Locator(".composer [value=Internal]").CheckAsync(new() { Force = true });
        await Expect(text).ToHaveValueAsync("");
        await text.FillAsync("Ask the vendor");
        await page.ReloadAsync();

        await page.Locator(".composer [value=Internal]").CheckAsync(new() { Force = true });
        await Expect(text).ToHaveValueAsync("Ask the vendor");
        await page.GetByRole(AriaRole.Button, new() { Name = discard }).ClickAsync();
        await Expect(text).ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = back }).ClickAsync();
        await Expect(text).ToHaveValueAsync("Ask the vendor");
        await page.Locator(".composer [value=Public]").CheckAsync(new() { Force = true });
        await Expect(text).ToHaveValueAsync("Dear Mina, I have");
    }

    [Fact]
    public async Task A_window_says_that_another_one_sent_and_keeps_what_was_typed()
    {
        var one = await Company.OpenAsync(Company.Rosa);
        var key = await one.OpenTicketAsync("In two windows");
        await one.Locator("#in-body").FillAsync("Dear Mina");
        await Expect(one.Locator(".composer-draft")).ToContainTextAsync("Draft saved");

        var other = await Company.OpenAsync(Company.Rosa);
        await other.GotoTicketAsync(key);
        await Expect(other.Locator("#in-body")).ToHaveValueAsync("Dear Mina");
        await other.Locator("#in-body").PressAsync("Control+Enter");
        await Expect(other.Locator(".post")).ToContainTextAsync("Dear Mina");

        await Expect(one.Locator(".composer-draft")).ToContainTextAsync("You sent this from another window.");
        await Expect(one.Locator("#in-body")).ToHaveValueAsync("");
        await Expect(other.Locator("#in-body")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_is_typed_before_the_scripts_of_a_page_run_is_kept()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        var key = await page.OpenTicketAsync("Typed early");
        await page.Locator("#in-body").FillAsync("Kept before");
        await Expect(page.Locator(".composer-draft")).ToContainTextAsync("Draft saved");
        var arrive = new TaskCompletionSource();
        await page.RouteAsync(
            "**/app*.js",
            async route =>
            {
                await arrive.Task;
                await route.ContinueAsync();
            }
        );
        await page.GotoAsync($"/workspace/tickets/{key}", new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("#in-body").FillAsync("Typed early");
        arrive.SetResult();
        await Expect(page.Locator(".composer-draft")).ToContainTextAsync("Draft saved");
        await Expect(page.Locator("#in-body")).ToHaveValueAsync("Typed early");
        await page.ReloadAsync();
        await Expect(page.Locator("#in-body")).ToHaveValueAsync("Typed early");
    }

    [Fact]
    public async Task What_was_sent_before_the_page_went_away_and_arrives_late_does_not_come_back()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        await page.OpenTicketAsync("Late");
        var held = new TaskCompletionSource<IRequest>();
        await page.RouteAsync(
            url => url.EndsWith("handler=Draft", StringComparison.Ordinal),
            route => held.TrySetResult(route.Request) ? Task.CompletedTask : route.ContinueAsync()
        );
        var text = page.Locator("#in-body");
        await text.FillAsync("Dear M");
        var late = await held.Task;
        await text.FillAsync("");
        await page.ReloadAsync();
        await Expect(text).ToHaveValueAsync("");

        Assert.True((await page.APIRequest.FetchAsync(late)).Ok);
        await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync("() => document.body.dispatchEvent(new Event('sd:ticket'))"),
            answer => answer.Url.EndsWith("handler=Draft", StringComparison.Ordinal) && answer.Ok
        );
        await Expect(text).ToHaveValueAsync("");
        await page.ReloadAsync();
        await Expect(text).ToHaveValueAsync("");
    }
}
