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

    private readonly ReadSpan[][] read;
    private readonly DaySpan[][] own;
    private readonly DaySpan[][] overflow;
    private readonly DaySpan[][] days;
    private readonly long[] totals;

    private WorkingWeek(ReadSpan[][] read)
    {
        this.read = read;
        own = [.. read.Select(spans => Merge(spans.Select(span => span.Own)))];
        overflow = [.. read.Select(spans => Merge(spans.Select(span => span.Overflow)))];
        days = [.. own.Select((spans, weekday) => Merge(spans.Concat(overflow[Before(weekday)])))];
        totals = [.. days.Select(spans => spans.Sum(span => span.To - span.From))];
        Total = totals.Sum();
    }

    /// <summary>Nanoseconds of working time in a week without holidays.</summary>
    public long Total { get; }

    public bool IsRoundTheClock => Total == 7 * WallTime.DayLength;

    /// <summary>The hours of an ordinary day, with what reaches into it from the day before.</summary>
    public ReadOnlySpan<DaySpan> SpansOf(int weekday) => days[weekday];

    /// <summary>The hours that begin on a weekday, up to midnight.</summary>
    public DaySpan[] OwnOf(int weekday) => own[weekday];

    /// <summary>The hours that begin on a weekday, after midnight.</summary>
    public DaySpan[] OverflowOf(int weekday) => overflow[weekday];

    /// <summary>The weekday before another.</summary>
    public static int Before(int weekday) => (weekday + 6) % 7;

    /// <summary>Where the calendar says that a time of a weekday is working time, as a JSON pointer: of the hours that begin on it, or of those that reach into it.</summary>
    public string? LineOf(int weekday, long nanos, bool isReaching)
    {
        var from = isReaching ? Before(weekday) : weekday;
        var found = Array.Find(read[from], span => (isReaching ? span.Overflow : span.Own).Holds(nanos));
        return found is null ? null : $"/hours/{Names[from]}/{found.Index}";
    }

    public long TotalOf(int weekday) => totals[weekday];

    /// <summary>Reads the hours of a checked document; what <see cref="CalendarCheck"/> refuses is left out.</summary>
    public static WorkingWeek Of(CalendarDocument document) =>
        new([.. Names.Select(day => Read(document.Hours.Find(day) ?? []).ToArray())]);

    /// <summary>The spans of a day that can be read.</summary>
    public static IEnumerable<ReadSpan> Read(IEnumerable<WorkSpan> spans) =>
        spans.Select((span, index) => Read(span, index)).OfType<ReadSpan>();

    /// <summary>Spans in order, each time once.</summary>
    public static DaySpan[] Merge(IEnumerable<DaySpan> spans)
    {
        var merged = new List<DaySpan>();
        foreach (var span in spans.Where(span => span.From < span.To).OrderBy(span => span.From))
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

    private static ReadSpan? Read(WorkSpan? span, int index) =>
        (TryReadTime(span?.From), TryReadTime(span?.To)) switch
        {
            ({ } from, { } to) when from < to => new ReadSpan(index, new DaySpan(from, to), default),
            ({ } from, { } to) when from > to => new ReadSpan(
                index,
                new DaySpan(from, WallTime.DayLength),
                new DaySpan(0, to)
            ),
            _ => null,
        };

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

/// <summary>A span of a document that could be read.</summary>
/// <param name="Index">Its place in the document.</param>
/// <param name="Own">Its part up to midnight.</param>
/// <param name="Overflow">Its part on the next day; empty when it does not pass midnight.</param>
internal sealed record ReadSpan(int Index, DaySpan Own, DaySpan Overflow);
