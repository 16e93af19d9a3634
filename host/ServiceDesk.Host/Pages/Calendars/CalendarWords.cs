using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>Says what calendars say.</summary>
public sealed class CalendarWords(ITexts texts)
{
    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>A weekday of a document, short.</summary>
    public string Short(int weekday) => texts[$"calendar.short-{CalendarWeekdays.Days[weekday]}"];

    /// <summary>A weekday of a document.</summary>
    public string Weekday(string day) => CalendarWeekdays.Days.Contains(day) ? texts[$"calendar.day-{day}"] : day;

    /// <summary>A month.</summary>
    public string Month(int month) => texts[$"calendar.month-{month.ToString(CultureInfo.InvariantCulture)}"];

    /// <summary>A day with its weekday.</summary>
    public string Date(LocalDate date) => $"{ReaderTimes.Date(date)} ({Short((int)date.DayOfWeek - 1)})";

    /// <summary>Working time, with hours as the largest unit.</summary>
    public string Hours(Duration duration) => DurationText.Format(duration, Language, DurationDays.None);

    /// <summary>Time between two moments.</summary>
    public string Length(Duration duration) => DurationText.Format(duration, Language, DurationDays.Of24Hours, 3);

    /// <summary>Spans as people read them.</summary>
    public string Spans(IEnumerable<WorkSpan> spans)
    {
        var words = string.Join(", ", spans.Select(Span));
        return words.Length > 0 ? words : texts["calendar.no-hours"];
    }

    /// <summary>The hours of a day as they come out.</summary>
    public string Spans(DayHours hours)
    {
        var words = string.Join(", ", hours.Spans.Select(span => $"{Clock(span.From)}–{Clock(span.To)}"));
        return words.Length > 0 ? words : texts["calendar.no-hours"];
    }

    /// <summary>The hours of the week, weekdays with the same ones together.</summary>
    public IEnumerable<(string Days, string Hours)> Week(CalendarDocument document)
    {
        var days = CalendarWeekdays.Days.Select(day => document.Hours.Find(day) ?? []).ToList();
        for (var first = 0; first < 7; )
        {
            var last = first;
            while (last < 6 && days[last + 1].Equals(days[first]))
            {
                last++;
            }

            if (days[first].Count > 0)
            {
                yield return (first == last ? Short(first) : $"{Short(first)}–{Short(last)}", Spans(days[first]));
            }

            first = last + 1;
        }
    }

    /// <summary>Why a day is not as its weekday.</summary>
    public string Kind(NamedDay day) =>
        texts[
            day.IsException ? "calendar.kind-exception"
            : day.IsSubstitute ? "calendar.kind-substitute"
            : "calendar.kind-holiday"
        ];

    /// <summary>What a segment says.</summary>
    public string Kind(CalendarSegment segment) =>
        segment.Kind switch
        {
            CalendarSegmentKind.Working => texts["calendar.segment-working"],
            CalendarSegmentKind.Holiday => texts["calendar.kind-holiday"],
            CalendarSegmentKind.Exception => texts["calendar.kind-exception"],
            _ => texts["calendar.segment-outside"],
        };

    /// <summary>The line of a calendar in words; empty where there is none.</summary>
    public string Line(CalendarDocument document, string? line)
    {
        var parts = (line ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var index = parts.Length > 1 && int.TryParse(parts[^1], CultureInfo.InvariantCulture, out var read) ? read : -1;
        return parts switch
        {
            ["hours", var day, _] when (document.Hours.Find(day)?.ElementAtOrDefault(index)) is { } span =>
                $"{Weekday(day)} {Span(span)}",
            ["sets", _] when document.Sets.ElementAtOrDefault(index) is { } set => NameOf(set),
            ["holidays", _] when document.Holidays.ElementAtOrDefault(index) is { } holiday => Rule(holiday),
            ["exceptions", _] when document.Exceptions.ElementAtOrDefault(index) is { } exception =>
                $"{Named(exception)}: {Spans(exception.Hours)}",
            _ => "",
        };
    }

    /// <summary>A set with its edition.</summary>
    public string NameOf(HolidaySetReference set) =>
        texts.Format(
            "calendar.set-edition",
            HolidaySets.Find(set)?.Name.ToString() ?? set.Set,
            set.Edition.ToString(CultureInfo.CurrentCulture)
        );

    /// <summary>On which days a rule falls.</summary>
    public string Rule(CalendarDay day)
    {
        var number = (day.Day ?? 0).ToString(CultureInfo.CurrentCulture);
        return day switch
        {
            { Date: { } date } => ReaderTimes.Date(date),
            { Easter: { } days } => texts.Format(
                "calendar.rule-easter",
                days.ToString("+0;−0;0", CultureInfo.InvariantCulture)
            ),
            { Weekday: { } weekday, Nth: { } nth, Month: { } month } => texts.Format(
                "calendar.rule-weekday",
                texts[$"calendar.nth-{nth.ToString(CultureInfo.InvariantCulture)}"],
                Weekday(weekday),
                Month(month)
            ),
            { Lunar: true, Month: { } month } => texts.Format("calendar.rule-lunar", $"{month}", number),
            { Month: { } month } => texts.Format("calendar.rule-yearly", Month(month), number),
            _ => "",
        };
    }

    private string Named(CalendarDay day) => day.Name?.ToString() is { Length: > 0 } name ? name : Rule(day);

    private string Span(WorkSpan span) =>
        string.CompareOrdinal(span.To, span.From) < 0
            ? $"{span.From}–{texts.Format("calendar.next-day", span.To)}"
            : $"{span.From}–{span.To}";

    private static string Clock(Duration sinceMidnight) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)sinceMidnight.TotalHours:00}:{sinceMidnight.Minutes:00}");
}
