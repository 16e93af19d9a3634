using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Integrity;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>What looks wrong with clocks, and how they are counted when two people say so.</summary>
public class SlaIntegrityTests
{
    [Fact]
    public void A_clock_that_waits_although_the_customer_answered_is_found_and_both_verdicts_told()
    {
        var story = Told(Resolution(Goal(4)))
            .Open()
            .Hours(1)
            .AgentComments()
            .Move("waiting-for-customer")
            .Hours(2)
            .CustomerComments()
            .Hours(5)
            .Move("in-progress")
            .Hours(1)
            .Move("resolved");

        var finding = Assert.Single(Found(story));

        Assert.Equal(FindingKind.CustomerAnswered, finding.Kind);
        Assert.Equal(Story.Monday9 + Duration.FromHours(3), finding.At);
        Assert.Equal(ClockVerdict.Met, finding.Clock.Verdict);
        var adjusted = Preview(story, finding);
        Assert.Equal((ClockVerdict.Breached, Duration.FromHours(7)), (adjusted.Verdict, adjusted.Elapsed));
        Assert.Equal(Story.Monday9 + Duration.FromHours(6), adjusted.DueAt);
    }

    [Fact]
    public void Waiting_for_somebody_else_is_fine_and_putting_it_back_without_a_word_is_not()
    {
        var supplier = Told(Resolution()).Open().Move("waiting-for-supplier").CustomerComments().Hours(9);
        var putBack = Told(Resolution()).Open().CustomerComments().Hours(1).Move("waiting-for-customer").Hours(9);

        Assert.Empty(Found(supplier));
        var finding = Assert.Single(Found(putBack));
        Assert.Equal((Story.Monday9 + Duration.FromHours(1), 3), (finding.At, finding.EventVersion));
    }

    [Fact]
    public void What_an_agent_asks_after_the_answer_begins_the_waiting_anew_and_a_quick_return_is_fine()
    {
        var asked = Told(Resolution())
            .Open()
            .Move("waiting-for-customer")
            .Hours(1)
            .CustomerComments()
            .Hours(0.1)
            .AgentComments()
            .Hours(9)
            .Move("in-progress");
        var quick = Told(Resolution())
            .Open()
            .Move("waiting-for-customer")
            .Hours(1)
            .CustomerComments()
            .Hours(0.2)
            .Move("in-progress");

        Assert.Empty(Found(asked));
        Assert.Empty(Found(quick));
    }

    [Theory]
    [InlineData(ActorKind.Rule)]
    [InlineData(ActorKind.Script)]
    [InlineData(ActorKind.Plugin)]
    [InlineData(ActorKind.System)]
    public void What_no_person_writes_makes_no_waiting_right(ActorKind kind)
    {
        var story = Told(Resolution()).Open().Move("waiting-for-customer").Hours(1).CustomerComments();

        story.Hours(0.1).AgentComments(kind).Hours(5);

        var finding = Assert.Single(Found(story));
        Assert.Equal((FindingKind.CustomerAnswered, At(1)), (finding.Kind, finding.At));
    }

    [Fact]
    public void Files_alone_answer_when_all_read_them_and_the_customer_sent_them_behind_the_request()
    {
        var story = Told(Resolution()).Open().Move("waiting-for-customer").Hours(1).Attaches(Story.Requester).Hours(5);
        var withRequest = Told(Resolution()).Open().Attaches(Story.Requester).Move("waiting-for-customer").Hours(5);
        var hidden = Told(Resolution())
            .Open()
            .Move("waiting-for-customer")
            .Hours(1)
            .Attaches(new PersonId(2), Visibility.Internal)
            .Hours(5);

        Assert.Equal(At(1), Assert.Single(Found(story)).At);
        Assert.Empty(Found(withRequest));
        Assert.Empty(Found(hidden));
    }

    [Fact]
    public void A_lower_priority_with_a_looser_calendar_is_found_where_the_clock_is_due_later_by_it()
    {
        SlaMetric metric = Resolution(Goal(4, query: "priority = high"), Goal(4, "office"));
        // From 14:30 to 18:00, when the office closes; and from 9:00 to 12:30, when it makes no difference.
        var evening = Told(metric).Hours(5.5).Open(Priority.High).Hours(3.5).Raise(Priority.Low).Hours(15);
        var noon = Told(metric).Open(Priority.High).Hours(3.5).Raise(Priority.Low).Hours(0.4);

        var finding = Assert.Single(Found(evening.Move("resolved")));

        Assert.Equal(FindingKind.PriorityLowered, finding.Kind);
        Assert.Equal(
            (ClockVerdict.Met, ClockVerdict.Breached),
            (finding.Clock.Verdict, Preview(evening, finding).Verdict)
        );
        Assert.Empty(Found(noon.Move("resolved")));
    }

