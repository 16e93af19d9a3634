using NodaTime;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>
/// Counts clocks otherwise than they were counted: with pauses that were none, with pauses that nobody took, without a change
/// of the goal. The clock's marks are told anew, so that ledger, elapsed time and verdict follow from them as ever.
/// </summary>
public static class ClockCorrections
{
    /// <summary>What a clock would come to at an instant, which is not before its last change.</summary>
    public static ClockOutcome Preview(
        SlaClock clock,
        ValueList<CorrectedSpan> spans,
        ValueList<long> keptGoals,
        Instant now,
        IConfiguration configuration
    )
    {
        var end = clock.StoppedAt ?? now;
        var marks = Rewrite(clock, spans, keptGoals, end, new ClockCause(end, 0, string.Empty));
        var (elapsed, breachedAt) = Count(marks, end, configuration);
        return new ClockOutcome(
            VerdictOf(clock, breachedAt),
            marks[^1].Target,
            elapsed,
            clock.StartedAt,
            clock.StoppedAt,
            breachedAt,
            ClockAccount.AgreementOf(clock, configuration)
        );
    }

    /// <summary>A clock after its correction.</summary>
    internal static SlaClock Apply(
        SlaClock clock,
        SlaCorrected corrected,
        RecordedEvent recorded,
        IConfiguration configuration
    )
    {
        var end = clock.StoppedAt ?? recorded.At;
        var cause = new ClockCause(recorded.At, recorded.Version, string.Empty);
        var before = ClockReading.Of(clock, end, configuration);
        var marks = Rewrite(clock, corrected.Spans, corrected.KeptGoals, end, cause);
        var (elapsed, breachedAt) = Count(marks, end, configuration);
        var last = marks[^1];
        var counted = clock with
        {
            Marks = marks,
            Elapsed = elapsed,
            Target = last.Target,
            Calendar = last.Calendar,
            Verdict = VerdictOf(clock, breachedAt),
            DueAt = breachedAt,
            Correction = new ClockCorrection(
                recorded.Version,
                before.Verdict,
                before.Elapsed,
                corrected.Reason,
                corrected.By,
                corrected.ApprovedBy
            ),
        };
        if (clock.Status == ClockStatus.Stopped)
        {
            // Nobody is called for a promise that was broken long ago.
            return breachedAt is null ? counted : counted.Record(ClockChanges.Breach);
        }

        var calendar = PinnedCalendar.At(configuration, last.Calendar).Calendar;
        var planned = counted.Plan(SlaFold.GoalOf(counted, configuration), recorded.At);
        return clock.Status == ClockStatus.Paused
            ? (planned with { Since = recorded.At }).Pause(
                calendar,
                cause with
                {
                    Condition = clock.Marks.LastOrDefault(mark => mark.Kind == ClockMarkKind.Paused)?.Condition ?? "",
                }
            )
            : planned.Resume(calendar, cause);
    }

    private static ClockVerdict VerdictOf(SlaClock clock, Instant? breachedAt) =>
        breachedAt is not null ? ClockVerdict.Breached
        : clock.Status != ClockStatus.Stopped ? ClockVerdict.Open
        : clock.Verdict == ClockVerdict.Breached ? ClockVerdict.Met
        : clock.Verdict;

    private static ValueList<ClockMark> Rewrite(
        SlaClock clock,
        ValueList<CorrectedSpan> spans,
        ValueList<long> keptGoals,
        Instant end,
        ClockCause cause
    )
    {
        var marks = WithoutGoals(clock.Marks, keptGoals);
        foreach (var span in spans)
        {
            marks = With(marks, span, end, cause);
        }

        return marks.ToValueList();
    }

