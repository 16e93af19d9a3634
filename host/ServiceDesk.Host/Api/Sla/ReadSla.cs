using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>Shows the clocks of a ticket with the account of every minute, to agents of its desk.</summary>
internal static class ReadSla
{
    public static async Task<IResult> GetAsync(
        HttpContext context,
        string key,
        TicketDoor door,
        IEventLog log,
        QueryLanguage language,
        EventCatalog catalog,
        IPeople people,
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
        var events = FieldSight.Shown(
            viewer,
            ticket.State,
            await log.ReadTicketAsync(ticket.State.Id, context.RequestAborted),
            snapshot
        );
        var corrections = ticket.Clocks.Select(one => one.Correction).OfType<ClockCorrection>();
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            viewer,
            events
                .Select(recorded => recorded.Actor.Person)
                .Concat(corrections.SelectMany(one => (PersonId?[])[one.By, one.ApprovedBy])),
            context.RequestAborted
        );
        var causes = events.ToDictionary(recorded => recorded.Version);
        var witnesses = new ClockWitnesses(causes, catalog, shown, ticket.State.Desk);
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
