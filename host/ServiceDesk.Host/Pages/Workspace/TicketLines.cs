using NodaTime;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
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
)
{
    /// <summary>The desk's name.</summary>
    public string Desk { get; init; } = "";

    /// <summary>The name of what was asked for; null for a ticket that nobody asked for by a form.</summary>
    public string? RequestType { get; init; }

    /// <summary>The name of how it was resolved.</summary>
    public string? Resolution { get; init; }

    /// <summary>What the viewer sees of the own fields that the list has columns for, by the field's id.</summary>
    public IReadOnlyDictionary<string, OwnValue> Own { get; init; } = new Dictionary<string, OwnValue>();
}

/// <summary>A value of an own field.</summary>
/// <param name="Value">The value.</param>
/// <param name="Words">The same in the reader's words.</param>
public sealed record OwnValue(FieldValue Value, string Words);

/// <summary>Reads pages of lists and puts names beside the ids.</summary>
public sealed class TicketLines(
    ITicketLists lists,
    ITicketQueries queries,
    IPeople people,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
)
{
    /// <summary>The columns that the viewer may see, see <see cref="ListColumns.Seen"/>.</summary>
    public IReadOnlyList<string> Seen(Viewer viewer, IReadOnlyList<string> columns) =>
        ListColumns.Seen(columns, viewer, configuration.Snapshot);

    /// <summary>How a list is drawn for the viewer, see <see cref="ListShape.Of"/>.</summary>
    public ListShape Shape(
        Viewer viewer,
        string? group,
        string? rows,
        string? order,
        string? queueGroup,
        int? queueRows
    ) => ListShape.Of(viewer, configuration.Snapshot, group, rows, order, queueGroup, queueRows);

    /// <summary>A page of the tickets that match and that the viewer may see.</summary>
    /// <param name="columns">The columns of the list; for those of own fields their values are read.</param>
    /// <exception cref="QueryException">The query or cursor is wrong.</exception>
    public async Task<Page<TicketLine>> ReadAsync(
        Viewer viewer,
        string query,
        int limit,
        string? cursor,
        IReadOnlyList<string> columns,
        CancellationToken cancellation
    )
    {
        var page = await lists.ListAsync(viewer, query, limit, cursor, cancellation);
        var named = await NamedAsync(page.Items, cancellation);
        return new Page<TicketLine>(await WithOwnAsync(viewer, named, columns, cancellation), page.Next);
    }

    private async Task<IReadOnlyList<TicketLine>> WithOwnAsync(
        Viewer viewer,
        IReadOnlyList<TicketLine> named,
        IReadOnlyList<string> columns,
        CancellationToken cancellation
    )
    {
        var snapshot = configuration.Snapshot;
        var fields = columns
            .Select(ListColumns.FieldOf)
            .Select(id => id is not null && snapshot.TryGet<FieldDocument>(id, out var field) ? field : null)
            .OfType<FieldDocument>()
            .Distinct()
            .ToList();
        if (fields.Count == 0 || named.Count == 0)
        {
            return named;
        }

        var tickets = await queries.FindByIdAsync(viewer, [.. named.Select(line => line.Ticket.Id)], cancellation);
        var values = tickets
            .Values.SelectMany(ticket => fields.Select(field => ticket.State.Fields.Find(field.Id)))
            .ToList();
        var persons = values.OfType<PersonValue>().Select(value => value.Person).Distinct().ToList();
        var names = (await people.FindAsync(persons, cancellation)).ToDictionary(
            found => found.Key,
            found => found.Value.Name
        );
        var words = new FieldWords(times, texts, names, await people.GroupNamesAsync(values, cancellation));
        return [.. named.Select(line => line with { Own = Own(line.Ticket.Id) })];

        Dictionary<string, OwnValue> Own(TicketId id) =>
            fields
                .Select(field => (field, Value: Seen(tickets.GetValueOrDefault(id), field)))
                .Where(own => own.Value is not null)
                .ToDictionary(own => own.field.Id, own => new OwnValue(own.Value!, words.Of(own.field, own.Value)));

        // On a desk where the viewer does not work, what its customers see.
        FieldValue? Seen(TicketSnapshot? ticket, FieldDocument field) =>
            ticket is not null && (field.CustomersSee || viewer.WorksOn(ticket.State.Desk))
                ? ticket.State.Fields.Find(field.Id)
                : null;
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
        var resolutions = snapshot
            .All<WorkflowDocument>()
            .SelectMany(workflow => workflow.Resolutions)
            .DistinctBy(resolution => resolution.Id)
            .ToDictionary(resolution => resolution.Id, resolution => resolution.Name.ToString());
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
            )
            {
                Desk = snapshot.TryGet<DeskDocument>(ticket.Key.Desk, out var desk)
                    ? desk.Name.ToString()
                    : ticket.Key.Desk,
                RequestType =
                    ticket.RequestType is { } asked && snapshot.TryGet<RequestTypeDocument>(asked, out var form)
                        ? form.Name.ToString()
                        : ticket.RequestType,
                Resolution = ticket.Resolution is { } resolution
                    ? resolutions.GetValueOrDefault(resolution, resolution)
                    : null,
            };
        }

        string? NameOf(PersonId id) => persons.TryGetValue(id, out var person) ? person.Name : null;
    }
}
