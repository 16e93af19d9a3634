using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.Calendars.CalendarSamples;

namespace ServiceDesk.Core.Tests.Sla.Calendars;

public sealed class WorkingCalendarTests
{
    [Fact]
    public void Nights_and_weekends_do_not_count()
    {
        var calendar = WorkingCalendar.Of(Office());

        // Friday 17:00 to Monday 10:00.
        Assert.Equal(Duration.FromHours(2), calendar.Between(At("2026-11-20 17:00"), At("2026-11-23 10:00")));
    }

    [Fact]
    public void A_lunch_break_does_not_count()
    {
        var hours = new Dictionary<string, (string, string)[]>
        {
            ["monday"] = [("13:00", "18:00"), ("09:00", "12:00")],
        };
        var calendar = WorkingCalendar.Of(Of("Asia/Seoul", hours));

        Assert.Equal(Duration.FromHours(8), calendar.Between(At("2026-11-23 00:00"), At("2026-11-24 00:00")));
        Assert.Equal(At("2026-11-23 14:00"), calendar.Add(At("2026-11-23 11:00"), Duration.FromHours(2)));
    }

    [Fact]
    public void A_span_that_ends_at_24_00_meets_the_next_day()
    {
        var hours = new Dictionary<string, (string, string)[]>
        {
            ["monday"] = [("22:00", "24:00")],
            ["tuesday"] = [("00:00", "06:00")],
        };
        var calendar = WorkingCalendar.Of(Of("Asia/Seoul", hours));

        var segment = Assert.Single(
            calendar.Segments(At("2026-11-23 00:00"), At("2026-11-25 00:00")),
            piece => piece.Kind == CalendarSegmentKind.Working
        );
        Assert.Equal((At("2026-11-23 22:00"), At("2026-11-24 06:00")), (segment.From, segment.To));
    }

    [Fact]
    public void A_holiday_does_not_count_and_says_its_name()
    {
        var calendar = WorkingCalendar.Of(Office("Asia/Seoul", On(2026, 9, 25, "추석")));

        var segments = calendar.Segments(At("2026-09-24 17:00"), At("2026-09-28 10:00")).ToList();

        Assert.Equal(Duration.FromHours(2), calendar.Between(At("2026-09-24 17:00"), At("2026-09-28 10:00")));
        Assert.Equal(
            [
                CalendarSegmentKind.Working,
                CalendarSegmentKind.OutsideHours,
                CalendarSegmentKind.Holiday,
                CalendarSegmentKind.OutsideHours,
                CalendarSegmentKind.Working,
            ],
            segments.Select(segment => segment.Kind)
        );
        Assert.Equal(LocalizedText.Of("추석"), segments[2].HolidayName);
        Assert.Equal((At("2026-09-25 00:00"), At("2026-09-26 00:00")), (segments[2].From, segments[2].To));
    }

    [Fact]
    public void Hours_over_midnight_belong_to_the_day_on_which_they_begin()
    {
        var hours = new Dictionary<string, (string, string)[]> { ["friday"] = [("22:00", "06:00")] };
        var night = WorkingCalendar.Of(
            Of("Asia/Seoul", hours, On(2026, 11, 20, "Friday"), On(2026, 11, 28, "Saturday"))
        );

        // A holiday on Friday takes the night that begins on it, one on Saturday leaves the night before.
        Assert.Equal(Duration.Zero, night.Between(At("2026-11-20 00:00"), At("2026-11-22 00:00")));
        Assert.Equal(Duration.FromHours(8), night.Between(At("2026-11-27 00:00"), At("2026-11-29 00:00")));
        Assert.Equal(At("2026-11-28 06:00"), night.Add(At("2026-11-20 00:00"), Duration.FromHours(8)));
        var lost = night.Segments(At("2026-11-20 00:00"), At("2026-11-21 12:00")).ToList();
        Assert.Equal(
            [(CalendarSegmentKind.Holiday, "Friday", "/holidays/0"), (CalendarSegmentKind.OutsideHours, null, null)],
            lost.Select(segment => (segment.Kind, segment.HolidayName?.ToString(), segment.Line))
        );
        Assert.Equal(At("2026-11-21 06:00"), lost[0].To);
    }

