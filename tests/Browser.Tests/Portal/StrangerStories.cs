using System.Text;
using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Portal;

/// <summary>Somebody without an account asks by a form that allows it.</summary>
[Collection(nameof(Company))]
public sealed class StrangerStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", true)]
    [InlineData("ko", false)]
    public async Task A_stranger_sends_a_form_with_a_file_and_an_agent_reads_it(string language, bool hasScripts)
    {
        await PublishAsync(language);
        var address = $"/portal/open/ITSD/itsd-stranger-{language}";
        await Looking.AtAllAsync(
            Company,
            null,
            language,
            "/portal/open",
            $"/portal/open/ITSD/itsd-stranger-{language}"
        );

        var stranger = await Company.OpenAsync(null, language, new Look(HasScripts: hasScripts));
        await stranger.GotoAsync("/sign-in");
        await stranger.Locator("a[href='/portal/open']").ClickAsync();
        await Expect(stranger.Locator("a[href='/portal/open/ITSD/itsd-printer']")).ToBeVisibleAsync();
        // One that stands in no group is reached by its link alone.
        await stranger.GotoAsync(address);
        await stranger.Locator("[name=name]").FillAsync("Vera Visitor");
        await stranger.Locator("[name=email]").FillAsync($"vera.{language}@elsewhere.example");
        await stranger
            .Locator($"[name='upload.fields.evidence-{language}']")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "사진.txt",
                    MimeType = "text/plain",
                    Buffer = Encoding.UTF8.GetBytes("What the gate looks like"),
                }
            );
        await stranger.Locator("main form button[type=submit]").First.ClickAsync();
        await Expect(stranger.Locator("[aria-invalid=true]").First).ToBeVisibleAsync();
        await Expect(stranger.Locator("[name=name]")).ToHaveValueAsync("Vera Visitor");
        if (hasScripts)
        {
            await Looking.AtThisAsync(stranger, $"a stranger's form that was refused ({language})");
        }

        await stranger.Locator("[name=summary]").FillAsync($"The gate is stuck {language}");
        await stranger
            .Locator($"[name='upload.fields.evidence-{language}']")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "사진.txt",
                    MimeType = "text/plain",
                    Buffer = Encoding.UTF8.GetBytes("What the gate looks like"),
                }
            );
        await stranger.Locator("main form button[type=submit]").First.ClickAsync();
        await Expect(stranger.Locator("main [role=status]")).ToContainTextAsync("ITSD-");
        if (hasScripts)
        {
            await Looking.AtThisAsync(stranger, $"a stranger's form that was received ({language})");
        }

        var agent = await Company.OpenAsync(Company.Rosa, language);
        await agent.GotoAsync("/workspace/search?q=" + Uri.EscapeDataString($"summary ~ \"stuck {language}\""));
        await agent.Locator("main a[href*='/workspace/tickets/ITSD-']").First.ClickAsync();
        await Expect(agent.Locator("dl.facts .file", new() { HasText = "사진.txt" })).ToBeVisibleAsync();
    }

    private async Task PublishAsync(string language)
    {
        var page = await Company.OpenAsync(Company.Ada, language);
        await page.GotoAsync("/administration/fields/edit");
        await page.Locator("#in-name-en").FillAsync($"Evidence {language}");
        await page.Locator("#in-name-ko").FillAsync($"증거 {language}");
        await page.Locator("#in-type").SelectOptionAsync("Attachment");
        await page.Locator("[name=types][value=incident]").CheckAsync();
        await page.Locator("[name=customersSee]").CheckAsync();
        await page.Locator("button[formaction*='handler=Compare']").ClickAsync();
        await page.Locator("#publish").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync($"evidence-{language}");
        await page.GotoAsync("/administration/configuration/request-type");
        await page.Locator("[name=yaml]")
            .FillAsync(
                $"""
                kind: request-type
                id: itsd-stranger-{language}
                name:
                  en: Stuck gate {language}
                  ko: 고장 난 문 {language}
                desk: ITSD
                type: incident
                anonymous: true
                form:
                  - field: summary
                    required: true
                  - field: evidence-{language}
                """
            );
        await page.Locator("main .button-primary").ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        await page.GotoAsync("/administration/configuration/request-type/itsd-printer");
        var yaml = await page.Locator("[name=yaml]").InputValueAsync();
        if (!yaml.Contains("anonymous", StringComparison.Ordinal))
        {
            await page.Locator("[name=yaml]").FillAsync(yaml.TrimEnd() + "\nanonymous: true\n");
            await page.Locator("main .button-primary").First.ClickAsync();
            await Expect(page.Locator(".toast")).ToBeVisibleAsync();
        }
    }
}
