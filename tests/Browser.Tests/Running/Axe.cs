using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Browser.Tests.Running;

/// <summary>Holds a page against the rules of accessibility.</summary>
public static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();
    private static readonly string[] OfColours = ["color-contrast", "link-in-text-block"];

    /// <summary>Fails with each finding and its place.</summary>
    /// <param name="withColours">Whether the rules that a theme can break are asked too, which take longest; not where only words are new.</param>
    public static async Task MustFindNothingAsync(IPage page, string what, bool withColours = true)
    {
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        if (!await page.EvaluateAsync<bool>("() => Boolean(window.axe)"))
        {
            await page.EvaluateAsync(Script);
        }

        var findings = await page.EvaluateAsync<string[]>(
            """
            async rules => {
              const left = Object.fromEntries(rules.map(rule => [rule, { enabled: false }]));
              const found = await axe.run(
                document, { resultTypes: ["violations"], preload: false, iframes: false, rules: left });
              return found.violations.flatMap(rule =>
                rule.nodes.map(node => `${rule.id} at ${node.target}: ${rule.help}\n  ${node.html}\n  ${node.failureSummary}`));
            }
            """,
            withColours ? [] : OfColours
        );
        Assert.True(findings.Length == 0, string.Join('\n', findings.Select(finding => $"{what}: {finding}")));
    }

    /// <summary>Fails when the page is wider than the window.</summary>
    public static async Task MustNotScrollSidewaysAsync(IPage page, string what) =>
        Assert.True(
            await page.EvaluateAsync<bool>(
                """
                // What follows a new width, a chart for one, does so a frame later.
                () => document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() =>
                  requestAnimationFrame(() => done(document.documentElement.scrollWidth <= innerWidth)))))
                """
            ),
            $"{what} is wider than the window"
        );
}
