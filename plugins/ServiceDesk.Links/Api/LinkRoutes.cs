using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServiceDesk.Links.Linking;
using ServiceDesk.Links.Reading;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Api;

/// <summary>Links over REST, under <c>/api/v1/plugins/links</c>.</summary>
public static class LinkRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var reading = routes.MapGroup("").RequirePermission(Permissions.WorkTickets);
        reading
            .MapGet("/types", (LinkBoard board) => Results.Ok(LinkTypesAnswer.Of(board.Choices())))
            .WithSummary("Lists the ways in which tickets are linked.")
            .Produces<LinkTypesAnswer>();
        reading
            .MapGet("/candidates", CandidatesAsync)
            .WithSummary("Finds tickets to link by key or words.")
            .Produces<CandidatesAnswer>();
        reading
            .MapGet("/tickets/{key}", ReadAsync)
            .WithSummary("Shows what a ticket is linked with.")
            .Produces<LinksAnswer>()
            .MayFail(404);
        var writing = routes
            .MapGroup("/tickets/{key}")
            .RequirePermission(LinksPlugin.EditPermission)
            .MayFail(400, 404, 409, 422);
        writing.MapPost("/links", LinkAsync).WithSummary("Links two tickets.").Produces<LinksAnswer>();
        writing.MapDelete("/links", UnlinkAsync).WithSummary("Takes a link away.").Produces<LinksAnswer>();
        writing.MapPost("/pages", LinkPageAsync).WithSummary("Links a page elsewhere.").Produces<LinksAnswer>();
        writing
            .MapDelete("/pages", UnlinkPageAsync)
            .WithSummary("Takes the link to a page elsewhere away.")
            .Produces<LinksAnswer>();
        writing
            .MapPost("/linked-tickets", OpenAsync)
            .AnswersRepeats()
            .WithSummary("Opens a ticket that is linked with this one.")
            .Produces<CandidateAnswer>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> CandidatesAsync(
        string? q,
        LinkCandidates candidates,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var found = await candidates.FindAsync(context.CurrentViewer()!, q, except: null, cancellation);
        return Results.Ok(
            new CandidatesAnswer([.. found.Select(one => new CandidateAnswer(one.Key.ToString(), one.Summary))])
        );
    }

    private static async Task<IResult> ReadAsync(
        string key,
        ITicketQueries queries,
        LinkBoard board,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        await FindAsync(key, queries, context, cancellation) is { } ticket
            ? Results.Ok(LinksAnswer.Of(await board.ForAsync(context.CurrentViewer()!, ticket, cancellation)))
            : Missing(key);

    private static Task<IResult> LinkAsync(
        string key,
        LinkBody body,
        LinkDoor door,
        HttpContext context,
        CancellationToken cancellation
    ) => door.SendAsync(context, key, body.Command(), cancellation);

    private static Task<IResult> UnlinkAsync(
        string key,
        string? type,
        string? direction,
        string? other,
        LinkDoor door,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var command = new LinkBody(type, direction, other).Command();
        return door.SendAsync(
            context,
            key,
            command is null ? null : new UnlinkTickets(command.Type, command.Direction, command.Other),
            cancellation
        );
    }

    private static Task<IResult> LinkPageAsync(
        string key,
        PageBody body,
        LinkDoor door,
        HttpContext context,
        CancellationToken cancellation
    ) => door.SendAsync(context, key, new LinkPage(body.Url ?? "", body.Title ?? ""), cancellation);

    private static Task<IResult> UnlinkPageAsync(
        string key,
        string? url,
        LinkDoor door,
        HttpContext context,
        CancellationToken cancellation
    ) => door.SendAsync(context, key, new UnlinkPage(url ?? ""), cancellation);

    private static async Task<IResult> OpenAsync(
        string key,
        LinkedTicketBody body,
        ITicketQueries queries,
        LinkedOpening opening,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(key, queries, context, cancellation) is not { } ticket)
        {
            return Missing(key);
        }

        if (LinkBody.DirectionOf(body.Direction) is not { } direction || body.Type is null)
        {
            return new RefusedResult([Refusal.Invalid("links.refusal.no-direction", "direction")]);
        }

        var wanted = new LinkedTicket(
            ticket,
            (body.Type, direction),
            body.Desk ?? ticket.Desk,
            body.TicketType ?? ticket.Type,
            body.Summary ?? "",
            body.Description ?? ""
        );
        var envelope = await opening.EnvelopeAsync(context.CurrentViewer()!, wanted, Channel.Api, cancellation);
        envelope = envelope.RepeatedBy(context, JsonSerializer.SerializeToUtf8Bytes(body));
        var answer = await opening.OpenAsync(envelope, cancellation);
        return answer.IsAccepted
            ? Results.Created(
                $"/api/v1/tickets/{answer.Ticket!.State.Key}",
                new CandidateAnswer(answer.Ticket.State.Key.ToString(), answer.Ticket.State.Summary)
            )
            : new RefusedResult(answer.Refusals);
    }

    internal static async Task<TicketState?> FindAsync(
        string key,
        ITicketQueries queries,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        TicketKey.TryParse(key, out var parsed)
            ? (await queries.FindByKeyAsync(context.CurrentViewer()!, parsed, cancellation))?.State
            : null;

    internal static RefusedResult Missing(string key) => new([Refusal.NotFound("links.refusal.no-ticket", key)]);
}

/// <summary>Sends a command of a route to the ticket and answers with the links that it has then.</summary>
public sealed class LinkDoor(ITicketQueries queries, ITicketGrains grains, LinkBoard board)
{
    /// <summary>Sends it.</summary>
    /// <param name="command">Null when what was asked is none.</param>
    public async Task<IResult> SendAsync(
        HttpContext context,
        string key,
        TicketCommand? command,
        CancellationToken cancellation
    )
    {
        if (await LinkRoutes.FindAsync(key, queries, context, cancellation) is not { } ticket)
        {
            return LinkRoutes.Missing(key);
        }

        if (command is null)
        {
            return new RefusedResult([Refusal.Invalid("links.refusal.bad-link", "other")]);
        }

        var viewer = context.CurrentViewer()!;
        var envelope = CommandEnvelope.By(viewer, command);
        var answer = await grains.SendAsync(ticket.Id, envelope, cancellation);
        return answer.IsAccepted
            ? Results.Ok(LinksAnswer.Of(await board.ForAsync(viewer, answer.Ticket!.State, cancellation)))
            : new RefusedResult(answer.Refusals);
    }
}
