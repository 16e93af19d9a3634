using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class SlaFoldTests
{
    [Fact]
    public void A_clock_runs_from_opening_to_resolving()
    {
        var story = Told(Resolution()).Open();
        Assert.Equal((ClockStatus.Running, ClockVerdict.Open), (story.Clock.Status, story.Clock.Verdict));
        Assert.Equal(Story.Monday9 + Duration.FromHours(8), story.Clock.DueAt);

        story.Hours(5).Move("resolved").Hours(100).Move("closed");

        Assert.Equal((ClockStatus.Stopped, ClockVerdict.Met), (story.Clock.Status, story.Clock.Verdict));
        Assert.Equal(5, story.Clock.Elapsed.TotalHours);
        Assert.Equal(Story.Monday9 + Duration.FromHours(5), story.Clock.StoppedAt);
        Assert.Null(story.Clock.DueAt);
    }

    [Fact]
    public void A_paused_clock_has_no_due_instant_and_goes_on_where_it_stood()
    {
        var story = Told(Resolution()).Open().Hours(3).Move("waiting-for-customer");
        Assert.Null(story.Clock.DueAt);
        Assert.Empty(story.TimerKeys);

        story.Hours(48).Move("in-progress");

        Assert.Equal(3, story.Clock.Elapsed.TotalHours);
        Assert.Equal(story.Now + Duration.FromHours(5), story.Clock.DueAt);
        Assert.Equal("status = waiting-for-customer", story.Clock.Marks[^1].Condition);
    }

    [Fact]
    public void Another_pause_that_follows_is_marked_and_the_clock_stays_paused()
    {
        var story = Told(Resolution()).Open().Move("waiting-for-customer").Hours(1).Move("waiting-for-supplier");

        Assert.Equal(ClockStatus.Paused, story.Clock.Status);
        Assert.Equal("status = waiting-for-supplier", story.Clock.Marks[^1].Condition);
        Assert.Equal(0, story.Clock.Elapsed.TotalHours);
    }

    [Fact]
    public void A_paused_clock_stops_with_what_it_had()
    {
        var story = Told(Resolution()).Open().Hours(2).Move("waiting-for-customer").Hours(20).Move("resolved");

        Assert.Equal((2d, ClockVerdict.Met), (story.Clock.Elapsed.TotalHours, story.Clock.Verdict));
    }

    [Fact]
    public void Only_working_time_of_the_goals_calendar_counts()
    {
        // Opened Monday 17:00 in Seoul with two hours: due Tuesday 10:00.
        var story = Told(Resolution(Goal(2, "office"))).Hours(8).Open();
        Assert.Equal(CalendarSamples.At("2026-11-24 10:00"), story.Clock.DueAt);

        story.Hours(16.5).Move("resolved");
        Assert.Equal((1.5, ClockVerdict.Met), (story.Clock.Elapsed.TotalHours, story.Clock.Verdict));
    }

    [Fact]
    public void The_due_instant_itself_is_too_late()
    {
        Assert.Equal(
            ClockVerdict.Met,
            Told(Resolution()).Open().After(Duration.FromHours(8) - Duration.Epsilon).Move("resolved").Clock.Verdict
        );
        Assert.Equal(ClockVerdict.Breached, Told(Resolution()).Open().Hours(8).Move("resolved").Clock.Verdict);
    }

    [Fact]
    public void A_clock_that_passes_its_target_is_breached_at_its_due_instant_before_any_timer_fires()
    {
        var story = Told(Resolution()).Open();
        Assert.Equal(ClockVerdict.Breached, story.Hours(9).Reading().Verdict);
        Assert.Equal(-1, story.Reading().Remaining.TotalHours);

        story.Edit();

        Assert.Equal(ClockVerdict.Breached, story.Clock.Verdict);
        Assert.Equal(Story.Monday9 + Duration.FromHours(8), story.Clock.DueAt);
    }

    [Fact]
    public void A_breach_survives_pause_and_stop_with_its_due_instant()
    {
        var story = Told(Resolution()).Open().Hours(9).Move("waiting-for-customer");
        Assert.Equal((ClockVerdict.Breached, 9d), (story.Clock.Verdict, story.Clock.Elapsed.TotalHours));

        story.Hours(5).Move("in-progress").Hours(1).Move("resolved");

        Assert.Equal((ClockVerdict.Breached, 10d), (story.Clock.Verdict, story.Clock.Elapsed.TotalHours));
        Assert.Equal(Story.Monday9 + Duration.FromHours(8), story.Clock.DueAt);
    }

    [Fact]
    public void A_verdict_does_not_change_after_the_stop()
    {
        var story = Told(Resolution(Goal(1, query: "priority = high"), Goal(8))).Open().Hours(2).Move("resolved");
        var closed = story.Clock;

        story.Raise(Priority.High).Hours(100).Move("closed").Edit();

        Assert.Equal(closed, story.Clock);
    }

    [Fact]
    public void Reopening_starts_a_new_cycle_and_leaves_the_first_verdict()
    {
        var story = Told(Resolution()).Open().Hours(9).Move("resolved").Hours(10).Move("in-progress").Hours(1);

        Assert.Equal([1, 2], story.Clocks.Select(clock => clock.Cycle));
        Assert.Equal([ClockVerdict.Breached, ClockVerdict.Open], story.Clocks.Select(clock => clock.Verdict));
        Assert.Equal((1d, 7d), (story.Reading().Elapsed.TotalHours, story.Reading().Remaining.TotalHours));
        Assert.Equal("reopened", story.Last.Marks[0].Condition);
    }

    [Fact]
    public void Another_goal_keeps_elapsed_time_and_moves_the_due_instant()
    {
        var story = Told(Resolution(Goal(4, query: "priority = high"), Goal(8))).Open().Hours(3).Raise(Priority.High);

        Assert.Equal((3d, 4d), (story.Clock.Elapsed.TotalHours, story.Clock.Target.TotalHours));
        Assert.Equal(story.Now + Duration.FromHours(1), story.Clock.DueAt);
        Assert.Equal(
            (ClockMarkKind.GoalChanged, "priority = high", 2L),
            (story.Clock.Marks[^1].Kind, story.Clock.Marks[^1].Condition, story.Clock.Marks[^1].EventVersion)
        );
    }

    [Fact]
    public void A_goal_whose_target_was_passed_already_is_breached_from_the_change_on()
    {
        var story = Told(Resolution(Goal(4, query: "priority = high"), Goal(8))).Open().Hours(5).Raise(Priority.High);

        Assert.Equal((ClockVerdict.Breached, story.Now), (story.Clock.Verdict, story.Clock.DueAt));
        Assert.Contains("sla:time-to-resolution:1:breach", story.TimerKeys);
    }

    [Fact]
    public void A_longer_goal_opens_the_verdict_of_a_running_clock_again()
    {
        var story = Told(Resolution(Goal(4, query: "priority = high"), Goal(8))).Open(Priority.High).Hours(5).Sweep();
        Assert.Equal(ClockVerdict.Breached, story.Clock.Verdict);

        story.Raise(Priority.Low);
        Assert.Equal((ClockVerdict.Open, 3d), (story.Clock.Verdict, story.Reading().Remaining.TotalHours));

        // The breach stands in the log once, whatever goals come.
        story.Hours(4);
        Assert.Equal(ClockVerdict.Breached, story.Reading().Verdict);
        Assert.Empty(story.TimerKeys);
        Assert.Equal(ClockVerdict.Breached, story.Move("resolved").Clock.Verdict);
    }

    [Fact]
    public void A_goal_that_changes_during_a_pause_gives_no_due_instant_until_it_ends()
    {
        var story = Told(Resolution(Goal(4, query: "priority = high"), Goal(8)))
            .Open()
            .Hours(3)
            .Move("waiting-for-customer")
            .Hours(9)
            .Raise(Priority.High);
        Assert.Equal((ClockStatus.Paused, null), (story.Clock.Status, story.Clock.DueAt));

        story.Hours(9).Move("in-progress");
        Assert.Equal(story.Now + Duration.FromHours(1), story.Clock.DueAt);
    }

    [Fact]
    public void A_goal_on_another_calendar_counts_with_it_from_the_change_on()
    {
        // Monday 17:00 to 20:00 around the clock, then office hours: 2 of 5 hours are left on Tuesday morning.
        var story = Told(Resolution(Goal(5, "office", "priority = low"), Goal(5))).Hours(8).Open().Hours(3);
        story.Raise(Priority.Low);

        Assert.Equal(CalendarSamples.At("2026-11-24 11:00"), story.Clock.DueAt);
        Assert.Equal("office", story.Clock.Calendar.Id);
    }

    [Fact]
    public void A_ticket_that_matches_no_goal_any_more_keeps_the_one_it_has()
    {
        var story = Told(Resolution(Goal(4, query: "priority = high"))).Open(Priority.High).Raise(Priority.Low);

        Assert.Equal((4d, 1), (story.Clock.Target.TotalHours, story.Clock.Marks.Count));
    }

    [Fact]
    public void A_ticket_that_matches_no_goal_gets_no_clock() =>
        Assert.Empty(Told(Resolution(Goal(4, query: "priority = high"))).Open().Clocks);

    [Fact]
    public void An_event_that_is_start_and_stop_makes_a_clock_that_has_stopped()
    {
        var story = Told(Measuring(On("opened"), On("assigned"))).Open(assignee: new PersonId(7));

        Assert.Equal((ClockStatus.Stopped, ClockVerdict.Met), (story.Clock.Status, story.Clock.Verdict));
        Assert.Equal(Duration.Zero, story.Clock.Elapsed);
    }

    [Fact]
    public void A_running_clock_keeps_the_policy_and_calendar_under_which_it_started()
    {
        var story = Told(Resolution(Goal(8, "office"))).Open();
        story.Configuration = story
            .Configuration.With(Policy(Resolution(Goal(1))))
            .With(CalendarSamples.AllTime() with { Id = "office" });

        // Overnight: 9 hours of Monday and 2 of Tuesday on the calendar that was pinned.
        story.Hours(26).Edit();

        Assert.Equal(
            (new DocumentVersion("standard", 1), new DocumentVersion("office", 1)),
            (story.Clock.Policy, story.Clock.Calendar)
        );
        Assert.Equal(11, story.Reading().Elapsed.TotalHours);

        story.Move("resolved").Move("in-progress");
        Assert.Equal((new DocumentVersion("standard", 2), 1d), (story.Last.Policy, story.Last.Target.TotalHours));
    }

    [Fact]
    public void Another_goal_on_the_same_calendar_keeps_its_pinned_version()
    {
        var story = Told(Resolution(Goal(4, "office", "priority = high"), Goal(8, "office"))).Open();
        story.Configuration = story.Configuration.With(CalendarSamples.AllTime() with { Id = "office" });

        story.Hours(1).Raise(Priority.High);

        Assert.Equal(new DocumentVersion("office", 1), story.Clock.Calendar);
    }

    [Fact]
    public void A_clock_tells_when_it_last_changed()
    {
        var story = Told(Resolution()).Open().Hours(1).Move("waiting-for-customer");
        Assert.Equal(story.Now, story.Clock.Since);

        story.Hours(1).Move("in-progress").Hours(1).Edit().Hours(1).Move("resolved");
        Assert.Equal(story.Now, story.Clock.Since);
    }

    [Fact]
    public void A_calendar_that_never_existed_counts_all_time()
    {
        var story = Told(Resolution(Goal(8, "lost"))).Hours(12).Open().Hours(3);

        Assert.Equal(3, story.Reading().Elapsed.TotalHours);
    }

    [Fact]
    public void A_clock_whose_policy_is_lost_runs_on()
    {
        var story = Told(Resolution()).Open();
        story.Configuration = ConfigurationSnapshot.Of(7);

        story.Hours(9).Move("resolved");

        Assert.Equal((ClockStatus.Running, ClockVerdict.Breached), (story.Clock.Status, story.Clock.Verdict));
    }

    [Fact]
    public void Nothing_changes_when_nothing_of_the_clocks_changes()
    {
        var story = Told(Resolution()).Open();
        var before = story.Clocks;

        Assert.Same(before, story.Hours(1).Edit().Clocks);
    }
}
