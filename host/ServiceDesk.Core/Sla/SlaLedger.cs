using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>Why a minute counted or not.</summary>
public enum LedgerSegmentKind
{
    /// <summary>The clock ran within the hours of its calendar: it counts.</summary>
    Running = 1,

    /// <summary>A pause condition held.</summary>
    Paused = 2,

    /// <summary>The clock ran outside the hours of its calendar or on a holiday.</summary>
    OutsideHours = 3,
}

/// <summary>A span of a clock's life with its reason.</summary>
/// <param name="Kind">Whether it counted, and why not.</param>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end; the next segment begins here.</param>
/// <param name="Working">What it adds to elapsed: its length when running, else zero.</param>
/// <param name="EventVersion">The version of the ticket's event that brought the clock into this state.</param>
/// <param name="Condition">The condition that this event met, in the policy's notation: of start, pause, the pause that ended, or the goal's query. Null where the reader does not see what it reads.</param>
/// <param name="Calendar">The calendar that counted, in its pinned version.</param>
/// <param name="Holiday">The holiday's name; null when it is none or has no name.</param>
/// <param name="CalendarLine">Where the calendar says so, as a JSON pointer, such as <c>/hours/monday/0</c>; of a span over several days that of the first. Null when no line says anything, as at night, and in a pause.</param>
public sealed record LedgerSegment(
    LedgerSegmentKind Kind,
    Instant From,
    Instant To,
    Duration Working,
    long EventVersion,
    string? Condition,
    DocumentVersion Calendar,
    LocalizedText? Holiday = null,
    string? CalendarLine = null
)
{
    /// <summary>What that event did to the clock. Of one that resumed it, the condition is the pause that holds no longer.</summary>
    public ClockMarkKind Mark { get; init; } = ClockMarkKind.Started;
}

/// <summary>The account of a clock up to an instant: every minute from its start, or to its stop, with the reason.</summary>
/// <param name="Reading">Elapsed, remaining, due and verdict at that instant.</param>
/// <param name="Segments">They tile the clock's life without gaps; their working time adds up to elapsed.</param>
/// <param name="PausedFor">Calendar time that was paused.</param>
/// <param name="OutsideHoursFor">Calendar time outside hours while it ran.</param>
/// <param name="Stops">What would stop it next; empty when it is stopped.</param>
/// <param name="Pauses">What pauses it; empty when it is stopped.</param>
/// <param name="NextThreshold">The reminder that comes next when it goes on running; null when there is none.</param>
/// <param name="InternalTarget">The stricter target of our own; null for none.</param>
/// <param name="IsInternalMissed">Whether that was reached.</param>
public sealed record ClockLedger(
    ClockReading Reading,
    ValueList<LedgerSegment> Segments,
    Duration PausedFor,
    Duration OutsideHoursFor,
    ValueList<SlaCondition> Stops,
    ValueList<SlaCondition> Pauses,
    ClockThreshold? NextThreshold,
    Duration? InternalTarget = null,
    bool IsInternalMissed = false
)
{
    /// <summary>What would begin it anew from zero; empty when it is stopped.</summary>
    public ValueList<SlaCondition> Resets { get; init; } = [];

    /// <summary>What would end it without a verdict; empty when it is stopped.</summary>
    public ValueList<SlaCondition> Cancels { get; init; } = [];
}

/// <summary>Explains clocks.</summary>
public static class SlaLedger
{
    /// <summary>The account of a clock at an instant, which is not before the clock's last change.</summary>
    public static ClockLedger Of(SlaClock clock, Instant now, IConfiguration configuration)
    {
        var segments = SegmentsOf(clock, now, configuration).ToValueList();
        var metric = configuration
            .AtVersion<SlaPolicyDocument>(clock.Policy.Id, clock.Policy.Version)
            ?.Metrics.FirstOrDefault(candidate => candidate.Id == clock.Metric);
        var isLive = clock.Status != ClockStatus.Stopped;
        return new ClockLedger(
            ClockReading.Of(clock, now, configuration),
            segments,
            Length(segments, LedgerSegmentKind.Paused),
            Length(segments, LedgerSegmentKind.OutsideHours),
            isLive ? metric?.Stop ?? [] : [],
            isLive ? metric?.Pause ?? [] : [],
            clock.Thresholds.FirstOrDefault(threshold => threshold.DueAt is null || threshold.DueAt > now),
            metric?.Goals.ElementAtOrDefault(clock.Goal)?.InternalTarget,
            IsMissed(clock, SlaGoal.Internal, now)
        )
        {
            Resets = isLive ? metric?.Reset ?? [] : [],
            Cancels = isLive ? metric?.Cancel ?? [] : [],
        };
    }

    private static bool IsMissed(SlaClock clock, string label, Instant now) =>
        clock.Recorded.Contains(label, StringComparer.Ordinal)
        || clock.Thresholds.Any(threshold => threshold.Label == label && threshold.DueAt <= now);

    private static IEnumerable<LedgerSegment> SegmentsOf(SlaClock clock, Instant now, IConfiguration configuration)
    {
        var end = clock.StoppedAt ?? now;
        var state = (Mark: clock.Marks[0], IsPaused: false);
        for (var i = 0; i < clock.Marks.Count; i++)
        {
            var mark = clock.Marks[i];
            state = mark.Kind switch
            {
                ClockMarkKind.Paused => (mark, true),
                // A pause goes on, whichever goal waits for its end.
                ClockMarkKind.GoalChanged
                or ClockMarkKind.VersionApplied
                or ClockMarkKind.Recomputed when state.IsPaused => state,
                _ => (mark, false),
            };
            var until = i + 1 < clock.Marks.Count ? clock.Marks[i + 1].At : end;
            foreach (var segment in Between(state.Mark, state.IsPaused, mark.At, until, configuration))
            {
                yield return segment;
            }
        }
    }

    private static IEnumerable<LedgerSegment> Between(
        ClockMark mark,
        bool isPaused,
        Instant from,
        Instant to,
        IConfiguration configuration
    )
    {
        if (from >= to)
        {
            return [];
        }

        if (isPaused)
        {
            return
            [
                new LedgerSegment(
                    LedgerSegmentKind.Paused,
                    from,
                    to,
                    Duration.Zero,
                    mark.EventVersion,
                    mark.Condition,
                    mark.Calendar
                )
                {
                    Mark = mark.Kind,
                },
            ];
        }

        return PinnedCalendar
            .At(configuration, mark.Calendar)
            .Calendar.Segments(from, to)
            .Select(piece => new LedgerSegment(
                piece.Kind == CalendarSegmentKind.Working ? LedgerSegmentKind.Running : LedgerSegmentKind.OutsideHours,
                piece.From,
                piece.To,
                piece.Working,
                mark.EventVersion,
                mark.Condition,
                mark.Calendar,
                piece.HolidayName,
                piece.Line
            )
            {
                Mark = mark.Kind,
            });
    }

    private static Duration Length(ValueList<LedgerSegment> segments, LedgerSegmentKind kind) =>
        segments
            .Where(segment => segment.Kind == kind)
            .Aggregate(Duration.Zero, (sum, segment) => sum + (segment.To - segment.From));
}
