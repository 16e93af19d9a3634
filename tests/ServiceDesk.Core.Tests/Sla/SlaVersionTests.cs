using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tests.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>How live clocks come under a new version of their policy or calendar.</summary>
public class SlaVersionTests
{
    private const int Lives = 100;

    [Fact]
    public void Without_a_choice_a_running_clock_keeps_the_version_that_it_started_with()
    {
        var story = Told(Resolution()).Open().Hours(2);
        story.Configuration = story.Configuration.With(Policy(Resolution(Goal(1))));

        story.Edit();

        Assert.Equal((1, Duration.FromHours(8)), (story.Clock.Policy.Version, story.Clock.Target));
    }

    [Fact]
    public void Keeping_elapsed_time_goes_on_under_the_new_goal_from_now()
    {
        var story = Told(Resolution())
            .Open()
            .Hours(2)
            .Publish(Policy(Resolution(Goal(5, "office"))), ChangeoverMode.KeepElapsed);

        var clock = story.Clock;
        Assert.Equal((2, "office"), (clock.Policy.Version, clock.Calendar.Id));
        Assert.Equal(Duration.FromHours(2), clock.Elapsed);
        Assert.Equal(story.Now + Duration.FromHours(3), clock.DueAt);
        Assert.Equal(ClockMarkKind.VersionApplied, clock.Marks[^1].Kind);
        Assert.Equal(Duration.FromHours(2), story.Ledger().Segments[0].Working);
    }

    [Fact]
    public void Keeping_elapsed_time_breaches_at_once_where_it_is_more_than_the_new_target()
    {
        var story = Told(Resolution()).Open().Hours(5).Publish(Policy(Resolution(Goal(4))), ChangeoverMode.KeepElapsed);

        Assert.Equal((ClockVerdict.Breached, story.Now), (story.Clock.Verdict, story.Clock.DueAt!.Value));
        Assert.Contains(story.TimerKeys, key => key.EndsWith(":breach", StringComparison.Ordinal));
    }

    [Fact]
    public void A_paused_clock_stays_paused_under_the_new_version_and_its_ledger_says_so()
    {
        var story = Told(Resolution())
            .Open()
            .Hours(1)
            .Move("waiting-for-customer")
            .Hours(2)
            .Publish(Policy(Resolution(Goal(4))), ChangeoverMode.KeepElapsed)
            .Hours(3);

        Assert.Equal(ClockStatus.Paused, story.Clock.Status);
        Assert.Equal(Duration.FromHours(5), story.Ledger().PausedFor);
        Assert.Equal(Duration.FromHours(1), story.Ledger().Reading.Elapsed);
    }

    [Fact]
    public void Recomputing_counts_as_if_the_new_version_had_been_in_force_from_the_start()
    {
        // Nothing pauses any more, so that the hours of waiting count.
        var story = Told(Resolution())
            .Open()
            .Hours(1)
            .Move("waiting-for-customer")
            .Hours(4)
            .Move("in-progress")
            .Hours(1)
            .Publish(Policy(Resolution(Goal(8)) with { Pause = [] }), ChangeoverMode.Recompute);

        Assert.Equal(Duration.FromHours(6), story.Reading().Elapsed);
        Assert.Equal(story.Now + Duration.FromHours(2), story.Clock.DueAt);
        Assert.Equal(ClockMarkKind.Recomputed, story.Clock.Marks[^1].Kind);
        Assert.Equal(Story.Monday9, story.Clock.StartedAt);
        var counted = story.Ledger().Segments.Aggregate(Duration.Zero, (sum, one) => sum + one.Working);
        Assert.Equal(Duration.FromHours(6), counted);
    }

    [Fact]
    public void Recomputing_takes_a_calendar_back_to_the_start()
    {
        var story = Told(Resolution(Goal(8, "office"))).Open().Hours(30);
        Assert.Equal(Duration.FromHours(15), story.Reading().Elapsed);

        var always = CalendarSamples.AllTime() with { Id = "office" };
        story.Publish(always, ChangeoverMode.Recompute);

        Assert.Equal(2, story.Clock.Calendar.Version);
        Assert.Equal(
            (Duration.FromHours(30), ClockVerdict.Breached),
            (story.Reading().Elapsed, story.Reading().Verdict)
        );
        Assert.Equal(Story.Monday9 + Duration.FromHours(8), story.Clock.DueAt);
    }

