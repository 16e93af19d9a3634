using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class SlaTimerTests
{
    private static readonly SlaMetric Reminding = Resolution(
        Goal(4, "all", "priority = high", "75%", "PT30M"),
        Goal(8, "all", "", "75%", "PT30M", "PT9H")
    );

    [Fact]
    public void A_clock_wants_its_reminders_and_its_breach()
    {
        var story = Told(Reminding).Open();

        Assert.Equal(
            [
                new DerivedTimer("sla:time-to-resolution:1:breach", Story.Monday9 + Duration.FromHours(8)),
                new DerivedTimer("sla:time-to-resolution:1:75%", Story.Monday9 + Duration.FromHours(6)),
                new DerivedTimer("sla:time-to-resolution:1:PT30M", Story.Monday9 + Duration.FromHours(7.5)),
            ],
            story.Fold.Timers(story.Clocks)
        );
    }

    [Fact]
    public void What_was_recorded_is_not_wanted_again()
    {
        var story = Told(Reminding).Open().Hours(9).Sweep();

        Assert.Equal(
            ["75%", "PT30M"],
            story.Events.Select(one => one.Event).OfType<SlaThresholdReached>().Select(one => one.Threshold)
        );
        var breach = Assert.Single(story.Events, one => one.Event is SlaBreached);
        Assert.Equal(Story.Monday9 + Duration.FromHours(8), breach.At);
        Assert.Empty(story.TimerKeys);
    }

    [Fact]
    public void A_pause_takes_the_timers_away_and_their_rest_comes_back_after_it()
    {
        var story = Told(Reminding).Open().Hours(6.5).Sweep().Move("waiting-for-customer");
        Assert.Empty(story.TimerKeys);

        story.Hours(50).Move("in-progress");
        Assert.Equal(
            [story.Now + Duration.FromHours(1.5), story.Now + Duration.FromHours(1)],
            story.Fold.Timers(story.Clocks).Select(timer => timer.DueAt)
        );
    }

    [Fact]
    public void A_stop_takes_the_timers_away() =>
        Assert.Empty(Told(Reminding).Open().Hours(1).Move("resolved").TimerKeys);

    [Fact]
    public void A_breach_that_nobody_recorded_before_the_stop_is_still_wanted()
    {
        var story = Told(Reminding).Open().Hours(9).Move("resolved");
        Assert.Equal(["sla:time-to-resolution:1:breach"], story.TimerKeys);

        story.Sweep();
        Assert.IsType<SlaBreached>(story.Events[^1].Event);
        Assert.Empty(story.TimerKeys);
    }

    [Fact]
    public void A_reminder_comes_once_whatever_goal_applies()
    {
        var story = Told(Reminding).Open(Priority.High).Hours(3.25).Sweep().Raise(Priority.Medium);
        Assert.Equal(["sla:time-to-resolution:1:breach", "sla:time-to-resolution:1:PT30M"], story.TimerKeys);
    }

    [Fact]
    public void A_reminder_that_a_new_goal_has_passed_comes_at_once()
    {
        var story = Told(Reminding).Open().Hours(3.25).Raise(Priority.High);

        Assert.Contains(new DerivedTimer("sla:time-to-resolution:1:75%", story.Now), story.Fold.Timers(story.Clocks));
    }

    [Fact]
    public void A_timer_that_fires_too_early_or_twice_does_nothing()
    {
        var story = Told(Resolution()).Open();
        var due = Assert.Single(story.Fold.Timers(story.Clocks));

        Assert.Null(story.Fold.OnTimer(story.Clocks, due with { DueAt = due.DueAt - Duration.FromSeconds(1) }));
        Assert.Null(story.Fold.OnTimer(story.Clocks, due with { Key = "sla:time-to-resolution:2:breach" }));
        Assert.Null(story.Fold.OnTimer(story.Clocks, due with { Key = "auto-close" }));
        Assert.Equal(
            new SlaBreached("standard", Metric, 1, due.DueAt),
            story.Fold.OnTimer(story.Clocks, due with { DueAt = due.DueAt + Duration.FromDays(3) })
        );

        story.Hours(8).Sweep();
        Assert.Null(story.Fold.OnTimer(story.Clocks, due));
    }

    [Fact]
    public void Each_cycle_has_timers_of_its_own()
    {
        var story = Told(Resolution()).Open().Hours(9).Sweep().Move("resolved").Move("in-progress");

        Assert.Equal(["sla:time-to-resolution:2:breach"], story.TimerKeys);
        Assert.Equal(ClockStatus.Running, story.Last.Status);
    }

    [Fact]
    public void A_target_that_no_calendar_reaches_has_no_timer()
    {
        var story = Told(Resolution(Goal(24 * 365 * 60, "office"))).Open();

        Assert.Null(story.Clock.DueAt);
        Assert.Empty(story.TimerKeys);
    }
}
