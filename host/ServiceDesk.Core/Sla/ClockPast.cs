using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>What a clock was earlier, told by its marks: as much of it as queries ask.</summary>
internal static class ClockPast
{
    /// <summary>The clock behind an event; null when it had not begun. Of one that was corrected, what it was corrected to.</summary>
    public static SlaClock? Behind(SlaClock clock, RecordedEvent recorded, IConfiguration configuration)
    {
        var marks = clock.Marks.TakeWhile(mark => IsBy(mark, clock, recorded)).ToValueList();
        if (marks.Count == 0)
        {
            return null;
        }

        var last = marks[^1];
        var status = StatusAfter(marks);
        var isOver = status == ClockStatus.Stopped;
        var (_, breachedAt) = ClockCorrections.Count(marks, isOver ? last.At : recorded.At, configuration);
        var (elapsed, _) = ClockCorrections.Count(marks, last.At, configuration);
        return clock with
        {
            Marks = marks,
            Target = last.Target,
            Calendar = last.Calendar,
            Status = status,
            Verdict =
                breachedAt is not null ? ClockVerdict.Breached
                : !isOver ? ClockVerdict.Open
                : last.Kind == ClockMarkKind.Stopped ? ClockVerdict.Met
                : ClockVerdict.Cancelled,
            Since = last.At,
            Elapsed = elapsed,
            DueAt = breachedAt ?? (status == ClockStatus.Running ? DueOf(last, elapsed, configuration) : null),
            StoppedAt = isOver ? last.At : null,
            Thresholds = [],
            Levels = [],
        };
    }

    // A correction tells marks of its own in the midst of earlier ones.
    private static bool IsBy(ClockMark mark, SlaClock clock, RecordedEvent recorded) =>
        mark.EventVersion <= recorded.Version || (clock.Correction is not null && mark.At < recorded.At);

    private static ClockStatus StatusAfter(ValueList<ClockMark> marks) =>
        marks.Aggregate(
            ClockStatus.Running,
            (status, mark) =>
                mark.Kind switch
                {
                    ClockMarkKind.Started or ClockMarkKind.Resumed => ClockStatus.Running,
                    ClockMarkKind.Paused => ClockStatus.Paused,
                    ClockMarkKind.Stopped or ClockMarkKind.Cancelled or ClockMarkKind.Reset => ClockStatus.Stopped,
                    _ => status,
                }
        );

    private static Instant? DueOf(ClockMark last, Duration elapsed, IConfiguration configuration) =>
        PinnedCalendar.At(configuration, last.Calendar).Calendar.Add(last.At, last.Target - elapsed);
}
