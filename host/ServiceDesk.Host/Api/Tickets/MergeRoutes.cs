using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Merging of tickets, and its undoing.</summary>
internal static class MergeRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var write = api.MapGroup("/tickets")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Tickets")
            .AnswersRepeats();
        write
            .MapPost("/{key}/merge", MergeAsync)
            .WithName("mergeTicket")
            .WithSummary("Merges a ticket into another one that stays; both are read there.")
            .Accepts<MergeBody>("application/json")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapDelete("/{key}/merge", UndoAsync)
            .WithName("undoMerge")
            .WithSummary("Makes a merged ticket one of its own again, as it was before.")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 422);
    }

    private static async Task<IResult> MergeAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        TicketDoor door,
        TicketAnswers answers,
        ApiProblems problems
    )
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (body, problem) = await bodies.ReadAsync<MergeBody>(context);
        if (body is null)
        {
            return problem!;
        }

        return TicketKey.TryParse(body.Value.Into, out var into)
            ? await SendAsync(context, ticket.State, new MergeTicket(into), body.Bytes, door, answers)
            : problems.Of([Refusal.Invalid("api.merge-into-missing", "into")]);
    }

    private static async Task<IResult> UndoAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        TicketAnswers answers
    )
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        return ticket is null
            ? missing!
            : await SendAsync(context, ticket.State, new UndoMerge(), default, door, answers);
    }

    private static Task<IResult> SendAsync(
        HttpContext context,
        TicketState ticket,
        TicketCommand command,
        ReadOnlyMemory<byte> body,
        TicketDoor door,
        TicketAnswers answers
    ) =>
        door.AnswerAsync(
            context,
            ticket,
            command,
            body,
            after => answers.OfAsync(context.RequireViewer(), after, context.RequestAborted)
        );
}
