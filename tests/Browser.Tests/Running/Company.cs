using Microsoft.Playwright;

namespace Browser.Tests.Running;

/// <summary>A person of the company that the tests play.</summary>
/// <param name="Name">The display name.</param>
/// <param name="Email">The address, which signs in.</param>
/// <param name="Role">The id of the role.</param>
public sealed record Somebody(string Name, string Email, string Role);

/// <summary>One server and one browser for all tests of the collection, with a few people. Stories make their own tickets, so that they do not disturb each other.</summary>
public sealed class Company : IAsyncLifetime
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "a sentence to remember";

    /// <summary>A customer.</summary>
    public static Somebody Mina { get; } = new("김민아", "mina@hanbit.example", "customer");

    /// <summary>A customer.</summary>
    public static Somebody Ana { get; } = new("Ana Lind", "ana@northwind.example", "customer");

    /// <summary>An agent.</summary>
    public static Somebody Rosa { get; } = new("Rosa Delgado", "rosa@servicedesk.example", "agent");

    /// <summary>Another agent.</summary>
    public static Somebody Junho { get; } = new("박준호", "junho@servicedesk.example", "agent");

    /// <summary>The administrator.</summary>
    public static Somebody Ada { get; } = new("Ada Byron", "ada@servicedesk.example", "administrator");

    private readonly Dictionary<string, string> sessions = [];
    private readonly List<IBrowserContext> open = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The program.</summary>
    public RunningServer Server { get; } = new();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // A busy machine is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(120_000);
        Server.Install("throws-at-start", "needs-newer-sdk", "runs-in-circles");
        await Server.StartAsync();
        await Task.WhenAll(
            new[] { Mina, Ana, Rosa, Junho, Ada }
                .Select(CreateAsync)
                .Append(Promises.WriteAsync(Server))
                .Append(LaunchAsync())
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

    /// <summary>A window of its own.</summary>
    /// <param name="who">Who is signed in; null for a stranger.</param>
    /// <param name="language"><c>en</c> or <c>ko</c>.</param>
    public async Task<IPage> OpenAsync(Somebody? who, string language = "en", Look? look = null)
    {
        look ??= new Look();
        var context = await browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = Server.Address,
                ViewportSize = new ViewportSize { Width = look.Width, Height = 900 },
                ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
                JavaScriptEnabled = look.HasScripts,
                ReducedMotion = ReducedMotion.Reduce,
                Locale = language,
                StorageState = who is null ? null : await SessionAsync(who),
            }
        );
        open.Add(context);
        context.SetDefaultTimeout(120_000);
        await context.AddCookiesAsync([
            new Cookie
            {
                Name = "servicedesk-language",
                Value = language,
                Url = Server.Address,
            },
        ]);
        return await context.NewPageAsync();
    }

    /// <summary>Closes every window, and with them their live updates, of which a person has a limited number.</summary>
    public async Task CloseAsync()
    {
        foreach (var context in open)
        {
            await context.CloseAsync();
        }

        open.Clear();
    }

    private Task CreateAsync(Somebody person) => CreateAsync(Server, person);

    /// <summary>Creates somebody by command, which works beside the running server.</summary>
    public static Task CreateAsync(RunningServer server, Somebody person) =>
        server.RunAsync(
            Password,
            "user",
            "create",
            "--name",
            person.Name,
            "--email",
            person.Email,
            "--role",
            person.Role,
            "--password-stdin"
        );

    private async Task LaunchAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium-headless-shell",
                Args = ["--no-sandbox"],
            }
        );
    }

    // Signed in once a person, through the page, then taken over by each window.
    private async Task<string> SessionAsync(Somebody who)
    {
        if (!sessions.TryGetValue(who.Email, out var session))
        {
            await using var context = await browser!.NewContextAsync(
                new BrowserNewContextOptions { BaseURL = Server.Address, Locale = "en" }
            );
            var page = await context.NewPageAsync();
            await page.GotoAsync("/sign-in");
            await page.GetByLabel("Email address").FillAsync(who.Email);
            await page.GetByLabel("Password").FillAsync(Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
            session = await context.StorageStateAsync();
            sessions[who.Email] = session;
        }

        return session;
    }
}

/// <summary>How a window looks.</summary>
/// <param name="Width">Its width in pixels; 390 is a phone.</param>
/// <param name="IsDark">Whether the system is dark.</param>
/// <param name="HasScripts">Whether scripts run.</param>
public sealed record Look(int Width = 1440, bool IsDark = false, bool HasScripts = true);

/// <summary>The tests that share the company.</summary>
[CollectionDefinition(nameof(Company))]
public sealed class CompanyTests : ICollectionFixture<Company>;