    [Fact]
    public void A_clock_that_runs_is_found_with_a_lowered_priority_but_cannot_be_corrected_yet()
    {
        SlaMetric metric = Resolution(Goal(4, query: "priority = high"), Goal(24));
        var story = Told(metric).Open(Priority.High).Hours(3.5).Raise(Priority.Low).Hours(3);

        var finding = Assert.Single(Found(story));

        Assert.Equal((FindingKind.PriorityLowered, false), (finding.Kind, finding.IsCorrectable));
        Assert.Equal(ClockVerdict.Breached, Preview(story, finding).Verdict);
        Assert.True(Assert.Single(Found(story.Move("resolved"))).IsCorrectable);
    }

    [Fact]
    public void A_priority_lowered_shortly_before_the_breach_is_found_and_one_with_time_left_is_not()
    {
        SlaMetric metric = Resolution(Goal(4, query: "priority = high"), Goal(24));
        var late = Told(metric).Open(Priority.High).Hours(3.5).Raise(Priority.Low).Hours(3).Move("resolved");
        var early = Told(metric).Open(Priority.High).Hours(1).Raise(Priority.Low).Hours(3).Move("resolved");

        var finding = Assert.Single(Found(late));
        Assert.Equal((FindingKind.PriorityLowered, 2), (finding.Kind, finding.EventVersion));
        Assert.Equal(ClockVerdict.Breached, Preview(late, finding).Verdict);
        Assert.Equal(ClockVerdict.Met, late.Clock.Verdict);
        Assert.Empty(Found(early));
    }

    [Fact]
    public void Pauses_that_come_again_and_again_within_an_hour_are_found_as_one()
    {
        var story = Told(Resolution()).Open();
        for (var i = 0; i < 5; i++)
        {
            story.Move("waiting-for-customer").Hours(0.1).Move("in-progress").Hours(0.05);
        }

        var finding = Assert.Single(Found(story));

        Assert.Equal((FindingKind.Flapping, 5), (finding.Kind, finding.Spans.Count));
        Assert.Equal(story.Now - Story.Monday9, Preview(story, finding).Elapsed);
    }

