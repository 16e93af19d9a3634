using System.Runtime.CompilerServices;
using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>
/// Working time: an instant counts when the clock on the wall of the calendar's zone shows a time within the hours of its day:
/// those of the weekday, none on a holiday, others on an exception. Hours over midnight belong to the day on which they begin. So an hour that summer time skips does not count, and one that it repeats counts twice.
/// Immutable; knows the years 1 to 9998 and takes what lies outside for their borders.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>How far after its start a due instant is looked for: 100 years.</summary>
    public static readonly Duration Horizon = Duration.FromDays(36_525);

    private static readonly Instant Earliest = Instant.FromUtc(1, 1, 3, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9998, 12, 31, 0, 0);
    private static readonly ConditionalWeakTable<CalendarDocument, WorkingCalendar> Compiled = [];

    private readonly WallTimeline timeline;

    private WorkingCalendar(DateTimeZone zone, WallTimeline timeline)
    {
        Zone = zone;
        this.timeline = timeline;
    }

    /// <summary>All time counts.</summary>
    public static WorkingCalendar RoundTheClock { get; } =
        Compile(
            new CalendarDocument
            {
                Id = "24x7",
                Name = LocalizedText.Of("24×7"),
                Zone = "Etc/UTC",
                Hours = ValueMap<ValueList<WorkSpan>>.From(
                    WorkingWeek.Names.Select(day =>
                        KeyValuePair.Create<string, ValueList<WorkSpan>>(day, [new WorkSpan("00:00", "24:00")])
                    )
                ),
            }
        );

    /// <summary>The zone whose wall clock counts.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Whether all time counts, so that a day of it has 24 hours.</summary>
    public bool IsRoundTheClock => timeline.Week.IsRoundTheClock && timeline.Days.IsEmpty;

    /// <summary>Whether there is any working time, in an ordinary week or by exception.</summary>
    public bool HasWorkingTime => timeline.Week.Total > 0 || timeline.Days.HasExceptions;

    /// <summary>Working time of a week in which each day is as its weekday.</summary>
    public Duration Week => Duration.FromNanoseconds(timeline.Week.Total);

    /// <summary>The last year of which all days are known, when some of them are those of the moon; null for all.</summary>
    public int? KnownUntil => timeline.Days.IsLunar ? DayRules.LastLunarYear : null;

    /// <summary>The calendar of a document, compiled once for each instance. Total: what <see cref="CalendarCheck"/> refuses is left out, and an unknown zone is UTC.</summary>
    public static WorkingCalendar Of(CalendarDocument document) => Compiled.GetValue(document, Compile);

    private static WorkingCalendar Compile(CalendarDocument document)
    {
        var week = WorkingWeek.Of(document);
        var exceptions = document
            .Exceptions.Select((exception, index) => (exception, Line: $"/exceptions/{index}"))
            .Where(entry => CalendarCheck.IsPossible(entry.exception));
        return new(
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(document.Zone ?? string.Empty) ?? DateTimeZone.Utc,
            new WallTimeline(week, new DayTable(week, [.. ListsOf(document)], new ExceptionList(exceptions)))
        );
    }

    private static IEnumerable<HolidayList> ListsOf(CalendarDocument document)
    {
        var own = document.Holidays.Select((holiday, index) => (holiday, $"/holidays/{index}"));
        yield return new HolidayList(own.Where(entry => CalendarCheck.IsPossible(entry.holiday)));
        foreach (var (index, reference) in document.Sets.Index())
        {
            if (HolidaySets.Find(reference) is { } set)
            {
                yield return new HolidayList(set.Holidays.Select(holiday => (holiday, $"/sets/{index}")));
            }
        }
    }

    /// <summary>Working time from one instant to another; zero when the second is not later.</summary>
    public Duration Between(Instant from, Instant to)
    {
        (from, to) = (Clamp(from), Clamp(to));
        if (IsRoundTheClock)
        {
            return to > from ? to - from : Duration.Zero;
        }

        var sum = Duration.Zero;
        for (var here = from; here < to; )
        {
            var (end, offset) = StretchAt(here, to);
            sum += timeline.Between(WallTime.Of(here, offset), WallTime.Of(end, offset));
            here = end;
        }

        return sum;
    }

    /// <summary>
    /// The earliest instant by which <paramref name="working"/> has passed; <paramref name="from"/> itself when that is zero or
    /// negative. The end of a working day, not the begin of the next. Null when it is not reached within the
    /// <see cref="Horizon"/>, as on a calendar without working time.
    /// </summary>
    public Instant? Add(Instant from, Duration working)
    {
        if (working <= Duration.Zero)
        {
            return from;
        }

        if (working > Horizon || !HasWorkingTime || from < Earliest || from > Latest)
        {
            return null;
        }

        var limit = Latest - from < Horizon ? Latest : from + Horizon;
        var left = working.ToInt64Nanoseconds();
        for (var here = from; here < limit; )
        {
            var (end, offset) = StretchAt(here, limit);
            if (timeline.Reach(WallTime.Of(here, offset), WallTime.Of(end, offset), ref left) is { } reached)
            {
                return reached.ToInstant(offset);
            }

            here = end;
        }

        return null;
    }

    /// <summary>Whether an instant counts.</summary>
    public bool IsWorking(Instant instant) => Between(instant, instant + Duration.Epsilon) > Duration.Zero;

    /// <summary>The first instant from <paramref name="from"/> that counts; null when there is none within the <see cref="Horizon"/>.</summary>
    public Instant? NextWorking(Instant from) =>
        Add(from, Duration.Epsilon) is { } reached ? reached - Duration.Epsilon : null;

    /// <summary>What the calendar says of each part of a span: the segments tile it without gaps, neighbours differ. Made as they are read; a year of office hours has about 500.</summary>
    public IEnumerable<CalendarSegment> Segments(Instant from, Instant to)
    {
        (from, to) = (Clamp(from), Clamp(to));
        if (from >= to)
        {
            return [];
        }

        return IsRoundTheClock
            ? [new CalendarSegment(from, to, CalendarSegmentKind.Working)]
            : CalendarSegments.Join(Pieces(from, to));
    }

    /// <summary>The days of a year that are not as their weekday, with their hours, in order.</summary>
    /// <param name="year">From 1 to 9998.</param>
    public IEnumerable<NamedDay> NamedDays(int year) =>
        timeline
            .Days.CausesOf(year)
            .Select(day => new NamedDay(
                WallTime.DateOf(day.Day),
                day.Cause!.Name,
                day.Cause.Line,
                day.Cause.IsException,
                day.Cause.IsSubstitute
            ));

    /// <summary>Working time of a year on the wall clock, as if it never jumped.</summary>
    /// <param name="year">From 1 to 9998.</param>
    public Duration WorkingOf(int year) =>
        timeline.Between(
            new WallTime(WallTime.DayOf(new LocalDate(year, 1, 1)), 0),
            new WallTime(WallTime.DayOf(new LocalDate(year + 1, 1, 1)), 0)
        );

    /// <summary>Working time on the wall clock of a day, and the spans of it.</summary>
    public DayHours HoursOf(LocalDate date)
    {
        var spans = timeline.SpansOf(WallTime.DayOf(date)).ToArray();
        return new DayHours(
            Duration.FromNanoseconds(spans.Sum(span => span.To - span.From)),
            [.. spans.Select(span => (Duration.FromNanoseconds(span.From), Duration.FromNanoseconds(span.To)))]
        );
    }

    private IEnumerable<CalendarSegment> Pieces(Instant from, Instant to)
    {
        for (var here = from; here < to; )
        {
            var (end, offset) = StretchAt(here, to);
            foreach (
                var piece in CalendarSegments.Of(timeline, WallTime.Of(here, offset), WallTime.Of(end, offset), offset)
            )
            {
                yield return piece;
            }

            here = end;
        }
    }

    /// <summary>How far the wall clock runs evenly from an instant.</summary>
    private (Instant End, Offset Offset) StretchAt(Instant here, Instant limit)
    {
        var interval = Zone.GetZoneInterval(here);
        var end = interval.HasEnd && interval.End < limit ? interval.End : limit;
        return (end, interval.WallOffset);
    }

    private static Instant Clamp(Instant instant) => Instant.Max(Earliest, Instant.Min(Latest, instant));
}

/// <summary>A day that is not as its weekday.</summary>
/// <param name="Date">The day.</param>
/// <param name="Name">The holiday's name, or why the day has other hours.</param>
/// <param name="Line">Where the calendar says so, as a JSON pointer.</param>
/// <param name="IsException">Whether it has other hours; a holiday has none.</param>
/// <param name="IsSubstitute">Whether it is free in place of another holiday.</param>
public sealed record NamedDay(LocalDate Date, LocalizedText? Name, string Line, bool IsException, bool IsSubstitute);

/// <summary>The hours of a day on the wall clock.</summary>
/// <param name="Working">Their sum.</param>
/// <param name="Spans">From and to since midnight, in order.</param>
public sealed record DayHours(Duration Working, IReadOnlyList<(Duration From, Duration To)> Spans);
