using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using static ServiceDesk.Core.Tests.Sla.Calendars.CalendarSamples;

namespace ServiceDesk.Core.Tests.Sla.Calendars;

public sealed class CalendarCheckTests
{
    [Fact]
    public void Office_hours_and_round_the_clock_are_right()
    {
        Assert.Empty(Problems(Office("Asia/Seoul", On(2026, 9, 25), EachYear(2, 29))));
        Assert.Empty(Problems(AllTime()));
        Assert.Empty(Problems(Of("Europe/Berlin", new Dictionary<string, (string, string)[]>())));
    }

    [Theory]
    [InlineData("Korea Standard Time")]
    [InlineData("asia/seoul")]
    [InlineData("")]
    public void A_zone_that_does_not_exist_is_named(string zone) =>
        AssertProblem(Office(zone), "/zone", "sla.calendar-zone-unknown", zone);

    [Fact]
    public void A_day_that_is_no_weekday_is_named() =>
        AssertProblem(
            Of("Asia/Seoul", new Dictionary<string, (string, string)[]> { ["Montag/früh"] = [] }),
            "/hours/Montag~1früh",
            "sla.calendar-weekday-unknown",
            "Montag/früh"
        );

    [Theory]
    [InlineData("9", "18:00", "from", "9")]
    [InlineData("09:60", "18:00", "from", "09:60")]
    [InlineData("-1:00", "18:00", "from", "-1:00")]
    [InlineData("09:00", "24:01", "to", "24:01")]
    [InlineData("09:00", "6pm", "to", "6pm")]
    [InlineData("09:00", "１8:00", "to", "１8:00")]
    public void A_time_that_cannot_be_read_is_named(string from, string to, string part, string text) =>
        AssertProblem(
            Of("Asia/Seoul", new Dictionary<string, (string, string)[]> { ["monday"] = [(from, to)] }),
            $"/hours/monday/0/{part}",
            "sla.calendar-time-unreadable",
            text
        );

    [Fact]
    public void A_span_that_ends_before_it_begins_is_named() =>
        AssertProblem(
            Of("Asia/Seoul", new Dictionary<string, (string, string)[]> { ["friday"] = [("22:00", "06:00")] }),
            "/hours/friday/0",
            "sla.calendar-span-empty",
            "22:00",
            "06:00"
        );

    [Fact]
    public void Spans_that_overlap_are_named() =>
        AssertProblem(
            Of(
                "Asia/Seoul",
                new Dictionary<string, (string, string)[]> { ["friday"] = [("08:00", "12:00"), ("11:59", "17:00")] }
            ),
            "/hours/friday/1",
            "sla.calendar-spans-overlap",
            "11:59",
            "17:00"
        );

    [Fact]
    public void A_day_that_no_month_has_is_no_holiday() =>
        AssertProblem(
            Office("Asia/Seoul", EachYear(2, 30)),
            "/holidays/0",
            "sla.calendar-holiday-impossible",
            "2",
            "30"
        );

    [Fact]
    public void A_holiday_is_either_a_date_or_a_yearly_day()
    {
        Holiday[] unclear =
        [
            new(),
            new() { Month = 5 },
            new() { Month = 5, Day = 5 },
            On(2026, 5, 5) with
            {
                Yearly = true,
            },
            On(2026, 5, 5) with
            {
                Month = 5,
                Day = 5,
            },
        ];
        Assert.All(
            unclear,
            holiday => AssertProblem(Office("Asia/Seoul", holiday), "/holidays/0", "sla.calendar-holiday-unclear")
        );
    }

    [Fact]
    public void What_is_wrong_in_a_stored_calendar_is_left_out_when_it_counts()
    {
        var hours = new Dictionary<string, (string, string)[]>
        {
            ["monday"] = [("09:00", "12:00"), ("11:00", "13:00"), ("25:00", "x"), ("18:00", "17:00")],
        };
        var calendar = WorkingCalendar.Of(Of("Nowhere", hours, EachYear(2, 30), EachYear(13, 1), new Holiday()));

        Assert.Equal(
            4,
            calendar.Between(At("2026-11-23 00:00", "Etc/UTC"), At("2026-11-30 00:00", "Etc/UTC")).TotalHours
        );
    }

    private static IEnumerable<DocumentProblem> Problems(CalendarDocument document) =>
        new CalendarCheck().Check(document, ConfigurationSnapshot.Empty);

    private static void AssertProblem(CalendarDocument document, string path, string code, params string[] arguments)
    {
        var problem = Assert.Single(Problems(document));
        Assert.Equal((path, code), (problem.Path, problem.Code));
        Assert.Equal(arguments, problem.Arguments);
    }
}
