using System.Text.Json;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Documents;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>Calendars by an address of their own, and the questions that one asks them.</summary>
internal static class CalendarRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var calendars = api.MapGroup("/calendars").WithTags("Calendars");
        calendars
            .MapPut("/{id}", PutAsync)
            .RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure)
            .WithName("putCalendar")
            .WithSummary(
                "Writes a calendar. If-Match names the version that was seen; without it any is replaced. mode says what the clocks that run shall do: new-tickets-only (as without it), keep-elapsed or recompute."
            )
            .Accepts<JsonElement>("application/json")
            .Produces<JsonElement>()
            .Produces<JsonElement>(StatusCodes.Status201Created)
            .MayFail(400, 412, 413, 415, 422);

        calendars
            .MapPost("/{id}/copy", CopyRoute.PostAsync)
            .RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure)
            .WithName("copyCalendar")
            .WithSummary("Writes a calendar like another.")
            .Accepts<CopyBody>("application/json")
            .Produces<JsonElement>(StatusCodes.Status201Created)
            .MayFail(400, 404, 409, 413, 415, 422);
        calendars
            .MapPost("/{id}/import", ImportRoute.PostAsync)
            .RequireAuthorization(Policies.WriteConfiguration, Permissions.Configure)
            .WithName("importHolidays")
            .WithSummary(
                "Adds the holidays of an iCalendar file or of lines date,name,name-ko that the calendar does not have; preview=true only tells them. mode says what the clocks that run shall do: new-tickets-only (as without it), keep-elapsed or recompute."
            )
            .Accepts<string>("text/calendar", "text/csv")
            .Produces<ImportAnswer>()
            .MayFail(400, 404, 412, 413, 415, 422);

        var read = calendars.MapGroup("").RequireAuthorization(Policies.ReadConfiguration);
        read.MapGet("/", CalendarListRoute.Get)
            .WithName("listCalendars")
            .WithSummary("Lists the calendars.")
            .Produces<PageAnswer<CalendarHeadAnswer>>();
        read.MapGet("/{id}/days", DaysRoute.Get)
            .WithName("listCalendarDays")
            .WithSummary("Lists the days of a year that are not as their weekday: holidays and exceptions by name.")
            .Produces<DaysAnswer>()
            .MayFail(400, 404);
        read.MapGet("/{id}/compare", CompareRoute.Get)
            .WithName("compareCalendars")
            .WithSummary("Compares two calendars: the hours of the week, and the days that differ within a year.")
            .Produces<CompareAnswer>()
            .MayFail(400, 404);
        read.MapGet("/{id}", Get)
            .WithName("getCalendar")
            .WithSummary("Shows a calendar.")
            .Produces<JsonElement>()
            .MayFail(404);
        read.MapPost("/{id}/due", DueRoute.PostAsync)
            .WithName("askDue")
            .WithSummary("Says when a duration of working time has passed, and what counts until then.")
            .Accepts<DueBody>("application/json")
            .Produces<DueAnswer>()
            .MayFail(400, 404, 413, 415, 422);
        read.MapPost("/{id}/elapsed", ElapsedRoute.PostAsync)
            .WithName("askElapsed")
            .WithSummary("Says how much working time lies between two moments, and what counts of it.")
            .Accepts<ElapsedBody>("application/json")
            .Produces<ElapsedAnswer>()
            .MayFail(400, 404, 413, 415, 422);
        api.MapGroup("/holiday-sets")
            .WithTags("Calendars")
            .RequireAuthorization(Policies.ReadConfiguration)
            .MapGet("/", HolidaySetRoute.Get)
            .WithName("listHolidaySets")
            .WithSummary("Lists the sets of holidays that come with the product, in all their editions.")
            .Produces<PageAnswer<HolidaySetAnswer>>();
    }

    private static IResult Get(
        HttpContext context,
        string id,
        ConfigurationCache cache,
        DocumentText text,
        ApiProblems problems
    ) => DocumentRoutes.Get(context, DocumentKinds.Calendar, id, cache, text, problems);

    private static Task<IResult> PutAsync(
        HttpContext context,
        string id,
        ConfigurationCache cache,
        DocumentText text,
        IConfigurationEditor editor,
        SlaDrafts drafts,
        ApiProblems problems,
        string? mode = null
    ) => DocumentRoutes.PutAsync(context, DocumentKinds.Calendar, id, cache, text, editor, drafts, problems, mode);
}
