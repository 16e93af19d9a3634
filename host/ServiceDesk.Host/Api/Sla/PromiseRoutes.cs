using System.Globalization;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>Reports of promises over REST: how they went, when they were broken, with whom the time passed, and statements.</summary>
internal static class PromiseRoutes
{
    private const int UsualLimit = 50;
    private const int MostLimit = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/sla/promises", GoalsAsync)
            .RequireAuthorization(Policies.ReadTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("readSlaPromises")
            .WithSummary(
                "Counts promises by goal and calendar: kept and broken within days, and those that run now. Between teams, by team."
            )
            .Produces<PromisesAnswer>()
            .MayFail(400);
        api.MapGet("/sla/promises/clocks", ListAsync)
            .RequireAuthorization(Policies.ReadTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("listSlaPromises")
            .WithSummary("Lists exactly the promises that a figure counts.")
            .Produces<PageAnswer<PromiseAnswer>>()
            .MayFail(400);
        api.MapGet("/sla/promises/hours", HoursAsync)
            .RequireAuthorization(Policies.ReadTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("readSlaHours")
            .WithSummary("Counts promises by the hour of the week in which they were decided, or started.")
            .Produces<HoursAnswer>()
            .MayFail(400);
        api.MapGet("/sla/promises/causes", CausesAsync)
            .RequireAuthorization(Policies.ReadTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("readSlaCauses")
            .WithSummary("Tells with whom the time of broken promises passed.")
            .Produces<CausesAnswer>()
            .MayFail(400);
        api.MapGet("/sla/statements/{organization:long}", StatementAsync)
            .RequireAuthorization(Policies.ReadTickets, Permissions.WorkTickets)
            .WithTags("SLA")
            .WithName("readSlaStatement")
            .WithSummary("Tells what was promised to a customer in a month and how it went.")
            .Produces<StatementAnswer>()
            .MayFail(400, 404);
    }

    private static async Task<IResult> GoalsAsync(
        HttpContext context,
        [AsParameters] PromiseParameters parameters,
        PromiseReports reports,
        IClock clock,
        ApiProblems problems
    )
    {
        var (ask, wrong) = Read(context, parameters, clock, problems, PromiseState.Decided);
        if (ask is null)
        {
            return wrong!;
        }

        var question = ask.Question with { ByTeam = ask.Question.Agreement == AgreementType.Ola };
        var goals = await reports.GoalsAsync(context.RequireViewer(), question, context.RequestAborted);
        return Results.Ok(
            new PromisesAnswer(ask.Span.From, ask.Span.To, ask.Span.Zone.Id, [.. goals.Select(GoalAnswer.Of)])
        );
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        [AsParameters] PromiseParameters parameters,
        PromiseReports reports,
        IClock clock,
        ApiProblems problems,
        string? limit = null,
        string? cursor = null
    )
    {
        var (ask, wrong) = Read(context, parameters, clock, problems, PromiseState.Decided);
        if (ask is null)
        {
            return wrong!;
        }

        var size = UsualLimit;
        if (
            limit is not null
            && (
                !int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size)
                || size is < 1 or > MostLimit
            )
        )
        {
            return problems.OfLimit();
        }

        var skip = 0;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out skip))
        {
            return problems.OfCursor();
        }

        var (lines, count) = await reports.ListAsync(context.RequireViewer(), ask, skip, size, context.RequestAborted);
        return Results.Ok(
            new PageAnswer<PromiseAnswer>(
                [.. lines.Select(PromiseAnswer.Of)],
                skip + size < count ? (skip + size).ToString(CultureInfo.InvariantCulture) : null
            )
        );
    }

    private static async Task<IResult> HoursAsync(
        HttpContext context,
        [AsParameters] PromiseParameters parameters,
        PromiseReports reports,
        IClock clock,
        ApiProblems problems
    )
    {
        var (ask, wrong) = Read(context, parameters, clock, problems, PromiseState.Breached);
        if (ask is null || ask.Question.IsLive)
        {
            return wrong ?? OfParameter(problems, "state");
        }

        var hours = await reports.HoursAsync(context.RequireViewer(), ask.Question, context.RequestAborted);
        return Results.Ok(
            new HoursAnswer(
                ask.Span.From,
                ask.Span.To,
                ask.Span.Zone.Id,
                [
                    .. hours
                        .OrderBy(one => one.Key)
                        .Select(one => new HourAnswer(one.Key, one.Value.Count, one.Value.Breached)),
                ]
            )
        );
    }

    private static async Task<IResult> CausesAsync(
        HttpContext context,
        [AsParameters] PromiseParameters parameters,
        PromiseReports reports,
        IClock clock,
        ApiProblems problems
    )
    {
        var (ask, wrong) = Read(context, parameters, clock, problems, PromiseState.Breached);
        if (ask is null || ask.Question.IsLive)
        {
            return wrong ?? OfParameter(problems, "state");
        }

        var report = await reports.CausesAsync(context.RequireViewer(), ask.Question, context.RequestAborted);
        return Results.Ok(CausesAnswer.Of(report));
    }

    private static async Task<IResult> StatementAsync(
        HttpContext context,
        long organization,
        Statements statements,
        IClock clock,
        ApiProblems problems,
        string? month = null,
        string? zone = null
    )
    {
        var viewer = context.RequireViewer();
        var known = zone is null ? ZoneOf(viewer) : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone);
        if (known is null)
        {
            return OfParameter(problems, "zone");
        }

        if (DaySpan.OfMonth(month, known, clock.GetCurrentInstant()) is not { } span)
        {
            return OfParameter(problems, "month");
        }

        var statement = await statements.OfAsync(
            viewer,
            new OrganizationId(organization),
            span,
            context.RequestAborted
        );
        return statement is null
            ? problems.Of(StatusCodes.Status404NotFound, "sla-report.no-statement")
            : Results.Ok(StatementAnswer.Of(statement));
    }

    private static (PromiseAsk? Ask, IResult? Wrong) Read(
        HttpContext context,
        PromiseParameters parameters,
        IClock clock,
        ApiProblems problems,
        PromiseState state
    )
    {
        var zone = ZoneOf(context.RequireViewer());
        var (ask, wrong) = PromiseAsk.Read(parameters, zone, clock.GetCurrentInstant(), state);
        return (ask, ask is null ? OfParameter(problems, wrong!) : null);
    }

    private static IResult OfParameter(ApiProblems problems, string name) =>
        problems.OfParameter(StatusCodes.Status400BadRequest, name, "sla-report.wrong", name);

    private static DateTimeZone ZoneOf(Viewer viewer) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(viewer.Person.Zone) ?? DateTimeZone.Utc;
}
