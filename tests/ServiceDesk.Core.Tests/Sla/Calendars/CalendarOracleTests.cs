using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Tests.Sla.Calendars;

/// <summary>The calendar's arithmetic against a walk over every minute, in zones whose clocks jump by an hour, half an hour and a day.</summary>
public sealed class CalendarOracleTests
{
    private const int Weeks = 80;

    [Fact]
    public void Working_time_between_two_instants_is_what_counting_each_minute_gives() =>
        Check(
            (week, calendar, worked, i, j) =>
                calendar.Between(week.At(i), week.At(j)) == Duration.FromMinutes(worked[j] - worked[i])
        );

    [Fact]
    public void Working_time_is_additive_and_never_shrinks() =>
        Check(
            (week, calendar, _, i, j) =>
            {
                var (a, b, c) = (week.At(i), week.At((i + j) / 2), week.At(j));
                var (first, second) = (calendar.Between(a, b), calendar.Between(b, c));
                return first + second == calendar.Between(a, c) && first >= Duration.Zero && first <= b - a;
            }
        );

    [Fact]
    public void The_due_instant_is_the_first_at_which_the_working_time_has_passed() =>
        Check(
            (week, calendar, worked, i, j) =>
            {
                var working = worked[j] - worked[i];
                var expected = Enumerable.Range(i, j - i + 1).First(minute => worked[minute] - worked[i] == working);
                return calendar.Add(week.At(i), Duration.FromMinutes(working)) == week.At(expected);
            }
        );

    [Fact]
    public void Adding_what_lies_between_comes_back_to_the_same_working_time() =>
        Check(
            (week, calendar, _, i, j) =>
            {
                var working = calendar.Between(week.At(i), week.At(j)) + Duration.FromNanoseconds(1234567);
                return calendar.Add(week.At(i), working) is not { } due || calendar.Between(week.At(i), due) == working;
            }
        );

    [Fact]
    public void Segments_tile_the_time_and_differ_from_their_neighbours() =>
        Check(
            (week, calendar, worked, i, j) =>
            {
                var segments = calendar.Segments(week.At(i), week.At(j)).ToList();
                return (i == j && segments.Count == 0)
                    || (
                        segments[0].From == week.At(i)
                        && segments[^1].To == week.At(j)
                        && segments
                            .Zip(segments.Skip(1))
                            .All(pair => pair.First.To == pair.Second.From && pair.First.Kind != pair.Second.Kind)
                        && segments.All(segment => segment.From < segment.To)
                        && segments.Aggregate(Duration.Zero, (sum, segment) => sum + segment.Working)
                            == Duration.FromMinutes(worked[j] - worked[i])
                        && segments.All(segment => calendar.Between(segment.From, segment.To) == segment.Working)
                    );
            }
        );

    [Fact]
    public void Generated_calendars_are_right() =>
        Prop.ForAll(
                CalendarGenerators.Weeks.ToArbitrary(),
                week =>
                    !new CalendarCheck()
                        .Check(week.Calendar, ServiceDesk.Core.Configuration.ConfigurationSnapshot.Empty)
                        .Any()
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Weeks));

    private static void Check(Func<CalendarWeek, WorkingCalendar, int[], int, int, bool> holds)
    {
        var minutes = Gen.Choose(0, CalendarWeek.Minutes).Two().ListOf(20);
        var arbitrary = CalendarGenerators.Weeks.Zip(minutes).ToArbitrary();
        Prop.ForAll(
                arbitrary,
                sample =>
                {
                    var (week, pairs) = sample;
                    var calendar = WorkingCalendar.Of(week.Calendar);
                    var worked = Count(week);
                    return pairs.All(pair =>
                        holds(
                            week,
                            calendar,
                            worked,
                            Math.Min(pair.Item1, pair.Item2),
                            Math.Max(pair.Item1, pair.Item2)
                        )
                    );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Weeks));
    }

    /// <summary>How many minutes counted before each minute of the week: asks the wall clock every time.</summary>
    private static int[] Count(CalendarWeek week)
    {
        var zone = DateTimeZoneProviders.Tzdb[week.Calendar.Zone];
        var hours = CalendarSamples
            .Days.Select(day => (week.Calendar.Hours.Find(day) ?? []).Select(Minutes).ToArray())
            .ToArray();
        var worked = new int[CalendarWeek.Minutes + 1];
        for (var minute = 0; minute < CalendarWeek.Minutes; minute++)
        {
            var local = week.At(minute).InZone(zone).LocalDateTime;
            var ofDay = (local.Hour * 60) + local.Minute;
            var counts =
                Array.Exists(hours[(int)local.DayOfWeek - 1], span => span.From <= ofDay && ofDay < span.To)
                && !IsHoliday(week.Calendar, local.Date);
            worked[minute + 1] = worked[minute] + (counts ? 1 : 0);
        }

        return worked;
    }

    private static bool IsHoliday(CalendarDocument calendar, LocalDate date) =>
        calendar.Holidays.Any(holiday =>
            holiday.Yearly ? (holiday.Month, holiday.Day) == (date.Month, date.Day) : holiday.Date == date
        );

    private static (int From, int To) Minutes(WorkSpan span) => (Minute(span.From), Minute(span.To));

    private static int Minute(string time) =>
        (int.Parse(time[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(time[3..], CultureInfo.InvariantCulture);
}
