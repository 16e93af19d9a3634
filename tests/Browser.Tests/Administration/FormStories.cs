using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>Forms are made in the browser, and ask customers what their answers call for.</summary>
[Collection(nameof(Company))]
public sealed class FormStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_is_made_and_a_customer_is_asked_what_the_answers_call_for(bool hasScripts)
    {
        var word = hasScripts ? "scripted" : "scriptless";
        var page = await Company.OpenAsync(Company.Ada, look: new Look(HasScripts: hasScripts));
        await page.GotoAsync("/administration/request-types/edit?desk=ITSD");
        await page.Locator("#in-name-en").FillAsync($"Story {word}");
        await page.Locator("#in-name-ko").FillAsync($"이야기 {word}");
        await page.Locator("button[value=add-section]").ClickAsync();
        await page.Locator("[name='section.0.name-en']").FillAsync("More");
        await page.Locator("[name='section.0.name-ko']").FillAsync("추가 정보");
        await AddAsync(page, "impact");
        await AddAsync(page, "urgency");
        await page.Locator("#more-urgency > summary").ClickAsync();
        await page.Locator("button[value='when-place.3']").ClickAsync();
        await page.Locator("[name='place.3.when.0.field']").SelectOptionAsync("impact");
        if (!hasScripts)
        {
            await page.Locator("button[formaction*='handler=Shape']:not([name])").ClickAsync();
        }

        await page.Locator("[name='place.3.when.0.is'][value=high]").CheckAsync();
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await Expect(page.Locator("#difference .diff-added").First).ToBeVisibleAsync();
        await page.Locator("#publish").ClickAsync();
        await Expect(page.Locator($"#type-itsd-story-{word}")).ToBeVisibleAsync();

        var mina = await Company.OpenAsync(Company.Mina, "ko", new Look(HasScripts: hasScripts));
        await mina.GotoAsync($"/portal/ask/ITSD/itsd-story-{word}");
        await mina.Locator("[name=summary]").FillAsync($"A tale {word}");
        var urgency = mina.Locator("[name='fields.urgency']");
        await Expect(urgency).ToBeHiddenAsync();
        await mina.Locator("[name='fields.impact']").SelectOptionAsync("high");
        if (!hasScripts)
        {
            await mina.Locator("main form button[type=submit]").First.ClickAsync();
            await Expect(mina.Locator("main [role=status]")).ToBeVisibleAsync();
        }

        await Expect(urgency).ToBeVisibleAsync();
        await urgency.SelectOptionAsync("low");
        await mina.Locator("main form button[type=submit]").First.ClickAsync();
        await mina.WaitForURLAsync("**/portal/requests/*");
        await Expect(mina.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"A tale {word}");
    }

    [Fact]
    public async Task Rows_move_by_keyboard_and_by_drag_and_the_customers_view_changes_its_language()
    {
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync("/administration/request-types/edit/itsd-computer");
        await page.TabToAsync(page.Locator("button[value='down-place.0']"), 100);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".form-row").First).ToHaveIdAsync("place-description");
        await page.Locator("#place-affected-system [data-sort-handle]")
            .DragToAsync(page.Locator("#place-description .form-row-name"));
        await Expect(page.Locator(".form-row").First).ToHaveIdAsync("place-affected-system");
        await page.Locator("button[value=preview-ko]").ClickAsync();
        await Expect(page.Locator(".form-preview [lang=ko] h3")).ToHaveTextAsync("컴퓨터 문제");
    }

    [Theory]
    [InlineData("en", "Signed form", "A new file takes the place of this one.", true)]
    [InlineData("ko", "서명한 양식", "새 파일을 선택하면 이 파일을 대신합니다.", false)]
    public async Task A_field_of_files_is_made_asked_of_a_customer_and_changed_by_an_agent(
        string language,
        string name,
        string hint,
        bool hasScripts
    )
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/fields/edit");
        await page.Locator("#in-name-en").FillAsync($"Signed form {language}");
        await page.Locator("#in-name-ko").FillAsync($"서명한 양식 {language}");
        await page.Locator("#in-type").SelectOptionAsync("Attachment");
        await page.Locator("#in-fileTypes").FillAsync(".PDF; txt");
        await Axe.MustFindNothingAsync(page, "a field of files");
        await page.Locator("[name=types][value=incident]").CheckAsync();
        await page.Locator("[name=customersSee]").CheckAsync();
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await page.Locator("#publish").ClickAsync();
        await page.GotoAsync("/administration/request-types/edit?desk=ITSD");
        await page.Locator("#in-name-en").FillAsync($"Contract {language}");
        await page.Locator("#in-name-ko").FillAsync($"계약 {language}");
        await AddAsync(page, $"signed-form-{language}");
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await page.Locator("#publish").ClickAsync();
        await Expect(page.Locator($"#type-itsd-contract-{language}")).ToBeVisibleAsync();

        var mina = await Company.OpenAsync(Company.Mina, language, new Look(HasScripts: hasScripts));
        await mina.GotoAsync($"/portal/ask/ITSD/itsd-contract-{language}");
        await mina.Locator("[name=summary]").FillAsync($"A contract {language}");
        var input = mina.Locator($"[name='upload.fields.signed-form-{language}']");
        await input.SetInputFilesAsync(Text("first.txt"));
        if (hasScripts)
        {
            await Expect(mina.Locator(".file input[type=hidden]")).ToHaveCountAsync(1);
            await input.SetInputFilesAsync(Text("서명.txt"));
            await Expect(mina.Locator(".file")).ToHaveCountAsync(1);
            await Expect(mina.Locator(".file input[type=hidden]")).ToHaveCountAsync(1);
            await Axe.MustFindNothingAsync(mina, "a form that asks for a file");
        }
        else
        {
            await input.SetInputFilesAsync(Text("서명.txt"));
        }

        await mina.Locator("main form button[type=submit]").First.ClickAsync();
        await mina.WaitForURLAsync("**/portal/requests/*");
        await Expect(mina.Locator("dl.facts .file", new() { HasText = "서명.txt" })).ToBeVisibleAsync();
        await Expect(mina.Locator("main")).Not.ToContainTextAsync("first.txt");
        // Where no scripts run, axe does not either.
        if (hasScripts)
        {
            await Looking.AtThisAsync(mina, $"a request with a file in a field ({language})");
        }

        var key = mina.Url.Split('/')[^1].Split('?')[0];

        await page.GotoAsync($"/workspace/tickets/{key}");
        await Expect(page.Locator("dl.facts .file", new() { HasText = "서명.txt" })).ToBeVisibleAsync();
        await page.GotoAsync($"/workspace/tickets/{key}/edit");
        await Expect(page.Locator("fieldset", new() { HasText = name }).Last).ToContainTextAsync(hint);
        await Looking.AtThisAsync(page, $"a field of files that is changed ({language})");
        await page.Locator($"[name='fields.signed-form-{language}']").UncheckAsync();
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Expect(page.Locator("dl.facts .file")).ToHaveCountAsync(0);

        static FilePayload Text(string name) =>
            new()
            {
                Name = name,
                MimeType = "text/plain",
                Buffer = "signed"u8.ToArray(),
            };
    }

    [Theory]
    [InlineData("en", "Korea", "Seoul", "Korea › Seoul")]
    [InlineData("ko", "대한민국", "서울", "대한민국 › 서울")]
    public async Task A_choice_under_another_one_is_made_with_the_keyboard_and_chosen_level_by_level(
        string language,
        string first,
        string second,
        string read
    )
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/fields/edit");
        await page.Locator("#in-name-en").FillAsync($"Region {language}");
        await page.Locator("#in-name-ko").FillAsync($"지역 {language}");
        await page.Locator("#in-type").SelectOptionAsync("Choice");
        await page.Locator("#field-many > summary").ClickAsync();
        await page.Locator("#in-more-choices").FillAsync("Korea | 대한민국\nSeoul | 서울\nJapan | 일본");
        await page.Locator("button[value=add-choices]").ClickAsync();
        await page.Locator("button[value='in-choice.1']").PressAsync("Enter");
        await Expect(page.Locator("#choice-1.level-1")).ToBeVisibleAsync();
        await Axe.MustFindNothingAsync(page, "choices under one another");
        await page.Locator("[name=types][value=incident]").CheckAsync();
        await page.Locator("[name=customersSee]").CheckAsync();
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await page.Locator("#publish").ClickAsync();
        await page.GotoAsync("/administration/request-types/edit?desk=ITSD");
        await page.Locator("#in-name-en").FillAsync($"Travel {language}");
        await page.Locator("#in-name-ko").FillAsync($"출장 {language}");
        await AddAsync(page, $"region-{language}");
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await page.Locator("#publish").ClickAsync();
        await Expect(page.Locator($"#type-itsd-travel-{language}")).ToBeVisibleAsync();

        var mina = await Company.OpenAsync(Company.Mina, language);
        await mina.GotoAsync($"/portal/ask/ITSD/itsd-travel-{language}");
        await mina.Locator("[name=summary]").FillAsync($"To Seoul {language}");
        await mina.GetByLabel($"{(language == "en" ? "Region" : "지역")} {language}").First.SelectOptionAsync(first);
        var city = mina.Locator(".levels select").Nth(1);
        await Axe.MustFindNothingAsync(mina, "a choice by levels");
        await city.FocusAsync();
        await mina.Keyboard.PressAsync("ArrowDown");
        await Expect(city.Locator("option:checked")).ToHaveTextAsync(second);
        await mina.Locator("main form button[type=submit]").First.ClickAsync();
        await mina.WaitForURLAsync("**/portal/requests/*");
        await Expect(mina.Locator("main")).ToContainTextAsync(read);
    }

    [Theory]
    [InlineData("en", "Lin", "Ana Lind")]
    [InlineData("ko", "ㄱㅁㅇ", "김민아")]
    public async Task A_person_field_looks_people_up_and_says_when_it_finds_nobody(
        string language,
        string part,
        string name
    )
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/fields/edit");
        await page.Locator("#in-name-en").FillAsync($"Keeper {language}");
        await page.Locator("#in-name-ko").FillAsync($"보관자 {language}");
        await page.Locator("#in-type").SelectOptionAsync("Person");
        await page.Locator("[name=types][value=incident]").CheckAsync();
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await page.Locator("#publish").ClickAsync();
        await Expect(page.Locator($"a[href='/administration/fields/edit/keeper-{language}']")).ToBeVisibleAsync();

        var rosa = await Company.OpenAsync(Company.Rosa, language);
        var key = await rosa.OpenTicketAsync($"Kept by somebody {language}");
        await rosa.GotoAsync($"/workspace/tickets/{key}/edit");
        var list = rosa.Locator($"select[name='fields.keeper-{language}']");
        await Expect(list).ToBeHiddenAsync();
        var input = rosa.GetByLabel(language == "en" ? $"Keeper {language}" : $"보관자 {language}");
        await input.FocusAsync();
        await rosa.Keyboard.InsertTextAsync(part);
        await Expect(rosa.Locator(".combo-option").First).ToContainTextAsync(name);
        await Looking.AtThisAsync(rosa, $"a person is looked up ({language})");
        await rosa.Keyboard.PressAsync("ArrowDown");
        await rosa.Keyboard.PressAsync("Enter");
        await Expect(input).ToHaveValueAsync(name);
        await rosa.Locator("main form button.button-primary").ClickAsync();
        await rosa.WaitForURLAsync($"**/workspace/tickets/{key}");
        await Expect(rosa.Locator("main")).ToContainTextAsync(name);

        // Whom nobody knows is refused, and what was typed stays.
        await rosa.GotoAsync($"/workspace/tickets/{key}/edit");
        await Expect(input).ToHaveValueAsync(name);
        await input.FillAsync("Nobody Atall");
        await rosa.Locator("main form button.button-primary").ClickAsync();
        await Expect(rosa.Locator(".field.is-wrong .error")).ToBeVisibleAsync();
        await Expect(input).ToHaveValueAsync("Nobody Atall");
        await input.FillAsync("");
        await rosa.Locator("main form button.button-primary").ClickAsync();
        await rosa.WaitForURLAsync($"**/workspace/tickets/{key}");
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("ko", false)]
    public async Task A_field_is_made_and_asked_for_on_tickets(string language, bool hasScripts)
    {
        var page = await Company.OpenAsync(Company.Ada, language, new Look(HasScripts: hasScripts));
        await page.GotoAsync("/administration/fields");
        await page.Locator("a.bar-action").ClickAsync();
        await page.WaitForLoadStateAsync();
        await page.Locator("#in-name-en").FillAsync($"Building {language}");
        await page.Locator("#in-name-ko").FillAsync($"건물 {language}");
        await page.Locator("#in-type").SelectOptionAsync("Choice");
        if (!hasScripts)
        {
            await page.Locator("button[formaction*='handler=Shape']:not([name])").ClickAsync();
        }

        await page.Locator("#field-many > summary").ClickAsync();
        await page.Locator("#in-more-choices").FillAsync("Tower | 타워\nAnnex | 별관");
        await page.Locator("button[value=add-choices]").ClickAsync();
        await Expect(page.Locator("[name='choice.1.name-ko']")).ToHaveValueAsync("별관");
        await page.Locator("button[value='up-choice.1']").ClickAsync();
        await Expect(page.Locator("[name='choice.0.name-ko']")).ToHaveValueAsync("별관");
        await page.Locator("[name=types][value=problem]").CheckAsync();
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await Expect(page.Locator("#type-changes li")).ToHaveCountAsync(1);
        await page.Locator("#publish").ClickAsync();
        await Expect(page.Locator($"a[href='/administration/fields/edit/building-{language}']")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("ko", false)]
    public async Task A_field_is_hidden_from_a_role_line_by_line_and_by_keyboard(string language, bool hasScripts)
    {
        var page = await Company.OpenAsync(Company.Ada, language, new Look(HasScripts: hasScripts));
        await page.GotoAsync("/administration/fields/edit");
        await page.Locator("#in-name-en").FillAsync($"Cost centre {language}");
        await page.Locator("#in-name-ko").FillAsync($"비용 부서 {language}");
        await page.Locator("#in-type").SelectOptionAsync("Duration");
        if (hasScripts)
        {
            await Expect(page.Locator("#in-pattern")).ToHaveCountAsync(0);
        }

        await page.Locator("[name=types][value=problem]").CheckAsync();
        if (hasScripts)
        {
            await Expect(page.Locator(".field-statuses")).ToBeVisibleAsync();
        }

        await page.Locator("button[value=add-access]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#access-0")).ToBeVisibleAsync();
        await page.Locator("button[value=add-access]").ClickAsync();
        await Expect(page.Locator("#access-1")).ToBeVisibleAsync();
        await page.Locator("#access-0-roles > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[name='access.0.roles'][value=agent]").CheckAsync();
        await page.Locator("[name='access.0.access']").SelectOptionAsync("Hidden");
        await page.Locator("[name='access.1.access']").SelectOptionAsync("Edit");
        if (hasScripts)
        {
            // The look runs in the page, which answers nothing where scripts are off.
            await Looking.AtThisAsync(page, $"lines of access ({language})");
        }

        await page.Locator("button[value='down-access.0']").ClickAsync();
        await Expect(page.Locator("[name='access.1.access']")).ToHaveValueAsync("Hidden");
        await page.Locator("button[value='up-access.1']").ClickAsync();
        await Expect(page.Locator("[name='access.0.access']")).ToHaveValueAsync("Hidden");
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await page.Locator("#publish").ClickAsync();
        await Expect(page.Locator($"a[href='/administration/fields/edit/cost-centre-{language}']")).ToBeVisibleAsync();

        var input = $"[name='fields.cost-centre-{language}']";
        await page.GotoAsync("/workspace/new?desk=ITSD&type=problem");
        await Expect(page.Locator(input)).ToHaveCountAsync(1);
        var agent = await Company.OpenAsync(Company.Rosa, language, new Look(HasScripts: hasScripts));
        await agent.GotoAsync("/workspace/new?desk=ITSD&type=problem");
        await Expect(agent.Locator("[name=summary]")).ToHaveCountAsync(1);
        await Expect(agent.Locator(input)).ToHaveCountAsync(0);
    }

    private static async Task AddAsync(IPage page, string field)
    {
        await page.Locator("[name=add-place]").SelectOptionAsync(field);
        await page.Locator("button[value=add-place]").ClickAsync();
        await Expect(page.Locator($"#place-{field}")).ToBeVisibleAsync();
    }
}
