using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Lists and shows tickets.</summary>
internal static class ReadTickets
{
    public static async Task<IResult> ListAsync(
        HttpContext context,
        ITicketQueries queries,
        TicketAnswers answers,
        ApiProblems problems,
        string? query = null,
        string? limit = null,
        string? cursor = null
    )
    {
        if (!PageLimit.TryRead(limit, out var count))
        {
            return problems.OfLimit();
        }

        var viewer = context.RequireViewer();
        try
        {
            var page = await queries.FindAsync(viewer, query ?? "", count, cursor, context.RequestAborted);
            var items = await answers.OfAsync(
                viewer,
                [.. page.Items.Select(ticket => ticket.State)],
                context.RequestAborted
            );
            return Results.Ok(new PageAnswer<TicketAnswer>(items, page.Next));
        }
        catch (QueryException error)
        {
            return problems.Of(
                error.Error,
                error.Error.Code.Contains("cursor", StringComparison.Ordinal) ? "cursor" : "query"
            );
        }
    }

    public static async Task<IResult> GetAsync(HttpContext context, string key, TicketDoor door, TicketAnswers answers)
    {
        var viewer = context.RequireViewer();
        var (ticket, problem) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return problem!;
        }

        if (TicketKey.TryParse(key, out var asked) && asked != ticket.State.Key)
        {
            return Results.Redirect($"/api/v1/tickets/{ticket.State.Key}", permanent: true, preserveMethod: true);
        }

        door.WriteTag(context, ticket.State);
        // What customers do not hear of moves what they may expect, and their tag stays.
        var isSame = viewer.WorksOn(ticket.State.Desk) || answers.Expected(viewer, ticket) is null;
        return isSame && door.HasIt(context, ticket.State)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(await answers.OfAsync(viewer, ticket, context.RequestAborted));
    }
}
