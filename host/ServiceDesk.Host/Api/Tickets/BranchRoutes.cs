using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Branching;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>Opens tickets out of others: a message that is split off, and copies.</summary>
internal static class BranchRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var write = api.MapGroup("/tickets").RequireAuthorization(Policies.WriteTickets).WithTags("Tickets");
        write
            .MapPost("/{key}/comments/{comment:long}/split", SplitAsync)
            .WithName("splitComment")
            .WithSummary(
                "Makes a message a ticket of its own; a message that was split off before answers that ticket."
            )
            .Accepts<SplitBody>("application/json")
            .Produces<TicketAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 404, 409, 413, 415, 422);
        write
            .MapPost("/{key}/duplicate", DuplicateAsync)
            .AnswersRepeats()
            .WithName("duplicateTicket")
            .WithSummary("Opens a copy of a ticket, which begins its workflow anew.")
            .Accepts<DuplicateBody>("application/json")
            .Produces<TicketAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 403, 404, 409, 413, 415, 422);
    }

    private static async Task<IResult> SplitAsync(
        HttpContext context,
        string key,
        long comment,
        JsonBodyReader bodies,
        ReferenceReader references,
        ICurrentConfiguration configuration,
        TicketBranches branches,
        TicketDoor door,
        TicketAnswers answers,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, refused) = await FindAsync(context, key, door, problems);
        if (ticket is null)
        {
            return refused!;
        }

        var (body, problem) = await bodies.ReadAsync<SplitBody>(context);
        if (body is null)
        {
            return problem!;
        }

        if (await branches.FindMessageAsync(ticket, comment, context.RequestAborted) is not { } message)
        {
            return problems.Of(StatusCodes.Status404NotFound, RefusalCodes.MessageUnknown);
        }

        var (fields, refusals) = FieldReader.Read(body.Value.Fields, viewer, null, configuration.Snapshot);
        (fields, var strangers) = await references.KnownAsync(viewer, ticket, fields, context.RequestAborted);
        refusals = [.. refusals, .. strangers];
        PersonId? requester = null;
        if (body.Value.Requester is { } named)
        {
            (requester, var unknown) = await references.PersonAsync(viewer, named, "requester", context.RequestAborted);
            refusals = unknown is null ? refusals : refusals.Add(unknown);
        }

        OrganizationId? organization = null;
        if (body.Value.Organization is { } belongs)
        {
            (organization, var unknown) = await references.OrganizationAsync(
                viewer,
                belongs,
                "organization",
                context.RequestAborted
            );
            refusals = unknown is null ? refusals : refusals.Add(unknown);
        }

        if (refusals.Count > 0)
        {
            return problems.Of(refusals);
        }

        var (desk, type, requestType) = (body.Value.Desk, body.Value.Type, body.Value.RequestType);
        var wish = branches.WishOf(ticket, desk, type, requestType, Channel.Api) with
        {
            Summary = body.Value.Summary,
            Description = body.Value.Description,
            Requester = requester,
            Organization = organization,
            Priority = body.Value.Priority,
            Fields = FieldReader.Filled(fields),
        };
        var command = await branches.SplitAsync(ticket, message, wish, context.RequestAborted);
        return await OpenAsync(context, command, body.Bytes, door, answers);
    }

    private static async Task<IResult> DuplicateAsync(
        HttpContext context,
        string key,
        JsonBodyReader bodies,
        TicketBranches branches,
        TicketDoor door,
        TicketAnswers answers,
        ApiProblems problems
    )
    {
        var (ticket, refused) = await FindAsync(context, key, door, problems);
        if (ticket is null)
        {
            return refused!;
        }

        var (body, problem) = await bodies.ReadAsync<DuplicateBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var choice = new CopyChoice(Channel.Api, body.Value.Attachments, body.Value.Participants, body.Value.Summary);
        var command = await branches.DuplicateAsync(ticket, choice, context.RequestAborted);
        return await OpenAsync(context, command, body.Bytes, door, answers);
    }

    // Internal text is read: only who works on the ticket goes on from here.
    private static async Task<(TicketState? Ticket, IResult? Problem)> FindAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        return ticket is null ? (null, missing)
            : viewer.WorksOn(ticket.State.Desk) ? (ticket.State, null)
            : (null, problems.Of([Refusal.Forbidden(RefusalCodes.AgentsOnly)]));
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        OpenTicket command,
        ReadOnlyMemory<byte> body,
        TicketDoor door,
        TicketAnswers answers
    )
    {
        var (answer, refused) = await door.OpenAsync(context, command, body);
        if (answer is null)
        {
            return refused!;
        }

        var opened = answer.Ticket!.State;
        door.WriteTag(context, opened);
        return Results.Created(
            $"/api/v1/tickets/{opened.Key}",
            await answers.OfAsync(context.RequireViewer(), opened, context.RequestAborted)
        );
    }
}
