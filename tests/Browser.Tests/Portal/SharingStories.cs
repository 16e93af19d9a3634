using System.Security.Cryptography;
using Browser.Tests.Running;
using Browser.Tests.Workspace;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Portal;

/// <summary>Who takes part in a request and with which organizations it is shared, from both sides.</summary>
[Collection(nameof(Company))]
public sealed class SharingStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData(
        "en",
        "Not with colleagues of the organization (private)",
        "Private: no organization sees it.",
        "shared it with"
    )]
    [InlineData("ko", "조직의 동료에게 공개하지 않음(비공개)", "비공개: 볼 수 있는 조직이 없습니다.", "공유했습니다")]
    public async Task A_request_is_asked_in_private_and_shared_bit_by_bit(
        string language,
        string @private,
        string nobody,
        string told
    )
    {
        var sign = RandomNumberGenerator.GetHexString(6, lowercase: true);
        var (house, other) = ($"house-{sign}", $"other-{sign}");
        await FoundAsync(house, other);
        var sia = await PersonAsync($"Sia {sign}", house, other);
        var dan = await PersonAsync($"Dan {sign}", house);
        var noa = await PersonAsync($"Noa {sign}", house);
        var page = await Company.OpenAsync(sia, language);
        await page.GotoAsync("/portal/ask/ITSD/itsd-computer");
        await page.Locator("[name=summary]").FillAsync($"Between us {sign}");
        await page.Locator("[name=description]").FillAsync("Only Dan helps.");
        await page.Locator("#in-organization").SelectOptionAsync(new SelectOptionValue { Label = house });
        await page.Locator("#sharing > summary").ClickAsync();
        await page.GetByLabel(dan.Name, new() { Exact = true }).CheckAsync();
        await page.Locator("#in-sharing").SelectOptionAsync(new SelectOptionValue { Label = @private });

        // What survives in the browser survives with whom it is for.
        await page.ReloadAsync();
        await Expect(page.Locator("[name=summary]")).ToHaveValueAsync($"Between us {sign}");
        await Expect(page.Locator("#in-sharing")).ToHaveValueAsync("private");
        await Expect(page.GetByLabel(dan.Name, new() { Exact = true })).ToBeCheckedAsync();
        await Expect(page.Locator("#in-sharing")).ToBeVisibleAsync();
        await page.Locator("#in-organization").SelectOptionAsync(new SelectOptionValue { Label = house });
        await Looking.AtThisAsync(page, $"who takes part and sees a request ({language})");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/portal/requests/*");
        var key = new Uri(page.Url).Segments[^1];
        await Expect(page.Locator("#shared")).ToContainTextAsync(nobody);
        await Expect(page.Locator("#aside")).ToContainTextAsync(dan.Name);

        var dans = await Company.OpenAsync(dan, language);
        await dans.GotoAsync($"/portal/requests/{key}");
        await Expect(dans.Locator("#shared select")).ToHaveCountAsync(0);
        await Expect(dans.Locator("h1")).ToHaveTextAsync($"Between us {sign}");
        var noas = await Company.OpenAsync(noa, language);
        Assert.Equal(404, (await noas.GotoAsync($"/portal/requests/{key}"))!.Status);

        await page.Locator("#shared select").SelectOptionAsync(new SelectOptionValue { Label = house });
        await page.Locator("#shared form:has(select) button").ClickAsync();
        await Expect(page.Locator("#shared li")).ToContainTextAsync(house);
        await Looking.AtThisAsync(page, $"with whom a request is shared ({language})");
        Assert.Equal(200, (await noas.GotoAsync($"/portal/requests/{key}"))!.Status);
        await noas.GotoAsync("/portal/requests?scope=organization");
        await Expect(noas.Locator($".item[href$='{key}']")).ToBeVisibleAsync();

        var rosa = await Company.OpenAsync(Company.Rosa, language);
        await rosa.GotoTicketAsync(key);
        await rosa.Locator("#in-shared-with").FillAsync(other);
        await Expect(rosa.Locator("#share .combo-option")).ToContainTextAsync(other);
        await rosa.Locator("#share button").ClickAsync();
        await Expect(rosa.Locator("#shared li")).ToHaveCountAsync(2);
        await Looking.AtThisAsync(rosa, $"with whom a ticket is shared ({language})");
        await rosa.Locator("#shared li", new() { HasText = house }).Locator("button").ClickAsync();
        await Expect(rosa.Locator("#shared li")).ToHaveCountAsync(1);
        Assert.Equal(404, (await noas.GotoAsync($"/portal/requests/{key}"))!.Status);
        await rosa.GotoTicketAsync(key, "history");
        await Expect(rosa.Locator("#ticket-live")).ToContainTextAsync(told);
    }

    // Two companies whose people see each other's requests.
    private async Task FoundAsync(params string[] houses)
    {
        var page = await Company.OpenAsync(Company.Ada);
        foreach (var house in houses)
        {
            await page.GotoAsync("/administration/organizations");
            await page.Locator("[name=key]").FillAsync(house);
            await page.Locator("form:has([name=key]) [name=name]").FillAsync(house);
            await page.Locator("form:has([name=key]) [name=share]").CheckAsync();
            await page.Locator("form:has([name=key]) button").ClickAsync();
            await Expect(page.Locator("tbody tr", new() { HasText = house }).First).ToBeVisibleAsync();
        }
    }

    private async Task<Somebody> PersonAsync(string name, params string[] houses)
    {
        var email = $"{name.Replace(' ', '.').ToLowerInvariant()}@share.example";
        await Company.Server.RunAsync(
            Company.Password,
            "user",
            "create",
            "--name",
            name,
            "--email",
            email,
            "--role",
            "customer",
            "--password-stdin"
        );
        var page = await Company.OpenAsync(Company.Ada);
        await page.GotoAsync($"/administration/people?q={Uri.EscapeDataString(email)}");
        await page.Locator("tbody a", new() { HasText = name }).First.ClickAsync();
        await page.WaitForLoadStateAsync();
        foreach (var house in houses)
        {
            await page.GetByLabel(house, new() { Exact = true }).CheckAsync();
        }

        await page.Locator("form.card-form button[type=submit]").First.ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        return new Somebody(name, email, "customer");
    }
}
