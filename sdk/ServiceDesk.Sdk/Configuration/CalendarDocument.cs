using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>Working time: hours per weekday in a zone, less holidays, with exceptions.</summary>
public sealed record CalendarDocument : ConfigurationDocument
{
    /// <summary>An IANA zone id, such as <c>Asia/Seoul</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>Spans of working time by English weekday name (<c>monday</c>); a missing day has none. Spans do not overlap.</summary>
    public ValueMap<ValueList<WorkSpan>> Hours { get; init; } = ValueMap<ValueList<WorkSpan>>.Empty;

    /// <summary>Holidays that the product ships, such as those of Korea.</summary>
    public ValueList<HolidaySetReference> Sets { get; init; } = [];

    /// <summary>Days without working time.</summary>
    public ValueList<Holiday> Holidays { get; init; } = [];

    /// <summary>Days with other hours than their weekday, such as half days. They go before holidays.</summary>
    public ValueList<CalendarException> Exceptions { get; init; } = [];
}

/// <summary>A span of working time. It belongs to the day on which it begins, with all of its hours.</summary>
/// <param name="From">Local time, <c>08:00</c>.</param>
/// <param name="To">Local time; <c>24:00</c> is the end of the day, and a time before <paramref name="From"/> lies on the next day.</param>
public sealed record WorkSpan(string From, string To);

/// <summary>
/// A day in the year, in one of these forms: a date; a month and day of every year, of the sun or of the moon; a weekday of a
/// month, such as the third Monday; a number of days before or after Easter.
/// </summary>
public abstract record CalendarDay
{
    /// <summary>One day, when it happens once.</summary>
    public LocalDate? Date { get; init; }

    /// <summary>1 to 12, when yearly.</summary>
    public int? Month { get; init; }

    /// <summary>1 to 31, when yearly; a day that a month does not have is skipped in that year, such as 29 February.</summary>
    public int? Day { get; init; }

    /// <summary>Whether it returns every year.</summary>
    public bool Yearly { get; init; }

    /// <summary>Whether month and day are those of the Korean lunisolar calendar, in no leap month. It is known for the years 918 to 2050; later years have no such day.</summary>
    public bool Lunar { get; init; }

    /// <summary>The English name of a weekday (<c>monday</c>), counted in the month.</summary>
    public string? Weekday { get; init; }

    /// <summary>Which of these weekdays, 1 to 5; −1 is the last.</summary>
    public int? Nth { get; init; }

    /// <summary>Days after Easter Sunday of the western churches; negative before it.</summary>
    public int? Easter { get; init; }

    /// <summary>How many days before it belong to it.</summary>
    public int DaysBefore { get; init; }

    /// <summary>How many days after it belong to it.</summary>
    public int DaysAfter { get; init; }

    /// <summary>The first year in which it returns; the year of the moon when it is lunar.</summary>
    public int? FromYear { get; init; }

    /// <summary>The last year in which it returns.</summary>
    public int? UntilYear { get; init; }

    /// <summary>What is celebrated, or why the day has other hours.</summary>
    public LocalizedText? Name { get; init; }
}

/// <summary>A day without working time.</summary>
public sealed record Holiday : CalendarDay
{
    /// <summary>When another day is free in its place; null for never.</summary>
    public SubstituteRule? Substitute { get; init; }
}

/// <summary>
/// Another day is free in place of a holiday: the next one that is neither a holiday of the same list nor a Saturday or Sunday.
/// A day gives one substitute, however many holidays meet on it.
/// </summary>
public sealed record SubstituteRule
{
    /// <summary>English names of the weekdays on which the holiday is lost.</summary>
    public ValueList<string> On { get; init; } = [];

    /// <summary>Whether it is lost too when another holiday of the list falls on the same day, from Monday to Friday.</summary>
    public bool Overlap { get; init; }

    /// <summary>The first day of the holiday from which the rule holds.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The name of the day in its place; null for that of the holiday.</summary>
    public LocalizedText? Name { get; init; }
}

/// <summary>A day with other hours than its weekday.</summary>
public sealed record CalendarException : CalendarDay
{
    /// <summary>The spans of this day, in place of those of its weekday.</summary>
    public ValueList<WorkSpan> Hours { get; init; } = [];
}

/// <summary>A set of holidays that the product ships, in an edition that never changes.</summary>
/// <param name="Set">Its id, such as <c>kr</c>.</param>
/// <param name="Edition">Its edition, from 1. A later law or a correction comes as another edition, which a calendar takes over when it is saved with it.</param>
public sealed record HolidaySetReference(string Set, int Edition);
