using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>A set of holidays in an edition.</summary>
/// <param name="Set">Its id, such as kr.</param>
/// <param name="Edition">Its edition, from 1; one never changes.</param>
/// <param name="Name">What people read, by language.</param>
/// <param name="FromYear">The first year for which it is right.</param>
/// <param name="UntilYear">The last year for which it is complete.</param>
/// <param name="Holidays">Its days, in the words of a calendar.</param>
public sealed record HolidaySetAnswer(
    string Set,
    int Edition,
    LocalizedText Name,
    int FromYear,
    int UntilYear,
    IReadOnlyList<Holiday> Holidays
);

/// <summary>Lists sets of holidays.</summary>
internal static class HolidaySetRoute
{
    public static IResult Get() =>
        Results.Ok(
            new PageAnswer<HolidaySetAnswer>(
                [
                    .. HolidaySets.All.Select(set => new HolidaySetAnswer(
                        set.Id,
                        set.Edition,
                        set.Name,
                        set.FromYear,
                        set.UntilYear,
                        set.Holidays
                    )),
                ],
                null
            )
        );
}
