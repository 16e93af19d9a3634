using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Attaches a file that the ticket's desk keeps ready. For who does not work on the desk there is none.</summary>
internal static class AttachLibraryRoute
{
    public static async Task<IResult> PostAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        TicketDoor tickets,
        LibraryDoor library,
        IPeople people,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await tickets.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var desk = ticket.State.Desk;
        if (!viewer.WorksOn(desk))
        {
            return problems.Of([LibraryDoor.Unknown()]);
        }

        var (body, problem) = await bodies.ReadAsync<AttachLibraryBody>(context);
        if (body is null)
        {
            return problem!;
        }

        if (await library.TakeAsync(viewer, desk, body.Value.File ?? 0, context.RequestAborted) is not { } taken)
        {
            return problems.Of([LibraryDoor.Unknown()]);
        }

        var command = new AttachFiles([taken], body.Value.Visibility ?? Visibility.Public);
        var (answer, refused) = await tickets.SendAsync(context, ticket.State, command, body.Bytes);
        return answer is null ? refused! : await AttachRoute.AnswerAsync(context, answer, desk, tickets, people);
    }
}

/// <summary>Which file of the library is attached, and for whom.</summary>
public sealed record AttachLibraryBody
{
    /// <summary>The id of a file in the library of the ticket's desk.</summary>
    public long? File { get; init; }

    /// <summary>For customers too, or for agents alone; public when it is left out.</summary>
    public Visibility? Visibility { get; init; }
}
