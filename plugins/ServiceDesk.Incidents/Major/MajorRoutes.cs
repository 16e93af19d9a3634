using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Incidents.Major;

/// <summary>Major incidents over REST, under <c>/api/v1/plugins/incidents</c>.</summary>
public static class MajorRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/major", ListAsync)
            .RequirePermission(Permissions.WorkTickets)
            .WithSummary("Lists the open major incidents.")
            .Produces<MajorListAnswer>();
        var major = routes.MapGroup("/tickets/{key}").RequirePermission(IncidentsPlugin.DeclareMajorPermission);
        major
            .MapPut("/major", DeclareAsync)
            .WithSummary("Declares an incident a major one, or changes what customers read of it.")
            .Produces<MajorAnswer>()
            .MayFail(400, 404, 409, 422);
        major
            .MapDelete("/major", WithdrawAsync)
            .WithSummary("Takes back that an incident is a major one.")
            .Produces<MajorAnswer>()
            .MayFail(404, 409);
    }

    private static async Task<IResult> ListAsync(MajorBoard board, HttpContext context, CancellationToken cancellation)
    {
        var open = await board.ForAgentAsync(context.CurrentViewer()!, cancellation);
        return Results.Ok(new MajorListAnswer([.. open.Select(item => MajorAnswer.Of(item.State))]));
    }

    private static Task<IResult> DeclareAsync(
        string key,
        DeclareMajorBody body,
        ITicketQueries queries,
        ITicketGrains grains,
        HttpContext context,
        CancellationToken cancellation
    ) => SendAsync(key, new DeclareMajor(body.Notice ?? string.Empty), queries, grains, context, cancellation);

    private static Task<IResult> WithdrawAsync(
        string key,
        ITicketQueries queries,
        ITicketGrains grains,
        HttpContext context,
        CancellationToken cancellation
    ) => SendAsync(key, new WithdrawMajor(), queries, grains, context, cancellation);

    private static async Task<IResult> SendAsync(
        string key,
        TicketCommand command,
        ITicketQueries queries,
        ITicketGrains grains,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        if (
            !TicketKey.TryParse(key, out var parsed)
            || await queries.FindByKeyAsync(viewer, parsed, cancellation) is not { } found
        )
        {
            return new RefusedResult([Refusal.NotFound("incidents.refusal.no-ticket", key)]);
        }

        var answer = await grains.SendAsync(found.State.Id, CommandEnvelope.By(viewer, command), cancellation);
        return answer.IsAccepted
            ? Results.Ok(MajorAnswer.Of(answer.Ticket!.State))
            : new RefusedResult(answer.Refusals);
    }
}

/// <summary>The body of a declaration.</summary>
/// <param name="Notice">For customers; may be missing.</param>
public sealed record DeclareMajorBody(string? Notice);

/// <summary>Whether a ticket is a major incident.</summary>
public sealed record MajorAnswer(string Key, bool Major, string? Notice, string? DeclaredAt)
{
    internal static MajorAnswer Of(TicketState ticket) =>
        new(
            ticket.Key.ToString(),
            ticket.Major() is not null,
            ticket.Major()?.Notice,
            ticket.Major() is { } major ? InstantPattern.ExtendedIso.Format(major.DeclaredAt) : null
        );
}

/// <summary>The open major incidents.</summary>
public sealed record MajorListAnswer(IReadOnlyList<MajorAnswer> Items);
