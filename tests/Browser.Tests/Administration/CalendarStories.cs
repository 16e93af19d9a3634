using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>Calendars are written, copied, compared, tried out and filled from files.</summary>
[Collection(nameof(Company))]
public sealed class CalendarStories(Company company) : Stories(company)
{
    private const string Edit = "/administration/calendars/edit";
    private const string Save = "button[formaction*='handler=Save']";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_calendar_is_written_refused_with_what_was_typed_and_saved(bool hasScripts)
    {
        var id = hasScripts ? "nights-scripted" : "nights-scriptless";
        var page = await Company.OpenAsync(Company.Ada, look: new Look(HasScripts: hasScripts));
        await page.GotoAsync(Edit);
        await page.Locator("#in-name-en").FillAsync("Nights");
        await page.Locator("#in-name-ko").FillAsync("야간");
        await page.Locator("#in-id").FillAsync(id);
        await page.Locator("#in-zone").FillAsync("Asia/Nowhere");
        await page.Locator("#in-hours-monday").FillAsync("22-6, 9:00~12:00");
        await page.Locator("button[value=copy-monday]").ClickAsync();
        await Expect(page.Locator("#in-hours-friday")).ToHaveValueAsync("22-6, 9:00~12:00");
        await page.Locator("#in-hours-sunday").FillAsync("noon-ish");
        await page.Locator("#in-set-kr").SelectOptionAsync("1");
        await page.Locator("#in-dates").FillAsync("2026-06-03, Elections, 선거일\nsomeday");
        await page.Locator("button[value=add-exception]").ClickAsync();
        await page.Locator("[name='exceptions.0.date']").FillAsync("2026-12-31");
        await page.Locator("[name='exceptions.0.hours']").FillAsync("09:00-12:00");
        await page.Locator("[name='exceptions.0.name-en']").FillAsync("Last day");
        await page.Locator(Save).ClickAsync();

        await Expect(page.Locator("#calendar-problems li")).ToHaveCountAsync(2);
        await Expect(page.Locator("#in-hours-sunday")).ToHaveValueAsync("noon-ish");
        await Expect(page.Locator("#in-hours-sunday")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("#in-dates")).ToHaveValueAsync("2026-06-03, Elections, 선거일\nsomeday");
        await page.Locator("#in-hours-sunday").FillAsync("");
        await page.Locator("#in-dates").FillAsync("2026-06-03, Elections, 선거일");
        await page.Locator(Save).ClickAsync();
        await Expect(page.Locator("#calendar-problems a")).ToHaveAttributeAsync("href", "#in-zone");
        await page.Locator("#in-zone").FillAsync("Asia/Seoul");
        await page.Locator(Save).ClickAsync();

        await page.WaitForURLAsync($"**{Edit}/{id}");
        await Expect(page.Locator("#in-hours-monday")).ToHaveValueAsync("22:00-06:00, 09:00-12:00");
        await Expect(page.Locator("[name='exceptions.0.hours']")).ToHaveValueAsync("09:00-12:00");
        await Expect(page.Locator("#in-set-kr")).ToHaveValueAsync("1");
        await page.GotoAsync($"/administration/calendars/year/{id}?year=2026");
        await Expect(page.Locator("main")).ToContainTextAsync("Last day");
        await Expect(page.Locator("main")).ToContainTextAsync("Elections");
        await Expect(page.Locator("td.day-other")).ToContainTextAsync("31");
        await page.GotoAsync($"/administration/configuration/calendar/{id}");
        await Expect(page.Locator(".versions > li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_holiday_that_returns_takes_the_shape_that_is_chosen_with_the_keyboard()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync(Edit);
        await page.Locator("#in-name-en").FillAsync("Keyboard");
        await page.TabToAsync(page.Locator("button[value=add-holiday]"));
        await page.Keyboard.PressAsync("Enter");
        var form = page.Locator("[name='holidays.0.form']");
        await Expect(form).ToBeVisibleAsync();
        await page.TabToAsync(form);
        await page.TypeChoiceAsync(form, "Weekday");
        await Expect(page.Locator("[name='holidays.0.nth']")).ToBeVisibleAsync();
        await Expect(form).ToBeFocusedAsync();
        await page.Locator("[name='holidays.0.nth']").SelectOptionAsync("3");
        await page.Locator("[name='holidays.0.name-en']").FillAsync("King");
        await page.TabToAsync(page.Locator(Save));
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync($"**{Edit}/keyboard");
        await page.GotoAsync("/administration/calendars/year/keyboard?year=2027");
        await Expect(page.Locator("td.day-holiday")).ToContainTextAsync("18");
        await Expect(page.Locator("main")).ToContainTextAsync("third Monday of January");
    }

    [Theory]
    [InlineData("en", "Due 29 Sept 2026 (Tue) 10:00", "Holiday")]
    [InlineData("ko", "기한 2026년 9월 29일 (화) 10:00", "추석")]
    public async Task Trying_it_tells_when_it_is_due_and_why(string language, string due, string holiday)
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/calendars/try/korea-office-hours");
        await page.Locator("#in-from").FillAsync("2026-09-23T16:00");
        await page.Locator("#in-duration").FillAsync("12h");
        await page.Locator("button[value=due]").ClickAsync();
        await Expect(page.Locator("#h-answer"))
            .ToContainTextAsync(due.Replace("Sept ", "Sep ", StringComparison.Ordinal));
        await Expect(page.Locator("#segments tbody tr")).ToHaveCountAsync(7);
        await Expect(page.Locator(".segment-holiday")).ToContainTextAsync(holiday);
        await page.Locator("#in-to").FillAsync("2026-09-28T10:00");
        await page.Locator("button[value=elapsed]").ClickAsync();
        await Expect(page.Locator("#segments tfoot")).ToContainTextAsync(language == "ko" ? "3시간" : "3h");
        await page.Locator("#in-to").FillAsync("2026-09-01T10:00");
        await page.Locator("button[value=elapsed]").ClickAsync();
        await Expect(page.Locator("#in-to")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("#in-duration")).ToHaveValueAsync("12h");
    }

    [Fact]
    public async Task A_copy_is_filled_from_a_file_and_compared()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/calendars");
        await page.Locator("#calendar-korea-office-hours a[href*='copy=']").ClickAsync();
        await Expect(page.Locator("#in-name-en")).ToHaveValueAsync("Office hours in Korea (copy)");
        await page.Locator("#in-id").FillAsync("korea-copy");
        await page.Locator(Save).ClickAsync();
        await page.WaitForURLAsync($"**{Edit}/korea-copy");

        await page.GotoAsync("/administration/calendars/import/korea-copy");
        await page.Locator("#in-file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "company.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes(
                        "date,name\n2026-04-01,Founders\n2026-04-02,Bridge\n2026-05-05,Children\nsoon,Feast\n"
                    ),
                }
            );
        await page.Locator("#import-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#new-days tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator("#bad-lines tbody tr")).ToHaveCountAsync(1);
        await page.Locator("#new-days input[value='3']").UncheckAsync();
        await page.Locator("#take-form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/administration/calendars/year/korea-copy?year=2026");
        await Expect(page.Locator("main")).ToContainTextAsync("Founders");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("Bridge");

        await page.GotoAsync("/administration/calendars/compare?one=korea-office-hours&other=korea-copy&year=2026");
        await Expect(page.Locator("#days tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#days")).ToContainTextAsync("Founders");
        await Expect(page.Locator("#week .is-different")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Axe_finds_nothing_on_any_page_of_calendars(string language)
    {
        await Looking.AtAllAsync(
            Company,
            Company.Ada,
            language,
            "/administration/calendars",
            "/administration/calendars/edit/korea-office-hours",
            "/administration/calendars/year/korea-office-hours?year=2026",
            "/administration/calendars/year/korea-office-hours?year=2051",
            "/administration/calendars/try/korea-office-hours?from=2026-09-23T16%3A00&duration=12h&ask=due",
            "/administration/calendars/compare?one=korea-office-hours&other=24x7&year=2026",
            "/administration/calendars/import/korea-office-hours"
        );
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/calendars/import/korea-office-hours");
        await page.Locator("#in-text").FillAsync("2026-04-01,Founders\nsoon,Feast\n2026-05-05,Children");
        await page.Locator("#import-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#bad-lines")).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"a looked through import ({language})");
        await page.GotoAsync(Edit);
        foreach (var kind in new[] { "holiday", "exception" })
        {
            await page.Locator($"button[value=add-{kind}]").ClickAsync();
            await Expect(page.Locator($"[name='{kind}s.0.form']")).ToBeVisibleAsync();
        }

        await page.Locator(Save).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Looking.AtThisAsync(page, $"a refused calendar ({language})");
    }
}
