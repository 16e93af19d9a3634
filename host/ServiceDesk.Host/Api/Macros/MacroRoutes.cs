using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Macros;

/// <summary>Macros over REST: an agent's own, and those of a ticket, previewed and applied. For who does not work tickets there are none.</summary>
internal static class MacroRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        var own = api.MapGroup("/own-macros").WithTags("Macros");
        own.MapGet("/", ListOwnAsync)
            .RequireAuthorization(Policies.ReadTickets)
            .WithName("listOwnMacros")
            .WithSummary("Lists the macros of the token's person, in their order.")
            .Produces<PageAnswer<OwnMacroAnswer>>();
        own.MapGet("/{id:long}", GetOwnAsync)
            .RequireAuthorization(Policies.ReadTickets)
            .WithName("getOwnMacro")
            .WithSummary("Shows a macro of the token's person.")
            .Produces<OwnMacroAnswer>()
            .MayFail(404);
        own.MapPost("/", AddOwnAsync)
            .RequireAuthorization(Policies.WriteTickets)
            .WithName("addOwnMacro")
            .WithSummary("Makes a macro for the token's person. Those of desks are documents.")
            .Accepts<OwnMacroBody>("application/json")
            .Produces<OwnMacroAnswer>(StatusCodes.Status201Created)
            .MayFail(400, 404, 409, 413, 415, 422);
        own.MapPut("/{id:long}", PutOwnAsync)
            .RequireAuthorization(Policies.WriteTickets)
            .WithName("putOwnMacro")
            .WithSummary("Changes a macro of the token's person.")
            .Accepts<OwnMacroBody>("application/json")
            .Produces<OwnMacroAnswer>()
            .MayFail(400, 404, 413, 415, 422);
        own.MapDelete("/{id:long}", RemoveOwnAsync)
            .RequireAuthorization(Policies.WriteTickets)
            .WithName("removeOwnMacro")
            .WithSummary("Takes a macro of the token's person away.")
            .Produces(StatusCodes.Status204NoContent)
            .MayFail(404);

        var tickets = api.MapGroup("/tickets/{key}/macros").WithTags("Macros");
        tickets
            .MapGet("/", ListAsync)
            .RequireAuthorization(Policies.ReadTickets)
            .WithName("listMacros")
            .WithSummary("Lists the macros that the token's person may apply to a ticket, the own ones first.")
            .Produces<PageAnswer<OfferedMacroAnswer>>()
            .MayFail(403, 404);
        tickets
            .MapPost("/{id}", ApplyAsync)
            .RequireAuthorization(Policies.WriteTickets)
            .WithName("applyMacro")
            .WithSummary("Applies a macro to a ticket as one change, or tells what it would change.")
            .Accepts<ApplyMacroBody>("application/json")
            .Produces<AppliedMacroAnswer>()
            .MayFail(400, 403, 404, 409, 412, 413, 415, 422);
    }

    private static async Task<IResult> ListOwnAsync(HttpContext context, MacroDoor door) =>
        Results.Ok(
            new PageAnswer<OwnMacroAnswer>(
                [.. (await door.OwnAsync(context.RequireViewer(), context.RequestAborted)).Select(Show)],
                null
            )
        );

    private static async Task<IResult> GetOwnAsync(
        HttpContext context,
        long id,
        MacroDoor door,
        ApiProblems problems
    ) =>
        await door.FindOwnAsync(context.RequireViewer(), id, context.RequestAborted) is { } found
            ? Results.Ok(Show(found))
            : problems.Of([MacroDoor.Unknown()]);

    private static Task<IResult> AddOwnAsync(
        HttpContext context,
        JsonBodyReader bodies,
        MacroDoor door,
        ApiProblems problems
    ) => SaveOwnAsync(context, null, bodies, door, problems);

    private static Task<IResult> PutOwnAsync(
        HttpContext context,
        long id,
        JsonBodyReader bodies,
        MacroDoor door,
        ApiProblems problems
    ) => SaveOwnAsync(context, id, bodies, door, problems);

    private static async Task<IResult> SaveOwnAsync(
        HttpContext context,
        long? id,
        JsonBodyReader bodies,
        MacroDoor door,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        if (
            !viewer.May(Permissions.WorkTickets)
            || (id is { } known && await door.FindOwnAsync(viewer, known, context.RequestAborted) is null)
        )
        {
            return problems.Of([MacroDoor.Unknown()]);
        }

        var (body, problem) = await bodies.ReadAsync<OwnMacroBody>(context);
        if (body is null)
        {
            return problem!;
        }

        var (saved, wrong, refusal) = await door.SaveOwnAsync(viewer, id, body.Value.Macro, context.RequestAborted);
        if (refusal is not null)
        {
            return problems.Of([refusal]);
        }

        if (wrong.Count > 0)
        {
            return problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "api.body-wrong",
                [.. wrong.Select(found => problems.Mistake(found.Code, found.Path, [.. found.Arguments]))]
            );
        }

        if (await door.FindOwnAsync(viewer, saved, context.RequestAborted) is not { } found)
        {
            return problems.Of([MacroDoor.Unknown()]);
        }

        return id is null ? Results.Created($"/api/v1/own-macros/{saved}", Show(found)) : Results.Ok(Show(found));
    }

    private static async Task<IResult> RemoveOwnAsync(
        HttpContext context,
        long id,
        MacroDoor door,
        ApiProblems problems
    ) =>
        await door.RemoveOwnAsync(context.RequireViewer(), id, context.RequestAborted) is { } refusal
            ? problems.Of([refusal])
            : Results.NoContent();

    private static async Task<IResult> ListAsync(
        HttpContext context,
        string key,
        TicketDoor tickets,
        MacroDoor door,
        MacroWords words,
        ApiProblems problems
    )
    {
        var (ticket, problem) = await FindAsync(context, key, tickets, problems);
        return ticket is null
            ? problem!
            : Results.Ok(
                new PageAnswer<OfferedMacroAnswer>(
                    [
                        .. (
                            await door.OfferedAsync(context.RequireViewer(), ticket.State, context.RequestAborted)
                        ).Select(offered => new OfferedMacroAnswer(
                            offered.Reference,
                            offered.Macro.Name.ToString(),
                            offered.Macro.Group?.ToString(),
                            offered.Macro.Description,
                            offered.IsOwn,
                            words.Sentences(offered.Macro)
                        )),
                    ],
                    null
                )
            );
    }

    private static async Task<IResult> ApplyAsync(
        HttpContext context,
        string key,
        string id,
        JsonBodyReader bodies,
        TicketDoor tickets,
        MacroDoor door,
        MacroRuns runs,
        MacroWords words,
        TicketAnswers answers,
        ITexts texts,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await FindAsync(context, key, tickets, problems);
        if (ticket is null)
        {
            return missing!;
        }

        if (await door.FindAsync(viewer, ticket.State, id, context.RequestAborted) is not { } offered)
        {
            return problems.Of([MacroDoor.Unknown()]);
        }

        var (body, wrong) = await bodies.ReadAsync<ApplyMacroBody>(context);
        if (body is null)
        {
            return wrong!;
        }

        var text = body.Value.Text?.ReplaceLineEndings("\n");
        var (version, stale) = tickets.ExpectedVersion(context, ticket.State);
        if (stale is not null)
        {
            return stale;
        }

        if (body.Value.Preview == true)
        {
            var preview = await runs.PlanAsync(viewer, ticket, offered.Macro, text, context.RequestAborted);
            tickets.WriteTag(context, ticket.State);
            return Results.Ok(await ShowAsync(preview, null));
        }

        var envelope = CommandEnvelope.By(viewer, new ChangeTicket([]));
        var (plan, answer) = await runs.ApplyAsync(
            envelope,
            ticket.State.Id,
            offered.Macro,
            text,
            version,
            context.RequestAborted
        );
        if (answer is not { IsAccepted: true })
        {
            return problems.Of(answer?.Refusals ?? plan.Refusals.Select(refusal => refusal.Refusal).ToValueList());
        }

        var after = answer.Ticket!.State;
        tickets.WriteTag(context, after);
        return Results.Ok(await ShowAsync(plan, await answers.OfAsync(viewer, after, context.RequestAborted)));

        async Task<AppliedMacroAnswer> ShowAsync(MacroPlan shown, TicketAnswer? applied) =>
            new(
                applied is not null,
                await words.ChangesAsync(context.RequireViewer(), shown, context.RequestAborted),
                shown.Comment is var (visibility, written) ? new MacroCommentAnswer(visibility, written) : null,
                [
                    .. shown.Refusals.Select(refusal => new MacroRefusalAnswer(
                        refusal.Action?.Do,
                        refusal.Refusal.Code,
                        texts.Say(refusal.Refusal)
                    )),
                ],
                applied
            );
    }

    private static async Task<(TicketSnapshot? Ticket, IResult? Problem)> FindAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        return ticket is null ? (null, missing)
            : viewer.WorksOn(ticket.State.Desk) ? (ticket, null)
            : (null, problems.Of(StatusCodes.Status403Forbidden, "refusal.agents-only"));
    }

    private static OwnMacroAnswer Show(OfferedMacro offered) =>
        new(
            MacroDoor.IdOf(offered.Reference) ?? 0,
            offered.Macro.Name,
            offered.Macro.Description,
            offered.Macro.Enabled,
            offered.Macro.Group,
            offered.Macro.Desks,
            offered.Macro.Do
        );
}
