using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>The zone exists, spans have a length and do not overlap, holidays are possible days. A calendar without any hours is allowed: nothing on it is ever due.</summary>
public sealed class CalendarCheck : DocumentCheck<CalendarDocument>
{
    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(CalendarDocument document, IConfiguration configuration)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(document.Zone) is null)
        {
            yield return DocumentProblem.At("/zone", "sla.calendar-zone-unknown", document.Zone);
        }

        var others = document
            .Hours.SelectMany(day => OfDay(day.Key, day.Value))
            .Concat(document.Holidays.Index().SelectMany(entry => Of(entry.Item, $"/holidays/{entry.Index}")));
        foreach (var problem in others)
        {
            yield return problem;
        }
    }

    internal static IEnumerable<DocumentProblem> Of(Holiday holiday, string path)
    {
        if (holiday is { Date: not null, Month: null, Day: null, Yearly: false })
        {
            yield break;
        }

        if (holiday is not { Date: null, Month: { } month, Day: { } day, Yearly: true })
        {
            yield return DocumentProblem.At(path, "sla.calendar-holiday-unclear");
        }
        else if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(2024, month))
        {
            yield return DocumentProblem.At(path, "sla.calendar-holiday-impossible", $"{month}", $"{day}");
        }
    }

    private static IEnumerable<DocumentProblem> OfDay(string day, ValueList<WorkSpan> spans)
    {
        if (!WorkingWeek.Names.Contains(day, StringComparer.Ordinal))
        {
            yield return DocumentProblem.At($"/hours/{JsonPointerEscape(day)}", "sla.calendar-weekday-unknown", day);
            yield break;
        }

        var read = new List<DaySpan>();
        foreach (var (index, span) in spans.Index())
        {
            var path = $"/hours/{day}/{index}";
            var (from, to) = (WorkingWeek.TryReadTime(span.From), WorkingWeek.TryReadTime(span.To));
            if (from is null || to is null)
            {
                yield return from is null
                    ? DocumentProblem.At($"{path}/from", "sla.calendar-time-unreadable", span.From)
                    : DocumentProblem.At($"{path}/to", "sla.calendar-time-unreadable", span.To);
            }
            else if (from >= to)
            {
                yield return DocumentProblem.At(path, "sla.calendar-span-empty", span.From, span.To);
            }
            else if (read.Exists(other => other.Overlap(from.Value, to.Value) > 0))
            {
                yield return DocumentProblem.At(path, "sla.calendar-spans-overlap", span.From, span.To);
            }
            else
            {
                read.Add(new DaySpan(from.Value, to.Value));
            }
        }
    }

    private static string JsonPointerEscape(string text) =>
        text.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
