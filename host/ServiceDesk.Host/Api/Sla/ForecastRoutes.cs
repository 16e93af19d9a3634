using Microsoft.AspNetCore.Mvc;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Sla.Forecasts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>Which clocks will break in the next working days, over REST.</summary>
internal static class ForecastRoutes
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/sla/forecast", GetAsync)
            .RequireAuthorization(Policies.ReadTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("getSlaForecast")
            .WithSummary(
                "Says which clocks will break in the next working days, and which would if somebody were off, a team had more people or worked on another day, or a ticket were somebody else's."
            )
            .Produces<ForecastAnswer>()
            .MayFail(400);

    private static async Task<IResult> GetAsync(
        HttpContext context,
        ForecastReading reading,
        SlaForecasts forecasts,
        IDateTimeZoneProvider zones,
        ApiProblems problems,
        string? desk = null,
        string? team = null,
        string? days = null,
        string? pace = null,
        string? answer = null,
        string? late = null,
        string? paused = null,
        [FromQuery] string[]? off = null,
        [FromQuery] string[]? present = null,
        [FromQuery] string[]? more = null,
        [FromQuery] string[]? works = null,
        [FromQuery] string[]? move = null
    )
    {
        var viewer = context.RequireViewer();
        var written = new WrittenForecast(name =>
            name switch
            {
                "desk" => [desk ?? ""],
                "team" => [team ?? ""],
                "days" => [days ?? ""],
                "pace" => [pace ?? ""],
                "answer" => [answer ?? ""],
                "late" => [late ?? ""],
                "paused" => [paused ?? ""],
                "off" => off ?? [],
                "present" => present ?? [],
                "more" => more ?? [],
                "works" => works ?? [],
                _ => move ?? [],
            }
        );
        var (question, wrong) = await reading.ReadAsync(viewer, written, context.RequestAborted);
        if (wrong.Count > 0)
        {
            return problems.OfParameter(
                StatusCodes.Status400BadRequest,
                wrong[0].Field!,
                wrong[0].Code,
                [.. wrong[0].Arguments]
            );
        }

        var zone = zones.GetZoneOrNull(viewer.Person.Zone) ?? DateTimeZone.Utc;
        var report = await forecasts.ReadAsync(viewer, question, zone, context.RequestAborted);
        return Results.Ok(ForecastAnswer.Of(report, zone));
    }
}
