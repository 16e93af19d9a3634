using Cronos;
using NodaTime;
using NodaTime.TimeZones;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// Cron expressions of five parts on the wall clock of a zone. A time that a change to summer time skips comes right after
/// the gap; one that a change back repeats comes once.
/// </summary>
public static class Schedules
{
    /// <summary>What is wrong with an expression; null when nothing is.</summary>
    public static string? Wrong(string cron) => CronExpression.TryParse(cron, out _) ? null : cron;

    /// <summary>The first time after an instant; null when there is none, or the expression or zone cannot be read.</summary>
    public static Instant? Next(string cron, string? zone, Instant after)
    {
        if (
            !CronExpression.TryParse(cron, out var expression)
            || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone ?? "UTC") is not { } found
        )
        {
            return null;
        }

        var wall = DateTime.SpecifyKind(after.InZone(found).LocalDateTime.ToDateTimeUnspecified(), DateTimeKind.Utc);
        while (expression.GetNextOccurrence(wall) is { } next)
        {
            var instant = found
                .ResolveLocal(
                    LocalDateTime.FromDateTime(DateTime.SpecifyKind(next, DateTimeKind.Unspecified)),
                    Resolvers.LenientResolver
                )
                .ToInstant();
            if (instant > after)
            {
                return instant;
            }

            wall = next;
        }

        return null;
    }

    /// <summary>The last time after an instant and not after another; null when there is none. What was missed while nothing ran comes once.</summary>
    public static Instant? Last(string cron, string? zone, Instant after, Instant until)
    {
        Instant? last = null;
        while (Next(cron, zone, last ?? after) is { } next && next <= until)
        {
            last = next;
        }

        return last;
    }
}
