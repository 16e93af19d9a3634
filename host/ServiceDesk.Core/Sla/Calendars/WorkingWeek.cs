using NodaTime;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>The hours of a calendar's week, precomputed. Weekday 0 is Monday.</summary>
internal sealed class WorkingWeek
{
    /// <summary>The names that <see cref="CalendarDocument.Hours"/> uses, from Monday.</summary>
    public static readonly string[] Names =
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];

    private readonly DaySpan[][] days;
    private readonly long[] totals;

    private WorkingWeek(DaySpan[][] days)
    {
        this.days = days;
        totals = [.. days.Select(spans => spans.Sum(span => span.To - span.From))];
        Total = totals.Sum();
    }

    /// <summary>Nanoseconds of working time in a week without holidays.</summary>
    public long Total { get; }

    public bool IsRoundTheClock => Total == 7 * WallTime.DayLength;

    public ReadOnlySpan<DaySpan> SpansOf(int weekday) => days[weekday];

    public long TotalOf(int weekday) => totals[weekday];

    /// <summary>Working time of a part of an ordinary day.</summary>
    public long Within(int weekday, long from, long to)
    {
        long sum = 0;
        foreach (var span in days[weekday])
        {
            sum += span.Overlap(from, to);
        }

        return sum;
    }

    /// <summary>Reads the hours of a checked document; what <see cref="CalendarCheck"/> refuses is left out.</summary>
    public static WorkingWeek Of(CalendarDocument document) =>
        new([.. Names.Select(day => Merge(document.Hours.Find(day) ?? []))]);

    private static DaySpan[] Merge(IEnumerable<WorkSpan> spans)
    {
        var merged = new List<DaySpan>();
        foreach (var span in spans.Select(Read).OfType<DaySpan>().OrderBy(span => span.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
            {
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, span.To) };
            }
            else
            {
                merged.Add(span);
            }
        }

        return [.. merged];
    }

    private static DaySpan? Read(WorkSpan? span) =>
        TryReadTime(span?.From) is { } from && TryReadTime(span?.To) is { } to && from < to
            ? new DaySpan(from, to)
            : null;

    /// <summary>Nanoseconds since midnight of <c>08:00</c>, with <c>24:00</c> for the end of the day; null when it is no time.</summary>
    public static long? TryReadTime(string? text)
    {
        if (
            text is null
            || text.Length is not (4 or 5)
            || text[^3] != ':'
            || !IsNumber(text.AsSpan(0, text.Length - 3), out var hour)
            || !IsNumber(text.AsSpan(text.Length - 2), out var minute)
            || minute > 59
            || hour > 24
            || (hour == 24 && minute > 0)
        )
        {
            return null;
        }

        return (hour * NodaConstants.NanosecondsPerHour) + (minute * NodaConstants.NanosecondsPerMinute);
    }

    private static bool IsNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
