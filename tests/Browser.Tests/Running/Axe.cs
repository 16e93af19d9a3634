using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Browser.Tests.Running;

/// <summary>Holds a page against the rules of accessibility.</summary>
public static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();
    private static readonly string[] OfColours = ["color-contrast", "link-in-text-block"];

    /// <summary>Fails with each finding and its place.</summary>
    /// <param name="onlyColours">Whether only the rules that a theme can break are asked: all others were for another one.</param>
    public static async Task MustFindNothingAsync(IPage page, string what, bool onlyColours = false)
    {
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        if (!await page.EvaluateAsync<bool>("() => Boolean(window.axe)"))
        {
            await page.EvaluateAsync(Script);
        }

        var findings = await page.EvaluateAsync<string[]>(
            """
            async rules => {
              const options = { resultTypes: ["violations"], preload: false, iframes: false };
              const found = await axe.run(document, rules ? { ...options, runOnly: { type: "rule", values: rules } } : options);
              return found.violations.flatMap(rule =>
                rule.nodes.map(node => `${rule.id} at ${node.target}: ${rule.help}\n  ${node.html}\n  ${node.failureSummary}`));
            }
            """,
            onlyColours ? OfColours : null
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