    [Fact]
    public void A_new_calendar_with_elapsed_time_kept_changes_what_counts_from_now()
    {
        var story = Told(Resolution(Goal(20, "office"))).Open().Hours(30);
        story.Publish(CalendarSamples.AllTime() with { Id = "office" }, ChangeoverMode.KeepElapsed).Hours(2);

        Assert.Equal((Duration.FromHours(17), 1), (story.Reading().Elapsed, story.Clock.Policy.Version));
    }

    [Fact]
    public void A_closed_verdict_never_changes()
    {
        foreach (var mode in Enum.GetValues<ChangeoverMode>())
        {
            var story = Told(Resolution()).Open().Hours(2).Move("resolved");
            var before = story.Clocks;

            story.Publish(Policy(Resolution(Goal(1))), mode);

            Assert.Equal(before, story.Clocks);
        }
    }

    [Fact]
    public void A_version_that_promises_nothing_any_more_leaves_the_clock_as_it_is()
    {
        foreach (var mode in new[] { ChangeoverMode.KeepElapsed, ChangeoverMode.Recompute })
        {
            var story = Told(Resolution()).Open().Hours(2);
            var clock = story.Clock;

            story.Publish(Policy(Resolution(Goal(8, query: "priority = critical"))), mode);

            Assert.Equal(clock, story.Clock);
        }
    }

    [Fact]
    public void What_stands_in_the_log_is_recorded_no_second_time_after_recomputing()
    {
        var story = Told(Resolution(Goal(4, reminders: "50%"))).Open().Hours(3).Sweep();
        story.Publish(Policy(Resolution(Goal(5, reminders: "50%"))), ChangeoverMode.Recompute).Hours(4).Sweep();

        Assert.Single(story.Events, one => one.Event is SlaThresholdReached);
        Assert.Single(story.Events, one => one.Event is SlaBreached);
    }

    [Theory]
    [InlineData("in-progress")]
    [InlineData("waiting-for-customer")]
    public void The_clock_of_a_merged_ticket_is_held_when_recomputed_and_goes_on_when_that_is_undone(string status)
    {
        var story = Told(Resolution()).Open().Hours(1).Move(status).Hours(1).Merge().Hours(3);
        var before = story.Reading();
        Assert.Equal(ClockStatus.Paused, before.Status);

        story.Publish(Policy(Resolution(Goal(5))), ChangeoverMode.Recompute);

        var held = story.Reading();
        Assert.Equal((ClockStatus.Paused, ClockVerdict.Open), (held.Status, held.Verdict));
        Assert.Equal((before.Elapsed, Duration.FromHours(5)), (held.Elapsed, held.Target));
        Assert.Equal(SlaHappenings.Merged, story.Clock.Marks.Last(mark => mark.Kind == ClockMarkKind.Paused).Condition);

        story.Hours(1).Unmerge().Move("in-progress").Hours(1);

        Assert.Equal((ClockStatus.Running, before.Elapsed + Duration.FromHours(1)), Read(story));
        Assert.Equal(story.Clocks, story.Refold());
        // Recomputed once more, with the merge and its end behind it.
        story.Publish(Policy(Resolution(Goal(6))), ChangeoverMode.Recompute);
        Assert.Equal((ClockStatus.Running, before.Elapsed + Duration.FromHours(1)), Read(story));

        static (ClockStatus, Duration) Read(Story told) => (told.Reading().Status, told.Reading().Elapsed);
    }

    [Fact]
    public void A_condition_that_asks_another_clock_finds_it_as_it_stood_when_recomputed()
    {
        // It stands as long as an answer is late: from the second hour, where the breach is told, to the fifth.
        var answer = Measuring(On("opened"), On("agent-comment"));
        answer = answer with { Goals = [Goal(2)] };
        var metric = Resolution() with { Pause = [When("measure = breached")], Stop = [On("resolved")] };
        var again = On("customer-comment");
        var story = Told(answer with { Start = [On("opened"), again] }, metric)
            .Open()
            .Hours(2)
            .Sweep()
            .Edit()
            .Hours(3)
            .AgentComments()
            .CustomerComments()
            .Edit()
            .Hours(1);
        var before = story.Clocks.Single(one => one.Metric == Metric);
        Assert.Equal(Duration.FromHours(2), before.Elapsed);

        story.Publish(OnlyResolution(story, metric, Goal(9)), ChangeoverMode.Recompute);

        var after = story.Clocks.Single(one => one.Metric == Metric);
        Assert.Equal((before.Elapsed, Duration.FromHours(9)), (after.Elapsed, after.Target));
        Assert.Equal(
            before.Marks,
            after.Marks.Take(before.Marks.Count).Select(mark => mark with { Target = before.Target })
        );
    }

