using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

// How live clocks come under a new version of their policy or calendar.
public sealed partial class SlaFold
{
    /// <summary>Whether a clock would take a version: it is live and pinned an earlier one of the document.</summary>
    public static bool Takes(SlaClock clock, string kind, string document, int version) =>
        clock.Status != ClockStatus.Stopped
        && (kind == DocumentKinds.Calendar ? clock.Calendar : clock.Policy) is var pinned
        && pinned.Id == document
        && pinned.Version < version;

    /// <summary>A clock as if the configuration had been in force when it started; null when that promises nothing for it. To be folded on from the event behind its first.</summary>
    /// <param name="clock">The clock as it is.</param>
    /// <param name="applied">What it is to count by.</param>
    /// <param name="change">The event that started it, under the configuration.</param>
    /// <param name="isAfterEnd">Whether the same event ended the cycle before: it does not end this one too.</param>
    public SlaClock? Restart(SlaClock clock, SlaVersionApplied applied, TicketChange change, bool isAfterEnd = false)
    {
        var policy = PolicyUnder(clock, applied);
        var metric = Metric(change.Configuration, policy, clock.Metric);
        if (metric is null || GoalFor(conditions, metric, change) is not (>= 0 and var goal))
        {
            return null;
        }

        var calendar = PinnedCalendar.Newest(change.Configuration, metric.Goals[goal].Calendar);
        var cause = Cause(change, clock.Marks[0].Condition);
        var started = ClockChanges.Start(policy, metric, clock.Cycle, goal, calendar, cause);
        return isAfterEnd
            ? PauseOrResume(started, metric, change, change.Configuration)
            : Continue(started, change, change.Configuration, []);
    }

    // What people decided about a clock: a new version, or a correction.
    private SlaClock Follow(SlaClock clock, TicketChange change) =>
        change.Recorded.Event is SlaCorrected corrected
        && corrected.Metric == clock.Metric
        && corrected.Cycle == clock.Cycle
            ? ClockCorrections.Apply(clock, corrected, change.Recorded, change.Configuration)
            : FollowVersion(clock, change);

    private SlaClock FollowVersion(SlaClock clock, TicketChange change)
    {
        if (
            change.Recorded.Event is not SlaVersionApplied applied
            || !Takes(clock, applied.Kind, applied.Document, applied.Version)
        )
        {
            return clock;
        }

        return applied.Mode == ChangeoverMode.Recompute
            ? TakeRecomputed(clock, applied, change)
            : TakeVersion(clock, applied, change);
    }

    // What it comes to was computed from everything that happened, which the fold does not see.
    private static SlaClock TakeRecomputed(SlaClock clock, SlaVersionApplied applied, TicketChange change)
    {
        var other = applied.Recomputed.FirstOrDefault(one =>
            one.Metric == clock.Metric && one.Cycle == clock.Cycle && one.StartedAt == clock.StartedAt
        );
        if (other is null)
        {
            return clock;
        }

        return other.Status == ClockStatus.Stopped
            ? other
            : other with
            {
                Marks = other.Marks.Add(MarkOf(ClockMarkKind.Recomputed, other, change)),
            };
    }

    private SlaClock TakeVersion(SlaClock clock, SlaVersionApplied applied, TicketChange change)
    {
        var configuration = change.Configuration;
        var policy = PolicyUnder(clock, applied);
        var metric = Metric(configuration, policy, clock.Metric);
        var index = metric is null ? -1 : GoalFor(conditions, metric, change);
        var isCalendar = applied.Kind == DocumentKinds.Calendar;
        // A new calendar changes when time counts, not what was promised.
        var goal =
            isCalendar ? PinnedGoal(clock, metric)
            : index >= 0 ? metric!.Goals[index]
            : null;
        if (goal is null)
        {
            return clock;
        }

        var calendar = PinnedCalendar.At(configuration, clock.Calendar).Calendar;
        var next =
            isCalendar ? PinnedCalendar.At(configuration, new DocumentVersion(applied.Document, applied.Version))
            : goal.Calendar == clock.Calendar.Id ? new PinnedCalendar(clock.Calendar, calendar)
            : PinnedCalendar.Newest(configuration, goal.Calendar);
        var changed = clock
            .See(change.Recorded.At)
            .ChangeGoal(calendar, isCalendar ? clock.Goal : index, goal, next, Cause(change, goal.Query));
        var mark = changed.Marks[^1] with { Kind = ClockMarkKind.VersionApplied };
        return changed with { Policy = policy, Marks = changed.Marks.SetItem(changed.Marks.Count - 1, mark) };
    }

    /// <summary>The goal that a clock counts by, with the target that it was promised.</summary>
    internal static SlaGoal GoalOf(SlaClock clock, IConfiguration configuration) =>
        PinnedGoal(clock, Metric(configuration, clock.Policy, clock.Metric));

    private static SlaGoal PinnedGoal(SlaClock clock, SlaMetric? metric) =>
        (
            metric is not null && clock.Goal < metric.Goals.Count
                ? metric.Goals[clock.Goal]
                : new SlaGoal { Target = clock.Target, Calendar = clock.Calendar.Id }
        ) with
        {
            Target = clock.Target,
        };

    private static DocumentVersion PolicyUnder(SlaClock clock, SlaVersionApplied applied) =>
        applied.Kind == DocumentKinds.SlaPolicy ? new DocumentVersion(applied.Document, applied.Version) : clock.Policy;

    private static SlaMetric? Metric(IConfiguration configuration, DocumentVersion policy, string metric) =>
        configuration
            .AtVersion<SlaPolicyDocument>(policy.Id, policy.Version)
            ?.Metrics.FirstOrDefault(candidate => candidate.Id == metric);

    private static ClockMark MarkOf(ClockMarkKind kind, SlaClock clock, TicketChange change) =>
        new(kind, change.Recorded.At, change.Recorded.Version, string.Empty, clock.Target, clock.Calendar);
}
