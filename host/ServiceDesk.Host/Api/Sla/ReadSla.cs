using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Configuration;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>Shows the clocks of a ticket with the account of every minute, to agents of its desk.</summary>
internal static class ReadSla
{
    public static async Task<IResult> GetAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        ClockWitnessReader reader,
        QueryLanguage language,
        ICurrentConfiguration configuration,
        IClock clock,
        ApiProblems problems
    )
    {
        var viewer = context.RequireViewer();
        var (ticket, missing) = await door.FindAsync(viewer, key, context.RequestAborted);
        if (ticket is null)
        {
            return missing!;
        }

        if (!viewer.WorksOn(ticket.State.Desk))
        {
            // Conditions of policies name internal statuses and queries.
            return problems.Of(StatusCodes.Status403Forbidden, "refusal.agents-only");
        }

        var (now, snapshot) = (clock.GetCurrentInstant(), configuration.Snapshot);
        var witnesses = await reader.ReadAsync(viewer, ticket, snapshot, context.RequestAborted);
        var hidden = language.HiddenFrom(viewer, snapshot);
        return Results.Ok(
            new SlaAnswer(
                ticket.State.Key.ToString(),
                now,
                [
                    .. ticket.Clocks.Select(one =>
                        ClockAnswer.Of(one, hidden.Shown(SlaLedger.Of(one, now, snapshot)), snapshot, witnesses)
                    ),
                ]
            )
        );
    }
}