    [Fact]
    public void A_correction_changes_the_verdict_keeps_the_old_one_and_the_ledger_adds_up()
    {
        var story = Told(Resolution(Goal(4)))
            .Open()
            .Hours(1)
            .Move("waiting-for-customer")
            .Hours(1)
            .CustomerComments()
            .Hours(6)
            .Move("in-progress")
            .Hours(1)
            .Move("resolved");
        var finding = Assert.Single(Found(story));

        story.Hours(24).Correct(finding.Spans);

        var clock = story.Clock;
        Assert.Equal((ClockVerdict.Breached, Duration.FromHours(8)), (clock.Verdict, clock.Elapsed));
        Assert.Equal(Preview(story, finding).DueAt, clock.DueAt);
        Assert.Equal((ClockVerdict.Met, Duration.FromHours(2)), (clock.Correction!.Was, clock.Correction.ElapsedWas));
        var ledger = story.Ledger();
        Assert.Equal(clock.Elapsed, ledger.Segments.Aggregate(Duration.Zero, (sum, one) => sum + one.Working));
        Assert.Equal(Duration.FromHours(1), ledger.PausedFor);
        Assert.All(ledger.Segments.Zip(ledger.Segments.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Empty(Found(story));
        Assert.Empty(story.TimerKeys);
        Assert.Equal(story.Clocks, story.Refold());
    }

    [Fact]
    public void A_span_that_should_not_have_counted_takes_a_breach_away()
    {
        var story = Told(Resolution(Goal(4))).Open().Hours(6).Sweep().Move("resolved");
        var (from, to) = (Story.Monday9 + Duration.FromHours(1), Story.Monday9 + Duration.FromHours(4));

        story.Correct([new CorrectedSpan(from, to, Counts: false)]);

        Assert.Equal((ClockVerdict.Met, Duration.FromHours(3)), (story.Clock.Verdict, story.Clock.Elapsed));
        Assert.Null(story.Clock.DueAt);
        Assert.Equal(Duration.FromHours(3), story.Ledger().PausedFor);
        Assert.Equal(story.Clocks, story.Refold());
    }

    [Fact]
    public void A_running_clock_goes_on_from_where_the_correction_puts_it()
    {
        var story = Told(Resolution(Goal(8)))
            .Open()
            .Hours(1)
            .Move("waiting-for-customer")
            .Hours(1)
            .CustomerComments()
            .Hours(3)
            .Move("in-progress")
            .Hours(1);
        story.Correct(Assert.Single(Found(story)).Spans);

        Assert.Equal(Duration.FromHours(5), story.Reading().Elapsed);
        Assert.Equal(story.Now + Duration.FromHours(3), story.Clock.DueAt);
        story.Hours(2).Move("waiting-for-customer").Hours(2);
        Assert.Equal((Duration.FromHours(7), ClockStatus.Paused), (story.Reading().Elapsed, story.Clock.Status));
        Assert.Equal(story.Clocks, story.Refold());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Time_that_counts_after_all_brings_reminders_and_levels_forward(bool isPaused)
    {
        // One hour of eight, and six of waiting that count after all.
        var story = Waited(isPaused);
        story.Correct([new CorrectedSpan(At(1), At(7), Counts: true)]);

        var clock = story.Clock;
        // The half has passed: it comes now.
        Assert.Equal([story.Now, In(0.5)], Due(clock.Thresholds));
        Assert.Equal([story.Now, In(2)], Due(clock.Levels));
        Assert.Equal(["50%", "PT30M"], clock.Thresholds.Select(one => one.Label));
        Assert.Equal(["50%", "+PT1H"], clock.Levels.Select(one => one.Label));
        if (isPaused)
        {
            story.Hours(5).Move("in-progress");
        }

        story.Hours(3).Sweep();
        Assert.Equal(
            ["50%", "PT30M"],
            story.Events.Select(one => one.Event).OfType<SlaThresholdReached>().Select(one => one.Threshold)
        );
        Assert.Equal(
            ["50%", "+PT1H"],
            story.Events.Select(one => one.Event).OfType<SlaEscalated>().Select(one => one.Level)
        );
        Assert.Equal(story.Clocks, story.Refold());

        Instant? In(double hours) => isPaused ? null : At(7 + hours);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Time_that_should_not_have_counted_puts_reminders_and_levels_off(bool isPaused)
    {
        var story = Told(Resolution(Reminded())).Open().Hours(9);
        story.Move(isPaused ? "waiting-for-customer" : "in-progress");

        // Nine hours, of which seven were none: what was broken is open again, and everything is still to come.
        story.Correct([new CorrectedSpan(At(1), At(8), Counts: false)]);

        var clock = story.Clock;
        Assert.Equal((ClockVerdict.Open, Duration.FromHours(2)), (clock.Verdict, story.Reading().Elapsed));
        Assert.Equal(["50%", "PT30M"], clock.Thresholds.Select(one => one.Label));
        Assert.Equal(["50%", "+PT1H"], clock.Levels.Select(one => one.Label));
        Assert.Equal([In(2), In(5.5)], Due(clock.Thresholds));
        Assert.Equal([In(2), In(7)], Due(clock.Levels));
        Assert.Equal(story.Clocks, story.Refold());

        Instant? In(double hours) => isPaused ? null : story.Now + Duration.FromHours(hours);
    }

    [Fact]
    public void What_was_recorded_before_a_correction_is_recorded_no_second_time()
    {
        var story = Told(Resolution(Reminded())).Open().Hours(5).Sweep();

        story.Correct([new CorrectedSpan(At(1), At(4), Counts: false)]).Hours(9).Sweep();

        Assert.Single(story.Events, one => one.Event is SlaThresholdReached { Threshold: "50%" });
        Assert.Single(story.Events, one => one.Event is SlaEscalated { Level: "50%" });
        var late = story.Events.Select(one => one.Event).OfType<SlaThresholdReached>().Last();
        Assert.Equal(("PT30M", At(10.5)), (late.Threshold, late.DueAt));
    }

    private static SlaGoal Reminded() =>
        Goal(8, "all", "", "50%", "PT30M") with
        {
            Escalations = SlaFoldProperties.Levels("50%", "+PT1H"),
        };

    private static Story Waited(bool isPaused)
    {
        var story = Told(Resolution(Reminded()))
            .Open()
            .Hours(1)
            .Move("waiting-for-customer")
            .Hours(6)
            .Move("in-progress");
        return isPaused ? story.Move("waiting-for-customer") : story;
    }

    private static Instant At(double hours) => Story.Monday9 + Duration.FromHours(hours);

    private static List<Instant?> Due(IEnumerable<ClockThreshold> thresholds) =>
        [.. thresholds.Select(one => one.DueAt)];

    [Fact]
    public void A_change_of_the_goal_that_is_left_out_leaves_the_target_as_it_was()
    {
        var story = Told(Resolution(Goal(4, query: "priority = high"), Goal(24, "office")))
            .Open(Priority.High)
            .Hours(3.5)
            .Raise(Priority.Low)
            .Hours(2)
            .Move("resolved");
        story.Correct([], Assert.Single(Found(story)).KeptGoals[0]);

        var clock = story.Clock;
        Assert.Equal(
            (ClockVerdict.Breached, Duration.FromHours(4), "all"),
            (clock.Verdict, clock.Target, clock.Calendar.Id)
        );
        Assert.Equal(Story.Monday9 + Duration.FromHours(4), clock.DueAt);
        Assert.Equal(clock.Elapsed, story.Ledger().Segments.Aggregate(Duration.Zero, (sum, one) => sum + one.Working));
    }

    private static List<SlaFinding> Found(Story story) =>
        [
            .. SlaIntegrity.Of(
                story.Events,
                new TicketSnapshot(story.Ticket!, story.Clocks),
                story.Now,
                story.Configuration,
                new IntegrityLimits()
            ),
        ];

    private static Core.Sla.Backtests.ClockOutcome Preview(Story story, SlaFinding finding) =>
        ClockCorrections.Preview(finding.Clock, finding.Spans, finding.KeptGoals, story.Now, story.Configuration);
}
