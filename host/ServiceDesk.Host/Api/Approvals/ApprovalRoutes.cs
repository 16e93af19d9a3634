using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Approvals;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Approvals;

/// <summary>Approvals over REST.</summary>
internal static class ApprovalRoutes
{
    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder api)
    {
        var read = api.MapGroup("").RequireAuthorization(Policies.ReadTickets).WithTags("Approvals");
        read.MapGet("/approvals", WaitingAsync)
            .WithName("listWaitingApprovals")
            .WithSummary("Lists the approvals that wait for the token's person, those of the oldest tickets first.")
            .Produces<PageAnswer<ApprovalBody>>()
            .MayFail(400);
        read.MapGet("/tickets/{key}/approvals", ListAsync)
            .WithName("listApprovals")
            .WithSummary("Lists the approvals of a ticket that the token's person may see, oldest first.")
            .Produces<PageAnswer<ApprovalBody>>()
            .MayFail(404);

        read.MapGet("/tickets/{key}/approvals/trouble", TroubleAsync)
            .WithName("getApprovalTrouble")
            .WithSummary(
                "What holds the approval of the ticket's status up, or the transition that follows it. For agents of its desk; 404 where nothing does."
            )
            .Produces<ApprovalTroubleBody>()
            .MayFail(404);

        var write = api.MapGroup("/tickets/{key}/approvals")
            .AnswersRepeats()
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Approvals");
        write
            .MapPost("/", AskAsync)
            .WithName("requestApproval")
            .WithSummary(
                "Asks for an approval, by a policy or by steps. Agents of the ticket's desk may, and the requester with colleagues in one step where the request type allows it."
            )
            .Accepts<RequestApprovalBody>("application/json")
            .Produces<ApprovalBody>(StatusCodes.Status201Created)
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapPost("/again", AgainAsync)
            .WithName("askApprovalAgain")
            .WithSummary(
                "Lets the product try anew what the approval of the ticket's status could not do; what comes of it is read afterwards. For agents of its desk."
            )
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(403, 404, 409, 412);
        write
            .MapPost("/{id:long}/answer", AnswerAsync)
            .WithName("answerApproval")
            .WithSummary("Answers an approval as the token's person.")
            .Accepts<AnswerApprovalBody>("application/json")
            .Produces<ApprovalBody>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapPost("/{id:long}/delegate", DelegateAsync)
            .WithName("delegateApproval")
            .WithSummary("Lets somebody else answer an approval in the place of the token's person.")
            .Accepts<DelegateApprovalBody>("application/json")
            .Produces<ApprovalBody>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
        write
            .MapPost("/{id:long}/withdraw", WithdrawAsync)
            .WithName("withdrawApproval")
            .WithSummary("Takes back an approval that is pending.")
            .Accepts<WithdrawApprovalBody>("application/json")
            .Produces<ApprovalBody>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
    }

    private static async Task<IResult> WaitingAsync(
        HttpContext context,
        ApprovalInbox inbox,
        IPeople people,
        ApiProblems problems,
        string? cursor = null
    )
    {
        try
        {
            var page = await inbox.WaitingAsync(context.RequireViewer(), PageSize, cursor, context.RequestAborted);
            var items = new List<ApprovalBody>();
            foreach (var line in page.Items)
            {
                items.AddRange(await ShowAsync(context, people, line.Ticket, [line.Approval]));
            }

            return Results.Ok(new PageAnswer<ApprovalBody>(items, page.Next));
        }
        catch (QueryException error)
        {
            return problems.Of(error.Error, "cursor");
        }
    }

    private static async Task<IResult> ListAsync(HttpContext context, string key, TicketDoor door, IPeople people)
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var visible = ApprovalAccess.Visible(viewer, ticket.State).ToList();
        return Results.Ok(new PageAnswer<ApprovalBody>(await ShowAsync(context, people, ticket.State, visible), null));
    }

    private static async Task<IResult> TroubleAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        ICurrentConfiguration configuration,
        ITexts texts,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var state = FieldSight.Shown(viewer, ticket.State, configuration.Snapshot);
        var trouble = viewer.WorksOn(state.Desk) ? state.ApprovalTrouble : null;
        if (trouble is null || TroubleWords.Of(state, texts, configuration.Snapshot) is not { } words)
        {
            return problems.Of(StatusCodes.Status404NotFound, "api.no-approval-trouble");
        }

        door.WriteTag(context, ticket.State);
        return Results.Ok(
            new ApprovalTroubleBody(
                trouble.Policy,
                trouble.Approval,
                trouble.Transition,
                words.Sentence,
                [.. trouble.Why.Zip(words.Reasons, (why, sentence) => new ApprovalReasonBody(why.Code, sentence))],
                trouble.At
            )
        );
    }

    private static async Task<IResult> AgainAsync(HttpContext context, string key, TicketDoor door)
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (answer, refused) = await door.SendAsync(context, ticket.State, new AskApprovalAgain(), default);
        if (answer is null)
        {
            return refused!;
        }

        door.WriteTag(context, answer.Ticket!.State);
        return Results.NoContent();
    }

    private static async Task<IResult> AskAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        ReferenceReader references,
        TicketDoor door,
        IPeople people,
        ApiProblems problems
    )
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (body, problem) = await bodies.ReadAsync<RequestApprovalBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (steps, refusals) = await StepsAsync(
            context.RequireViewer(),
            body.Value.Steps ?? [],
            references,
            context.RequestAborted
        );
        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var (answer, refused) = await door.SendAsync(context, ticket.State, Command(body.Value, steps), body.Bytes);
        if (answer is null)
        {
            return refused!;
        }

        var after = answer.Ticket!.State;
        door.WriteTag(context, after);
        var id = answer.Events.Select(recorded => recorded.Event).OfType<ApprovalRequested>().First().Approval;
        var shown = await ShowAsync(context, people, after, [after.FindApproval(id)!]);
        return Results.Created($"/api/v1/tickets/{after.Key}/approvals", shown[0]);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        string key,
        long id,
        JsonBodyReader bodies,
        TicketDoor door,
        IPeople people,
        ApiProblems problems
    )
    {
        var (body, problem) = await bodies.ReadAsync<AnswerApprovalBody>(context);
        if (body is null)
        {
            return problem!;
        }

        return body.Value.Approves is { } approves
            ? await SendAsync(
                context,
                key,
                new AnswerApproval(id, approves, body.Value.Comment),
                body.Bytes,
                door,
                people
            )
            : problems.Of([Refusal.Invalid("api.approves-missing", "approves")]);
    }

    private static async Task<IResult> DelegateAsync(
        HttpContext context,
        string key,
        long id,
        JsonBodyReader bodies,
        ReferenceReader references,
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

        var (body, problem) = await bodies.ReadAsync<DelegateApprovalBody>(context);
        if (body is null)
        {
            return problem!;
        }

        if (body.Value.To is not { } to)
        {
            return problems.Of([Refusal.Invalid("api.to-missing", "to")]);
        }

        var (person, unknown) = await references.PersonAsync(viewer, to, "to", context.RequestAborted);
        return person is { } found
            ? await SendAsync(
                context,
                key,
                new DelegateApproval(id, found, body.Value.Comment),
                body.Bytes,
                door,
                people
            )
            : problems.Of([unknown!]);
    }

    private static async Task<IResult> WithdrawAsync(
        HttpContext context,
        string key,
        long id,
        JsonBodyReader bodies,
        TicketDoor door,
        IPeople people
    )
    {
        var (body, problem) = await bodies.ReadAsync<WithdrawApprovalBody>(context);
        return body is null
            ? problem!
            : await SendAsync(context, key, new WithdrawApproval(id, body.Value.Reason), body.Bytes, door, people);
    }

    private static async Task<IResult> SendAsync(
        HttpContext context,
        string key,
        TicketCommand command,
        ReadOnlyMemory<byte> bytes,
        TicketDoor door,
        IPeople people
    )
    {
        var (ticket, missing) = await door.FindAsync(context.RequireViewer(), key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        var (answer, refused) = await door.SendAsync(context, ticket.State, command, bytes);
        if (answer is null)
        {
            return refused!;
        }

        var after = answer.Ticket!.State;
        door.WriteTag(context, after);
        var id = command switch
        {
            AnswerApproval answered => answered.Approval,
            DelegateApproval delegated => delegated.Approval,
            _ => ((WithdrawApproval)command).Approval,
        };
        return Results.Ok((await ShowAsync(context, people, after, [after.FindApproval(id)!]))[0]);
    }

    private static RequestApproval Command(RequestApprovalBody body, ValueList<ApproversAsked> steps) =>
        new()
        {
            Title = body.Title ?? "",
            Policy = body.Policy,
            Steps = steps,
            Parallel = body.Parallel ?? false,
            ExpiresAfter = body.ExpiresAfter,
            RemindEvery = body.RemindEvery,
            CommentOnDecline = body.CommentOnDecline ?? false,
            CustomersSee = body.CustomersSee ?? false,
            ForStatus = body.ForStatus ?? false,
            WhenApproved = body.WhenApproved,
            WhenDeclined = body.WhenDeclined,
        };

    private static async Task<(ValueList<ApproversAsked> Steps, ValueList<Refusal> Refusals)> StepsAsync(
        Viewer viewer,
        IReadOnlyList<ApproversBody> bodies,
        ReferenceReader references,
        CancellationToken cancellation
    )
    {
        var (steps, refusals) = (new List<ApproversAsked>(), new List<Refusal>());
        foreach (var body in bodies)
        {
            var (people, teams) = (new List<PersonId>(), new List<TeamId>());
            foreach (var reference in body.People ?? [])
            {
                var (person, refusal) = await references.PersonAsync(viewer, reference, "steps", cancellation);
                people.AddRange(new[] { person }.OfType<PersonId>());
                refusals.AddRange(new[] { refusal }.OfType<Refusal>());
            }

            foreach (var reference in body.Teams ?? [])
            {
                var (team, refusal) = await references.TeamAsync(viewer, reference, "steps", cancellation);
                teams.AddRange(new[] { team }.OfType<TeamId>());
                refusals.AddRange(new[] { refusal }.OfType<Refusal>());
            }

            steps.Add(
                new ApproversAsked(
                    people.ToValueList(),
                    teams.ToValueList(),
                    (body.Roles ?? []).ToValueList(),
                    body.Needed,
                    body.Name
                )
            );
        }

        return (steps.ToValueList(), refusals.ToValueList());
    }

    private static Task<IReadOnlyList<ApprovalBody>> ShowAsync(
        HttpContext context,
        IPeople people,
        TicketState ticket,
        IReadOnlyCollection<Approval> approvals
    ) => ApprovalBody.ShowAsync(people, context.RequireViewer(), ticket, approvals, context.RequestAborted);
}
