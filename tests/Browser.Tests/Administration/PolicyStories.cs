using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>Promises are made, read by those whom they concern, and kept.</summary>
[Collection(nameof(Company))]
public sealed class PolicyStories(Company company) : Stories(company)
{
    private const string Compare = "button[formaction*='handler=Compare']";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_policy_is_made_published_to_customers_and_a_call_keeps_it(bool hasScripts)
    {
        var word = hasScripts ? "scripted" : "scriptless";
        var page = await Company.OpenAsync(Company.Ada, look: new Look(HasScripts: hasScripts));
        await page.GotoAsync("/administration/sla/edit");
        await page.Locator("#in-name-en").FillAsync($"Promise {word}");
        await page.Locator("#in-name-ko").FillAsync($"약속 {word}");
        await page.Locator("#in-query").FillAsync($"summary ~ {word}");
        await page.Locator("[name='metric.0.name-en']").FillAsync($"Call back {word}");
        await page.Locator("[name='metric.0.name-ko']").FillAsync($"회신 전화 {word}");
        var kind = page.Locator("[name='metric.0.stop.0.kind']");
        if (hasScripts)
        {
            await page.RunAndWaitForResponseAsync(
                () => kind.SelectOptionAsync("phone-note"),
                answer => answer.Url.Contains("handler=Shape", StringComparison.Ordinal)
            );
        }
        else
        {
            await kind.SelectOptionAsync("phone-note");
        }

        await page.Locator("button[value='add-goal.0']").ClickAsync();
        await Expect(page.Locator("#metric-0-goal-1")).ToBeVisibleAsync();
        await page.Locator("[name='metric.0.goal.0.query']").FillAsync("priority = critical");
        await page.Locator("[name='metric.0.goal.0.target']").FillAsync("15m");
        await page.Locator("[name='metric.0.goal.1.target']").FillAsync("2h");
        await page.Locator("details", new() { HasText = "Publication" }).Locator("summary").ClickAsync();
        await page.Locator("[name=published][value=everyone]").CheckAsync();
        await page.Locator(Compare).ClickAsync();
        await Expect(page.Locator("#difference .diff-added").First).ToBeVisibleAsync();
        await page.Locator("#publish").ClickAsync();
        await page.WaitForURLAsync($"**/administration/sla#policy-promise-{word}");

        var mina = await Company.OpenAsync(Company.Mina, "ko");
        await mina.GotoAsync("/portal/agreements");
        await Expect(mina.Locator("main")).ToContainTextAsync($"회신 전화 {word}");
        await Expect(mina.Locator("main")).ToContainTextAsync("15분");
        await Expect(mina.Locator("main")).Not.ToContainTextAsync("summary ~");

        var rosa = await Company.OpenAsync(Company.Rosa);
        var key = await rosa.OpenTicketAsync($"Please ring me {word}");
        await rosa.GotoTicketAsync(key, "promises");
        await Expect(rosa.Locator($"#clock-call-back-{word}-1")).ToContainTextAsync("a phone call that an agent noted");
        await rosa.GotoTicketAsync(key);
        await rosa.Locator("[name=visibility][value=Internal]").CheckAsync();
        await rosa.Locator("#in-body").FillAsync("She is happy.");
        await rosa.Locator("[name=call]").CheckAsync();
        await rosa.Locator(".composer .button-primary").ClickAsync();
        await Expect(rosa.Locator(".post-note .icon + span, .post-note .chip").Last).ToBeVisibleAsync();
        await Expect(rosa.Locator(".thread")).ToContainTextAsync("Phone call");
        await rosa.GotoTicketAsync(key, "promises");
        await Expect(rosa.Locator($"#clock-call-back-{word}-1 .sla-met")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("en", "never fits")]
    [InlineData("ko", "들어갈 수 없습니다")]
    public async Task A_promise_between_teams_that_does_not_fit_is_told_before_it_is_published(
        string language,
        string unfit
    )
    {
        var id = $"teams-{language}";
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/sla/edit");
        await ShapedAsync(page, () => page.Locator("[name=type][value=Ola]").CheckAsync());
        await page.Locator("#in-name-en").FillAsync($"Teams {language}");
        await page.Locator("#in-name-ko").FillAsync($"팀 {language}");
        await page.Locator("#in-query").FillAsync("type = incident AND priority = critical");
        await page.Locator("[name='metric.0.name-en']").FillAsync("Time in a slow team");
        await page.Locator("[name='metric.0.name-ko']").FillAsync("느린 팀의 시간");
        await page.Locator("[name='metric.0.id']").FillAsync(id);
        await ShapedAsync(page, () => ChooseAsync("start", "team-assigned"));
        await ShapedAsync(page, () => ChooseAsync("stop", "team-left"));
        await page.Locator("[name='metric.0.within']").SelectOptionAsync("time-to-resolution");
        await page.Locator("[name='metric.0.goal.0.target']").FillAsync("30h");
        await page.Locator("[name='metric.0.goal.0.calendar']").SelectOptionAsync("24x7");
        const string add = "button[value='metric.0.goal.0:add']";
        await page.Locator($"details:has({add}) > summary").ClickAsync();
        await page.Locator(add).ClickAsync();
        await Expect(page.Locator("[name='metric.0.goal.0.levels.0.at']")).ToBeVisibleAsync();
        await page.Locator(Compare).ClickAsync();
        await Expect(page.Locator("#difference .tone-amber")).ToContainTextAsync(unfit);
        await Expect(page.Locator("[name='metric.0.goal.0.levels.0.at']")).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"teams' times that do not fit, with a level ({language})");

        Task ChooseAsync(string list, string kind) =>
            page.Locator($"[name='metric.0.{list}.0.kind']").SelectOptionAsync(kind);
    }

    private static Task ShapedAsync(IPage page, Func<Task> choose) =>
        page.RunAndWaitForResponseAsync(
            choose,
            answer => answer.Url.Contains("handler=Shape", StringComparison.Ordinal)
        );

    [Fact]
    public async Task Everything_of_the_editor_is_reached_with_the_keyboard()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/sla/edit");
        await page.TabToAsync(page.Locator("[name='metric.0.start.0.kind']"));
        await page.TypeChoiceAsync(page.Locator("[name='metric.0.start.0.kind']"), "a change of");
        await Expect(page.Locator("[name='metric.0.start.0.of']")).ToBeVisibleAsync();
        await Expect(page.Locator("[name='metric.0.start.0.kind']")).ToBeFocusedAsync();
        await page.TabToAsync(page.Locator("button[value='add-cancel.0']"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[name='metric.0.cancel.0.kind']")).ToBeVisibleAsync();
        await page.TabToAsync(page.Locator("button[value='add-metric']"), 100);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#metric-1")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task A_phone_shows_them_without_scrolling_sideways(string language)
    {
        var page = await Company.OpenAsync(Company.Ada, language, new Look(Width: 390));
        foreach (var address in new[] { "/administration/sla", "/administration/sla/edit/incident" })
        {
            await page.GotoAsync(address);
            await Axe.MustNotScrollSidewaysAsync(page, $"{address} ({language})");
        }
    }
}
