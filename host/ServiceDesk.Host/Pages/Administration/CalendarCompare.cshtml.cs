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

/// <summary>Two calendars side by side: their hours, and the days of a year that differ.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class CalendarCompareModel(ICurrentConfiguration configuration, IClock clock, CalendarWords words)
    : PageModel
{
    public IReadOnlyList<CalendarDocument> Calendars { get; private set; } = [];

    /// <summary>The first; null when there is none.</summary>
    public CalendarDocument? One { get; private set; }

    /// <summary>The second.</summary>
    public CalendarDocument? Other { get; private set; }

    public int Year { get; private set; }

    public CalendarComparison? Found { get; private set; }

    public CalendarWords Words => words;

    public IActionResult OnGet(string? one, string? other, int? year)
    {
        Calendars =
        [
            .. configuration
                .Snapshot.All<CalendarDocument>()
                .OrderBy(calendar => calendar.Name.ToString(), StringComparer.CurrentCulture),
        ];
        One = Find(one) ?? Calendars.FirstOrDefault();
        Other = Find(other) ?? Calendars.FirstOrDefault(calendar => calendar.Id != One?.Id) ?? One;
        Year = Math.Clamp(
            year ?? clock.GetCurrentInstant().InUtc().Year,
            CalendarYearModel.First,
            CalendarYearModel.Last
        );
        if (One is not null && Other is not null)
        {
            Found = CalendarComparison.Of(One, Other, Year);
        }

        return Page();
    }

    private CalendarDocument? Find(string? id) => Calendars.FirstOrDefault(calendar => calendar.Id == id);
}
