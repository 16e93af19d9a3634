using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Core.Sla;

/// <summary>The reminder points of a goal: <c>75%</c> of the target, or <c>PT30M</c> of working time left.</summary>
public static class Reminders
{
    /// <summary>The working time after which a reminder comes; null when its text is none or it would come at or before the start.</summary>
    public static Duration? After(string? reminder, Duration target)
    {
        var after = Read(reminder, target);
        return after > Duration.Zero && after < target ? after : null;
    }

    /// <summary>The thresholds of a goal, soonest first, without those that were recorded: its reminders and its internal target.</summary>
    internal static IEnumerable<ClockThreshold> Of(SlaGoal goal, IEnumerable<string> recorded) =>
        goal
            .Reminders.Append(SlaGoal.Internal)
            .Except(recorded, StringComparer.Ordinal)
            .Select(label => (Label: label, After: AfterOf(label, goal)))
            .Where(reminder => reminder.After is not null)
            .Select(reminder => new ClockThreshold(reminder.Label, reminder.After!.Value))
            .OrderBy(threshold => threshold.After)
            .ThenBy(threshold => threshold.Label, StringComparer.Ordinal);

    private static Duration? AfterOf(string label, SlaGoal goal) =>
        label != SlaGoal.Internal ? After(label, goal.Target)
        : goal.InternalTarget is { } target && target > Duration.Zero && target < goal.Target ? target
        : null;

    private static Duration? Read(string? reminder, Duration target)
    {
        if (reminder is null)
        {
            return null;
        }

        if (reminder.EndsWith('%'))
        {
            return
                int.TryParse(
                    reminder.AsSpan(0, reminder.Length - 1),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var share
                ) && share is > 0 and < 100
                ? target * share / 100
                : null;
        }

        return IsoDuration.TryParse(reminder, out var left) && left > Duration.Zero ? target - left : null;
    }
}
