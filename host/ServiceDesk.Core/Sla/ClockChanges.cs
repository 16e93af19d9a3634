using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>What caused a change of a clock.</summary>
internal sealed record ClockCause(Instant At, long EventVersion, string Condition);

/// <summary>
/// The steps of a single clock. Between them only instants count: a running clock is breached from its due instant on,
/// that instant included, whether or not the event was recorded.
/// </summary>
internal static class ClockChanges
{
    /// <summary>What <see cref="SlaClock.Recorded"/> holds for the breach.</summary>
    public const string Breach = "breach";

    /// <summary>A new clock that runs.</summary>
    public static SlaClock Start(
        DocumentVersion policy,
        SlaMetric metric,
        int cycle,
        int goalIndex,
        PinnedCalendar calendar,
        ClockCause cause
    )
    {
        var goal = metric.Goals[goalIndex];
        var clock = new SlaClock
        {
            Policy = policy,
            Metric = metric.Id,
            Cycle = cycle,
            Goal = goalIndex,
            Target = goal.Target,
            Calendar = calendar.Version,
            Status = ClockStatus.Running,
            Verdict = ClockVerdict.Open,
            StartedAt = cause.At,
            Since = cause.At,
            Elapsed = Duration.Zero,
            Thresholds = Reminders.Of(goal, []).ToValueList(),
            Levels = Escalations.Of(goal, []).ToValueList(),
            Marks = [],
        };
        return Run(clock, calendar.Calendar).Mark(ClockMarkKind.Started, cause);
    }

    /// <summary>Sees the time: a running clock whose due instant has come is breached.</summary>
    public static SlaClock See(this SlaClock clock, Instant now) =>
        clock is { Status: ClockStatus.Running, Verdict: ClockVerdict.Open, DueAt: { } due } && due <= now
            ? clock with
            {
                Verdict = ClockVerdict.Breached,
            }
            : clock;

    public static SlaClock Pause(this SlaClock clock, WorkingCalendar calendar, ClockCause cause)
    {
        var halted = clock.Count(calendar, cause.At) with { Status = ClockStatus.Paused };
        return Halt(halted).Mark(ClockMarkKind.Paused, cause);
    }

    /// <summary>Another pause condition goes on holding.</summary>
    public static SlaClock PauseOtherwise(this SlaClock clock, ClockCause cause) =>
        (clock with { Since = cause.At }).Mark(ClockMarkKind.Paused, cause);

    public static SlaClock Resume(this SlaClock clock, WorkingCalendar calendar, ClockCause cause) =>
        Run(clock with { Status = ClockStatus.Running, Since = cause.At }, calendar).Mark(ClockMarkKind.Resumed, cause);

    /// <summary>The end of a cycle: the verdict is final.</summary>
    /// <param name="kind">Stopped within the target is met; cancelled or reset within it has no verdict. A breach stays one.</param>
    public static SlaClock End(this SlaClock clock, ClockMarkKind kind, WorkingCalendar calendar, ClockCause cause)
    {
        var counted = clock.Count(calendar, cause.At);
        var isBreached = counted.Verdict == ClockVerdict.Breached;
        return (
            counted with
            {
                Status = ClockStatus.Stopped,
                Verdict =
                    isBreached ? ClockVerdict.Breached
                    : kind == ClockMarkKind.Stopped ? ClockVerdict.Met
                    : ClockVerdict.Cancelled,
                DueAt = isBreached ? counted.DueAt : null,
                StoppedAt = cause.At,
                Thresholds = [],
                Levels = [],
            }
        ).Mark(kind, cause);
    }

    /// <summary>Another goal applies; elapsed time stays. A target that was passed already counts as reached now.</summary>
    public static SlaClock ChangeGoal(
        this SlaClock clock,
        WorkingCalendar calendar,
        int goalIndex,
        SlaGoal goal,
        PinnedCalendar next,
        ClockCause cause
    )
    {
        var counted = clock.Count(calendar, cause.At);
        var isBreached = counted.Elapsed >= goal.Target;
        var changed = (
            counted with
            {
                Goal = goalIndex,
                Target = goal.Target,
                Calendar = next.Version,
                Since = cause.At,
                Verdict = isBreached ? ClockVerdict.Breached : ClockVerdict.Open,
                DueAt =
                    !isBreached ? null
                    : counted.Verdict == ClockVerdict.Breached ? counted.DueAt
                    : cause.At,
            }
        ).Plan(goal, cause.At);
        var placed = changed.Status == ClockStatus.Running ? Run(changed, next.Calendar) : Halt(changed);
        return placed.Mark(ClockMarkKind.GoalChanged, cause);
    }

