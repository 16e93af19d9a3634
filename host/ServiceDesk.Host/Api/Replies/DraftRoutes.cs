using System.Globalization;
using Microsoft.Net.Http.Headers;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Intake.Replies;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Replies;

namespace ServiceDesk.Host.Api.Replies;

/// <summary>What the token's person has begun to write on a ticket.</summary>
/// <param name="Visibility">A reply, or an internal note.</param>
/// <param name="Text">Markdown.</param>
/// <param name="Revision">Counts every change; the ETag.</param>
public sealed record DraftAnswer(Visibility Visibility, string Text, int Revision, Instant At);

/// <summary>What is written so far.</summary>
public sealed record DraftBody
{
    /// <summary>Markdown, at most 100,000 characters; empty throws the draft away.</summary>
    public string? Text { get; init; }
}

/// <summary>Drafts of replies and notes over REST, each agent's own.</summary>
internal static class DraftRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tickets/{key}/drafts", ListAsync)
            .RequireAuthorization(Policies.ReadTickets)
            .WithTags("Drafts")
            .WithName("listDrafts")
            .WithSummary("Lists what the token's person has begun to write on a ticket: a reply, an internal note.")
            .Produces<PageAnswer<DraftAnswer>>()
            .MayFail(403, 404);
        var write = api.MapGroup("/tickets/{key}/drafts")
            .RequireAuthorization(Policies.WriteTickets)
            .WithTags("Drafts");
        write
            .MapPut("/{visibility}", PutAsync)
            .WithName("putDraft")
            .WithSummary("Keeps a draft. If-Match names the revision that was seen; without it any is replaced.")
            .Accepts<DraftBody>("application/json")
            .Produces<DraftAnswer>()
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(400, 403, 404, 412, 413, 415, 422);
        write
            .MapDelete("/{visibility}", DeleteAsync)
            .WithName("discardDraft")
            .WithSummary("Throws a draft away.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(403, 404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        DraftIntake intake,
        ApiProblems problems
    )
    {
        var (ticket, problem) = await FindAsync(context, key, door, problems);
        return ticket is null
            ? problem!
            : Results.Ok(
                new PageAnswer<DraftAnswer>(
                    [
                        .. (await intake.ReadAsync(context.RequireViewer(), ticket, context.RequestAborted))
                            .Where(draft => draft.State == DraftState.Kept)
                            .Select(Show),
                    ],
                    null
                )
            );
    }

    private static async Task<IResult> PutAsync(
        HttpContext context,
        string key,
        string visibility,
        JsonBodyReader bodies,
        TicketDoor door,
        DraftIntake intake,
        ApiProblems problems
    )
    {
        var (ticket, problem) = await FindAsync(context, key, door, problems);
        if (ticket is null || KindOf(visibility) is not { } kind)
        {
            return problem ?? problems.Of(StatusCodes.Status404NotFound, "api.draft-unknown");
        }

        var (since, wrongTag) = Since(context, problems);
        var (body, wrongBody) = wrongTag is null ? await bodies.ReadAsync<DraftBody>(context) : default;
        if (body is null)
        {
            return wrongTag ?? wrongBody!;
        }

        var (refusal, isKept, draft) = await intake.SaveAsync(
            context.RequireViewer(),
            ticket,
            kind,
            body.Value.Text ?? "",
            since,
            context.RequestAborted
        );
        return (refusal, isKept, draft) switch
        {
            ({ } no, _, _) => problems.Of([no]),
            (_, false, _) => problems.Of(StatusCodes.Status412PreconditionFailed, "api.draft-stale"),
            (_, _, { State: DraftState.Kept } kept) => Tagged(context, kept),
            _ => Results.NoContent(),
        };
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context,
        string key,
        string visibility,
        TicketDoor door,
        DraftIntake intake,
        ApiProblems problems
    )
    {
        var (ticket, problem) = await FindAsync(context, key, door, problems);
        if (ticket is null || KindOf(visibility) is not { } kind)
        {
            return problem ?? problems.Of(StatusCodes.Status404NotFound, "api.draft-unknown");
        }

        await intake.EndAsync(context.RequireViewer(), ticket, kind, DraftState.Discarded, context.RequestAborted);
        return Results.NoContent();
    }

    // Drafts are the reply editor's, which only agents of the desk have.
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
            : (null, problems.Of(StatusCodes.Status403Forbidden, "refusal.agents-only"));
    }

    private static Visibility? KindOf(string visibility) =>
        visibility.ToUpperInvariant() switch
        {
            "PUBLIC" => Visibility.Public,
            "INTERNAL" => Visibility.Internal,
            _ => null,
        };

    private static (int? Since, IResult? Problem) Since(HttpContext context, ApiProblems problems)
    {
        if (context.Request.Headers.IfMatch.Count == 0)
        {
            return (null, null);
        }

        var tag = context.Request.GetTypedHeaders().IfMatch.FirstOrDefault()?.Tag.ToString();
        return tag == "*" ? (null, null)
            : int.TryParse(tag?.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
                ? (revision, null)
            : (null, problems.OfParameter(StatusCodes.Status400BadRequest, HeaderNames.IfMatch, "api.tag-wrong"));
    }

    private static IResult Tagged(HttpContext context, ReplyDraft draft)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{draft.Revision}\"");
        return Results.Ok(Show(draft));
    }

    private static DraftAnswer Show(ReplyDraft draft) => new(draft.Visibility, draft.Text, draft.Revision, draft.At);
}
