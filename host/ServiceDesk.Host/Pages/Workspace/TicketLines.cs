using NodaTime;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A ticket in an agents' list, with the names that people read.</summary>
public sealed record TicketLine(
    TicketListItem Ticket,
    string TypeName,
    string TypeIcon,
    string StatusName,
    string Requester,
    string? Organization,
    string? Assignee,
    string? Team
);

/// <summary>Reads pages of lists and puts names beside the ids.</summary>
public sealed class TicketLines(ITicketLists lists, IPeople people, ICurrentConfiguration configuration)
{
    /// <summary>A page of the tickets that match and that the viewer may see.</summary>
    /// <exception cref="QueryException">The query or cursor is wrong.</exception>
    public async Task<Page<TicketLine>> ReadAsync(
        Viewer viewer,
        string query,
        int limit,
        string? cursor,
        CancellationToken cancellation
    )
    {
        var page = await lists.ListAsync(viewer, query, limit, cursor, cancellation);
        return new Page<TicketLine>(await NamedAsync(page.Items, cancellation), page.Next);
    }

    /// <summary>The same tickets with the names that people read.</summary>
    public async Task<IReadOnlyList<TicketLine>> NamedAsync(
        IReadOnlyList<TicketListItem> items,
        CancellationToken cancellation
    )
    {
        var wanted = items.SelectMany(t => new[] { t.Requester, t.Assignee ?? t.Requester }).Distinct().ToList();
        var persons = await people.FindAsync(wanted, cancellation);
        var teams = new Dictionary<TeamId, string>();
        foreach (var id in items.Select(t => t.Team).OfType<TeamId>().Distinct())
        {
            teams[id] = (await people.FindTeamAsync(id, cancellation))?.Name ?? "";
        }

        var organizations = new Dictionary<OrganizationId, string>();
        foreach (var id in items.Select(t => t.Organization).OfType<OrganizationId>().Distinct())
        {
            organizations[id] = (await people.FindOrganizationAsync(id, cancellation))?.Name ?? "";
        }

        var snapshot = configuration.Snapshot;
        return [.. items.Select(Line)];

        TicketLine Line(TicketListItem ticket)
        {
            snapshot.TryGet<TicketTypeDocument>(ticket.Type, out var type);
            var status = snapshot.WorkflowOf(ticket.Type)?.Status(ticket.Status);
            return new TicketLine(
                ticket,
                type?.Name.ToString() ?? ticket.Type,
                type?.Icon ?? "ticket",
                status?.Name.ToString() ?? ticket.Status,
                NameOf(ticket.Requester) ?? "",
                ticket.Organization is { } organization ? organizations[organization] : null,
                ticket.Assignee is { } assignee ? NameOf(assignee) : null,
                ticket.Team is { } team ? teams[team] : null
            );
        }

        string? NameOf(PersonId id) => persons.TryGetValue(id, out var person) ? person.Name : null;
    }
}
