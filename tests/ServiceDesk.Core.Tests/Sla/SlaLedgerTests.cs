using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tests.Sla.Calendars;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class SlaLedgerTests
{
    [Fact]
    public void Each_segment_says_whether_it_counted_and_which_event_caused_it()
    {
        // Opened Monday 16:00 in Seoul, waiting from 17:00 to Tuesday 10:00, read at 11:30.
        var story = Told(Resolution(Goal(8, "office"))).Hours(7).Open().Hours(1).Move("waiting-for-customer");
        story.Hours(17).Move("in-progress").Hours(1.5);

        var ledger = story.Ledger();

        Assert.Equal(
            [
                (LedgerSegmentKind.Running, 1d, 1L, ClockMarkKind.Started, "opened"),
                (LedgerSegmentKind.Paused, 0d, 2L, ClockMarkKind.Paused, "status = waiting-for-customer"),
                // The pause that holds no longer.
                (LedgerSegmentKind.Running, 1.5, 3L, ClockMarkKind.Resumed, "status = waiting-for-customer"),
            ],
            ledger.Segments.Select(one => (one.Kind, one.Working.TotalHours, one.EventVersion, one.Mark, one.Condition))
        );
        Assert.Equal(2.5, ledger.Reading.Elapsed.TotalHours);
        Assert.Equal(5.5, ledger.Reading.Remaining.TotalHours);
        Assert.Equal(17, ledger.PausedFor.TotalHours);
        Assert.Equal(CalendarSamples.At("2026-11-24 17:00"), ledger.Reading.DueAt);
    }

    [Fact]
    public void Nights_and_holidays_are_segments_with_their_calendar_line()
    {
        var holiday = CalendarSamples.On(2026, 11, 24, "창립기념일");
        var story = new Story(
            Configured(
                CalendarSamples.Office("Asia/Seoul", holiday) with
                {
                    Id = "korea",
                },
                Policy(Resolution(Goal(20, "korea")))
            )
        )
            .Open()
            .Hours(50);

        var ledger = story.Ledger();

        Assert.Equal(
            [null, null, LocalizedText.Of("창립기념일"), null, null],
            ledger.Segments.Select(one => one.Holiday)
        );
        Assert.Equal(
            ["/hours/monday/0", null, "/holidays/0", null, "/hours/wednesday/0"],
            ledger.Segments.Select(one => one.CalendarLine)
        );
        Assert.Equal(new DocumentVersion("korea", 1), ledger.Segments[2].Calendar);
        Assert.Equal(50 - 9 - 2, ledger.OutsideHoursFor.TotalHours);
    }

    [Fact]
    public void Another_goal_begins_a_segment_and_a_pause_goes_on_through_it()
    {
        var story = Told(Resolution(Goal(4, query: "priority = high"), Goal(8)))
            .Open()
            .Hours(1)
            .Raise(Priority.High)
            .Hours(1)
            .Move("waiting-for-customer")
            .Hours(1)
            .Raise(Priority.Low)
            .Hours(1);

        Assert.Equal(
            [
                (LedgerSegmentKind.Running, 1L, 1d),
                (LedgerSegmentKind.Running, 2L, 1d),
                (LedgerSegmentKind.Paused, 3L, 1d),
                (LedgerSegmentKind.Paused, 3L, 1d),
            ],
            story.Ledger().Segments.Select(one => (one.Kind, one.EventVersion, (one.To - one.From).TotalHours))
        );
    }

    [Fact]
    public void It_says_what_would_stop_or_pause_a_live_clock()
    {
        var story = Told(Resolution()).Open();
        Assert.Equal([On("resolved")], story.Ledger().Stops);
        Assert.Equal(2, story.Ledger().Pauses.Count);

        story.Move("resolved").Hours(9);
        Assert.Empty(story.Ledger().Stops);
        Assert.Empty(story.Ledger().Pauses);
    }

    [Fact]
    public void It_says_what_else_would_end_a_live_clock()
    {
        var metric = Resolution() with { Reset = [On("customer-comment")], Cancel = [On("priority-changed")] };
        var story = Told(metric).Open();
        Assert.Equal([On("customer-comment")], story.Ledger().Resets);
        Assert.Equal([On("priority-changed")], story.Ledger().Cancels);

        story.Move("resolved");
        Assert.Empty(story.Ledger().Resets.Concat(story.Ledger().Cancels));
    }

    [Fact]
    public void A_stopped_clock_is_accounted_for_up_to_its_stop()
    {
        var ledger = Told(Resolution()).Open().Hours(9).Move("resolved").Hours(90).Ledger();

        Assert.Equal(Story.Monday9 + Duration.FromHours(9), Assert.Single(ledger.Segments).To);
        Assert.Equal((ClockVerdict.Breached, -1d), (ledger.Reading.Verdict, ledger.Reading.Remaining.TotalHours));
    }

    [Fact]
    public void It_tells_the_next_reminder()
    {
        var story = Told(Resolution(Goal(8, "all", "", "50%", "75%"))).Open().Hours(5);

        Assert.Equal(
            new ClockThreshold("75%", Duration.FromHours(6), Story.Monday9 + Duration.FromHours(6)),
            story.Ledger().NextThreshold
        );
    }

    [Fact]
    public void A_clock_read_in_its_very_instant_has_no_segments() =>
        Assert.Empty(Told(Resolution()).Open().Ledger().Segments);

    [Fact]
    public void A_reading_outside_hours_says_when_it_counts_again()
    {
        var story = Told(Resolution(Goal(20, "office"))).Open().Hours(10);
        Assert.Equal(CalendarSamples.At("2026-11-24 09:00"), story.Reading().CountsFrom);
        Assert.False(story.Reading().IsRoundTheClock);

        Assert.Null(story.Hours(15).Reading().CountsFrom);
        Assert.Null(story.Move("waiting-for-customer").Hours(10).Reading().CountsFrom);
    }
}
