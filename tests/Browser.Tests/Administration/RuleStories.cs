using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>Rules are written as sentences, tried, published, and tell why.</summary>
[Collection(nameof(Company))]
public sealed class RuleStories(Company company) : Stories(company)
{
    private const string Draft = "button[formaction*='handler=Draft']";
    private const string Try = "button[formaction*='handler=Try']";
    private const string Compare = "button[formaction*='handler=Compare']";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rule_is_written_kept_tried_published_and_acts(bool hasScripts)
    {
        var word = hasScripts ? "scripted" : "scriptless";
        var rosa = await Company.OpenAsync(Company.Rosa);
        await rosa.OpenTicketAsync($"Before {word}");
        var page = await Company.OpenAsync(Company.Ada, look: new Look(HasScripts: hasScripts));
        await page.GotoAsync("/administration/rules/edit");
        await page.Locator("#in-name-en").FillAsync($"Story {word}");
        await page.Locator("#in-if").FillAsync($"summary ~ {word}");
        await page.Locator("button[value=add-then]").ClickAsync();
        await ChooseAsync(page, "then.0.do", "edit", hasScripts);
        await page.Locator("[name='then.0.labels-add']").FillAsync($"story-{word}");
        await page.Locator("button[value=add-then]").ClickAsync();
        await ChooseAsync(page, "then.1.do", "priority", hasScripts);
        await page.Locator("[name='then.1.priority']").SelectOptionAsync("critical");
        await page.Locator("button[value='up-then.1']").ClickAsync();
        await Expect(page.Locator("[name='then.0.priority']")).ToHaveValueAsync("critical");
        await Expect(page.Locator("[name='then.1.labels-add']")).ToHaveValueAsync($"story-{word}");

        await page.Locator(Draft).ClickAsync();
        await page.WaitForURLAsync($"**/rules/edit/story-{word}");
        await page.GotoAsync("/administration/rules");
        await Expect(page.Locator("main")).ToContainTextAsync($"story-{word}");
        await rosa.OpenTicketAsync($"While a draft {word}");
        await page.GotoAsync($"/administration/rules/edit/story-{word}");
        await page.Locator(Try).ClickAsync();
        await Expect(page.Locator("#trial .rule-run")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("#trial .tone-green").First).ToBeVisibleAsync();

        await page.Locator(Compare).ClickAsync();
        await Expect(page.Locator("#difference .diff-added").First).ToBeVisibleAsync();
        await page.Locator("#publish").ClickAsync();
        await page.WaitForURLAsync("**/administration/rules#*");
        var key = await rosa.OpenTicketAsync($"After {word}");
        // The rule may act before the page listens: it is asked for until it tells.
        for (var time = 0; time < 300 && await rosa.Locator(".rule-run").CountAsync() == 0; time++)
        {
            await rosa.GotoTicketAsync(key, "automation");
        }

        await Expect(rosa.Locator("body")).ToContainTextAsync($"story-{word}");
        await Expect(rosa.Locator(".rule-run").First).ToContainTextAsync($"Story {word}");
        await Expect(rosa.Locator(".why-not")).ToContainTextAsync($"Story {word}");

        await page.GotoAsync($"/administration/rules/log?rule=story-{word}");
        await Expect(page.Locator(".rule-run")).ToHaveCountAsync(1);
        // An earlier version could be had back, as of every document.
        await page.GotoAsync($"/administration/configuration/rule/story-{word}");
        await Expect(page.Locator(".versions > li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Everything_of_the_editor_is_reached_with_the_keyboard()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/rules/edit");
        await page.TabToAsync(page.Locator("[name='when.0.on']"));
        await page.TypeChoiceAsync(page.Locator("[name='when.0.on']"), "the status");
        await Expect(page.Locator("[name='when.0.to']")).ToBeVisibleAsync();
        await Expect(page.Locator("[name='when.0.on']")).ToBeFocusedAsync();
        await page.TabToAsync(page.Locator("#in-if"));
        await page.Keyboard.TypeAsync("prio");
        await Expect(page.Locator(".combo-option").First).ToContainTextAsync("priority");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#in-if")).ToHaveValueAsync("priority ");
        await page.Keyboard.PressAsync("Escape");
        await page.TabToAsync(page.Locator("button[value=add-then]"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[name='then.0.do']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Rules_are_put_in_order_by_buttons_and_by_dragging()
    {
        var page = await Company.OpenAsync(Company.Ada);
        foreach (var name in new[] { "one", "two", "three" })
        {
            await page.GotoAsync("/administration/rules/edit");
            await page.Locator("#in-name-en").FillAsync($"Ordered {name}");
            await page.Locator(Compare).ClickAsync();
            await page.Locator("#publish").ClickAsync();
            await page.WaitForURLAsync("**/administration/rules#*");
        }

        var ordered = page.Locator(".rule-list > li[data-sort-id^='ordered-']");
        await page.Locator("#rule-ordered-two button[aria-label^='Move']").First.ClickAsync();
        await Expect(ordered.First).ToHaveAttributeAsync("data-sort-id", "ordered-two");
        await page.WaitForLoadStateAsync();
        await page.Locator("#rule-ordered-three [data-sort-handle]").DragToAsync(page.Locator("#rule-ordered-two"));
        await Expect(ordered.First).ToHaveAttributeAsync("data-sort-id", "ordered-three");
        await Expect(ordered.Last).ToHaveAttributeAsync("data-sort-id", "ordered-one");
    }

    [Theory]
    [InlineData("en", "Reopen when a customer comments")]
    [InlineData("ko", "고객이 댓글을 달면 다시 열기")]
    public async Task A_recipe_opens_in_the_editor_and_nothing_is_saved_before(string language, string name)
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/rules/recipes");
        await page.Locator("#recipe-reopen-on-comment a").ClickAsync();
        await page.WaitForURLAsync("**/rules/edit?recipe=reopen-on-comment");
        await Expect(page.Locator($"#in-name-{language}")).ToHaveValueAsync(name);
        await Expect(page.Locator("[name='when.0.by']")).ToHaveValueAsync("customer");
        await page.GotoAsync("/administration/rules");
        await Expect(page.Locator("#rule-reopen-on-comment")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Axe_finds_nothing_on_any_page_of_rules(string language)
    {
        await Looking.AtAllAsync(
            Company,
            Company.Ada,
            language,
            "/administration/rules",
            "/administration/rules/log",
            "/administration/rules/recipes",
            "/administration/rules/edit",
            "/administration/rules/edit?recipe=resolve-after-answer",
            "/administration/rules/edit?recipe=nudge-before-breach"
        );
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/rules/edit");
        await page.Locator("#in-name-en").FillAsync("Seen by axe");
        await page.Locator("button[value=add-then]").ClickAsync();
        await ChooseAsync(page, "then.0.do", "create", hasScripts: true);
        await page.Locator("[name='then.0.summary']").FillAsync("x");
        await page.Locator("button[value=add-else]").ClickAsync();
        await ChooseAsync(page, "else.0.do", "notify", hasScripts: true);
        await page.Locator(Try).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"a rule with a mistake ({language})");
        await page.Locator("[name='else.0.people'][value=team]").CheckAsync();
        await page.Locator("[name='else.0.text-en']").FillAsync("x");
        await page.Locator(Compare).ClickAsync();
        await Expect(page.Locator("#difference")).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"the difference of a rule ({language})");
    }

    private static async Task ChooseAsync(IPage page, string name, string value, bool hasScripts)
    {
        await Expect(page.Locator($"[name='{name}']")).ToBeVisibleAsync();
        await page.Locator($"[name='{name}']").SelectOptionAsync(value);
        if (!hasScripts)
        {
            await page.Locator("noscript button, .rule-form > button").First.ClickAsync();
        }

        var path = name[..name.LastIndexOf('.')];
        var asked = value switch
        {
            "edit" => "labels-add",
            "create" => "type",
            "notify" => "people",
            _ => value,
        };
        await Expect(page.Locator($"[name='{path}.{asked}']").First).ToBeVisibleAsync();
    }
}