    [Theory]
    // At 02:00 on 29 March the clock in Berlin goes on to 03:00; at 03:00 on 25 October it goes back to 02:00.
    [InlineData("2026-03-28", 7)]
    [InlineData("2026-10-24", 9)]
    [InlineData("2026-11-07", 8)]
    public void A_night_in_which_the_clock_jumps_is_as_long_as_it_is(string saturday, int length)
    {
        var hours = new Dictionary<string, (string, string)[]> { ["saturday"] = [("22:00", "06:00")] };
        var night = WorkingCalendar.Of(Of("Europe/Berlin", hours));
        var begin = At($"{saturday} 22:00", "Europe/Berlin");

        var segments = night.Segments(begin, begin + Duration.FromHours(12)).ToList();

        Assert.Equal(Duration.FromHours(length), segments[0].Working);
        Assert.Equal("/hours/saturday/0", segments[0].Line);
        Assert.Equal(begin + Duration.FromHours(length), night.Add(begin, Duration.FromHours(length)));
        Assert.Equal(2, segments.Count);
    }

    [Fact]
    public void An_exception_has_its_own_hours_says_its_name_and_goes_before_a_holiday()
    {
        var half = new CalendarException
        {
            Date = new LocalDate(2026, 12, 24),
            Hours = [new("09:00", "13:00")],
            Name = LocalizedText.Of("Christmas Eve"),
        };
        var saturday = new CalendarException { Date = new LocalDate(2026, 12, 26), Hours = [new("10:00", "12:00")] };
        var calendar = WorkingCalendar.Of(
            Office("Asia/Seoul", On(2026, 12, 24), On(2026, 12, 25, "Christmas")) with
            {
                Exceptions = [half, saturday],
            }
        );

        var segments = calendar.Segments(At("2026-12-24 00:00"), At("2026-12-27 00:00")).ToList();

        Assert.Equal(Duration.FromHours(6), calendar.Between(At("2026-12-24 00:00"), At("2026-12-27 00:00")));
        Assert.Equal(
            [
                (CalendarSegmentKind.OutsideHours, null, null),
                (CalendarSegmentKind.Working, null, "/exceptions/0"),
                (CalendarSegmentKind.Exception, "Christmas Eve", "/exceptions/0"),
                (CalendarSegmentKind.OutsideHours, null, null),
                (CalendarSegmentKind.Holiday, "Christmas", "/holidays/1"),
                (CalendarSegmentKind.OutsideHours, null, null),
                (CalendarSegmentKind.Working, null, "/exceptions/1"),
                (CalendarSegmentKind.OutsideHours, null, null),
            ],
            segments.Select(segment => (segment.Kind, segment.HolidayName?.ToString(), segment.Line))
        );
        Assert.Equal(At("2026-12-26 12:00"), calendar.Add(At("2026-12-24 00:00"), Duration.FromHours(6)));
    }

    [Fact]
    public void A_calendar_of_exceptions_alone_is_due_on_them_even_years_ahead()
    {
        var calendar = WorkingCalendar.Of(
            Of("Asia/Seoul", new Dictionary<string, (string, string)[]>()) with
            {
                Exceptions =
                [
                    new CalendarException
                    {
                        Month = 2,
                        Day = 29,
                        Yearly = true,
                        Hours = [new("23:00", "01:00")],
                    },
                ],
            }
        );

        Assert.True(calendar.HasWorkingTime);
        Assert.Equal(At("2036-03-01 00:30"), calendar.Add(At("2026-11-26 09:00"), Duration.FromHours(5.5)));
        Assert.Null(calendar.Add(At("2026-11-26 09:00"), Duration.FromHours(60)));
    }

    [Theory]
    [InlineData(2026, "2026-01-19")]
    [InlineData(2027, "2027-01-18")]
    public void A_weekday_of_a_month_returns_every_year(int year, string date)
    {
        var calendar = WorkingCalendar.Of(
            Office(
                "America/New_York",
                new Holiday
                {
                    Month = 1,
                    Weekday = "monday",
                    Nth = 3,
                    Yearly = true,
                }
            )
        );

        Assert.Equal(date, Assert.Single(calendar.NamedDays(year)).Date.ToString("uuuu-MM-dd", null));
    }

