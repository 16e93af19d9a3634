using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Takes words and files of a ticket out for good. What is asked is not kept to answer repeats by: it names what goes.</summary>
internal static class RedactRoute
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGroup("/tickets")
            .RequireAuthorization(Policies.WriteTickets, Permissions.Redact)
            .WithTags("Tickets")
            .MapPost("/{key}/redactions", PostAsync)
            .WithName("redactTicket")
            .WithSummary(
                "Takes a passage out of everything written on a ticket, or the content of an attachment, for good. For agents with the permission ticket.redact."
            )
            .Accepts<RedactBody>("application/json")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);

    private static async Task<IResult> PostAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        TicketDoor door,
        TicketAnswers answers,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (body, problem) = await bodies.ReadAsync<RedactBody>(context);
        if (body is null)
        {
            return problem!;
        }

        TicketCommand? command = body.Value switch
        {
            { Passage: { } passage, Attachment: null, Name: null } => new RedactText(passage, body.Value.Reason ?? ""),
            { Passage: null, Attachment: { } file } => new RedactFile(file, body.Value.Name, body.Value.Reason ?? ""),
            _ => null,
        };
        return command is null
            ? problems.Of([Refusal.Invalid("api.redaction-one", "passage")])
            : await door.AnswerAsync(
                context,
                ticket.State,
                command,
                ReadOnlyMemory<byte>.Empty,
                state => answers.OfAsync(viewer, state, context.RequestAborted)
            );
    }
}
