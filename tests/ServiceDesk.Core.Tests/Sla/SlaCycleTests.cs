using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>Cycles of a metric: how one ends and the next begins.</summary>
public sealed class SlaCycleTests
{
    private static readonly SlaMetric NextResponse = Measuring(On("customer-comment"), On("agent-comment"));

    [Fact]
    public void Every_message_of_the_customer_has_its_own_clock()
    {
        var story = Told(NextResponse).Open();
        for (var i = 0; i < 3; i++)
        {
            story.Hours(1).CustomerComments().Hours(2).AgentComments();
        }

        Assert.Equal([1, 2, 3], story.Clocks.Select(clock => clock.Cycle));
        Assert.All(story.Clocks, clock => Assert.Equal((2d, ClockVerdict.Met), Outcome(clock)));
    }

    [Fact]
    public void A_start_that_counts_the_first_time_alone_begins_no_second_cycle()
    {
        var story = Told(NextResponse with { Start = [On("customer-comment") with { First = true }] }).Open();

        story.CustomerComments().AgentComments().CustomerComments();

        Assert.Equal(ClockStatus.Stopped, story.Clock.Status);
    }

    [Fact]
    public void A_cancelled_cycle_has_no_verdict_and_its_target_breaks_no_more()
    {
        var story = Told(Resolution() with { Cancel = [When("priority = low")] }).Open().Hours(3).Raise(Priority.Low);

        Assert.Equal((3d, ClockVerdict.Cancelled), Outcome(story.Clock));
        Assert.Equal((ClockMarkKind.Cancelled, "priority = low"), End(story.Clock));
        Assert.Empty(story.Hours(100).Sweep().TimerKeys);
        Assert.Equal(ClockVerdict.Cancelled, story.Clock.Verdict);
    }

    [Fact]
    public void A_broken_promise_stays_broken_when_its_cycle_is_cancelled_or_reset()
    {
        var cancelled = Told(Resolution() with { Cancel = [On("closed")], Stop = [When("status = never")] });
        var reset = Told(Resolution() with { Reset = [On("agent-comment")] });

        Assert.Equal(ClockVerdict.Breached, cancelled.Open().Hours(9).Move("closed").Clock.Verdict);
        Assert.Equal(
            [ClockVerdict.Breached, ClockVerdict.Open],
            reset.Open().Hours(9).AgentComments().Clocks.Select(clock => clock.Verdict)
        );
    }

    [Fact]
    public void What_cancels_goes_before_what_stops_and_what_stops_before_what_resets()
    {
        var all = Resolution() with { Cancel = [On("resolved")], Reset = [On("resolved")] };

        Assert.Equal(ClockVerdict.Cancelled, Told(all).Open().Move("resolved").Clock.Verdict);
        Assert.Equal(ClockVerdict.Met, Told(all with { Cancel = [] }).Open().Move("resolved").Clock.Verdict);
    }

    [Fact]
    public void A_reset_begins_the_next_cycle_from_zero_at_the_same_instant()
    {
        var story = Told(Resolution() with { Reset = [On("agent-comment")] }).Open().Hours(3).AgentComments().Hours(2);

        Assert.Equal([3d, 0d], story.Clocks.Select(clock => clock.Elapsed.TotalHours));
        Assert.Equal((ClockMarkKind.Reset, "agent-comment"), End(story.Clocks[0]));
        Assert.Equal(story.Clocks[0].StoppedAt, story.Last.StartedAt);
        Assert.Equal(2, story.Reading().Elapsed.TotalHours);
    }

    [Fact]
    public void A_reset_while_paused_begins_paused()
    {
        var story = Told(Resolution() with { Reset = [On("agent-comment")] }).Open().Move("waiting-for-customer");

        story.Hours(1).AgentComments().Hours(50);

        Assert.Equal((2, ClockStatus.Paused), (story.Last.Cycle, story.Last.Status));
        Assert.Equal(0, story.Reading().Elapsed.TotalHours);
    }

    [Fact]
    public void A_hand_over_ends_one_teams_clock_and_begins_the_next_teams()
    {
        var work = Measuring(On("team-assigned"), On("team-left")) with
        {
            Goals = [Goal(4, "all", "team = \"Team 1\""), Goal(8, "all", "team = \"Team 2\"")],
        };

        var story = Told(work).Open().GiveTo(1).Hours(3).GiveTo(2).Hours(5).GiveTo(null);

        Assert.Equal(
            [(1, 3d, 4d), (2, 5d, 8d)],
            story.Clocks.Select(clock => (clock.Cycle, clock.Elapsed.TotalHours, clock.Target.TotalHours))
        );
        Assert.All(story.Clocks, clock => Assert.Equal(ClockVerdict.Met, clock.Verdict));
    }

    [Fact]
    public void The_condition_that_ended_a_cycle_does_not_begin_the_next()
    {
        var both = Measuring(On("opened"), On("agent-comment")) with { Start = [On("opened"), On("agent-comment")] };

        Assert.Equal(ClockStatus.Stopped, Told(both).Open().Hours(1).AgentComments().Clock.Status);
    }

    [Fact]
    public void The_internal_target_is_a_threshold_and_no_breach()
    {
        var goal = Goal(8) with { InternalTarget = NodaTime.Duration.FromHours(6) };
        var story = Told(Resolution(goal)).Open().Hours(7).Sweep();

        var reached = Assert.IsType<SlaThresholdReached>(story.Events[^1].Event);
        Assert.Equal((SlaGoal.Internal, 6d), (reached.Threshold, (reached.DueAt - Story.Monday9).TotalHours));
        Assert.Equal((ClockVerdict.Open, true), (story.Clock.Verdict, story.Ledger().IsInternalMissed));
        Assert.Equal(ClockVerdict.Met, story.Move("resolved").Clock.Verdict);
        Assert.True(story.Ledger().IsInternalMissed);
    }

    private static (double Hours, ClockVerdict Verdict) Outcome(SlaClock clock) =>
        (clock.Elapsed.TotalHours, clock.Verdict);

    private static (ClockMarkKind Kind, string Condition) End(SlaClock clock) =>
        (clock.Marks[^1].Kind, clock.Marks[^1].Condition);
}
