using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Sla.Calendars;

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
    public void Who_begins_later_or_has_more_to_do_is_not_due_earlier() =>
        Check(
            (week, calendar, worked, i, j) =>
            {
                var working = Duration.FromMinutes((worked[j] - worked[i]) / 2);
                return !(calendar.Add(week.At(j), working) < calendar.Add(week.At(i), working))
                    && !(
                        calendar.Add(week.At(i), working + Duration.FromMinutes(1)) < calendar.Add(week.At(i), working)
                    );
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
                            .All(pair =>
                                pair.First.To == pair.Second.From
                                && (pair.First.Kind, pair.First.HolidayName)
                                    != (pair.Second.Kind, pair.Second.HolidayName)
                            )
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
                    var worked = new CalendarOracle(week.Calendar).Count(week.Start, CalendarWeek.Minutes);
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
}