    /// <summary>Takes from a goal what is still to come of its reminders and levels, by the time that has elapsed; what has passed comes now. Their instants come with running on.</summary>
    public static SlaClock Plan(this SlaClock clock, SlaGoal goal, Instant now) =>
        clock with
        {
            Thresholds = clock.Elapsed >= goal.Target ? [] : RemindersFrom(goal, clock, now),
            Levels = LevelsFrom(goal, clock, now),
        };

    /// <summary>A threshold or the breach stands in the log now.</summary>
    public static SlaClock Record(this SlaClock clock, string label) =>
        clock.Recorded.Contains(label, StringComparer.Ordinal)
            ? clock
            : clock with
            {
                Recorded = clock.Recorded.Add(label),
                Thresholds = clock.Thresholds.Where(threshold => threshold.Label != label).ToValueList(),
            };

    /// <summary>An escalation level stands in the log now.</summary>
    public static SlaClock RecordLevel(this SlaClock clock, string level) =>
        clock.Recorded.Contains(Escalations.Prefix + level, StringComparer.Ordinal)
            ? clock
            : clock with
            {
                Recorded = clock.Recorded.Add(Escalations.Prefix + level),
                Levels = clock.Levels.Where(one => one.Label != level).ToValueList(),
            };

    /// <summary>Working time up to an instant.</summary>
    public static Duration ElapsedAt(this SlaClock clock, WorkingCalendar calendar, Instant now) =>
        clock.Status == ClockStatus.Running ? clock.Elapsed + calendar.Between(clock.Since, now) : clock.Elapsed;

    private static ValueList<ClockThreshold> RemindersFrom(SlaGoal goal, SlaClock clock, Instant now) =>
        Passed(Reminders.Of(goal, clock.Recorded), clock, now);

    // Of a target that was passed already, only what comes after it still means something.
    private static ValueList<ClockThreshold> LevelsFrom(SlaGoal goal, SlaClock clock, Instant now) =>
        Passed(
            Escalations
                .Of(goal, clock.Recorded)
                .Where(level => clock.Elapsed < goal.Target || level.After >= goal.Target),
            clock,
            now
        );

    private static ValueList<ClockThreshold> Passed(
        IEnumerable<ClockThreshold> thresholds,
        SlaClock clock,
        Instant now
    ) =>
        thresholds
            .Select(threshold => threshold.After <= clock.Elapsed ? threshold with { DueAt = now } : threshold)
            .ToValueList();

    private static SlaClock Count(this SlaClock clock, WorkingCalendar calendar, Instant at)
    {
        var seen = clock.See(at);
        return seen with { Elapsed = seen.ElapsedAt(calendar, at), Since = at };
    }

    /// <summary>Gives a running clock its due instants; those that have come stay as they are.</summary>
    private static SlaClock Run(SlaClock clock, WorkingCalendar calendar) =>
        clock with
        {
            DueAt =
                clock.Verdict == ClockVerdict.Breached
                    ? clock.DueAt
                    : calendar.Add(clock.Since, clock.Target - clock.Elapsed),
            Thresholds = Coming(clock.Thresholds, clock, calendar),
            Levels = Coming(clock.Levels, clock, calendar),
        };

    private static ValueList<ClockThreshold> Coming(
        ValueList<ClockThreshold> thresholds,
        SlaClock clock,
        WorkingCalendar calendar
    ) =>
        thresholds
            .Select(threshold =>
                threshold.After <= clock.Elapsed
                    ? threshold
                    : threshold with
                    {
                        DueAt = calendar.Add(clock.Since, threshold.After - clock.Elapsed),
                    }
            )
            .ToValueList();

    /// <summary>Takes the due instants that have not come from a clock that no longer runs.</summary>
    private static SlaClock Halt(SlaClock clock) =>
        clock with
        {
            DueAt = clock.Verdict == ClockVerdict.Breached ? clock.DueAt : null,
            Thresholds = Waiting(clock.Thresholds, clock),
            Levels = Waiting(clock.Levels, clock),
        };

    private static ValueList<ClockThreshold> Waiting(ValueList<ClockThreshold> thresholds, SlaClock clock) =>
        thresholds
            .Select(threshold => threshold.After <= clock.Elapsed ? threshold : threshold with { DueAt = null })
            .ToValueList();

    private static SlaClock Mark(this SlaClock clock, ClockMarkKind kind, ClockCause cause) =>
        clock with
        {
            Marks = clock.Marks.Add(
                new ClockMark(kind, cause.At, cause.EventVersion, cause.Condition, clock.Target, clock.Calendar)
            ),
        };
}
