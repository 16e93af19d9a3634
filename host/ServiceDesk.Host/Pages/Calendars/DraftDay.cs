using System.Globalization;
using NodaTime.Text;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>A holiday or an exception as it is typed.</summary>
public sealed record DraftDay
{
    /// <summary>One day, when it happens once.</summary>
    public const string Once = "date";

    /// <summary>A month and day of every year.</summary>
    public const string EachYear = "yearly";

    /// <summary>A month and day of the Korean lunisolar calendar.</summary>
    public const string OfMoon = "lunar";

    /// <summary>A weekday of a month.</summary>
    public const string OfMonth = "weekday";

    /// <summary>A number of days from Easter.</summary>
    public const string OfEaster = "easter";

    /// <summary>All forms, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> Forms = [Once, EachYear, OfMonth, OfMoon, OfEaster];

    /// <summary>Which of the forms it has.</summary>
    public string Form { get; init; } = Once;

    public string Date { get; init; } = "";

    public string Month { get; init; } = "1";

    public string Day { get; init; } = "";

    public string Weekday { get; init; } = "monday";

    public string Nth { get; init; } = "1";

    public string Easter { get; init; } = "";

    public string Before { get; init; } = "";

    public string After { get; init; } = "";

    public string FromYear { get; init; } = "";

    public string UntilYear { get; init; } = "";

    public string NameEn { get; init; } = "";

    public string NameKo { get; init; } = "";

    /// <summary>Of a holiday: when another day is free in its place.</summary>
    public string Substitute { get; init; } = "";

    /// <summary>Of an exception: its hours.</summary>
    public string Hours { get; init; } = "";

    /// <summary>The place in the document from which it was drawn; −1 for a new one.</summary>
    public int Drawn { get; init; } = -1;

    /// <summary>A day of a document as it is typed.</summary>
    public static DraftDay Of(CalendarDay day, int drawn) =>
        new()
        {
            Form =
                day.Date is not null ? Once
                : day.Easter is not null ? OfEaster
                : day.Weekday is not null ? OfMonth
                : day.Lunar ? OfMoon
                : EachYear,
            Date = day.Date is { } date ? LocalDatePattern.Iso.Format(date) : "",
            Month = Text(day.Month, "1"),
            Day = Text(day.Day),
            Weekday = day.Weekday ?? "monday",
            Nth = Text(day.Nth, "1"),
            Easter = Text(day.Easter),
            Before = day.DaysBefore == 0 ? "" : Text(day.DaysBefore),
            After = day.DaysAfter == 0 ? "" : Text(day.DaysAfter),
            FromYear = Text(day.FromYear),
            UntilYear = Text(day.UntilYear),
            NameEn = day.Name?.Texts.Find("en") ?? "",
            NameKo = day.Name?.Texts.Find("ko") ?? "",
            Substitute = SubstituteWords.Of((day as Holiday)?.Substitute),
            Hours = day is CalendarException exception ? SpanText.Write(exception.Hours) : "",
            Drawn = drawn,
        };

    /// <summary>Writes what is typed into a day, in which the form shows nothing of the rest.</summary>
    /// <param name="day">What it was drawn from, or a new one.</param>
    /// <param name="wrong">Is told the parts that cannot be read.</param>
    public T Into<T>(T day, Action<string> wrong)
        where T : CalendarDay =>
        day with
        {
            Date = Form == Once ? DateOf(wrong) : null,
            Yearly = Form != Once,
            Lunar = Form == OfMoon,
            Month = Form is EachYear or OfMoon or OfMonth ? Number(Month, "month", wrong) : null,
            Day = Form is EachYear or OfMoon ? Number(Day, "day", wrong, isNeeded: true) : null,
            Weekday = Form == OfMonth ? Weekday : null,
            Nth = Form == OfMonth ? Number(Nth, "nth", wrong) : null,
            Easter = Form == OfEaster ? Number(Easter, "easter", wrong, isNeeded: true) : null,
            DaysBefore = Number(Before, "before", wrong) ?? 0,
            DaysAfter = Number(After, "after", wrong) ?? 0,
            FromYear = Form == Once ? null : Number(FromYear, "from-year", wrong),
            UntilYear = Form == Once ? null : Number(UntilYear, "until-year", wrong),
            Name = CalendarDraft.Words(NameEn, NameKo, day.Name),
        };

    private NodaTime.LocalDate? DateOf(Action<string> wrong)
    {
        if (LocalDatePattern.Iso.Parse(Date).TryGetValue(default, out var date))
        {
            return date;
        }

        wrong("date");
        return null;
    }

    private static int? Number(string text, string part, Action<string> wrong, bool isNeeded = false)
    {
        if (
            int.TryParse(
                text.Replace('−', '-'),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return number;
        }

        if (text.Length > 0 || isNeeded)
        {
            wrong(part);
        }

        return null;
    }

    private static string Text(int? number, string missing = "") =>
        number?.ToString(CultureInfo.InvariantCulture) ?? missing;
}
