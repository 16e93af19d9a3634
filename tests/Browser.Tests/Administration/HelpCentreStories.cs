using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Administration;

/// <summary>An administrator gives the help centre a name, words, a colour and pictures; customers see them, also where they sign in.</summary>
[Collection(nameof(Company))]
public sealed class HelpCentreStories(Company company) : Stories(company)
{
    // One red point.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
    );

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task The_help_centre_gets_its_own_face(string language)
    {
        var (english, korean) = ($"Hanbit Help {language}", $"한빛 헬프 {language}");
        var name = language == "ko" ? korean : english;
        var ada = await Company.OpenAsync(Company.Ada, language);
        await ada.GotoAsync("/administration/help-centre");
        await ada.Locator("[name=name-en]").FillAsync(english);
        await ada.Locator("[name=name-ko]").FillAsync(korean);
        await ada.Locator("[name=title-en]").FillAsync("What is it?");
        await ada.Locator("[name=message-en]").FillAsync("Use your **company** address.");
        await ada.Locator("[name=accent]").FillAsync("yellow");
        await ada.Locator("main form button.button-primary").ClickAsync();
        await Expect(ada.Locator("[name=accent]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(ada.Locator("[name=name-en]")).ToHaveValueAsync(english);
        await ada.Locator("[name=accent]").FillAsync("#ffee00");
        await ada.Locator("[name=logo]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "logo.png",
                    MimeType = "image/png",
                    Buffer = "<svg onload=alert(1)>"u8.ToArray(),
                }
            );
        await ada.Locator("main form button.button-primary").ClickAsync();
        await Expect(ada.Locator("[name=logo]")).ToHaveAttributeAsync("aria-invalid", "true");
        foreach (var picture in new[] { "logo", "banner" })
        {
            await ada.Locator($"[name={picture}]")
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = "face.png",
                        MimeType = "image/png",
                        Buffer = Png,
                    }
                );
        }

        await ada.Locator("main form button.button-primary").ClickAsync();
        await Expect(ada.Locator(".swatch-light")).ToBeVisibleAsync();
        await Looking.AtThisAsync(ada, $"the help centre's editor ({language})");

        var ana = await Company.OpenAsync(Company.Ana, language);
        await ana.GotoAsync("/portal");
        await Expect(ana.Locator(".brand")).ToContainTextAsync(name);
        await Expect(ana.Locator(".hero h1")).ToHaveTextAsync("What is it?");
        foreach (var picture in new[] { ".brand-logo", ".hero-banner" })
        {
            Assert.Equal(
                1,
                await ana.Locator(picture)
                    .EvaluateAsync<int>("picture => picture.decode().then(() => picture.naturalWidth)")
            );
        }

        await Looking.AtThisAsync(ana, $"a branded portal ({language})");
        await ana.Context.ClearCookiesAsync();
        await ana.GotoAsync("/sign-in");
        await Expect(ana.Locator("strong", new() { HasText = "company" })).ToBeVisibleAsync();
        await Looking.AtThisAsync(ana, $"a branded sign-in ({language})");

        // Others look at the product as it comes.
        await ada.GotoAsync("/administration/configuration/help-centre/help-centre");
        await ada.Locator(".button-danger").ClickAsync();
        await ana.ReloadAsync();
        await Expect(ana.Locator(".brand-logo")).ToHaveCountAsync(0);
    }
}
