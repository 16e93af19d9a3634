using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>The checklist of a ticket, for agents of its desk.</summary>
internal static class TaskRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGroup("/tickets/{key}/tasks")
            .RequireAuthorization(Policies.ReadTickets)
            .WithTags("Checklist")
            .MapGet("/", ListAsync)
            .WithName("listTasks")
            .WithSummary("Lists the steps of a ticket's checklist in their order; for agents of its desk.")
            .Produces<PageAnswer<TaskAnswer>>()
            .MayFail(403, 404);
        var write = api.MapGroup("/tickets/{key}/tasks")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Checklist")
            .AnswersRepeats();
        write
            .MapPost("/", AddAsync)
            .WithName("addTask")
            .WithSummary("Puts a step at the end of the checklist.")
            .Accepts<TaskBody>("application/json")
            .Produces<PageAnswer<TaskAnswer>>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapPut("/{task:int}", ChangeAsync)
            .WithName("changeTask")
            .WithSummary("Says a step anew, all of it.")
            .Accepts<TaskBody>("application/json")
            .Produces<PageAnswer<TaskAnswer>>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapPost("/{task:int}/tick", TickAsync)
            .WithName("tickTask")
            .WithSummary("Ticks a step off, or opens it again.")
            .Accepts<TickBody>("application/json")
            .Produces<PageAnswer<TaskAnswer>>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapPost("/{task:int}/place", PlaceAsync)
            .WithName("placeTask")
            .WithSummary("Puts a step at another place of the checklist.")
            .Accepts<PlaceBody>("application/json")
            .Produces<PageAnswer<TaskAnswer>>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapDelete("/{task:int}", RemoveAsync)
            .WithName("removeTask")
            .WithSummary("Takes a step out of the checklist.")
            .Produces<PageAnswer<TaskAnswer>>()
            .MayFail(400, 403, 404, 409, 412, 422);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        IPeople people,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        return viewer.WorksOn(ticket.State.Desk)
            ? Results.Ok(await ShowAsync(context, people, ticket.State))
            : problems.Of(StatusCodes.Status403Forbidden, "refusal.agents-only");
    }

    private static Task<IResult> AddAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        ReferenceReader references,
        TicketDoor door,
        IPeople people,
        ApiProblems problems
    ) =>
        SendAsync<TaskBody>(
            context,
            key,
            (body, viewer) =>
                SaidAsync(
                    body,
                    viewer,
                    references,
                    (text, assignee, due) => new AddTask(text, body.Blocking ?? false, assignee, due),
                    context.RequestAborted
                ),
            (bodies, door, people, problems)
        );

    private static Task<IResult> ChangeAsync(
        HttpContext context,
        string key,
        int task,
        JsonBodyReader bodies,
        ReferenceReader references,
        TicketDoor door,
        IPeople people,
        ApiProblems problems
    ) =>
        SendAsync<TaskBody>(
            context,
            key,
            (body, viewer) =>
                SaidAsync(
                    body,
                    viewer,
                    references,
                    (text, assignee, due) => new ChangeTask(task, text, body.Blocking ?? false, assignee, due),
                    context.RequestAborted
                ),
            (bodies, door, people, problems)
        );

    private static Task<IResult> TickAsync(
        HttpContext context,
        string key,
        int task,
        JsonBodyReader bodies,
        TicketDoor door,
        IPeople people,
        ApiProblems problems
    ) =>
        SendAsync<TickBody>(
            context,
            key,
            (body, _) => Task.FromResult<(TicketCommand?, Refusal?)>((new TickTask(task, body.Done ?? true), null)),
            (bodies, door, people, problems)
        );

    private static Task<IResult> PlaceAsync(
        HttpContext context,
        string key,
        int task,
        JsonBodyReader bodies,
        TicketDoor door,
        IPeople people,
        ApiProblems problems
    ) =>
        SendAsync<PlaceBody>(
            context,
            key,
            (body, _) =>
                Task.FromResult<(TicketCommand?, Refusal?)>(
                    body.Place is { } place and >= 0
                        ? (new PlaceTask(task, place), null)
                        : (null, Refusal.Invalid("api.place-missing", "place"))
                ),
            (bodies, door, people, problems)
        );

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        string key,
        int task,
        TicketDoor door,
        IPeople people
    )
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        return ticket is null
            ? missing!
            : await SendAsync(context, ticket.State, new RemoveTask(task), default, door, people);
    }

    private static async Task<IResult> SendAsync<TBody>(
        HttpContext context,
        string key,
        Func<TBody, Viewer, Task<(TicketCommand? Command, Refusal? Refusal)>> command,
        (JsonBodyReader Bodies, TicketDoor Door, IPeople People, ApiProblems Problems) with
    )
        where TBody : class
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await with.Door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (body, problem) = await with.Bodies.ReadAsync<TBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (sent, refusal) = await command(body.Value, viewer);
        return sent is null
            ? with.Problems.Of([refusal!])
            : await SendAsync(context, ticket.State, sent, body.Bytes, with.Door, with.People);
    }

    private static Task<IResult> SendAsync(
        HttpContext context,
        TicketState ticket,
        TicketCommand command,
        ReadOnlyMemory<byte> body,
        TicketDoor door,
        IPeople people
    ) => door.AnswerAsync(context, ticket, command, body, after => ShowAsync(context, people, after));

    private static async Task<(TicketCommand?, Refusal?)> SaidAsync(
        TaskBody body,
        Viewer viewer,
        ReferenceReader references,
        Func<LocalizedText, PersonId?, LocalDate?, TicketCommand> command,
        CancellationToken cancellation
    )
    {
        LocalDate? due = null;
        if (body.DueOn is { } day)
        {
            if (!LocalDatePattern.Iso.Parse(day).TryGetValue(default, out var read))
            {
                return (null, Refusal.Invalid("api.day-wrong", "dueOn"));
            }

            due = read;
        }

        PersonId? assignee = null;
        if (body.Assignee is { } named)
        {
            var (person, refusal) = await references.PersonAsync(viewer, named, "assignee", cancellation);
            if (person is null)
            {
                return (null, refusal);
            }

            assignee = person;
        }

        return (command(LocalizedText.Of(body.Text ?? ""), assignee, due), null);
    }

    private static async Task<PageAnswer<TaskAnswer>> ShowAsync(HttpContext context, IPeople people, TicketState ticket)
    {
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            context.RequireViewer(),
            ticket.Tasks.SelectMany(task => (PersonId?[])[task.Assignee, task.DoneBy]),
            context.RequestAborted
        );
        return new PageAnswer<TaskAnswer>(
            [
                .. ticket.Tasks.Select(task => new TaskAnswer(
                    task.Id,
                    task.Text.ToString(),
                    task.IsBlocking,
                    task.IsDone,
                    shown.Show(task.Assignee, ticket.Desk),
                    task.DueOn is { } due ? LocalDatePattern.Iso.Format(due) : null,
                    task.DoneAt,
                    shown.Show(task.DoneBy, ticket.Desk)
                )),
            ],
            null
        );
    }
}
