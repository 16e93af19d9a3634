using NodaTime;
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
    }

    [Fact]
    public void A_calendar_on_which_nothing_is_ever_due_is_refused()
    {
        AssertProblem(Of("Asia/Seoul", Empty), "/hours", "sla.calendar-never-works");
        AssertProblem(
            Of("Asia/Seoul", new Dictionary<string, (string, string)[]> { ["monday"] = [] }),
            "/hours",
            "sla.calendar-never-works"
        );
        var weekend = new CalendarException { Date = new LocalDate(2026, 11, 28), Hours = [new("09:00", "12:00")] };
        Assert.Empty(Problems(Of("Asia/Seoul", Empty) with { Exceptions = [weekend] }));
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
            Of(
                "Asia/Seoul",
                new Dictionary<string, (string, string)[]> { ["Montag/früh"] = [], ["monday"] = [("09:00", "18:00")] }
            ),
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

    [Theory]
    [InlineData("09:00", "09:00")]
    [InlineData("24:00", "06:00")]
    public void A_span_without_a_length_is_named(string from, string to) =>
        AssertProblem(
            Of("Asia/Seoul", new Dictionary<string, (string, string)[]> { ["friday"] = [(from, to)] }),
            "/hours/friday/0",
            "sla.calendar-span-empty",
            from,
            to
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

    [Theory]
    [InlineData("friday", "saturday", "/hours/saturday/0")]
    [InlineData("sunday", "monday", "/hours/sunday/0")]
    public void Spans_over_midnight_reach_into_the_next_day_and_from_Sunday_into_Monday(
        string late,
        string early,
        string path
    )
    {
        var hours = new Dictionary<string, (string, string)[]>
        {
            [late] = [("22:00", "06:00")],
            [early] = [("06:00", "08:00")],
        };
        Assert.Empty(Problems(Of("Asia/Seoul", hours)));

        hours[early] = [("05:59", "08:00")];
        var (from, to) = path.Contains(late, StringComparison.Ordinal) ? ("22:00", "06:00") : ("05:59", "08:00");
        AssertProblem(Of("Asia/Seoul", hours), path, "sla.calendar-spans-overlap", from, to);
    }

    [Fact]
    public void Sets_are_known_and_stand_once()
    {
        AssertProblem(
            Office() with
            {
                Sets = [new HolidaySetReference("kr", 99)],
            },
            "/sets/0",
            "sla.calendar-set-unknown",
            "kr 99",
            "kr 1"
        );
        AssertProblem(
            Office() with
            {
                Sets = [new HolidaySetReference("kr", 1), new HolidaySetReference("kr", 1)],
            },
            "/sets/1",
            "sla.calendar-set-twice",
            "kr"
        );
    }

    [Fact]
    public void An_exception_has_hours_that_do_not_overlap()
    {
        var day = new CalendarException { Date = new LocalDate(2026, 12, 24) };
        AssertProblem(
            Office() with
            {
                Exceptions = [day],
            },
            "/exceptions/0/hours",
            "sla.calendar-exception-without-hours"
        );
        AssertProblem(
            Office() with
            {
                Exceptions = [day with { Hours = [new("09:00", "12:00"), new("11:00", "13:00")] }],
            },
            "/exceptions/0/hours/1",
            "sla.calendar-spans-overlap",
            "11:00",
            "13:00"
        );
    }

    [Theory]
    [InlineData(1, "monday", 0, "sla.calendar-nth-wrong")]
    [InlineData(1, "monday", 6, "sla.calendar-nth-wrong")]
    [InlineData(1, "monday", -2, "sla.calendar-nth-wrong")]
    [InlineData(13, "monday", 1, "sla.calendar-nth-wrong")]
    [InlineData(1, "Montag", 1, "sla.calendar-weekday-unknown")]
    public void A_weekday_of_a_month_is_possible(int month, string weekday, int nth, string code)
    {
        var holiday = new Holiday
        {
            Month = month,
            Weekday = weekday,
            Nth = nth,
            Yearly = true,
        };
        Assert.Equal(code, Assert.Single(Problems(Office("Asia/Seoul", holiday))).Code);
        Assert.Empty(Problems(Office("Asia/Seoul", holiday with { Month = 12, Weekday = "friday", Nth = -1 })));
    }

    [Fact]
    public void Days_of_the_moon_have_at_most_thirty_days()
    {
        var holiday = EachYear(12, 30) with { Lunar = true };
        Assert.Empty(Problems(Office("Asia/Seoul", holiday)));
        AssertProblem(
            Office("Asia/Seoul", holiday with { Day = 31 }),
            "/holidays/0",
            "sla.calendar-holiday-impossible",
            "12",
            "31"
        );
    }

    [Fact]
    public void Years_days_around_and_Easter_have_bounds()
    {
        AssertProblem(
            Office("Asia/Seoul", EachYear(5, 5) with { FromYear = 2026, UntilYear = 2025 }),
            "/holidays/0/untilYear",
            "sla.calendar-years-backwards"
        );
        AssertProblem(
            Office("Asia/Seoul", On(2026, 5, 5) with { DaysAfter = 11 }),
            "/holidays/0",
            "sla.calendar-days-around",
            "10"
        );
        AssertProblem(
            Office("Asia/Seoul", new Holiday { Easter = 300, Yearly = true }),
            "/holidays/0",
            "sla.calendar-easter-far",
            "200"
        );
        AssertProblem(
            Office("Asia/Seoul", EachYear(5, 5) with { Substitute = new SubstituteRule { On = ["Samstag"] } }),
            "/holidays/0/substitute/on/0",
            "sla.calendar-weekday-unknown",
            "Samstag"
        );
    }

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
            On(2026, 5, 5) with
            {
                FromYear = 2026,
            },
            EachYear(5, 5) with
            {
                Nth = 1,
            },
            EachYear(5, 5) with
            {
                Easter = 1,
            },
            new() { Easter = 1 },
            new()
            {
                Weekday = "monday",
                Nth = 1,
                Yearly = true,
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
            ["monday"] = [("09:00", "12:00"), ("11:00", "13:00"), ("25:00", "x"), ("18:00", "18:00")],
        };
        var calendar = WorkingCalendar.Of(Of("Nowhere", hours, EachYear(2, 30), EachYear(13, 1), new Holiday()));

        Assert.Equal(
            4,
            calendar.Between(At("2026-11-23 00:00", "Etc/UTC"), At("2026-11-30 00:00", "Etc/UTC")).TotalHours
        );
    }

    private static Dictionary<string, (string, string)[]> Empty => [];

    private static IEnumerable<DocumentProblem> Problems(CalendarDocument document) =>
        new CalendarCheck().Check(document, ConfigurationSnapshot.Empty);

    private static void AssertProblem(CalendarDocument document, string path, string code, params string[] arguments)
    {
        var problem = Assert.Single(Problems(document));
        Assert.Equal((path, code), (problem.Path, problem.Code));
        Assert.Equal(arguments, problem.Arguments);
    }
}
