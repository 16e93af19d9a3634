using System.Globalization;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla;

/// <summary>The instants at which a clock wants an event recorded.</summary>
internal static class ClockTimers
{
    private const string Prefix = "sla:";

    /// <summary>Whether a timer's key is one of the SLA's.</summary>
    public static bool IsMine(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    public static IEnumerable<(DerivedTimer Timer, TicketEvent Event)> Of(SlaClock clock)
    {
        var isDecided = clock.Status == ClockStatus.Running || clock.Verdict == ClockVerdict.Breached;
        if (
            clock.DueAt is { } due
            && isDecided
            && !clock.Recorded.Contains(ClockChanges.Breach, StringComparer.Ordinal)
        )
        {
            yield return (
                new DerivedTimer(Key(clock, ClockChanges.Breach), due),
                new SlaBreached(clock.Policy.Id, clock.Metric, clock.Cycle, due)
            );
        }

        foreach (var threshold in clock.Thresholds)
        {
            if (threshold.DueAt is { } reached)
            {
                yield return (
                    new DerivedTimer(Key(clock, threshold.Label), reached),
                    new SlaThresholdReached(clock.Policy.Id, clock.Metric, clock.Cycle, threshold.Label, reached)
                );
            }
        }

        foreach (var level in clock.Levels)
        {
            if (level.DueAt is { } reached)
            {
                yield return (
                    new DerivedTimer(Key(clock, Escalations.Prefix + level.Label), reached),
                    new SlaEscalated(clock.Policy.Id, clock.Metric, clock.Cycle, level.Label, reached)
                    {
                        PolicyVersion = clock.Policy.Version,
                        Goal = clock.Goal,
                    }
                );
            }
        }
    }

    private static string Key(SlaClock clock, string label) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{clock.Metric}:{clock.Cycle}:{label}");
}
