using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Intake.Bulk;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Bulk;

namespace ServiceDesk.Host.Api.Bulk;

/// <summary>Bulk edits over REST. For who did not make one, and is no administrator, there is none.</summary>
internal static class BulkRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var bulk = api.MapGroup("/bulk").WithTags("Bulk edits");
        var read = bulk.MapGroup("").RequireAuthorization(Policies.ReadTickets);
        var write = bulk.MapGroup("").RequireAuthorization(Policies.WriteTickets);
        read.MapGet("/{id:long}", GetAsync)
            .WithName("getBulkEdit")
            .WithSummary("Shows a bulk edit: how far it is, and what came of its tickets.")
            .Produces<BulkAnswer>()
            .MayFail(404);
        read.MapGet("/{id:long}/tickets", TicketsAsync)
            .WithName("listBulkTickets")
            .WithSummary("Lists the tickets of a bulk edit in its order, with what came of each and why.")
            .Produces<PageAnswer<BulkTicketAnswer>>()
            .MayFail(400, 404);
        write
            .MapPost("/", StartAsync)
            .WithName("startBulkEdit")
            .WithSummary(
                "Changes many tickets, or tells what would change. Up to 200 are done before it answers; more go on in the background, which 202 says."
            )
            .Accepts<BulkBody>("application/json")
            .Produces<BulkAnswer>()
            .Produces<BulkAnswer>(StatusCodes.Status202Accepted)
            .MayFail(400, 403, 409, 413, 415, 422);
        write
            .MapPost("/{id:long}/run", RunAsync)
            .WithName("runBulkEdit")
            .WithSummary("Does what was previewed. A ticket that changed since is decided anew.")
            .Produces<BulkAnswer>()
            .Produces<BulkAnswer>(StatusCodes.Status202Accepted)
            .MayFail(403, 404, 409);
        write
            .MapPost("/{id:long}/cancel", CancelAsync)
            .WithName("cancelBulkEdit")
            .WithSummary("Ends a bulk edit where it is. What was changed stays, and can be taken back.")
            .Produces<BulkAnswer>()
            .MayFail(404, 409);
        write
            .MapPost("/{id:long}/undo", UndoAsync)
            .WithName("undoBulkEdit")
            .WithSummary(
                "Takes a bulk edit back, once, as a bulk edit of its own: each value that nobody has changed since. Comments stay."
            )
            .Produces<BulkAnswer>()
            .Produces<BulkAnswer>(StatusCodes.Status202Accepted)
            .MayFail(404, 409);
    }

    private static async Task<IResult> StartAsync(
        HttpContext context,
        JsonBodyReader bodies,
        BulkReader reader,
        BulkDoor door,
        BulkAnswers answers,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (body, problem) = await bodies.ReadAsync<BulkBody>(context);
        if (body is null)
        {
            return problem!;
        }

        if (body.Value.Keys is null == body.Value.Query is null)
        {
            return problems.Of([Refusal.Invalid("bulk.keys-or-query", "keys")]);
        }

        var (changes, wrong) = await reader.ReadAsync(viewer, body, context.RequestAborted);
        if (wrong.Count > 0)
        {
            return problems.Of(wrong);
        }

        // Before anything is chosen: a mistake leaves nothing behind.
        if (BulkDoor.Wrong(changes) is { } mistake)
        {
            return problems.Of([mistake]);
        }

        try
        {
            var (id, refusal) = body.Value.Query is { } query
                ? await door.ChooseAllAsync(viewer, query, context.RequestAborted)
                : await door.ChooseAsync(
                    viewer,
                    [.. body.Value.Keys!.Select(key => key ?? "")],
                    context.RequestAborted
                );
            if (id is not { } chosen)
            {
                return problems.Of([refusal!]);
            }

            var run = (await door.FindAsync(viewer, chosen, context.RequestAborted))!;
            var isPreview = body.Value.Preview == true;
            var against = await door.SayAsync(viewer, run, changes, isPreview, context.RequestAborted);
            return against is null ? await ShowAsync(context, chosen, door, answers) : problems.Of([against]);
        }
        catch (QueryException error)
        {
            return problems.Of(error.Error);
        }
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        long id,
        BulkDoor door,
        BulkAnswers answers,
        ApiProblems problems
    ) =>
        await door.FindAsync(context.RequireViewer(), id, context.RequestAborted) is { } run
            ? Results.Ok(await answers.OfAsync(run, context.RequestAborted))
            : problems.Of([BulkDoor.Unknown()]);

    private static async Task<IResult> TicketsAsync(
        HttpContext context,
        long id,
        BulkDoor door,
        IBulkRuns runs,
        BulkAnswers answers,
        ApiProblems problems,
        string? outcome = null,
        string? limit = null,
        string? cursor = null
    )
    {
        if (await door.FindAsync(context.RequireViewer(), id, context.RequestAborted) is not { } run)
        {
            return problems.Of([BulkDoor.Unknown()]);
        }

        if (!PageLimit.TryRead(limit, out var count))
        {
            return problems.OfLimit();
        }

        if (!PageLimit.TryReadId(cursor, out var after) || after > int.MaxValue)
        {
            return problems.OfCursor();
        }

        if (!TryReadOutcome(outcome, out var wanted))
        {
            return problems.OfParameter(
                StatusCodes.Status400BadRequest,
                "outcome",
                "api.not-one-of",
                string.Join(", ", Enum.GetNames<BulkOutcome>().Select(WordOf))
            );
        }

        var lines = await runs.TicketsAsync(
            run.Id,
            run.IsPreview,
            wanted,
            (int)(after ?? 0),
            count + 1,
            context.RequestAborted
        );
        var shown = lines.Take(count).ToList();
        return Results.Ok(
            new PageAnswer<BulkTicketAnswer>(
                await answers.OfAsync(context.RequireViewer(), shown, context.RequestAborted),
                lines.Count > count ? shown[^1].Place.ToString(CultureInfo.InvariantCulture) : null
            )
        );
    }

    private static async Task<IResult> RunAsync(
        HttpContext context,
        long id,
        BulkDoor door,
        BulkAnswers answers,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (await door.FindAsync(viewer, id, context.RequestAborted) is not { } run)
        {
            return problems.Of([BulkDoor.Unknown()]);
        }

        return await door.RunAsync(viewer, run, context.RequestAborted) is { } refusal
            ? problems.Of([refusal])
            : await ShowAsync(context, id, door, answers);
    }

    private static async Task<IResult> CancelAsync(
        HttpContext context,
        long id,
        BulkDoor door,
        BulkAnswers answers,
        ApiProblems problems
    )
    {
        if (await door.FindAsync(context.RequireViewer(), id, context.RequestAborted) is not { } run)
        {
            return problems.Of([BulkDoor.Unknown()]);
        }

        return await door.CancelAsync(run, context.RequestAborted) is { } refusal
            ? problems.Of([refusal])
            : await ShowAsync(context, id, door, answers);
    }

    private static async Task<IResult> UndoAsync(
        HttpContext context,
        long id,
        BulkDoor door,
        BulkAnswers answers,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (await door.FindAsync(viewer, id, context.RequestAborted) is not { } run)
        {
            return problems.Of([BulkDoor.Unknown()]);
        }

        var (undo, refusal) = await door.UndoAsync(viewer, run, context.RequestAborted);
        return undo is { } begun ? await ShowAsync(context, begun, door, answers) : problems.Of([refusal!]);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, long id, BulkDoor door, BulkAnswers answers)
    {
        var run = (await door.FindAsync(context.RequireViewer(), id, context.RequestAborted))!;
        var answer = await answers.OfAsync(run, context.RequestAborted);
        return run.IsAtWork ? Results.Accepted($"/api/v1/bulk/{id}", answer) : Results.Ok(answer);
    }

    private static bool TryReadOutcome(string? text, out BulkOutcome? outcome)
    {
        var known = Enum.GetValues<BulkOutcome>().Where(one => WordOf(one.ToString()) == text).ToList();
        outcome = known.Count > 0 ? known[0] : null;
        return text is null || known.Count > 0;
    }

    private static string WordOf(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
