using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Calendars;

/// <summary>The zone exists, there is working time, spans have a length and do not overlap, sets are known, holidays and exceptions are possible days.</summary>
public sealed class CalendarCheck : DocumentCheck<CalendarDocument>
{
    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(CalendarDocument document, IConfiguration configuration)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(document.Zone) is null)
        {
            yield return DocumentProblem.At("/zone", "sla.calendar-zone-unknown", document.Zone);
        }

        if (document.Exceptions.Count == 0 && document.Hours.Values.All(spans => spans.Count == 0))
        {
            yield return DocumentProblem.At("/hours", "sla.calendar-never-works");
        }

        var others = SpanCheck
            .OfWeek(document.Hours)
            .Concat(document.Sets.Index().SelectMany(entry => OfSet(document, entry.Item, entry.Index)))
            .Concat(document.Holidays.Index().SelectMany(entry => Of(entry.Item, $"/holidays/{entry.Index}")))
            .Concat(document.Exceptions.Index().SelectMany(entry => Of(entry.Item, $"/exceptions/{entry.Index}")));
        foreach (var problem in others)
        {
            yield return problem;
        }
    }

    /// <summary>Whether a day can be worked with: one that cannot is left out when a calendar counts.</summary>
    internal static bool IsPossible(CalendarDay day) => !DayCheck.Of(day, string.Empty).Any();

    private static IEnumerable<DocumentProblem> Of(Holiday holiday, string path)
    {
        var weekdays = holiday.Substitute?.On.Index().Where(day => !WorkingWeek.Names.Contains(day.Item)) ?? [];
        return DayCheck
            .Of(holiday, path)
            .Concat(
                weekdays.Select(day =>
                    DocumentProblem.At($"{path}/substitute/on/{day.Index}", "sla.calendar-weekday-unknown", day.Item)
                )
            );
    }

    private static IEnumerable<DocumentProblem> Of(CalendarException exception, string path) =>
        DayCheck
            .Of(exception, path)
            .Concat(
                exception.Hours.Count == 0
                    ? [DocumentProblem.At($"{path}/hours", "sla.calendar-exception-without-hours")]
                    : SpanCheck.OfDay(exception.Hours, $"{path}/hours")
            );

    private static IEnumerable<DocumentProblem> OfSet(CalendarDocument document, HolidaySetReference set, int index)
    {
        if (HolidaySets.Find(set) is null)
        {
            var known = HolidaySets.All.Select(one => $"{one.Id} {one.Edition}");
            yield return DocumentProblem.At(
                $"/sets/{index}",
                "sla.calendar-set-unknown",
                $"{set.Set} {set.Edition}",
                string.Join(", ", known)
            );
        }
        else if (document.Sets.Take(index).Any(other => other.Set == set.Set))
        {
            yield return DocumentProblem.At($"/sets/{index}", "sla.calendar-set-twice", set.Set);
        }
    }
}
