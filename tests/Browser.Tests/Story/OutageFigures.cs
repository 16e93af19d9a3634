using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Browser.Tests.Story;

/// <summary>What reports and the dashboard show of an outage: each figure opens exactly what it counts.</summary>
internal sealed partial class OutageFigures(IPage page, IReadOnlyCollection<string> incidents)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // All that counts what happened to incidents that were opened, answered and solved.
    private static readonly string[] Reports =
    [
        "created-resolved",
        "by-priority",
        "sla-success-rate",
        "time-to-first-response",
        "time-to-resolution",
    ];

    /// <summary>Opens every figure of the report and of the dashboard.</summary>
    /// <param name="look">Looks at each of both besides.</param>
    public async Task OpenAsync(Func<string, Task>? look = null)
    {
        foreach (
            var (address, reports) in new[]
            {
                ("/plugins/reports/report?id=created-resolved&days=7", Reports[..1]),
                ("/plugins/reports/dashboard?id=service-desk", Reports),
            }
        )
        {
            await UntilCountedAsync(address, reports);
            if (look is not null)
            {
                await look(address);
                await page.SetViewportSizeAsync(1440, 900);
            }

            var figure = page.Locator(".report-headline dd a").First;
            var shown = Number(await figure.InnerTextAsync());
            await figure.ClickAsync();
            await page.WaitForURLAsync("**/plugins/reports/tickets*");
            Assert.Equal(shown, Number(await page.Locator("#counted").InnerTextAsync()));
        }
    }

    // Figures follow the log by a moment.
    private async Task UntilCountedAsync(string address, string[] reports)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            await page.GotoAsync(address);
            if (await WrongAsync(reports) is not { } wrong)
            {
                return;
            }

            Assert.False(limit.IsCancellationRequested, $"Still: {wrong}");
        }
    }

    // Opens each figure of this page: whether it counts what it opens, and those of each report hold all incidents.
    private async Task<string?> WrongAsync(string[] reports)
    {
        var figures = await page.Locator(".report-headline dd a, .report-table td a")
            .EvaluateAllAsync<string[][]>("links => links.map(link => [link.getAttribute('href'), link.textContent])");
        var held = reports.ToDictionary(report => report, _ => new HashSet<string>(StringComparer.Ordinal));
        foreach (var figure in figures)
        {
            var (address, text) = (figure[0], figure[1].Trim());
            var (count, keys) = await ListAsync(address);
            if (count == 0 || count != keys.Count || (IsCount().IsMatch(text) && Number(text) != count))
            {
                return $"{address} shows {text}, counts {count} and lists {keys.Count}";
            }

            if (held.TryGetValue(Report().Match(address).Groups["id"].Value, out var known))
            {
                known.UnionWith(keys);
            }
        }

        return held.Where(one => incidents.Any(key => !one.Value.Contains(key)))
            .Select(one => $"{one.Key} misses {string.Join(", ", incidents.Except(one.Value))}")
            .FirstOrDefault();
    }

    // All that a figure opens, page by page.
    private async Task<(int Count, IReadOnlyList<string> Keys)> ListAsync(string address)
    {
        var (count, keys) = (0, new List<string>());
        for (string? next = address; next is not null; )
        {
            var answer = await page.Context.APIRequest.GetAsync(next);
            Assert.True(answer.Ok, $"{next}: {answer.Status}");
            var html = await answer.TextAsync();
            count = Number(Counted().Match(html).Value);
            keys.AddRange(Row().Matches(html).Select(row => row.Groups["key"].Value));
            next = Next().Match(html) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups["at"].Value) : null;
        }

        return (count, keys);
    }

    private static int Number(string text) =>
        int.Parse(Digits().Match(text).Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9,]+", default, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex("^[0-9,]+$", default, 1000)]
    private static partial Regex IsCount();

    [GeneratedRegex("[?&]id=(?<id>[^&]+)", default, 1000)]
    private static partial Regex Report();

    [GeneratedRegex("(?<=id=\"counted\"[^>]*>)[^<]*", default, 1000)]
    private static partial Regex Counted();

    [GeneratedRegex("<td class=\"keys[^>]*>(?<key>[^<]+)<", default, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("rel=\"next\"[^>]*href=\"(?<at>[^\"]+)\"", default, 1000)]
    private static partial Regex Next();
}
