using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>Writing queries, and names of people.</summary>
[Collection(nameof(Company))]
public sealed class CompletionStories(Company company) : Stories(company)
{
    [Fact]
    public async Task A_query_is_written_with_arrows_and_enter()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        await page.GotoAsync("/workspace/search");
        var input = page.Locator("#in-q");
        await Expect(input).ToHaveRoleAsync(AriaRole.Combobox);
        await Expect(input).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(input).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("prio");
        await Expect(Option(page, "priority")).ToBeVisibleAsync();
        await Expect(input).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(input).ToHaveAttributeAsync("aria-controls", "in-q-list");
        await Expect(input)
            .Not.ToHaveAttributeAsync(
                "aria-activedescendant",
                new System.Text.RegularExpressions.Regex(
                    ".",
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            );

        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(input).ToHaveAttributeAsync("aria-activedescendant", "in-q-option-0");
        await Expect(page.Locator("#in-q-option-0")).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(input).ToHaveValueAsync("priority ");
        await Expect(Option(page, ">=")).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync(">= ");
        await Expect(Option(page, "high")).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("hi");
        await Expect(page.Locator(".combo-option")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await Expect(input).ToHaveValueAsync("priority >= high ");
        await Expect(input).ToBeFocusedAsync();
        await Expect(Option(page, "AND")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".combo-panel")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/workspace/search?q=priority*");
        await Expect(page.Locator("#query-error")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("en", "status = in-", "in-progress", "In progress")]
    [InlineData("ko", "status = 고객", "waiting-for-customer", "고객 답변 대기")]
    [InlineData("ko", "우선", "priority", "우선순위")]
    [InlineData("ko", "assignee = 준호", "junho@servicedesk.example", "박준호")]
    [InlineData("en", "assignee in (ros", "rosa@servicedesk.example", "Rosa Delgado")]
    [InlineData("en", "assignee = curr", "currentUser()", "Function")]
    [InlineData("en", "summary ~ printer ORDER BY upd", "updated", "Field")]
    public async Task Values_and_names_are_found_by_a_part_of_them(
        string language,
        string typed,
        string offered,
        string named
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        await page.GotoAsync("/workspace/ITSD/itsd-open");
        await page.Locator("#in-q").FocusAsync();
        await page.Keyboard.InsertTextAsync(typed);
        await Expect(Option(page, offered)).ToContainTextAsync(named);
        await Option(page, offered).ClickAsync();
        await Expect(page.Locator("#in-q"))
            .ToHaveValueAsync(typed[..(typed.LastIndexOfAny([' ', '(']) + 1)] + offered + " ");
    }

    [Theory]
    [InlineData("en", "stutus = new AND prio", "stutus", "There is no field")]
    [InlineData("ko", "status = nowhere AND prio", "nowhere", "nowhere")]
    public async Task What_is_wrong_shows_its_place_while_one_goes_on_writing(
        string language,
        string typed,
        string wrong,
        string said
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        await page.GotoAsync("/workspace/search");
        await Expect(page.Locator("#in-q")).ToBeFocusedAsync();
        await page.Keyboard.InsertTextAsync(typed);
        await Expect(page.Locator(".combo-mistake mark")).ToHaveTextAsync(wrong);
        await Expect(page.Locator(".combo-mistake")).ToContainTextAsync(said);
        await Expect(Option(page, "priority")).ToBeVisibleAsync();
        await Axe.MustFindNothingAsync(page, "an open list of suggestions with a mistake");
    }

    [Fact]
    public async Task A_wrong_query_shows_its_place_and_the_caret_stands_there()
    {
        var page = await Company.OpenAsync(Company.Rosa, look: new Look(HasScripts: true));
        await page.GotoAsync("/workspace/search?q=" + Uri.EscapeDataString("priority >= high AND stutus = new"));
        var error = page.Locator("#query-error");
        await Expect(error.Locator("mark")).ToHaveTextAsync("stutus");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("stutus");
        var input = page.Locator("#in-q");
        await Expect(input).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(input).ToHaveAttributeAsync("aria-describedby", "query-error");
        await Expect(input).ToBeFocusedAsync();
        await Expect(input).ToHaveJSPropertyAsync("selectionStart", 21);
    }

    [Theory]
    [InlineData("en", "Lin", "Ana Lind", "ana@northwind.example")]
    [InlineData("ko", "민아", "김민아", "mina@hanbit.example")]
    public async Task A_participant_is_added_by_a_part_of_the_name(
        string language,
        string part,
        string name,
        string email
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        await page.OpenTicketAsync("Somebody should read along", Company.Junho.Email);
        await page.Locator("#in-person").FocusAsync();
        await page.Keyboard.InsertTextAsync(part);
        await Expect(page.Locator(".combo-option")).ToContainTextAsync(email);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#in-person")).ToHaveValueAsync($"{name} <{email}>");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#participant-list")).ToContainTextAsync(name);

        await page.Locator("#participant-list button").ClickAsync();
        await Expect(page.Locator("#participant-list")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_refused_with_a_sentence()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        await page.OpenTicketAsync("Nobody of that name");
        await page.Locator("#in-person").FillAsync("Nobody Atall");
        await page.Locator("#in-person").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nobody Atall");
    }

    [Fact]
    public async Task Customers_are_offered_nothing()
    {
        var page = await Company.OpenAsync(Company.Mina);
        await page.GotoAsync("/portal");
        foreach (var address in new[] { "/workspace/complete?q=assignee+%3D+", "/workspace/people?q=a" })
        {
            var answer = await page.APIRequest.GetAsync(address);
            Assert.Equal(403, answer.Status);
            Assert.DoesNotContain(Company.Rosa.Email, await answer.TextAsync(), StringComparison.Ordinal);
        }
    }

    private static ILocator Option(IPage page, string text) => page.Locator($".combo-option[data-text=\"{text}\"]");
}
