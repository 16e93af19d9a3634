using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Api;

/// <summary>For whom a ticket is worked, over REST.</summary>
public static class TicketCoverRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var tickets = routes.MapGroup("/tickets").MayFail(404);
        tickets.MapGet("/{key}", ReadAsync).RequirePermission(CrmPlugin.SeePermission).Produces<CoverAnswer>();
        var working = tickets.MapGroup("").RequirePermission(CrmPlugin.WorkPermission).MayFail(400, 409, 422);
        working.MapPut("/{key}/cover", ChooseAsync).Produces<CoverAnswer>();
        working.MapDelete("/{key}/cover", FindAgainAsync).Produces<CoverAnswer>();
        working.MapPost("/{key}/bookings", BookAsync).AnswersRepeats().Produces<CoverAnswer>();
    }

    /// <summary>The ticket, where the viewer works on its desk.</summary>
    internal static async Task<TicketSnapshot?> FindAsync(
        ITicketQueries queries,
        Viewer viewer,
        string? key,
        CancellationToken cancellation
    ) =>
        TicketKey.TryParse(key, out var parsed)
        && await queries.FindByKeyAsync(viewer, parsed, cancellation) is { } found
        && viewer.WorksOn(found.State.Desk)
            ? found
            : null;

    /// <summary>The command that books what somebody typed, in the unit of the ticket's contract.</summary>
    internal static BookBudget Booking(CoverView view, string? amount, string? note) =>
        new(Amounts.Read(view.Budget?.Balance.Unit ?? BudgetUnit.Hours, amount) ?? 0, note ?? "");

    private static async Task<IResult> ReadAsync(
        string key,
        ITicketQueries queries,
        CoverReader covers,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        return await FindAsync(queries, viewer, key, cancellation) is { } ticket
            ? Results.Ok(CoverAnswer.Of(ticket.State.Key, await covers.ForAgentAsync(viewer, ticket, cancellation)))
            : Missing(key);
    }

    private static Task<IResult> ChooseAsync(
        string key,
        CoverBody body,
        ITicketQueries queries,
        ITicketGrains grains,
        CoverReader covers,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        SendAsync(
            key,
            _ => new ChooseCover(body.Account ?? "", body.Contract ?? ""),
            queries,
            grains,
            covers,
            context,
            cancellation
        );

    // What was chosen by hand ends; the requester, the desk and the product say it anew.
    private static Task<IResult> FindAgainAsync(
        string key,
        ITicketQueries queries,
        ITicketGrains grains,
        CoverReader covers,
        HttpContext context,
        CancellationToken cancellation
    ) => SendAsync(key, _ => new FindCover(), queries, grains, covers, context, cancellation);

    private static Task<IResult> BookAsync(
        string key,
        BookingBody body,
        ITicketQueries queries,
        ITicketGrains grains,
        CoverReader covers,
        HttpContext context,
        CancellationToken cancellation
    ) => SendAsync(key, view => Booking(view, body.Amount, body.Note), queries, grains, covers, context, cancellation);

    private static async Task<IResult> SendAsync(
        string key,
        Func<CoverView, TicketCommand> command,
        ITicketQueries queries,
        ITicketGrains grains,
        CoverReader covers,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        if (await FindAsync(queries, viewer, key, cancellation) is not { } ticket)
        {
            return Missing(key);
        }

        var wanted = command(await covers.ForAgentAsync(viewer, ticket, cancellation));
        var asked = JsonSerializer.SerializeToUtf8Bytes(wanted, wanted.GetType());
        var envelope = CommandEnvelope.By(viewer, wanted).RepeatedBy(context, asked);
        var answer = await grains.SendAsync(ticket.State.Id, envelope, cancellation);
        return answer.IsAccepted
            ? Results.Ok(
                CoverAnswer.Of(
                    ticket.State.Key,
                    await covers.ForAgentAsync(
                        viewer,
                        // With the fields that who asks sees, which the grain's answer does not know.
                        await FindAsync(queries, viewer, key, cancellation) ?? ticket,
                        cancellation
                    )
                )
            )
            : new RefusedResult(answer.Refusals);
    }

    private static RefusedResult Missing(string key) => new([Refusal.NotFound("crm.refusal.no-ticket", key)]);
}