    [Theory]
    [InlineData(1961, 4, 2)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2024, 3, 31)]
    [InlineData(2038, 4, 25)]
    [InlineData(2285, 3, 22)]
    public void Good_Friday_lies_two_days_before_Easter(int year, int month, int day)
    {
        var calendar = WorkingCalendar.Of(Office("Europe/Berlin", new Holiday { Easter = -2, Yearly = true }));

        Assert.Equal(new LocalDate(year, month, day).PlusDays(-2), Assert.Single(calendar.NamedDays(year)).Date);
    }

    [Fact]
    public void A_holiday_that_reaches_over_the_new_year_is_whole_in_both()
    {
        var calendar = WorkingCalendar.Of(
            AllTime("Etc/UTC", EachYear(1, 1) with { DaysBefore = 2, DaysAfter = 1, FromYear = 2027 })
        );

        Assert.Equal(["12-30", "12-31"], Told(2026));
        Assert.Equal(["01-01", "01-02", "12-30", "12-31"], Told(2027));

        IEnumerable<string> Told(int year) => calendar.NamedDays(year).Select(day => day.Date.ToString("MM-dd", null));
    }

    [Fact]
    public void All_the_years_that_it_knows_are_counted()
    {
        var calendar = WorkingCalendar.Of(Office("Asia/Seoul", EachYear(5, 5)) with { Sets = [new("kr", 1)] });

        Assert.True(calendar.Between(Instant.MinValue, Instant.MaxValue) > Duration.FromDays(800_000));
    }

    [Fact]
    public void A_holiday_on_a_weekend_is_just_a_weekend()
    {
        var calendar = WorkingCalendar.Of(Office("Asia/Seoul", On(2026, 11, 21)));

        var segment = Assert.Single(calendar.Segments(At("2026-11-20 18:00"), At("2026-11-23 09:00")));
        Assert.Equal(CalendarSegmentKind.OutsideHours, segment.Kind);
    }

    [Fact]
    public void A_yearly_holiday_returns_every_year_and_counts_once_beside_its_date()
    {
        var calendar = WorkingCalendar.Of(AllTime("Etc/UTC", EachYear(12, 25), On(2025, 12, 25)));
        var from = Instant.FromUtc(2024, 1, 1, 0, 0);

        var days = calendar.Between(from, Instant.FromUtc(2027, 1, 1, 0, 0)).Days;

        Assert.Equal(366 + 365 + 365 - 3, days);
    }

    [Fact]
    public void A_holiday_on_29_February_is_skipped_in_other_years()
    {
        var calendar = WorkingCalendar.Of(AllTime("Etc/UTC", EachYear(2, 29)));

        Assert.Equal(365, calendar.Between(Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2025, 1, 1, 0, 0)).Days);
        Assert.Equal(365, calendar.Between(Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 1, 0, 0)).Days);
    }

    [Fact]
    public void What_is_reached_at_the_end_of_a_day_is_due_then_and_not_the_next_morning()
    {
        var calendar = WorkingCalendar.Of(Office());

        Assert.Equal(At("2026-11-20 18:00"), calendar.Add(At("2026-11-20 09:00"), Duration.FromHours(9)));
        Assert.Equal(At("2026-11-27 18:00"), calendar.Add(At("2026-11-23 09:00"), Duration.FromHours(45)));
    }

    [Fact]
    public void Nothing_to_work_is_due_at_once_also_outside_hours()
    {
        var calendar = WorkingCalendar.Of(Office());

        Assert.Equal(At("2026-11-21 12:00"), calendar.Add(At("2026-11-21 12:00"), Duration.Zero));
    }

    [Fact]
    public void A_calendar_without_hours_is_never_due()
    {
        var calendar = WorkingCalendar.Of(Of("Asia/Seoul", new Dictionary<string, (string, string)[]>()));

        Assert.Null(calendar.Add(At("2026-11-20 09:00"), Duration.FromMinutes(1)));
        Assert.Null(calendar.NextWorking(At("2026-11-20 09:00")));
        Assert.Equal(Duration.Zero, calendar.Between(At("2026-11-20 09:00"), At("2036-11-20 09:00")));
    }

    [Fact]
    public void A_calendar_whose_hours_are_all_holidays_is_never_due()
    {
        var hours = new Dictionary<string, (string, string)[]> { ["monday"] = [("09:00", "09:01")] };
        var everyDay =
            from month in Enumerable.Range(1, 12)
            from day in Enumerable.Range(1, CalendarSystem.Iso.GetDaysInMonth(2024, month))
            select EachYear(month, day);
        var calendar = WorkingCalendar.Of(Of("Europe/Berlin", hours, [.. everyDay]));

        Assert.Null(calendar.Add(At("2026-11-20 09:00"), Duration.FromMinutes(1)));
    }

    [Theory]
    [InlineData(36_526)]
    [InlineData(16_000_000)]
    public void What_lies_beyond_a_hundred_years_is_not_looked_for(int days)
    {
        Assert.Null(WorkingCalendar.Of(Office()).Add(At("2026-11-20 09:00"), Duration.FromDays(days)));
        Assert.Null(WorkingCalendar.RoundTheClock.Add(At("2026-11-20 09:00"), Duration.FromDays(days)));
    }

    [Fact]
    public void The_ends_of_time_are_no_reason_to_fail()
    {
        var calendar = WorkingCalendar.Of(Office("America/New_York"));

        Assert.True(calendar.Between(Instant.MinValue, Instant.MaxValue) > Duration.FromDays(365 * 2000));
        Assert.Null(calendar.Add(Instant.MaxValue, Duration.FromHours(1)));
        Assert.Null(calendar.Add(Instant.MinValue, Duration.FromHours(1)));
        Assert.Equal(Duration.Zero, calendar.Between(Instant.MaxValue, Instant.MinValue));
    }

    [Fact]
    public void Ten_years_of_working_time_are_the_sum_of_their_segments()
    {
        var calendar = WorkingCalendar.Of(Office("Europe/Berlin", EachYear(12, 25), EachYear(1, 1), On(2026, 4, 3)));
        var (from, to) = (At("2020-02-03 10:11", "Europe/Berlin"), At("2030-06-07 08:09", "Europe/Berlin"));

        var sum = calendar.Segments(from, to).Aggregate(Duration.Zero, (total, piece) => total + piece.Working);

        Assert.Equal(sum, calendar.Between(from, to));
        Assert.Equal(At("2030-06-06 18:00", "Europe/Berlin"), calendar.Add(from, sum));
        Assert.Equal(At("2030-06-07 09:09", "Europe/Berlin"), calendar.Add(from, sum + Duration.FromMinutes(9)));
    }

    [Fact]
    public void An_hour_that_summer_time_skips_does_not_count_and_one_that_it_repeats_counts_twice()
    {
        var hours = new Dictionary<string, (string, string)[]> { ["sunday"] = [("01:00", "04:00")] };
        var calendar = WorkingCalendar.Of(Of("Europe/Berlin", hours));

        Duration On(string day) =>
            calendar.Between(At($"{day} 00:00", "Europe/Berlin"), At($"{day} 12:00", "Europe/Berlin"));

        Assert.Equal(Duration.FromHours(3), On("2026-03-22"));
        Assert.Equal(Duration.FromHours(2), On("2026-03-29"));
        Assert.Equal(Duration.FromHours(4), On("2026-10-25"));
    }

    [Fact]
    public void A_day_that_a_zone_lost_does_not_count()
    {
        // Samoa went from Thursday 29 December 2011 to Saturday the 31st.
        var calendar = WorkingCalendar.Of(Office("Pacific/Apia"));
        var from = At("2011-12-29 09:00", "Pacific/Apia");

        Assert.Equal(Duration.FromHours(9), calendar.Between(from, At("2012-01-01 00:00", "Pacific/Apia")));
        Assert.Equal(At("2012-01-02 10:00", "Pacific/Apia"), calendar.Add(from, Duration.FromHours(10)));
    }

    [Fact]
    public void It_tells_when_working_time_begins_next()
    {
        var calendar = WorkingCalendar.Of(Office());

        Assert.Equal(At("2026-11-23 09:00"), calendar.NextWorking(At("2026-11-20 18:00")));
        Assert.Equal(At("2026-11-23 10:00"), calendar.NextWorking(At("2026-11-23 10:00")));
        Assert.False(calendar.IsWorking(At("2026-11-20 18:00")));
        Assert.True(calendar.IsWorking(At("2026-11-20 17:59")));
    }
}
