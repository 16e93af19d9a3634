using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Browser.Tests.Administration.Editing;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>A team makes a role and a link type of its own by keyboard, uses them, and is told why they cannot just go.</summary>
[Collection(nameof(Company))]
public sealed class RoleAndLinkStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Lead en", "They are agents no longer", "is still that of people: 1 (Lena en).")]
    [InlineData("ko", "파트장 ko", "더 이상 상담원이 아닙니다", "역할을 가진 사람이 1명 있습니다(Lena ko).")]
    public async Task A_role_is_made_given_tells_what_follows_and_stays_while_somebody_has_it(
        string language,
        string name,
        string follows,
        string held
    )
    {
        var id = $"lead-{language}";
        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync("/administration/roles/edit");
        await TypeAsync(ada, "#in-name-en", $"Lead {language}");
        await TypeAsync(ada, "#in-name-ko", $"파트장 {language}");
        await TickAsync(ada, "[name=permissions][value='ticket.work']");
        await TickAsync(ada, "[name=permissions][value='sla.correct']");
        await LookAsync(ada, $"a new role ({language})");
        await PublishAsync(ada);
        await ada.WaitForURLAsync($"**/administration/roles#role-{id}");
        var line = ada.Locator($"#role-{id}");
        await Expect(line).ToContainTextAsync(name);

        await ada.GotoAsync("/administration/person");
        await ada.Locator("[name=name]").FillAsync($"Lena {language}");
        await ada.Locator("[name=email]").FillAsync($"lena-{language}@servicedesk.example");
        await ada.Locator("[name=role]").SelectOptionAsync(id);
        await ada.Locator("main form button.button-primary").First.ClickAsync();
        await ada.WaitForURLAsync("**/administration/person/*");
        await ada.GotoAsync("/administration/roles");
        await Expect(line.Locator("td.number a")).ToHaveTextAsync("1");

        await ada.GotoAsync($"/administration/roles/edit/{id}");
        await TickAsync(ada, "[name=permissions][value='ticket.work']");
        await PressAsync(ada, "button[formaction*='handler=Compare']");
        await Expect(ada.Locator("#consequences")).ToContainTextAsync(follows);
        await LookAsync(ada, $"what follows from a role ({language})");
        await PressAsync(ada, "button[formaction*='handler=Remove']");
        await Expect(ada.Locator("#document-problems")).ToContainTextAsync(held);
        await LookAsync(ada, $"a role that somebody has ({language})");
    }

    [Theory]
    [InlineData("en", "replaces en")]
    [InlineData("ko", "대체함 ko")]
    public async Task A_link_type_is_made_links_tickets_and_goes_only_when_that_is_said(string language, string words)
    {
        var id = $"replaces-{language}";
        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync("/administration/link-types/edit");
        await TypeAsync(ada, "#in-name-en", $"Replaces {language}");
        await TypeAsync(ada, "#in-name-ko", $"대체 {language}");
        await TypeAsync(ada, "#in-outward-en", $"replaces {language}");
        await TypeAsync(ada, "#in-outward-ko", $"대체함 {language}");
        await TickAsync(ada, "[name=same]");
        await Expect(ada.Locator("#in-inward-en")).ToBeHiddenAsync();
        await ada.Keyboard.PressAsync("Space");
        await TypeAsync(ada, "#in-inward-en", $"is replaced by {language}");
        await TypeAsync(ada, "#in-inward-ko", $"대체됨 {language}");
        await LookAsync(ada, $"a new link type ({language})");
        await PublishAsync(ada);
        await ada.WaitForURLAsync($"**/administration/link-types#link-type-{id}");

        var rosa = await Company.OpenAsync(Company.Rosa, language);
        var old = await rosa.OpenTicketAsync($"Old printer {language}");
        var fresh = await rosa.OpenTicketAsync($"New printer {language}");
        await rosa.GotoAsync($"/plugins/links/ticket?key={fresh}");
        await rosa.Locator("select[name=link]").SelectOptionAsync($"{id}:out");
        await rosa.Locator("#links-other").FillAsync(old);
        await rosa.Locator("form:has(#links-other) button[type=submit]").ClickAsync();
        await Expect(rosa.Locator("#links-panel h3", new() { HasText = words })).ToBeVisibleAsync();

        await ada.GotoAsync("/administration/link-types");
        await Expect(ada.Locator($"#link-type-{id} td.number")).ToHaveTextAsync("2");
        await LookAsync(ada, $"link types ({language})");
        await ada.GotoAsync($"/administration/link-types/edit/{id}");
        await PressAsync(ada, "button[formaction*='handler=Remove']");
        await Expect(ada.Locator("#remove-used")).ToBeVisibleAsync();
        await LookAsync(ada, $"a link type that tickets use ({language})");
        await PressAsync(ada, "#remove-used");
        await ada.WaitForURLAsync("**/administration/link-types*");
        await Expect(ada.Locator($"#link-type-{id}")).ToHaveCountAsync(0);
    }

    private static async Task TickAsync(IPage page, string box)
    {
        await page.TabToAsync(page.Locator(box));
        await page.Keyboard.PressAsync("Space");
    }
}
