using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Browser.Tests.Administration.Editing;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>A team sets up its own desk by keyboard: who must approve, and who works there.</summary>
[Collection(nameof(Company))]
public sealed class EditorStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Spending en", "Project en")]
    [InlineData("ko", "지출 승인 ko", "프로젝트 ko")]
    public async Task A_policy_is_made_asked_by_a_status_and_seen_in_a_request(
        string language,
        string policy,
        string desk
    )
    {
        var key = $"AP{language.ToUpperInvariant()}";
        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync("/administration/approvals/edit");
        await TypeAsync(ada, "#in-name-en", $"Spending {language}");
        await TypeAsync(ada, "#in-name-ko", $"지출 승인 {language}");
        await TypeAsync(ada, "[name='step.0.person']", Company.Junho.Email);
        await ada.Keyboard.PressAsync("Escape");
        await PressAsync(ada, "button[value='add.0']");
        await Expect(ada.Locator("#who-0")).ToContainTextAsync(Company.Junho.Name);
        await Expect(ada.Locator("[name='step.0.person']")).ToHaveValueAsync("");
        await Expect(ada.Locator(".rule-reading")).ToContainTextAsync(Company.Junho.Name);
        await TypeAsync(ada, "#in-expires", language == "ko" ? "3일" : "3d");
        await LookAsync(ada, $"an approval policy ({language})");
        await PublishAsync(ada);
        await ada.WaitForURLAsync("**/administration/approvals#approval-*");
        var line = ada.Locator("tr", new() { HasText = policy });
        await Expect(line).ToContainTextAsync(Company.Junho.Name);

        await ada.GotoAsync("/administration/desks/new");
        await ada.Locator("[name=template][value=blank]").CheckAsync();
        await ada.Locator("#in-nameEn").FillAsync($"Project {language}");
        await ada.Locator("#in-nameKo").FillAsync($"프로젝트 {language}");
        await ada.Locator("#in-deskKey").FillAsync(key);
        await ada.Locator("#make-desk").ClickAsync();
        await ada.WaitForURLAsync($"**/administration/desks#desk-{key}");

        await ada.GotoAsync($"/administration/workflows/edit/{key.ToLowerInvariant()}-request");
        await PressAsync(ada, "#box-1");
        await Expect(ada.Locator("#in-item-policy")).ToBeVisibleAsync();
        await ada.TabToAsync(ada.Locator("#in-item-policy"));
        // Letters of the keyboard choose in a list; Korean ones do not, where people open it.
        var choice = ada.Locator("#in-item-policy");
        await (
            language == "ko"
                ? choice.SelectOptionAsync(new SelectOptionValue { Label = policy })
                : ada.TypeChoiceAsync(choice, policy)
        );
        await PublishAsync(ada);
        await ada.WaitForURLAsync("**/administration/workflows#*");
        await ada.GotoAsync("/administration/approvals");
        await Expect(line.Locator("a.chip")).ToHaveCountAsync(1);
        await Expect(line).ToContainTextAsync(desk.Split(' ')[0] == "Project" ? "In progress" : "처리 중");

        var title = $"A new printer {language}";
        var rosa = await Company.OpenAsync(Company.Rosa, language);
        await rosa.GotoAsync($"/workspace/new?desk={key}&type={key.ToLowerInvariant()}-request");
        await rosa.Locator("[name=requester]").FillAsync(Company.Ana.Name);
        await rosa.Locator("[name=summary]").FillAsync(title);
        await rosa.Locator("main form button.button-primary").ClickAsync();
        await rosa.WaitForURLAsync($"**/workspace/tickets/{key}-*");
        await rosa.Locator(".transitions :is(a, button)").First.ClickAsync();

        // It is asked by itself, and told to who must answer.
        await Expect(rosa.Locator("#approvals .approval")).ToContainTextAsync(Company.Junho.Name);
        var junho = await Company.OpenAsync(Company.Junho, language);
        await junho.GotoAsync("/workspace/approvals");
        await Expect(junho.Locator("main")).ToContainTextAsync(title);
        await junho.Locator("main a", new() { HasText = title }).First.ClickAsync();
        await Expect(junho.Locator("#approvals button[name=approves][value=true]")).ToBeVisibleAsync();

        // Nobody is left to ask: the ticket says why, and it is asked again once the policy names somebody for that.
        var editor = $"/administration/approvals/edit/spending-{language}";
        await ada.GotoAsync(editor);
        await PressAsync(ada, "#who-0 button");
        await Expect(ada.Locator("#who-0 button")).ToHaveCountAsync(0);
        await ada.Locator("[name='step.0.add']").SelectOptionAsync("manager:");
        await PressAsync(ada, "button[value='add.0']");
        await Expect(ada.Locator("#who-0 button")).ToHaveCountAsync(1);
        await PublishAsync(ada);
        await ada.WaitForURLAsync("**/administration/approvals#approval-*");
        await rosa.GotoAsync($"/workspace/new?desk={key}&type={key.ToLowerInvariant()}-request");
        await rosa.Locator("[name=requester]").FillAsync(Company.Ana.Name);
        await rosa.Locator("[name=summary]").FillAsync($"{title}, and another");
        await rosa.Locator("main form button.button-primary").ClickAsync();
        await rosa.WaitForURLAsync($"**/workspace/tickets/{key}-*");
        await rosa.Locator(".transitions :is(a, button)").First.ClickAsync();
        await Expect(rosa.Locator("#approval-trouble")).ToContainTextAsync(Company.Ana.Name);
        await Looking.AtThisAsync(rosa, $"an approval that cannot be asked ({language})");
        await ada.GotoAsync(editor);
        await TypeAsync(ada, "[name='fallback.person']", Company.Junho.Email);
        await ada.Keyboard.PressAsync("Escape");
        await PressAsync(ada, "button[value='add-fallback']");
        await Expect(ada.Locator("#fallback")).ToContainTextAsync(Company.Junho.Name);
        await LookAsync(ada, $"whom an approval policy asks otherwise ({language})");
        await PublishAsync(ada);
        await ada.WaitForURLAsync("**/administration/approvals#approval-*");
        await rosa.TabToAsync(rosa.Locator("#approval-trouble button"));
        await rosa.Keyboard.PressAsync("Enter");
        await Expect(rosa.Locator("#approvals .approval")).ToContainTextAsync(Company.Junho.Name);
        await Expect(rosa.Locator("#approval-trouble")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("en", "Personnel en")]
    [InlineData("ko", "인사 상담 ko")]
    public async Task A_desk_for_personnel_begins_closed_is_opened_and_closed_again(string language, string name)
    {
        var key = $"HR{language.ToUpperInvariant()}";
        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync("/administration/desks/new");
        await ada.TabToAsync(ada.Locator("[name=template][value='it-support']"));
        await ada.Keyboard.PressAsync("ArrowDown");
        await Expect(ada.Locator("#closed")).ToBeVisibleAsync();
        await Expect(ada.Locator("[name=agents][value=own]")).ToBeCheckedAsync();
        await TypeAsync(ada, "#in-nameEn", $"Personnel {language}");
        await TypeAsync(ada, "#in-nameKo", $"인사 상담 {language}");
        await TypeAsync(ada, "#in-deskKey", key);
        await TypeAsync(ada, "[name=person]", Company.Rosa.Email);
        await ada.Keyboard.PressAsync("Escape");
        await PressAsync(ada, "button[value='add-people']");
        await Expect(ada.Locator(".who-own .chip")).ToContainTextAsync(Company.Rosa.Name);
        await LookAsync(ada, $"a new desk that begins closed ({language})");
        await PressAsync(ada, "#make-desk");
        await ada.WaitForURLAsync($"**/administration/desks#desk-{key}");
        await Expect(ada.Locator($"#desk-{key}")).ToContainTextAsync($"{name} ({key})");
        await MustSeeAsync(Company.Rosa, name, language, isSeen: true);
        await MustSeeAsync(Company.Junho, name, language, isSeen: false);

        await ada.GotoAsync($"/administration/desks/edit/{key}");
        await ada.TabToAsync(ada.Locator("[name=agents][value=teams]"));
        await ada.Keyboard.PressAsync("ArrowUp");
        await Expect(ada.Locator(".who-some .chip").First).ToBeHiddenAsync();
        await PublishAsync(ada);
        await ada.WaitForURLAsync($"**/administration/desks#desk-{key}");
        await MustSeeAsync(Company.Junho, name, language, isSeen: true);

        await ada.GotoAsync($"/administration/desks/edit/{key}");
        await ada.TabToAsync(ada.Locator("[name=agents][value=everyone]"));
        await ada.Keyboard.PressAsync("ArrowDown");
        await LookAsync(ada, $"a desk that is closed ({language})");
        await PublishAsync(ada);
        await ada.WaitForURLAsync($"**/administration/desks#desk-{key}");
        await MustSeeAsync(Company.Rosa, name, language, isSeen: true);
        await MustSeeAsync(Company.Junho, name, language, isSeen: false);
    }

    [Fact]
    public async Task A_ticket_types_fields_are_ordered_by_drag_and_by_keyboard()
    {
        var ada = await Company.OpenAsync(Company.Ada);
        await ada.GotoAsync("/administration/ticket-types/edit/incident");
        var rows = ada.Locator(".chosen-row");
        var names = await rows.Locator(".form-row-name").AllTextContentsAsync();
        await PressAsync(ada, "button[value='down-fields.0']");
        await Expect(rows.Nth(1).Locator(".form-row-name")).ToHaveTextAsync(names[0]);
        await rows.Nth(2).Locator("[data-sort-handle]").DragToAsync(rows.Nth(0).Locator(".form-row-name"));
        await Expect(rows.Nth(0).Locator(".form-row-name")).ToHaveTextAsync(names[2]);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task Groups_are_dragged_and_request_types_into_another_group_also_an_empty_one(string language)
    {
        var key = $"DR{language.ToUpperInvariant()}";
        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync("/administration/desks/new");
        await ada.Locator("[name=template][value=facilities]").CheckAsync();
        await ada.Locator("#in-nameEn").FillAsync($"Dragged {language}");
        await ada.Locator("#in-nameKo").FillAsync($"끌기 {language}");
        await ada.Locator("#in-deskKey").FillAsync(key);
        await ada.Locator("#make-desk").ClickAsync();
        await ada.WaitForURLAsync($"**/administration/desks#desk-{key}");
        // All of it is on the screen, since nothing scrolls while something is dragged here.
        await ada.SetViewportSizeAsync(1440, 2400);
        await ada.GotoAsync($"/administration/request-types?desk={key}");
        await ada.Locator("[name=english]").Last.FillAsync("Empty");
        await ada.Locator("[name=korean]").Last.FillAsync("빈 그룹");
        await ada.Locator("form[action*='AddGroup'] button").ClickAsync();
        var groups = ada.Locator("section[id^='group-']");
        var empty = groups.Last;
        await Expect(empty).ToContainTextAsync(language == "ko" ? "빈 그룹" : "Empty");

        var type = groups.First.Locator("li[id^='type-']").First;
        var id = (await type.GetAttributeAsync("id"))!;
        await ada.RunAndWaitForResponseAsync(
            () => type.Locator("[data-sort-handle]").DragToAsync(empty.Locator(".panel-head")),
            answer => answer.Url.Contains("handler=Place", StringComparison.Ordinal)
        );
        await Expect(empty.Locator($"#{id}")).ToBeVisibleAsync();

        var last = (await empty.GetAttributeAsync("id"))!;
        await ada.RunAndWaitForResponseAsync(
            () =>
                empty
                    .Locator(".panel-head [data-sort-handle]")
                    .DragToAsync(groups.First.Locator("li[id^='type-'] .form-row-name").First),
            answer => answer.Url.Contains("handler=PlaceGroup", StringComparison.Ordinal)
        );
        await Expect(groups.First).ToHaveIdAsync(last);
        await Expect(groups.First.Locator($"#{id}")).ToBeVisibleAsync();
        await LookAsync(ada, $"groups of request types ({language})");
    }

    private async Task MustSeeAsync(Somebody who, string desk, string language, bool isSeen)
    {
        var page = await Company.OpenAsync(who, language);
        await page.GotoAsync("/workspace");
        await Expect(page.Locator(".side", new() { HasText = desk })).ToHaveCountAsync(isSeen ? 1 : 0);
    }
}
