using Browser.Tests.Running;
using Microsoft.Playwright;

namespace Browser.Tests.Story;

/// <summary>The program with its demo company, on a server and in a browser of its own.</summary>
public sealed class DemoDesk : IAsyncLifetime
{
    /// <summary>An agent of the IT support desk.</summary>
    public const string Emily = "emily.carter@example.com";

    /// <summary>The administrator, who sits in the boards.</summary>
    public const string Admin = "admin@example.com";

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The program.</summary>
    public RunningServer Server { get; } = new();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(120_000);
        await Server.StartAsync("--demo");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium-headless-shell",
                Args = ["--no-sandbox"],
            }
        );
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>A window of somebody, signed in.</summary>
    public async Task<IPage> OpenAsync(string email, string language = "en")
    {
        var context = await browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = Server.Address,
                ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
                ReducedMotion = ReducedMotion.Reduce,
                Locale = language,
                TimezoneId = "Asia/Seoul",
            }
        );
        context.SetDefaultTimeout(120_000);
        await context.AddCookiesAsync([
            new Cookie
            {
                Name = "servicedesk-language",
                Value = language,
                Url = Server.Address,
            },
        ]);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("#in-email").FillAsync(email);
        await page.Locator("#in-password").FillAsync("demo-servicedesk");
        await page.Locator("main form button.button-primary").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        return page;
    }
}
