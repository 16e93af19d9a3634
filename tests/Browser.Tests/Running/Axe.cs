using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Browser.Tests.Running;

/// <summary>Holds a page against the rules of accessibility.</summary>
public static class Axe
{
    /// <summary>Fails with each finding and its place.</summary>
    public static async Task MustFindNothingAsync(IPage page, string what)
    {
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        var result = await page.RunAxe();
        var findings = result
            .Violations.SelectMany(violation =>
                violation.Nodes.Select(node =>
                    $"{what}: {violation.Id} at {node.Target}: {violation.Help}\n  {node.Html}"
                )
            )
            .ToList();
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    /// <summary>Fails when the page is wider than the window.</summary>
    public static async Task MustNotScrollSidewaysAsync(IPage page, string what) =>
        Assert.True(
            await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"),
            $"{what} is wider than the window"
        );
}