    // A change of the goal that is left out leaves target and calendar as they were before it.
    private static List<ClockMark> WithoutGoals(ValueList<ClockMark> marks, ValueList<long> keptGoals)
    {
        var told = new List<ClockMark>(marks.Count);
        ClockMark? kept = null;
        foreach (var mark in marks)
        {
            var isChange = mark.Kind is ClockMarkKind.GoalChanged or ClockMarkKind.VersionApplied;
            if (mark.Kind == ClockMarkKind.GoalChanged && keptGoals.Contains(mark.EventVersion) && told.Count > 0)
            {
                kept = told[^1];
                continue;
            }

            kept = isChange ? null : kept;
            told.Add(kept is null ? mark : mark with { Target = kept.Target, Calendar = kept.Calendar });
        }

        return told;
    }

    private static List<ClockMark> With(List<ClockMark> marks, CorrectedSpan span, Instant end, ClockCause cause)
    {
        var (from, to) = (Instant.Max(span.From, marks[0].At), Instant.Min(span.To, end));
        if (from >= to)
        {
            return marks;
        }

        var (before, after) = (PauseBefore(marks, from, isInclusive: true), PauseBefore(marks, to, isInclusive: false));
        var told = marks.Where(mark => mark.At <= from && !(mark.At == from && IsSwitch(mark))).ToList();
        if (before is not null == span.Counts || marks.Exists(mark => mark.At == from && IsSwitch(mark)))
        {
            told.Add(Switch(told[^1], from, span.Counts ? ClockMarkKind.Resumed : ClockMarkKind.Paused, cause));
        }

        told.AddRange(marks.Where(mark => mark.At > from && mark.At < to && !IsSwitch(mark)));
        if (to < end && after is not null == span.Counts)
        {
            // Behind the span everything is as it was.
            told.Add(
                after is null
                    ? Switch(told[^1], to, ClockMarkKind.Resumed, cause)
                    : Switch(told[^1], to, ClockMarkKind.Paused, cause) with
                    {
                        EventVersion = after.EventVersion,
                        Condition = after.Condition,
                    }
            );
        }

        told.AddRange(marks.Where(mark => mark.At >= to && mark.At > from));
        return told;
    }

    private static bool IsSwitch(ClockMark mark) => mark.Kind is ClockMarkKind.Paused or ClockMarkKind.Resumed;

    // The mark by which the clock is paused at an instant; null when it runs.
    private static ClockMark? PauseBefore(IEnumerable<ClockMark> marks, Instant at, bool isInclusive)
    {
        var last = marks.LastOrDefault(mark =>
            (mark.At < at || (isInclusive && mark.At == at)) && (IsSwitch(mark) || mark.Kind == ClockMarkKind.Started)
        );
        return last?.Kind == ClockMarkKind.Paused ? last : null;
    }

    private static ClockMark Switch(ClockMark like, Instant at, ClockMarkKind kind, ClockCause cause) =>
        new(kind, at, cause.EventVersion, cause.Condition, like.Target, like.Calendar);

    // Working time from mark to mark, and when the target of then was reached.
    internal static (Duration Elapsed, Instant? BreachedAt) Count(
        ValueList<ClockMark> marks,
        Instant end,
        IConfiguration configuration
    )
    {
        var (elapsed, isPaused) = (Duration.Zero, false);
        Instant? breachedAt = null;
        for (var i = 0; i < marks.Count && marks[i].At <= end; i++)
        {
            var mark = marks[i];
            isPaused = mark.Kind switch
            {
                ClockMarkKind.Paused => true,
                ClockMarkKind.Started or ClockMarkKind.Resumed => false,
                _ => isPaused,
            };
            breachedAt = elapsed >= mark.Target ? breachedAt ?? mark.At : null;
            var until = i + 1 < marks.Count ? Instant.Min(marks[i + 1].At, end) : end;
            if (isPaused || until <= mark.At)
            {
                continue;
            }

            var calendar = PinnedCalendar.At(configuration, mark.Calendar).Calendar;
            var worked = calendar.Between(mark.At, until);
            if (breachedAt is null && elapsed + worked >= mark.Target)
            {
                breachedAt = calendar.Add(mark.At, mark.Target - elapsed);
            }

            elapsed += worked;
        }

        return (elapsed, breachedAt);
    }
}
