using System.Runtime.InteropServices;
using NodaTime;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>What the clock on the wall of a zone shows: a day, counted from 1970-01-01, and nanoseconds since its midnight.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WallTime(int Day, long Nanos)
{
    public const long DayLength = NodaConstants.NanosecondsPerDay;

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static WallTime Of(Instant instant, Offset offset)
    {
        var sinceEpoch = instant - NodaConstants.UnixEpoch + Duration.FromNanoseconds(offset.Nanoseconds);
        var (day, nanos) = (sinceEpoch.Days, sinceEpoch.NanosecondOfDay);
        return nanos < 0 ? new WallTime(day - 1, nanos + DayLength) : new WallTime(day, nanos);
    }

    public static int DayOf(LocalDate date) => Period.DaysBetween(Epoch, date);

    public static LocalDate DateOf(int day) => Epoch.PlusDays(day);

    /// <summary>0 is Monday. 1970-01-01 was a Thursday.</summary>
    public static int WeekdayOf(int day) => (((day + 3) % 7) + 7) % 7;

    public Instant ToInstant(Offset offset) =>
        NodaConstants.UnixEpoch
        + Duration.FromDays(Day)
        + Duration.FromNanoseconds(Nanos)
        - Duration.FromNanoseconds(offset.Nanoseconds);
}

/// <summary>A span of working time in a day, in nanoseconds since midnight.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DaySpan(long From, long To)
{
    public long Overlap(long from, long to) => Math.Max(0, Math.Min(To, to) - Math.Max(From, from));

    public bool Holds(long nanos) => From <= nanos && nanos < To;
}
