using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Browser.Tests.Running;

/// <summary>Looks at pages in every way that people see them: on a screen and on a phone, in light and in dark.</summary>
internal static partial class Looking
{
    // Both widths and both themes, each once with every rule.
    private static readonly Way[] Ways =
    [
        new(1440, ColorScheme.Light, WithColours: true),
        new(390, ColorScheme.Dark, WithColours: true),
    ];

    // What only other words can break: what has no name, what is too wide, what covers something else.
    private static readonly Way[] WaysOfWords = [new(390, ColorScheme.Light, WithColours: false)];

    private static readonly ConcurrentDictionary<(string Language, string What), int> Looks = [];
    private static readonly ConcurrentDictionary<(string What, int Look), bool> Seen = [];

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

    /// <summary>
    /// Looks at the page that is open, as it is now. What has been seen in one language is looked at in the other one for
    /// what its words can break.
    /// </summary>
    public static async Task AtThisAsync(IPage page, string what)
    {
        await page.WaitForLoadStateAsync();
        foreach (var way in IsNew(what) ? Ways : WaysOfWords)
        {
            await page.SetViewportSizeAsync(way.Width, 900);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = way.Scheme });
            var seen = $"{what}, {way.Width} pixels, {way.Scheme}";
            await Axe.MustFindNothingAsync(page, seen, way.WithColours);
            await Axe.MustNotScrollSidewaysAsync(page, seen);
        }

        // Leaves the window as people at a desk have it.
        await page.SetViewportSizeAsync(Ways[0].Width, 900);
        await Axe.MustNotScrollSidewaysAsync(page, what);
    }

    private static async Task AtAsync(IPage page, string language, IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await AtThisAsync(page, $"{address} ({language})");
        }
    }

    // The second of two tickets in one language is the same as the second in the other one.
    private static bool IsNew(string what)
    {
        var same = Numbers().Replace(Language().Replace(what, ""), "");
        var look = Looks.AddOrUpdate((Language().Match(what).Value, same), 1, (_, looks) => looks + 1);
        return Seen.TryAdd((same, look), true);
    }

    [GeneratedRegex(@"\((en|ko)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Language();

    // Tickets, rows and teams have other numbers each time.
    [GeneratedRegex(@"\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    private sealed record Way(int Width, ColorScheme Scheme, bool WithColours);
}
