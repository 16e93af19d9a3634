using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>Folds events into clocks by the policies of the configuration.</summary>
/// <param name="matches">The query language. Asked at the instant of the event under its configuration, with the clocks before it.</param>
/// <param name="plugins">What plugins' triggers mean; null without plugins.</param>
public sealed partial class SlaFold(TicketCondition matches, PluginHappening? plugins = null) : ISlaFold
{
    private readonly SlaConditions conditions = new(matches, plugins);

    /// <inheritdoc/>
    public ValueList<SlaClock> Apply(
        ValueList<SlaClock> clocks,
        TicketState? before,
        TicketState after,
        RecordedEvent recorded,
        IConfiguration configuration
    )
    {
        var change = new TicketChange(before, after, recorded, clocks, configuration);
        if (after.Merged is not null)
        {
            var held = clocks.Select(clock => Hold(clock, change));
            return held.SequenceEqual(clocks) ? clocks : held.ToValueList();
        }

        var factsChanged = SlaPolicies.FactsChanged(change);
        var next = new List<SlaClock>(clocks.Count);
        var ended = new Dictionary<string, ClockEnd>(StringComparer.Ordinal);
        foreach (var clock in clocks)
        {
            next.Add(Next(clock, change, factsChanged, ended));
        }

        foreach (var start in new SlaStarts(conditions).Of(change, configuration, ended))
        {
            next.Add(Begin(start, change, configuration));
        }

        return next.SequenceEqual(clocks) ? clocks : next.ToValueList();
    }

    /// <inheritdoc/>
    public IEnumerable<DerivedTimer> Timers(ValueList<SlaClock> clocks) =>
        clocks.SelectMany(ClockTimers.Of).Select(wanted => wanted.Timer);

    /// <inheritdoc/>
    public TicketEvent? OnTimer(ValueList<SlaClock> clocks, DerivedTimer timer) =>
        ClockTimers.IsMine(timer.Key)
            ? clocks
                .SelectMany(ClockTimers.Of)
                .Where(wanted => wanted.Timer.Key == timer.Key && wanted.Timer.DueAt <= timer.DueAt)
                .Select(wanted => wanted.Event)
                .FirstOrDefault()
            : null;

    /// <summary>One clock after a change, whose clocks are those of the ticket; what else the event starts is no matter here.</summary>
    internal SlaClock Next(SlaClock clock, TicketChange change) =>
        change.After.Merged is null ? Next(clock, change, SlaPolicies.FactsChanged(change), []) : Hold(clock, change);

    private SlaClock Next(SlaClock clock, TicketChange change, bool factsChanged, Dictionary<string, ClockEnd> ended)
    {
        var known = Follow(Record(clock, change.Recorded.Event), change);
        return known.Status == ClockStatus.Stopped ? known
            : factsChanged
                ? Continue(FollowFacts(known, change, change.Configuration), change, change.Configuration, ended)
            : Continue(known, change, change.Configuration, ended);
    }

    private static SlaClock Record(SlaClock clock, TicketEvent happened) =>
        happened switch
        {
            SlaBreached breach when breach.Metric == clock.Metric && breach.Cycle == clock.Cycle => clock.Record(
                ClockChanges.Breach
            ),
            SlaThresholdReached reached when reached.Metric == clock.Metric && reached.Cycle == clock.Cycle =>
                clock.Record(reached.Threshold),
            SlaEscalated reached when reached.Metric == clock.Metric && reached.Cycle == clock.Cycle =>
                clock.RecordLevel(reached.Level),
            _ => clock,
        };

    private SlaClock Begin(SlaStart start, TicketChange change, IConfiguration configuration)
    {
        var goal = start.Metric.Goals[start.Goal];
        var clock = ClockChanges.Start(
            start.Policy,
            start.Metric,
            start.Cycle,
            start.Goal,
            PinnedCalendar.Newest(configuration, goal.Calendar),
            Cause(change, SlaConditions.Notation(start.Condition))
        );

        // What ended the cycle before says nothing of this one.
        return start.IsAfterEnd
            ? PauseOrResume(clock, start.Metric, change, configuration)
            : Continue(clock, change, configuration, []);
    }

    /// <summary>A live clock after a change: ended, or with the goal and pause that apply now.</summary>
    /// <param name="ended">Takes what ended the clock, by its metric.</param>
    private SlaClock Continue(
        SlaClock clock,
        TicketChange change,
        IConfiguration configuration,
        Dictionary<string, ClockEnd> ended
    )
    {
        var seen = clock.See(change.Recorded.At);
        var policy = configuration.AtVersion<SlaPolicyDocument>(clock.Policy.Id, clock.Policy.Version);
        if (policy?.Metrics.FirstOrDefault(metric => metric.Id == clock.Metric) is not { } metric)
        {
            return seen;
        }

        var calendar = PinnedCalendar.At(configuration, clock.Calendar).Calendar;
        if (EndOf(metric, change) is { } end)
        {
            ended[clock.Metric] = end;
            return seen.End(end.Kind, calendar, Cause(change, SlaConditions.Notation(end.Condition)));
        }

        return PauseOrResume(FollowGoal(seen, metric, calendar, change, configuration), metric, change, configuration);
    }

