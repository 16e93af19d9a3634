using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>Says what is wrong in a calendar's document, each with the place in its JSON. A calendar without any hours is allowed: nothing on it is ever due.</summary>
public static class CalendarCheck
{
    /// <summary>Every reason against a document; empty when it is right.</summary>
    public static IEnumerable<Refusal> Of(CalendarDocument document)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(document.Zone ?? string.Empty) is null)
        {
            yield return Refusal.Invalid("sla.calendar-zone-unknown", "zone", document.Zone ?? string.Empty);
        }

        foreach (var (day, spans) in document.Hours)
        {
            foreach (var refusal in OfDay(day, spans ?? []))
            {
                yield return refusal;
            }
        }

        for (var i = 0; i < document.Holidays.Count; i++)
        {
            foreach (var refusal in Of(document.Holidays[i], $"holidays[{i}]"))
            {
                yield return refusal;
            }
        }
    }

    internal static IEnumerable<Refusal> Of(Holiday? holiday, string place)
    {
        if (holiday is { Date: not null, Month: null, Day: null, Yearly: false })
        {
            yield break;
        }

        if (holiday is not { Date: null, Month: { } month, Day: { } day, Yearly: true })
        {
            yield return Refusal.Invalid("sla.calendar-holiday-unclear", place);
        }
        else if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(2024, month))
        {
            yield return Refusal.Invalid("sla.calendar-holiday-impossible", place, $"{month}", $"{day}");
        }
    }

    private static IEnumerable<Refusal> OfDay(string day, ValueList<WorkSpan> spans)
    {
        if (!WorkingWeek.Names.Contains(day, StringComparer.Ordinal))
        {
            yield return Refusal.Invalid("sla.calendar-weekday-unknown", $"hours.{day}", day);
            yield break;
        }

        var read = new List<DaySpan>();
        for (var i = 0; i < spans.Count; i++)
        {
            var place = $"hours.{day}[{i}]";
            var (from, to) = (WorkingWeek.TryReadTime(spans[i]?.From), WorkingWeek.TryReadTime(spans[i]?.To));
            if (from is null || to is null)
            {
                var wrong = from is null ? "from" : "to";
                var text = from is null ? spans[i]?.From : spans[i]?.To;
                yield return Refusal.Invalid("sla.calendar-time-unreadable", $"{place}.{wrong}", text ?? string.Empty);
            }
            else if (from >= to)
            {
                yield return Refusal.Invalid("sla.calendar-span-empty", place, spans[i].From, spans[i].To);
            }
            else if (read.Exists(other => other.Overlap(from.Value, to.Value) > 0))
            {
                yield return Refusal.Invalid("sla.calendar-spans-overlap", place, spans[i].From, spans[i].To);
            }
            else
            {
                read.Add(new DaySpan(from.Value, to.Value));
            }
        }
    }
}
