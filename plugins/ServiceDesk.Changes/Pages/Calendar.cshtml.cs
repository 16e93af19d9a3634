using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Changes.Planning;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Changes.Pages;

/// <summary>A change on a day.</summary>
/// <param name="Time">When it begins, in the reader's zone; a dash when it began on an earlier day.</param>
/// <param name="Conflicts">Whether another change shown touches a service in common at a time in common.</param>
public sealed record CalendarEntry(TicketState Change, string Time, bool Conflicts);

/// <summary>A day of the calendar.</summary>
/// <param name="IsOutside">Whether it belongs to a neighbouring month.</param>
public sealed record CalendarDay(
    LocalDate Date,
    bool IsOutside,
    IReadOnlyList<CalendarEntry> Changes,
    IReadOnlyList<FreezeWindow> Freezes
)
{
    /// <summary>Whether nothing happens on it.</summary>
    public bool IsEmpty => Changes.Count == 0 && Freezes.Count == 0;
}

/// <summary>The calendar of changes by month and week, in the reader's zone: the changes that the reader may see, and the freezes.</summary>
[Authorize(Policy = ChangesPlugin.CalendarPermission)]
public sealed class CalendarModel(ChangeBoard board, IPluginSettings<ChangeSettings> settings, IClock clock) : PageModel
{
    /// <summary>What is shown.</summary>
    public CalendarSpan Span { get; private set; } = null!;

    /// <summary>The reader's today.</summary>
    public LocalDate Today { get; private set; }

    /// <summary>The days, in order.</summary>
    public IReadOnlyList<CalendarDay> Days { get; private set; } = [];

    /// <summary>Whether no change lies in the span.</summary>
    public bool IsEmpty => Days.All(day => day.Changes.Count == 0);

    /// <summary>The month or the week in words.</summary>
    public string Title =>
        Span.IsWeek ? $"{Said(Span.First, "M")} – {Said(Span.First.PlusDays(6), "M")}" : Said(Span.Day, "Y");

    /// <summary>A day as addresses write it.</summary>
    public static string Write(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <summary>A day as the calendar writes it.</summary>
    public string DayName(LocalDate day) => Said(day, Span.IsWeek ? "ddd M/d" : "ddd d");

    /// <summary>Shows a month, or the week with <c>view=week</c>; a date that cannot be read is today.</summary>
    public async Task<IActionResult> OnGetAsync(string? view, string? date, CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(viewer.Person.Zone) ?? DateTimeZone.Utc;
        Today = clock.GetCurrentInstant().InZone(zone).Date;
        var day = DayOf(date) ?? Today;
        Span = view == "week" ? CalendarSpan.WeekOf(day) : CalendarSpan.MonthOf(day);
        var from = zone.AtStartOfDay(Span.First).ToInstant();
        var to = zone.AtStartOfDay(Span.First.PlusDays(Span.Weeks * 7)).ToInstant();
        var changes = await board.BetweenAsync(viewer, from, to, cancellation);
        var freezes = FreezeWindows.Of(settings.Current);
        var inConflict = changes.Where(one => changes.Any(one.ConflictsWith)).Select(one => one.Id).ToHashSet();
        Days =
        [
            .. Span.Days.Select(one => new CalendarDay(
                one,
                !Span.Contains(one),
                [.. changes.Where(change => IsOn(change, one, zone)).Select(change => Entry(change, one))],
                [.. freezes.Where(freeze => Touches(freeze.Start, freeze.End, one, zone))]
            )),
        ];
        return Page();

        CalendarEntry Entry(TicketState change, LocalDate on)
        {
            var start = change.Planned()!.Start.InZone(zone);
            var time = start.Date == on ? start.ToString("HH:mm", CultureInfo.InvariantCulture) : "–";
            return new CalendarEntry(change, time, inConflict.Contains(change.Id));
        }
    }

    private static string Said(LocalDate day, string format) =>
        day.ToDateTimeUnspecified().ToString(format, CultureInfo.CurrentCulture);

    // Years that the calendar's arithmetic cannot leave.
    private static LocalDate? DayOf(string? text) =>
        LocalDatePattern.Iso.Parse(text ?? "").TryGetValue(default, out var day) && day.Year is >= 1900 and <= 2200
            ? day
            : null;

    private static bool IsOn(TicketState change, LocalDate day, DateTimeZone zone) =>
        change.Planned() is { } window && Touches(window.Start, window.End, day, zone);

    private static bool Touches(Instant start, Instant end, LocalDate day, DateTimeZone zone) =>
        start < zone.AtStartOfDay(day.PlusDays(1)).ToInstant() && zone.AtStartOfDay(day).ToInstant() < end;
}
