using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServiceDesk.Problems.Solving;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.Api;

/// <summary>Problems over REST, under <c>/api/v1/plugins/problems</c>.</summary>
public static class ProblemRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var reading = routes.MapGroup("/tickets").RequirePermission(Permissions.WorkTickets).MayFail(404);
        reading
            .MapGet("/{key}", ReadAsync)
            .WithSummary("Shows a problem with its incidents.")
            .Produces<ProblemAnswer>();
        reading
            .MapGet("/{key}/similar", SimilarAsync)
            .WithSummary("Finds incidents that look alike.")
            .Produces<IncidentsAnswer>();
        var working = routes
            .MapGroup("/tickets")
            .RequirePermission(ProblemsPlugin.WorkPermission)
            .MayFail(400, 404, 409, 422);
        working
            .MapPut("/{key}", DescribeAsync)
            .WithSummary("Says what is known of a problem.")
            .Produces<ProblemAnswer>();
        working
            .MapPost("/{key}/incidents", AttachAsync)
            .WithSummary("Attaches incidents, and tells of each what became of it.")
            .Produces<AttachedAnswer>();
        working
            .MapPost("/{key}/preview", PreviewAsync)
            .WithSummary("Shows what each customer would read of the solution.")
            .Produces<PreviewAnswer>();
        working
            .MapPost("/{key}/solution", SolveAsync)
            .WithSummary("Solves a problem and tells its incidents, one after the other.")
            .Produces<ProblemAnswer>(StatusCodes.Status202Accepted);
    }

    private static Task<IResult> ReadAsync(
        string key,
        ProblemDoor door,
        ProblemIncidents incidents,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        door.WithAsync(
            context,
            key,
            async (viewer, problem) =>
                Results.Ok(ProblemAnswer.Of(problem, await incidents.OfAsync(viewer, problem, cancellation))),
            cancellation
        );

    private static Task<IResult> SimilarAsync(
        string key,
        ProblemDoor door,
        SimilarIncidents similar,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        door.WithAsync(
            context,
            key,
            async (viewer, problem) =>
                Results.Ok(
                    new IncidentsAnswer([
                        .. (await similar.FindAsync(viewer, problem, cancellation)).Select(one =>
                            IncidentAnswer.Of(one.Ticket)
                        ),
                    ])
                ),
            cancellation
        );

    private static Task<IResult> DescribeAsync(
        string key,
        ProblemBody body,
        ProblemDoor door,
        ITicketGrains grains,
        ProblemIncidents incidents,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        door.WithAsync(
            context,
            key,
            async (viewer, problem) =>
            {
                var command = new DescribeProblem(
                    body.KnownError,
                    body.Workaround ?? "",
                    body.Published,
                    body.RootCause ?? ""
                );
                var answer = await grains.SendAsync(problem.Id, CommandEnvelope.By(viewer, command), cancellation);
                return answer.IsAccepted
                    ? Results.Ok(
                        ProblemAnswer.Of(
                            answer.Ticket!.State,
                            await incidents.OfAsync(viewer, answer.Ticket.State, cancellation)
                        )
                    )
                    : new RefusedResult(answer.Refusals);
            },
            cancellation
        );

    private static Task<IResult> AttachAsync(
        string key,
        AttachBody body,
        ProblemDoor door,
        ProblemIncidents incidents,
        ITexts texts,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        door.WithAsync(
            context,
            key,
            async (viewer, problem) =>
            {
                var done = await incidents.AttachAsync(viewer, problem.Id, body.Keys ?? [], body.Wait, cancellation);
                return Results.Ok(new AttachedAnswer([.. done.Select(one => AttachedItem.Of(one, texts))]));
            },
            cancellation
        );

    private static Task<IResult> PreviewAsync(
        string key,
        MessageBody body,
        ProblemDoor door,
        Solution solution,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        door.WithAsync(
            context,
            key,
            async (viewer, problem) =>
            {
                var (english, korean) = solution.Proposed();
                var shown = await solution.PreviewAsync(
                    viewer,
                    problem,
                    body.English ?? english,
                    body.Korean ?? korean,
                    cancellation
                );
                return Results.Ok(
                    new PreviewAnswer([
                        .. shown.Select(one => new PreviewItem(one.Incident.Key.ToString(), one.Message, one.MayTell)),
                    ])
                );
            },
            cancellation
        );

    private static Task<IResult> SolveAsync(
        string key,
        SolutionBody body,
        ProblemDoor door,
        Solution solution,
        ProblemIncidents incidents,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        door.WithAsync(
            context,
            key,
            async (viewer, problem) =>
            {
                var keys = (body.Incidents ?? [])
                    .Select(text => (Text: text, IsKey: TicketKey.TryParse(text, out var one), Key: one))
                    .ToList();
                if (keys.Find(one => !one.IsKey) is { Text: { } wrong })
                {
                    return new RefusedResult([Refusal.Invalid("problems.refusal.no-key", "incidents", wrong)]);
                }

                var (english, korean) = solution.Proposed();
                var tell = new TellIncidents(
                    keys.Select(one => one.Key).Distinct().ToValueList(),
                    body.English ?? english,
                    body.Korean ?? korean
                );
                var answer = await solution.SolveAsync(viewer, problem, tell, body.Resolution, cancellation);
                return answer.IsAccepted
                    ? Results.Accepted(
                        $"/api/v1/plugins/problems/tickets/{problem.Key}",
                        ProblemAnswer.Of(
                            answer.Ticket!.State,
                            await incidents.OfAsync(viewer, answer.Ticket.State, cancellation)
                        )
                    )
                    : new RefusedResult(answer.Refusals);
            },
            cancellation
        );
}

/// <summary>Finds the problem of a route with the rights of who asks.</summary>
public sealed class ProblemDoor(ITicketQueries queries)
{
    /// <summary>The problem; null when there is none, or the viewer is no agent of its desk.</summary>
    public Task<TicketState?> FindAsync(Viewer viewer, string? key, CancellationToken cancellation = default) =>
        queries.FindWorkedAsync(viewer, key, ProblemsPlugin.Type, cancellation);

    internal async Task<IResult> WithAsync(
        HttpContext context,
        string key,
        Func<Viewer, TicketState, Task<IResult>> answer,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        return await FindAsync(viewer, key, cancellation) is { } problem
            ? await answer(viewer, problem)
            : new RefusedResult([Refusal.NotFound("problems.refusal.no-problem", key)]);
    }
}
