using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>An administrator writes a script, tries it, corrects it and goes back.</summary>
[Collection(nameof(Company))]
public sealed class ScriptStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Line 2, column 9", "Roll back", "Version 1")]
    [InlineData("ko", "2행 9열", "되돌리기", "버전 1")]
    public async Task A_script_is_typed_completed_corrected_tried_compared_and_rolled_back(
        string language,
        string place,
        string rollBack,
        string first
    )
    {
        var id = $"story-{language}";
        var page = await Company.OpenAsync(Company.Ada, language);
        var violations = new List<string>();
        // What the browser's own editing writes into a line before the editor draws it anew is no style of the page.
        await page.AddInitScriptAsync(
            """
            document.addEventListener("securitypolicyviolation", (event) => {
              if (event.violatedDirective !== "style-src-attr" || !event.target.closest?.(".cm-content")) {
                console.error("policy broken: " + event.violatedDirective + " " + event.target.outerHTML);
              }
            });
            """
        );
        page.Console += (_, message) =>
        {
            if (message.Text.StartsWith("policy broken", StringComparison.Ordinal))
            {
                violations.Add(message.Text);
            }
        };
        // Compilers of scripts take their time to start.
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync("/administration/scripts/edit");
        var source = page.Locator("#script-editor");

        // Typed: what the module has is offered and taken.
        await source.ClickAsync();
        await page.Keyboard.TypeAsync("const found = tickets.sea");
        await page.Locator(".cm-tooltip-autocomplete li").Filter(new() { HasText = "search" }).First.ClickAsync();
        await Expect(source).ToContainTextAsync("tickets.search");
        await page.Keyboard.TypeAsync("('type = incident');");
        await Expect(source).ToContainTextAsync("tickets.search('type = incident');");

        // A mistake is marked while it is typed, and told with its place when it is saved.
        await ReplaceAsync(page, source, "const a = 1;\nlet b = ;\n");
        await Expect(page.Locator(".cm-lint-marker-error")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.Locator("#in-id").FillAsync(id);
        await page.Locator("#in-en").FillAsync($"Story {language}");
        await page.Locator("#in-ko").FillAsync($"이야기 {language}");
        await page.Locator("#in-use").SelectOptionAsync(new SelectOptionValue { Value = "Called" });
        await SaveAsync(page);
        await Expect(page.Locator("#script-problems")).ToContainTextAsync(place);

        await ReplaceAsync(page, source, "log.info('hello');\nreturn people.me().email;");
        await SaveAsync(page);
        await page.WaitForURLAsync($"**/administration/scripts/edit/{id}");

        // Tried: nothing is written, and what it returned and logged is shown.
        await page.Locator("[formaction*='handler=Try']").ClickAsync();
        var trial = page.Locator("#trial");
        await Expect(trial).ToContainTextAsync(Company.Ada.Email, new() { Timeout = 60_000 });
        await Expect(trial).ToContainTextAsync("info: hello");
        Assert.Empty(violations);
        await Looking.AtThisAsync(page, $"a script that was tried ({language})");
        // Axe measures with styles of its own, which the policy forbids it.
        violations.Clear();
        await page.SetViewportSizeAsync(1440, 900);

        await page.GotoAsync($"/administration/scripts/edit/{id}");
        await ReplaceAsync(page, source, "return 'second';");
        await SaveAsync(page);
        await page.WaitForURLAsync($"**/administration/scripts/edit/{id}");
        await page.GotoAsync($"/administration/configuration/script/{id}?compare=2");
        await Expect(page.Locator(".diff-removed", new() { HasText = "hello" })).ToBeVisibleAsync();
        await Expect(page.Locator(".diff-added", new() { HasText = "second" })).ToBeVisibleAsync();
        await page.Locator(".versions > li")
            .Filter(new() { HasText = first })
            .GetByRole(AriaRole.Button, new() { Name = rollBack })
            .ClickAsync();
        await Expect(page.Locator(".versions > li")).ToHaveCountAsync(3);
        await page.GotoAsync($"/administration/scripts/edit/{id}");
        await Expect(source).ToContainTextAsync("hello");

        await page.GotoAsync($"/administration/scripts/runs?script={id}");
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync(language == "ko" ? "콘솔" : "Console");
        await page.GotoAsync("/administration/scripts");
        await Expect(page.Locator("main"))
            .ToContainTextAsync(language == "ko" ? $"이야기 {language}" : $"Story {language}");
        Assert.Empty(violations);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Axe_finds_nothing_on_the_pages_of_scripts(string language) =>
        await Looking.AtAllAsync(
            Company,
            Company.Ada,
            language,
            "/administration/scripts",
            "/administration/scripts/edit",
            "/administration/scripts/reference",
            "/administration/scripts/runs"
        );

    private static async Task ReplaceAsync(IPage page, ILocator source, string text)
    {
        await source.ClickAsync();
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.InsertTextAsync(text);
    }

    private static Task SaveAsync(IPage page) => page.Locator("[formaction*='handler=Save']").ClickAsync();
}
