using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>With which organizations a ticket is shared.</summary>
internal static class SharingRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var write = api.MapGroup("/tickets")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Tickets")
            .AnswersRepeats();
        write
            .MapPost("/{key}/sharing", ShareAsync)
            .WithName("shareTicket")
            .WithSummary("Lets members of an organization see a ticket; agents, and the requester for the own ones.")
            .Accepts<ShareBody>("application/json")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapDelete("/{key}/sharing/{organization:long}", UnshareAsync)
            .WithName("unshareTicket")
            .WithSummary("Lets members of an organization see a ticket no longer; of its own one: makes it private.")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 422);
    }

    private static async Task<IResult> ShareAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        ReferenceReader references,
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

        var (body, problem) = await bodies.ReadAsync<ShareBody>(context);
        if (body is null)
        {
            return problem!;
        }

        if (body.Value.Organization is not { } named)
        {
            return problems.Of([Refusal.Invalid("api.organization-missing", "organization")]);
        }

        var (organization, refusal) = await references.OrganizationAsync(
            viewer,
            named,
            "organization",
            context.RequestAborted
        );
        return organization is { } id
            ? await SendAsync(context, ticket.State, new ShareTicket(id), body.Bytes, door, answers)
            : problems.Of([refusal!]);
    }

    private static async Task<IResult> UnshareAsync(
        HttpContext context,
        string key,
        long organization,
        TicketDoor door,
        TicketAnswers answers
    )
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        return ticket is null
            ? missing!
            : await SendAsync(
                context,
                ticket.State,
                new UnshareTicket(new OrganizationId(organization)),
                default,
                door,
                answers
            );
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
