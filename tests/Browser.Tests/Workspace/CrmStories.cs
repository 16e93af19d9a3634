using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

/// <summary>From an account to a contract, a booking on a ticket, and the ledger that shows it.</summary>
[Collection(nameof(Company))]
public sealed class CrmStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task A_contract_is_made_chosen_on_a_ticket_and_booked_to(string language)
    {
        var (key, number) = ($"story-{language}", $"STORY-{language}");
        var admin = await Company.OpenAsync(Company.Ada, language);
        await admin.GotoAsync("/plugins/crm/editaccount");
        await admin.Locator("[name=key]").FillAsync("not a key!");
        await admin.Locator("[name=name]").FillAsync("이야기 Story");
        await admin.Locator(".form button[type=submit]").ClickAsync();
        await Expect(admin.Locator("[name=key]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(admin.Locator("[name=name]")).ToHaveValueAsync("이야기 Story");
        await Axe.MustFindNothingAsync(admin, "a refused account");
        await admin.Locator("[name=key]").FillAsync(key);
        await admin.Locator(".form button[type=submit]").ClickAsync();
        await Expect(admin.Locator("h1")).ToContainTextAsync("이야기 Story");
        var account = new Uri(admin.Url).PathAndQuery;

        await admin.GotoAsync($"/plugins/crm/editcontract?at={key}");
        await admin.Locator("[name=number]").FillAsync(number);
        await admin.Locator("[name=name]").FillAsync("Operations");
        await admin.Locator("[name=budgetUnit]").SelectOptionAsync("hours");
        await admin.Locator("[name=budgetAmount]").FillAsync("10");
        await admin.Locator("[name=plan]").First.FillAsync("gold");
        await admin.Locator(".form button[type=submit]").ClickAsync();
        await Expect(admin.Locator(".crm-promise")).ToContainTextAsync("gold");
        await admin.Locator("form[action*='handler=Move'] button").First.ClickAsync();
        await Expect(admin.Locator(".chip.tone-green").First).ToBeVisibleAsync();
        var contract = new Uri(admin.Url).PathAndQuery;

        var agent = await Company.OpenAsync(Company.Rosa, language);
        var ticket = await agent.OpenTicketAsync($"Under a contract {language}");
        var panel = agent.Locator("#crm-panel");
        await panel.Locator("summary").ClickAsync();
        await panel.Locator("[name=at]").FillAsync(key);
        await panel.Locator("[name=number]").FillAsync(number);
        await panel.Locator("form[action*='handler=Choose'] button").ClickAsync();
        await Expect(panel).ToContainTextAsync(number);
        await panel.Locator("summary").First.ClickAsync();
        await panel.Locator("[name=amount]").FillAsync("1:30");
        await panel.Locator("[name=note]").FillAsync("On site");
        await panel.Locator("form[action*='handler=Book'] button").ClickAsync();
        await Expect(panel).ToContainTextAsync(language == "ko" ? "8시간 30분 남음" : "8h 30m left");

        // The ledger is behind the ticket by a moment.
        await admin.GotoAsync(contract);
        for (
            var time = 0;
            time < 120 && !(await admin.ContentAsync()).Contains(ticket, StringComparison.Ordinal);
            time++
        )
        {
            await admin.ReloadAsync();
        }

        await Expect(admin.Locator("table")).ToContainTextAsync("On site");
        await Looking.AtAllAsync(
            Company,
            Company.Ada,
            language,
            "/plugins/crm/accounts",
            "/plugins/crm/accounts?q=zzzz",
            account,
            "/plugins/crm/contracts",
            contract,
            contract.Replace("/contract?", "/editcontract?", StringComparison.Ordinal),
            "/plugins/crm/editaccount",
            "/plugins/crm/contacts",
            "/plugins/crm/editcontact",
            "/plugins/crm/products",
            "/plugins/crm/editproduct",
            "/plugins/crm/import?kind=contracts",
            $"/plugins/crm/ticket?key={ticket}",
            $"/workspace/tickets/{ticket}"
        );
    }
}
