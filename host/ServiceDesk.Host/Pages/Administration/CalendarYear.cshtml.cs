using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Calendars;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A year of a calendar: working days, half days and holidays by name.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class CalendarYearModel(ICurrentConfiguration configuration, IClock clock, CalendarWords words)
    : PageModel
{
    internal const int First = 1900;
    internal const int Last = 2200;

    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    public CalendarDocument Calendar { get; private set; } = null!;

    public CalendarYear View { get; private set; } = null!;

    public CalendarWords Words => words;

    /// <summary>A year beside this one; null at the ends.</summary>
    public int? Beside(int by) => View.Year + by is >= First and <= Last and var year ? year : null;

    public IActionResult OnGet(int? year)
    {
        if (!configuration.Snapshot.TryGet<CalendarDocument>(Id, out var found))
        {
            return NotFound();
        }

        Calendar = found;
        var working = WorkingCalendar.Of(found);
        var now = clock.GetCurrentInstant().InZone(working.Zone).Year;
        View = new CalendarYear(working, Math.Clamp(year ?? now, First, Last));
        return Page();
    }
}
