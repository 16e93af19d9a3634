using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Sla.Calendars;

/// <summary>Twelve zones over two years against a walk over each of their million minutes: shifts over midnight, half days, rules and days of the moon, over every jump of the clock.</summary>
public sealed class TwoYearTests
{
    private const int Minutes = 2 * 365 * 24 * 60;

    [Theory]
    [InlineData("Asia/Seoul", 2026, "korea")]
    [InlineData("Europe/Berlin", 2026, "nights")]
    [InlineData("America/New_York", 2026, "nights")]
    [InlineData("America/St_Johns", 2026, "office")]
    [InlineData("America/Santiago", 2026, "nights")]
    [InlineData("Australia/Lord_Howe", 2026, "nights")]
    [InlineData("Pacific/Chatham", 2026, "office")]
    [InlineData("Africa/Cairo", 2026, "nights")]
    [InlineData("Africa/Casablanca", 2026, "office")]
    [InlineData("Antarctica/Troll", 2026, "nights")]
    [InlineData("Pacific/Apia", 2011, "lost")]
    [InlineData("Asia/Kathmandu", 2026, "weekend")]
    public void It_says_of_two_years_what_a_walk_over_each_minute_says(string zone, int year, string hours)
    {
        var document = Of(zone, hours);
        Assert.Empty(new CalendarCheck().Check(document, ServiceDesk.Core.Configuration.ConfigurationSnapshot.Empty));
        var calendar = WorkingCalendar.Of(document);
        var start = Instant.FromUtc(year, 1, 1, 0, 0);
        var worked = new CalendarOracle(document).Count(start, Minutes);
        Instant At(int minute) => start + Duration.FromMinutes(minute);

        foreach (var (i, j) in Pairs(4000))
        {
            Assert.Equal(Duration.FromMinutes(worked[j] - worked[i]), calendar.Between(At(i), At(j)));
            var due = Array.BinarySearch(worked, worked[j]);
            while (due > i && worked[due - 1] == worked[j])
            {
                due--;
            }

            Assert.Equal(At(Math.Max(due, i)), calendar.Add(At(i), Duration.FromMinutes(worked[j] - worked[i])));
        }

        var here = start;
        foreach (var segment in calendar.Segments(start, At(Minutes)))
        {
            var (from, to) = ((int)(segment.From - start).TotalMinutes, (int)(segment.To - start).TotalMinutes);
            var isWorking = segment.Kind == CalendarSegmentKind.Working;
            Assert.Equal(here, segment.From);
            Assert.Equal(isWorking ? to - from : 0, worked[to] - worked[from]);
            here = segment.To;
        }

        Assert.Equal(At(Minutes), here);
    }

    // The same pairs on every run, near and far.
    private static IEnumerable<(int From, int To)> Pairs(int count)
    {
        var state = 20261126UL;
        int Next(int below) => (int)((state = (state * 6364136223846793005UL) + 1442695040888963407UL) >> 33) % below;
        for (var i = 0; i < count; i++)
        {
            var from = Next(Minutes);
            var reach =
                i % 3 == 0 ? Minutes
                : i % 3 == 1 ? 3 * 24 * 60
                : 60 * 24 * 60;
            yield return (from, Math.Min(Minutes, from + Next(reach)));
        }
    }

    private static CalendarDocument Of(string zone, string hours) =>
        hours switch
        {
            "korea" => CalendarSamples.Office(zone) with
            {
                Sets = [new HolidaySetReference("kr", 1)],
                Exceptions =
                [
                    new CalendarException { Date = new LocalDate(2026, 12, 31), Hours = [new("09:00", "13:00")] },
                    new CalendarException
                    {
                        Month = 8,
                        Day = 14,
                        Yearly = true,
                        Lunar = true,
                        Hours = [new("10:00", "12:00"), new("13:30", "15:00")],
                    },
                ],
            },
            "nights" => CalendarSamples.Of(zone, Nights, [.. Rules]) with
            {
                Exceptions =
                [
                    new CalendarException { Date = new LocalDate(2026, 3, 28), Hours = [new("23:00", "04:30")] },
                    new CalendarException
                    {
                        Month = 12,
                        Day = 31,
                        Yearly = true,
                        Hours = [new("08:00", "12:00"), new("20:00", "02:00")],
                    },
                    new CalendarException
                    {
                        Month = 6,
                        Weekday = "friday",
                        Nth = -1,
                        Yearly = true,
                        Hours = [new("06:00", "10:00")],
                    },
                ],
            },
            "office" => CalendarSamples.Office(zone, [.. Rules]) with
            {
                Exceptions =
                [
                    new CalendarException
                    {
                        Easter = -1,
                        Yearly = true,
                        Hours = [new("00:00", "24:00")],
                    },
                ],
            },
            "lost" => CalendarSamples.Of(
                zone,
                new Dictionary<string, (string, string)[]>
                {
                    ["thursday"] = [("20:00", "08:00")],
                    ["friday"] = [("20:00", "08:00")],
                    ["saturday"] = [("09:00", "17:00")],
                }
            ),
            // Nothing but exceptions.
            _ => CalendarSamples.Of(zone, new Dictionary<string, (string, string)[]>()) with
            {
                Exceptions =
                [
                    new CalendarException
                    {
                        Month = 10,
                        Weekday = "saturday",
                        Nth = 2,
                        Yearly = true,
                        DaysAfter = 1,
                        Hours = [new("18:00", "06:00")],
                    },
                    new CalendarException { Date = new LocalDate(2027, 5, 1), Hours = [new("00:15", "00:16")] },
                ],
            },
        };

    private static Dictionary<string, (string, string)[]> Nights =>
        CalendarSamples
            .Days[..5]
            .ToDictionary(day => day, day => day == "wednesday" ? [("00:30", "21:00")] : new[] { ("22:00", "00:30") })
            .Append(KeyValuePair.Create("saturday", new[] { ("01:00", "03:30"), ("22:00", "06:00") }))
            .Append(KeyValuePair.Create("sunday", new[] { ("06:00", "07:00"), ("21:00", "21:45") }))
            .ToDictionary();

    private static IEnumerable<Holiday> Rules =>
        [
            CalendarSamples.On(2027, 10, 31),
            CalendarSamples.EachYear(12, 25),
            CalendarSamples.EachYear(2, 29),
            new Holiday
            {
                Month = 1,
                Weekday = "monday",
                Nth = 3,
                Yearly = true,
            },
            new Holiday
            {
                Month = 5,
                Weekday = "saturday",
                Nth = 5,
                Yearly = true,
            },
            new Holiday
            {
                Easter = -2,
                Yearly = true,
                DaysAfter = 3,
            },
            new Holiday
            {
                Month = 1,
                Day = 1,
                Yearly = true,
                DaysBefore = 1,
                FromYear = 2027,
            },
            new Holiday
            {
                Month = 12,
                Day = 29,
                Yearly = true,
                Lunar = true,
                DaysAfter = 2,
                UntilYear = 2026,
            },
        ];
}
