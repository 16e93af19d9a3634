using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Who takes part in a ticket, and who watches it.</summary>
internal static class PeopleOfTicketRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var write = api.MapGroup("/tickets")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Tickets")
            .AnswersRepeats();
        write
            .MapPost("/{key}/participants", AddAsync)
            .WithName("addParticipant")
            .WithSummary("Lets a person take part in a ticket.")
            .Accepts<ParticipantBody>("application/json")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapDelete("/{key}/participants/{person:long}", RemoveAsync)
            .WithName("removeParticipant")
            .WithSummary("Lets a person take part no longer.")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 409, 412, 422);
        write
            .MapPut(
                "/{key}/watch",
                (HttpContext context, string key, TicketDoor door, TicketAnswers answers) =>
                    WatchAsync(context, key, door, answers, watch: true)
            )
            .WithName("watchTicket")
            .WithSummary("The token's person is told of what happens to the ticket.")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 412, 422);
        write
            .MapDelete(
                "/{key}/watch",
                (HttpContext context, string key, TicketDoor door, TicketAnswers answers) =>
                    WatchAsync(context, key, door, answers, watch: false)
            )
            .WithName("unwatchTicket")
            .WithSummary("The token's person is told no longer.")
            .Produces<TicketAnswer>()
            .MayFail(400, 403, 404, 412, 422);
    }

    private static async Task<IResult> AddAsync(
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

        var (body, problem) = await bodies.ReadAsync<ParticipantBody>(context);
        if (body is null)
        {
            return problem!;
        }

        if (body.Value.Person is not { } named)
        {
            return problems.Of([Refusal.Invalid("api.person-missing", "person")]);
        }

        var (person, refusal) = await references.PersonAsync(viewer, named, "person", context.RequestAborted);
        return person is { } id
            ? await SendAsync(context, ticket.State, new AddParticipants([id]), body.Bytes, door, answers)
            : problems.Of([refusal!]);
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        string key,
        long person,
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
                new RemoveParticipants([new PersonId(person)]),
                default,
                door,
                answers
            );
    }

    private static async Task<IResult> WatchAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        TicketAnswers answers,
        bool watch
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        return ticket is null
            ? missing!
            : await SendAsync(context, ticket.State, new WatchTicket(viewer.Person.Id, watch), default, door, answers);
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
