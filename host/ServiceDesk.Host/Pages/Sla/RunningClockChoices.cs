using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>What is asked before a version is published: what the clocks that run shall do, each choice with its effect.</summary>
/// <param name="Preview">What publishing would do to them; null where that was not looked at.</param>
/// <param name="Modes">The choices by their words.</param>
public sealed record RunningClockChoices(SlaPreviewFigures? Preview, IReadOnlyList<(string Word, string? Effect)> Modes)
{
    /// <summary>The choices, in the reader's words.</summary>
    public static RunningClockChoices Of(ITexts texts, SlaPreviewFigures? preview) =>
        new(
            preview,
            [
                .. Enum.GetValues<ChangeoverMode>()
                    .Select(mode => (SlaDrafts.ModeWord(mode), Effect(texts, mode, preview))),
            ]
        );

    private static string? Effect(ITexts texts, ChangeoverMode mode, SlaPreviewFigures? preview) =>
        (mode, preview) switch
        {
            (ChangeoverMode.KeepElapsed, { } figures) => texts.Format(
                "sla-version.preview-breached",
                BacktestWords.Number(figures.BreachedWhenKept)
            ),
            (ChangeoverMode.Recompute, { } figures) => texts.Format(
                "sla-version.preview-recomputed",
                BacktestWords.Number(figures.BreachedWhenRecomputed),
                BacktestWords.Number(figures.EndedWhenRecomputed)
            ),
            _ => null,
        };
}
