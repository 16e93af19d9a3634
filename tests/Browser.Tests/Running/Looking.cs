using Microsoft.Playwright;

namespace Browser.Tests.Running;

/// <summary>Looks at pages in every way that people see them: on a screen and on a phone, in light and in dark.</summary>
internal static class Looking
{
    private static readonly Way[] Ways =
    [
        new(1440, ColorScheme.Light),
        new(1440, ColorScheme.Dark, OnlyColours: true),
        new(390, ColorScheme.Dark, OnlyColours: true),
        new(390, ColorScheme.Light),
    ];

    /// <summary>Fails when axe finds something, or a page is wider than its window. Half of the addresses go to each of two windows.</summary>
    public static async Task AtAllAsync(Company company, Somebody? who, string language, params string[] addresses)
    {
        var halves = addresses.Select((address, index) => (address, index)).GroupBy(each => each.index % 2);
        var windows = new List<(IPage Page, IEnumerable<string> Addresses)>();
        foreach (var half in halves)
        {
            windows.Add((await company.OpenAsync(who, language), half.Select(each => each.address).ToList()));
        }

        await Task.WhenAll(windows.Select(window => AtAsync(window.Page, language, window.Addresses)));
    }

    /// <summary>Fails when an address leads to nothing: axe would look at the page that says so.</summary>
    public static async Task MustBeThereAsync(this IPage page, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            var answer = await page.APIRequest.GetAsync(address);
            Assert.True(answer.Ok, $"{address} answers {answer.Status}");
        }
    }

    /// <summary>Looks at the page that is open, as it is now.</summary>
    public static async Task AtThisAsync(IPage page, string what)
    {
        await page.WaitForLoadStateAsync();
        foreach (var way in Ways)
        {
            await page.SetViewportSizeAsync(way.Width, 900);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = way.Scheme });
            var seen = $"{what}, {way.Width} pixels, {way.Scheme}";
            await Axe.MustFindNothingAsync(page, seen, way.OnlyColours);
            await Axe.MustNotScrollSidewaysAsync(page, seen);
        }
    }

    private static async Task AtAsync(IPage page, string language, IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await AtThisAsync(page, $"{address} ({language})");
        }
    }

    // What a theme does not change is looked at in one of them.
    private sealed record Way(int Width, ColorScheme Scheme, bool OnlyColours = false);
}