    private static SlaPolicyDocument OnlyResolution(Story story, SlaMetric metric, SlaGoal goal)
    {
        var policy = story.Configuration.All<SlaPolicyDocument>()[0];
        return policy with { Metrics = [policy.Metrics[0], metric with { Goals = [goal] }] };
    }

    [Fact]
    public void A_cycle_that_a_reset_began_is_not_ended_by_it_when_recomputed()
    {
        var metric = Resolution() with { Reset = [On("customer-comment")] };
        var story = Told(metric).Open().Hours(1).CustomerComments().Hours(2);

        story.Publish(Policy(metric with { Goals = [Goal(5)] }), ChangeoverMode.Recompute);

        Assert.Equal((2, ClockStatus.Running), (story.Last.Cycle, story.Last.Status));
        Assert.Equal((Duration.FromHours(2), Duration.FromHours(5)), (story.Reading().Elapsed, story.Last.Target));
    }

    [Fact]
    public void Recomputing_under_the_same_words_changes_nothing_whatever_the_conditions_and_whichever_clock_they_ask() =>
        // Any event lets a clock see what has become of another, and the publication is one: what it would show shows before.
        Prop.ForAll(CycleLives.All.ToArbitrary(), life => IsStill(life.Tell(CycleLives.Watching).Edit().Edit()))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Lives));

    [Fact]
    public void Folding_again_gives_the_same_whatever_was_published_and_recomputing_twice_is_recomputing_once() =>
        Prop.ForAll(
                TicketLives.Decided.Zip(Gen.Elements(Enum.GetValues<ChangeoverMode>()).ArrayOf(3)).ToArbitrary(),
                told => Holds(told.Item1, told.Item2)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Lives));

    private static bool Holds(TicketLife life, ChangeoverMode[] modes)
    {
        var told = life.Tell();
        var story = told.Story;
        var goal = 0;
        foreach (var mode in modes)
        {
            var policy = story.Configuration.All<SlaPolicyDocument>()[0];
            var metric = policy.Metrics[0];
            var target = Duration.FromMinutes(30 + (97 * ++goal));
            var goals = metric.Goals.SetItem(goal % 3, metric.Goals[goal % 3] with { Target = target });
            var waits = goal == 2 ? ValueList<SlaCondition>.Empty : metric.Pause;
            var edited = policy with { Metrics = [metric with { Goals = goals, Pause = waits }] };
            var closed = story.Clocks.Where(one => one.Status == ClockStatus.Stopped).ToList();
            story.Publish(edited, mode).Hours(1);
            if (!closed.SequenceEqual(story.Clocks.Take(closed.Count)) || !story.Clocks.Equals(story.Refold()))
            {
                return false;
            }

            if (mode == ChangeoverMode.Recompute && !IsStill(story))
            {
                return false;
            }
        }

        return story.Clocks.All(one =>
        {
            var ledger = SlaLedger.Of(one, story.Now, story.Configuration);
            var sum = ledger.Segments.Aggregate(Duration.Zero, (total, segment) => total + segment.Working);
            return sum == ledger.Reading.Elapsed;
        });
    }

    // Publishing the same words again, to be recomputed, changes nothing but the version.
    private static bool IsStill(Story story)
    {
        var before = story.Clocks.Select(Read).ToList();
        story.Publish(story.Configuration.All<SlaPolicyDocument>()[0], ChangeoverMode.Recompute);
        return before.SequenceEqual(story.Clocks.Select(Read));

        (ClockStatus, ClockVerdict, Duration, Instant?) Read(SlaClock clock)
        {
            var reading = ClockReading.Of(clock, story.Now, story.Configuration);
            return (reading.Status, reading.Verdict, reading.Elapsed, reading.DueAt);
        }
    }
}
