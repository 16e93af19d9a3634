using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Notifications;

/// <summary>
/// Whom something about a ticket concerns that somebody must do: its agent and who stands in for that one now; where nobody
/// has the ticket who works on its desk, the team; where there is no such either, the agents of the desk.
/// </summary>
public sealed class TicketHolders(
    IPeopleStore people,
    IViewers viewers,
    Rosters rosters,
    ICurrentConfiguration configuration,
    IClock clock
)
{
    private const int MostOfDesk = 100;

    /// <summary>Those people, each once.</summary>
    public async Task<IReadOnlyCollection<PersonId>> OfAsync(TicketState ticket, CancellationToken cancellation)
    {
        if (ticket.Assignee is not { } assignee || !await WorksAsync(assignee, ticket.Desk, cancellation))
        {
            return
                ticket.Team is { } id
                && await people.FindTeamAsync(id, cancellation) is { Members: { Count: > 0 } members }
                ? members
                : await OfDeskAsync(ticket.Desk, cancellation);
        }

        var now = clock.GetCurrentInstant();
        var roster = await rosters.OfAsync([assignee], now, cancellation);
        return roster.StandIn(assignee, now, ticket.Team) is { } standIn ? [assignee, standIn] : [assignee];
    }

    private async Task<IReadOnlyCollection<PersonId>> OfDeskAsync(string key, CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        var roles = snapshot
            .All<RoleDocument>()
            .Where(role => role.Permissions.Contains(Permissions.WorkTickets))
            .Select(role => role.Id)
            .ToValueList();
        if (roles.Count == 0 || !snapshot.TryGet<DeskDocument>(key, out var desk))
        {
            return [];
        }

        var teams = await people.TeamsAsync(cancellation);
        var agents = await people.ListAsync(new PeopleFilter { Roles = roles }, MostOfDesk, null, cancellation);
        return
        [
            .. agents
                .Items.Where(person => DeskAccess.WorksOn(desk, person, teams, snapshot))
                .Select(person => person.Id),
        ];
    }

    // Somebody who left the house or the desk has it in name only.
    private async Task<bool> WorksAsync(PersonId assignee, string desk, CancellationToken cancellation) =>
        await viewers.OfAsync(assignee, cancellation) is { } viewer && viewer.WorksOn(desk);
}
