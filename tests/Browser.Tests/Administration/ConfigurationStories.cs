using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

[Collection(nameof(Company))]
public sealed class ConfigurationStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Save", "“order” must be a whole number.", "Roll back", "Version 1")]
    [InlineData("ko", "저장", "“order”", "되돌리기", "버전 1")]
    public async Task A_document_is_written_corrected_compared_and_rolled_back(
        string language,
        string save,
        string problem,
        string rollBack,
        string first
    )
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/configuration/queue");
        var editor = page.Locator("[name=yaml]");
        await editor.FillAsync(Queue(language, "First name", "many"));
        await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
        var alert = page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync(problem);
        await Expect(alert).ToContainTextAsync("8");
        await Expect(editor).ToHaveValueAsync(Queue(language, "First name", "many"));

        await editor.FillAsync(Queue(language, "First name", "500"));
        await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**/administration/configuration/queue/story-{language}");
        await editor.FillAsync(Queue(language, "Second name", "500"));
        await page.Locator("#in-comment").FillAsync("A better name");
        await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        var versions = page.Locator(".versions > li");
        await Expect(versions).ToHaveCountAsync(2);
        await Expect(versions.First).ToContainTextAsync("A better name");
        await Expect(versions.First).ToContainTextAsync(Company.Ada.Name);

        await versions.First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator(".diff-removed").First).ToContainTextAsync("First name");
        await Expect(page.Locator(".diff-added").First).ToContainTextAsync("Second name");
        await versions
            .Filter(new() { HasText = first })
            .GetByRole(AriaRole.Button, new() { Name = rollBack })
            .ClickAsync();
        await Expect(versions).ToHaveCountAsync(3);
        await Expect(editor).ToHaveValueAsync(Queue(language, "First name", "500"));

        await page.GotoAsync("/administration/changes");
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync($"story-{language}");
        await page.GotoAsync($"/workspace/ITSD/story-{language}");
        await Expect(page.Locator("h1")).ToHaveTextAsync(language == "ko" ? "First name 대기열" : "First name");
    }

    [Fact]
    public async Task A_wrong_query_in_a_queue_is_refused_with_a_sentence_and_its_line()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/configuration/queue");
        await page.Locator("[name=yaml]")
            .FillAsync(
                Queue("wrong", "Wrong", "500").Replace("category != done", "catgory != done", StringComparison.Ordinal)
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("catgory");
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_is_told_and_loses_nothing()
    {
        var mine = await Company.OpenAsync(Company.Ada);
        await mine.GotoAsync("/administration/configuration/queue");
        await mine.Locator("[name=yaml]").FillAsync(Queue("both", "Mine", "500"));
        await mine.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await mine.WaitForURLAsync("**/queue/story-both");
        var other = await Company.OpenAsync(Company.Ada);
        await other.GotoAsync("/administration/configuration/queue/story-both");
        await other.Locator("[name=yaml]").FillAsync(Queue("both", "Theirs", "500"));
        await other.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(other.Locator(".versions > li")).ToHaveCountAsync(2);
        await mine.Locator("[name=yaml]").FillAsync(Queue("both", "Mine, later", "500"));
        await mine.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(mine.GetByRole(AriaRole.Alert)).ToContainTextAsync("newer version");
        await Expect(mine.Locator("[name=yaml]")).ToHaveValueAsync(Queue("both", "Mine, later", "500"));
    }

    [Theory]
    [InlineData("en", "Request types", "SLA policies")]
    [InlineData("ko", "요청 유형", "SLA 정책")]
    public async Task Kinds_of_documents_have_names_in_both_languages(string language, params string[] names)
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/configuration");
        var headings = await page.Locator("main h2").AllInnerTextsAsync();
        Assert.Empty(names.Except(headings, StringComparer.Ordinal));
        await page.Locator("#in-q").FillAsync("incident");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**q=incident");
        await Expect(page.Locator("#workflow .table-title")).ToHaveCountAsync(1);
    }

    // As the editor writes it, so that it comes back the same.
    private static string Queue(string id, string name, string order) =>
        $"""
            kind: queue
            id: story-{id}
            name:
              en: {name}
              ko: {name} 대기열
            desk: ITSD
            query: category != done
            order: {order}

            """;
}
