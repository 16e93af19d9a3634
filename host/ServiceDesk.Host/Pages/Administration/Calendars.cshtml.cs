using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Calendars;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The calendars: their hours, their holidays, and who counts with them.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class CalendarsModel(ICurrentConfiguration configuration, CalendarWords words) : PageModel
{
    public IReadOnlyList<CalendarDocument> Calendars { get; private set; } = [];

    public CalendarWords Words => words;

    public void OnGet() =>
        Calendars = [
            .. configuration
                .Snapshot.All<CalendarDocument>()
                .OrderBy(calendar => calendar.Name.ToString(), StringComparer.CurrentCulture),
        ];

    /// <summary>How many goals of policies count with it.</summary>
    public int Uses(CalendarDocument calendar) =>
        configuration
            .Snapshot.All<SlaPolicyDocument>()
            .SelectMany(policy => policy.Metrics)
            .SelectMany(metric => metric.Goals)
            .Count(goal => goal.Calendar == calendar.Id);

    /// <summary>Sets of which there is a newer edition than the calendar has.</summary>
    public static IEnumerable<HolidaySet> Newer(CalendarDocument calendar) =>
        HolidaySets.Newest.Where(set => calendar.Sets.Any(known => known.Set == set.Id && known.Edition < set.Edition));
}
