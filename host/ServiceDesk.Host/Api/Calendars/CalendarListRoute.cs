using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>A calendar without its days.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people read, by language.</param>
/// <param name="Zone">The IANA zone whose wall clock counts.</param>
/// <param name="Version">Its current version.</param>
/// <param name="Week">Working time of a week without holidays.</param>
/// <param name="Sets">The sets of holidays that it has.</param>
/// <param name="Url">Its address.</param>
public sealed record CalendarHeadAnswer(
    string Id,
    LocalizedText Name,
    string Zone,
    int Version,
    Duration Week,
    IReadOnlyList<HolidaySetReference> Sets,
    string Url
);

/// <summary>Lists calendars.</summary>
internal static class CalendarListRoute
{
    public static IResult Get(ICurrentConfiguration configuration)
    {
        var snapshot = configuration.Snapshot;
        return Results.Ok(
            new PageAnswer<CalendarHeadAnswer>(
                [
                    .. snapshot
                        .All<CalendarDocument>()
                        .OrderBy(calendar => calendar.Id, StringComparer.Ordinal)
                        .Select(calendar => new CalendarHeadAnswer(
                            calendar.Id,
                            calendar.Name,
                            calendar.Zone,
                            snapshot.VersionOf<CalendarDocument>(calendar.Id),
                            WorkingCalendar.Of(calendar).Week,
                            calendar.Sets,
                            $"/api/v1/calendars/{calendar.Id}"
                        )),
                ],
                null
            )
        );
    }
}
