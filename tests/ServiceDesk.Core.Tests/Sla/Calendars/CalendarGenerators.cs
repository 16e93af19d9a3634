using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Sla.Calendars;

/// <summary>A week in a zone, often one in which the wall clock jumps, with a calendar of it.</summary>
public sealed record CalendarWeek(CalendarDocument Calendar, Instant Start)
{
    public const int Minutes = 9 * 24 * 60;

    public Instant At(int minute) => Start + Duration.FromMinutes(minute);

    public override string ToString() =>
        $"{Calendar.Zone} from {Start}: {Calendar.Hours} less {string.Join(", ", Calendar.Holidays)} but {string.Join(", ", Calendar.Exceptions)}";
}

/// <summary>Random calendars over changes to summer time.</summary>
internal static class CalendarGenerators
{
    private static readonly string[] Zones =
    [
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "Asia/Seoul",
        "Pacific/Apia",
        "Etc/UTC",
    ];

    private static readonly Dictionary<string, Instant[]> Jumps = Zones.ToDictionary(
        zone => zone,
        zone =>
            DateTimeZoneProviders
                .Tzdb[zone]
                .GetZoneIntervals(Instant.FromUtc(1986, 1, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0))
                .Where(interval => interval.HasStart && interval.Start > Instant.FromUtc(1986, 1, 1, 0, 0))
                .Select(interval => interval.Start)
                .ToArray()
    );

    public static Gen<CalendarWeek> Weeks =>
        from zone in Gen.Elements(Zones)
        from start in StartIn(zone)
        from hours in Hours
        from late in Gen.Elements(false, true, true).ArrayOf(7)
        from holidays in Holidays(DateTimeZoneProviders.Tzdb[zone], start)
        from exceptions in Exceptions(DateTimeZoneProviders.Tzdb[zone], start)
        where hours.Count > 0 || exceptions.Length > 0
        let calendar = CalendarSamples.Of(zone, OverMidnight(hours, late), holidays) with
        {
            Exceptions = exceptions.ToValueList(),
        }
        select new CalendarWeek(calendar, start);

    private static Gen<Instant> StartIn(string zone)
    {
        var anywhere = Gen.Choose(0, 40 * 365 * 24 * 60)
            .Select(minute => Instant.FromUtc(1988, 1, 1, 0, 0) + Duration.FromMinutes(minute));
        return Jumps[zone].Length == 0
            ? anywhere
            : Gen.Frequency(
                (1, anywhere),
                (
                    4,
                    from jump in Gen.Elements(Jumps[zone])
                    from minutes in Gen.Choose(0, 8 * 24 * 60)
                    select jump - Duration.FromMinutes(minutes)
                )
            );
    }

    private static Gen<Dictionary<string, (string, string)[]>> Hours =>
        Spans
            .ArrayOf(7)
            .Select(days =>
                days.Select((spans, index) => (Day: CalendarSamples.Days[index], Spans: spans))
                    .Where(day => day.Spans.Length > 0)
                    .ToDictionary(day => day.Day, day => day.Spans)
            );

    /// <summary>No hours, the whole day, or spans between distinct quarters of an hour, some of them moved by a minute.</summary>
    private static Gen<(string, string)[]> Spans =>
        Gen.Frequency(
            (1, Gen.Constant(Array.Empty<(string, string)>())),
            (1, Gen.Constant(new[] { ("00:00", "24:00") })),
            (
                4,
                from count in Gen.Choose(1, 3)
                from quarters in Gen.Choose(0, 95).ArrayOf(count * 2)
                select quarters
                    .Distinct()
                    .Order()
                    .Select(quarter => (quarter * 15) + (quarter % 7 == 0 ? 1 : 0))
                    .Chunk(2)
                    .Where(pair => pair.Length == 2)
                    .Select(pair => (Time(pair[0]), pair[1] >= 1425 ? "24:00" : Time(pair[1])))
                    .ToArray()
            )
        );

    private static Gen<Holiday[]> Holidays(DateTimeZone zone, Instant start)
    {
        var first = start.InZone(zone).Date;
        var holiday =
            from day in Gen.Choose(0, 9)
            from isYearly in Gen.Elements(true, false)
            let date = first.PlusDays(day)
            select isYearly
                ? CalendarSamples.EachYear(date.Month, date.Day)
                : CalendarSamples.On(date.Year, date.Month, date.Day);
        return Gen.Choose(0, 3).SelectMany(count => holiday.ArrayOf(count));
    }

    // The last span of some days goes on until the first of the next day, or into the night before it.
    private static Dictionary<string, (string From, string To)[]> OverMidnight(
        Dictionary<string, (string From, string To)[]> hours,
        bool[] late
    ) =>
        hours.ToDictionary(
            day => day.Key,
            day =>
            {
                var weekday = Array.IndexOf(CalendarSamples.Days, day.Key);
                var next = hours.GetValueOrDefault(CalendarSamples.Days[(weekday + 1) % 7]);
                var (last, first) = (day.Value[^1], next is null ? "05:45" : next[0].From);
                return late[weekday] && string.CompareOrdinal(first, last.From) < 0 && first != "00:00"
                    ? [.. day.Value[..^1], (last.From, first)]
                    : day.Value;
            }
        );

    private static Gen<CalendarException[]> Exceptions(DateTimeZone zone, Instant start)
    {
        var first = start.InZone(zone).Date;
        var exception =
            from day in Gen.Choose(0, 9)
            from form in Gen.Choose(0, 3)
            from spans in Spans.Where(spans => spans.Length > 0)
            from isLate in Gen.Elements(true, false)
            let date = first.PlusDays(day)
            let hours = isLate && spans[^1].Item1 != "00:00" ? [.. spans[..^1], (spans[^1].Item1, "00:00")] : spans
            select Rule(form, date) with
            {
                Hours = hours.Select(span => new WorkSpan(span.Item1, span.Item2)).ToValueList(),
            };
        return Gen.Choose(0, 2).SelectMany(count => exception.ArrayOf(count));
    }

    private static CalendarException Rule(int form, LocalDate date) =>
        form switch
        {
            0 => new CalendarException { Date = date },
            1 => new CalendarException
            {
                Month = date.Month,
                Day = date.Day,
                Yearly = true,
                DaysAfter = 1,
            },
            2 => new CalendarException
            {
                Month = date.Month,
                Weekday = CalendarSamples.Days[(int)date.DayOfWeek - 1],
                Nth = ((date.Day - 1) / 7) + 1,
                Yearly = true,
            },
            _ => new CalendarException
            {
                Month = date.Month,
                Weekday = CalendarSamples.Days[(int)date.DayOfWeek - 1],
                Nth = -1,
                Yearly = true,
                DaysBefore = 1,
            },
        };

    private static string Time(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}