    // What takes the promise back goes before what keeps it.
    private ClockEnd? EndOf(SlaMetric metric, TicketChange change) =>
        conditions.Coming(metric.Cancel, change) is { } cancel ? new ClockEnd(ClockMarkKind.Cancelled, cancel)
        : conditions.Coming(metric.Stop, change) is { } stop ? new ClockEnd(ClockMarkKind.Stopped, stop)
        : conditions.Coming(metric.Reset, change) is { } reset ? new ClockEnd(ClockMarkKind.Reset, reset)
        : null;

    /// <summary>The policy that a plugin's new facts call for, such as the plan of a contract; elapsed time stays.</summary>
    private SlaClock FollowFacts(SlaClock clock, TicketChange change, IConfiguration configuration)
    {
        if (
            SlaPolicies.MadeFirst(conditions, clock.Metric, change) is not { } policy
            || policy.Id == clock.Policy.Id
            || policy.Metrics.First(metric => metric.Id == clock.Metric) is not { } metric
            || GoalFor(conditions, metric, change) is not (>= 0 and var goal)
        )
        {
            return clock;
        }

        var next = PinnedCalendar.Newest(configuration, metric.Goals[goal].Calendar);
        var calendar = PinnedCalendar.At(configuration, clock.Calendar).Calendar;
        var version = new DocumentVersion(policy.Id, configuration.VersionOf<SlaPolicyDocument>(policy.Id));
        var seen = clock.See(change.Recorded.At);
        return seen.ChangeGoal(calendar, goal, metric.Goals[goal], next, Cause(change, policy.Query)) with
        {
            Policy = version,
        };
    }

    /// <summary>The first goal that matches now; a ticket that matches none keeps the promise it has.</summary>
    private SlaClock FollowGoal(
        SlaClock clock,
        SlaMetric metric,
        WorkingCalendar calendar,
        TicketChange change,
        IConfiguration configuration
    )
    {
        var index = GoalFor(conditions, metric, change);
        if (index < 0 || index == clock.Goal)
        {
            return clock;
        }

        var goal = metric.Goals[index];
        var next =
            goal.Calendar == clock.Calendar.Id
                ? new PinnedCalendar(clock.Calendar, calendar)
                : PinnedCalendar.Newest(configuration, goal.Calendar);
        return clock.ChangeGoal(calendar, index, goal, next, Cause(change, goal.Query));
    }

    private SlaClock PauseOrResume(SlaClock clock, SlaMetric metric, TicketChange change, IConfiguration configuration)
    {
        var calendar = PinnedCalendar.At(configuration, clock.Calendar).Calendar;
        var pause = conditions.Holding(metric.Pause, change) is { } holding ? SlaConditions.Notation(holding) : null;
        var pausedBy = clock.Marks.LastOrDefault(mark => mark.Kind == ClockMarkKind.Paused)?.Condition;
        return (clock.Status, pause) switch
        {
            (ClockStatus.Running, not null) => clock.Pause(calendar, Cause(change, pause)),
            (ClockStatus.Paused, null) => clock.Resume(calendar, Cause(change, pausedBy ?? string.Empty)),
            (ClockStatus.Paused, not null) when pause != pausedBy => clock.PauseOtherwise(Cause(change, pause)),
            _ => clock,
        };
    }

    // Nobody can work on a merged ticket: its promises neither run on nor are kept by its end. They go on when that is undone.
    private SlaClock Hold(SlaClock clock, TicketChange change)
    {
        var known = Follow(Record(clock, change.Recorded.Event), change);
        if (known.Status == ClockStatus.Stopped || change.Recorded.Event is not TicketMerged)
        {
            return known;
        }

        var seen = known.See(change.Recorded.At);
        var cause = Cause(change, SlaHappenings.Merged);
        return seen.Status == ClockStatus.Paused
            ? seen.PauseOtherwise(cause)
            : seen.Pause(PinnedCalendar.At(change.Configuration, seen.Calendar).Calendar, cause);
    }

    internal static int GoalFor(SlaConditions conditions, SlaMetric metric, TicketChange change)
    {
        for (var i = 0; i < metric.Goals.Count; i++)
        {
            if (conditions.Matches(metric.Goals[i].Query, change))
            {
                return i;
            }
        }

        return -1;
    }

    private static ClockCause Cause(TicketChange change, string condition) =>
        new(change.Recorded.At, change.Recorded.Version, condition);
}
