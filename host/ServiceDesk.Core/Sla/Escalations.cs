using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Core.Sla;

/// <summary>
/// The escalation levels of a goal, before its target and after: <c>75%</c>, <c>150%</c>, <c>PT30M</c> left, <c>+PT1H</c>
/// after. All of it is working time on the clock, so that a level waits while the clock is paused, outside its hours and on
/// holidays, also after a breach; what was reached before a pause stays reached. A breach ends no level, a stop ends them all:
/// nobody is bothered with what is done. When another goal applies whose target has passed already, its levels before the
/// target are left out, as its reminders are, and those after it that have passed come at once.
/// </summary>
public static class Escalations
{
    /// <summary>What <see cref="SlaClock.Recorded"/> holds for a level: this, then the level.</summary>
    public const string Prefix = "level:";

    private const int GreatestShare = 10_000;

    /// <summary>The working time after which a level comes; null when its text is none or it would come at or before the start.</summary>
    public static Duration? After(string? at, Duration target)
    {
        var after = Read(at, target);
        return after > Duration.Zero ? after : null;
    }

    /// <summary>The level of a goal with this text; null when there is none.</summary>
    public static SlaEscalation? Find(SlaGoal goal, string level) =>
        goal.Escalations.FirstOrDefault(one => one.At == level);

    /// <summary>The levels of a goal, soonest first, without those that were recorded.</summary>
    internal static IEnumerable<ClockThreshold> Of(SlaGoal goal, IEnumerable<string> recorded) =>
        goal
            .Escalations.Select(level => level.At)
            .Distinct(StringComparer.Ordinal)
            .ExceptBy(recorded, level => Prefix + level, StringComparer.Ordinal)
            .Select(label => (Label: label, After: After(label, goal.Target)))
            .Where(level => level.After is not null)
            .Select(level => new ClockThreshold(level.Label, level.After!.Value))
            .OrderBy(level => level.After)
            .ThenBy(level => level.Label, StringComparer.Ordinal);

    private static Duration? Read(string? at, Duration target) =>
        at switch
        {
            null or "" => null,
            [.. var share, '%'] => int.TryParse(share, NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            && percent is > 0 and <= GreatestShare
                ? target * percent / 100
                : null,
            ['+', .. var later] => IsoDuration.TryParse(later, out var after) && after > Duration.Zero
                ? target + after
                : null,
            _ => IsoDuration.TryParse(at, out var left) && left > Duration.Zero ? target - left : null,
        };
}
