using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Answers;

/// <summary>Makes answers of tickets: whole for agents of the desk, and from the customers' view for everyone else.</summary>
public sealed class TicketAnswers(IPeople people, ICurrentConfiguration configuration, IClock clock)
{
    /// <summary>A ticket that the viewer may see.</summary>
    public async Task<TicketAnswer> OfAsync(Viewer viewer, TicketState ticket, CancellationToken cancellation) =>
        (await OfAsync(viewer, [ticket], cancellation))[0];

    /// <summary>A ticket that the viewer may see, with what its customers may expect.</summary>
    public async Task<TicketAnswer> OfAsync(Viewer viewer, TicketSnapshot ticket, CancellationToken cancellation) =>
        await OfAsync(viewer, ticket.State, cancellation) with
        {
            ExpectedSolution = Expected(viewer, ticket),
        };

    /// <summary>When a ticket will be solved, as those are told who read it; null when there is nothing to expect.</summary>
    public ExpectedSolution? Expected(Viewer viewer, TicketSnapshot ticket) =>
        !TicketAccess.MayRead(viewer, ticket.State)
            ? null
            : ExpectedSolution.Of(ticket, clock.GetCurrentInstant(), configuration.Snapshot);

    /// <summary>Tickets that the viewer may see.</summary>
    public async Task<IReadOnlyList<TicketAnswer>> OfAsync(
        Viewer viewer,
        IReadOnlyCollection<TicketState> tickets,
        CancellationToken cancellation
    )
    {
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            viewer,
            tickets.SelectMany(ticket =>
                (PersonId?[])[ticket.Requester, ticket.Assignee, .. ticket.Participants.Select(id => (PersonId?)id)]
            ),
            cancellation
        );
        var answers = new List<TicketAnswer>(tickets.Count);
        foreach (var ticket in tickets)
        {
            answers.Add(
                viewer.WorksOn(ticket.Desk)
                    ? await ForAgentAsync(FieldSight.Shown(viewer, ticket, configuration.Snapshot), shown, cancellation)
                    : await ForCustomerAsync(viewer, ticket, shown, cancellation)
            );
        }

        return answers;
    }

    /// <summary>
    /// The version of a ticket for a viewer: customers do not learn how often something happened behind their back. It is another one
    /// when something that they see is another, also by events of which they are not told: with whom it is shared, and what a decision is about.
    /// </summary>
    public long VersionFor(Viewer viewer, TicketState ticket) =>
        viewer.WorksOn(ticket.Desk)
            ? ticket.Version
            : ticket.PublicUpdatedAt.ToUnixTimeMilliseconds() ^ ContentOf(viewer, ticket);

    // The same on every node, and small enough for a number of JavaScript.
    private uint ContentOf(Viewer viewer, TicketState ticket)
    {
        var seen = CustomerViews.For(viewer, ticket, configuration.Snapshot, clock.GetCurrentInstant());
        var content = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                seen.Priority,
                seen.Organization,
                seen.Fields,
                Private = PrivateFor(viewer, ticket),
                SharedWith = TicketSharing.KnownTo(viewer, ticket),
            },
            ServiceDeskJson.Api
        );
        return BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(content));
    }

    private async Task<TicketAnswer> ForAgentAsync(
        TicketState ticket,
        PeopleOfAnswer shown,
        CancellationToken cancellation
    )
    {
        var status = configuration.Snapshot.WorkflowOf(ticket.Type)?.Status(ticket.Status);
        return new TicketAnswer
        {
            Key = ticket.Key.ToString(),
            Desk = ticket.Desk,
            Type = ticket.Type,
            RequestType = ticket.RequestType,
            Status = ticket.Status,
            StatusName = status?.Name.ToString() ?? ticket.Status,
            StatusCategory = ticket.Category,
            Resolution = ticket.Resolution,
            Summary = ticket.Summary,
            Description = ticket.Description,
            Priority = ticket.Priority,
            Requester = shown.Show(ticket.Requester, ticket.Desk),
            Organization = await OrganizationAsync(ticket.Organization, cancellation),
            Private = TicketSharing.IsPrivate(ticket),
            SharedWith = await OrganizationsAsync(TicketSharing.Further(ticket), cancellation),
            Assignee = shown.Show(ticket.Assignee, ticket.Desk),
            Team = await TeamAsync(ticket.Team, cancellation),
            Participants = Participants(ticket.Participants, shown, ticket.Desk),
            Labels = ticket.Labels,
            Channel = ticket.Channel,
            ExternalId = ticket.ExternalId,
            Comments = ticket.PublicComments,
            CreatedAt = ticket.CreatedAt,
            UpdatedAt = ticket.UpdatedAt,
            ResolvedAt = ticket.ResolvedAt,
            ClosedAt = ticket.ClosedAt,
            Version = ticket.Version,
            MergedInto = ticket.Merged?.Key.ToString(),
            Merged = [.. ticket.TakenIn.Select(other => other.Key.ToString())],
            Origin = ticket.Origin is { } origin
                ? new OriginAnswer(origin.Kind, origin.Key.ToString(), origin.Comment)
                : null,
            Offspring =
            [
                .. ticket.Offspring.Select(child => new OriginAnswer(child.Kind, child.Key.ToString(), child.Comment)),
            ],
            Fields = ticket.Fields,
        };
    }

    private async Task<TicketAnswer> ForCustomerAsync(
        Viewer viewer,
        TicketState ticket,
        PeopleOfAnswer shown,
        CancellationToken cancellation
    )
    {
        var view = CustomerViews.For(viewer, ticket, configuration.Snapshot, clock.GetCurrentInstant());
        return new TicketAnswer
        {
            Key = view.Key.ToString(),
            Desk = view.Key.Desk,
            Type = view.Type,
            RequestType = view.RequestType,
            Status = view.Status.Id,
            StatusName = view.Status.Name.ToString(),
            StatusCategory = view.Status.Category,
            Resolution = view.Resolution,
            Summary = view.Summary,
            Description = view.Description,
            Priority = view.Priority,
            Requester = shown.Show(view.Requester, view.Key.Desk),
            Organization = await OrganizationAsync(view.Organization, cancellation),
            Private = PrivateFor(viewer, ticket),
            SharedWith = await OrganizationsAsync(TicketSharing.KnownTo(viewer, ticket), cancellation),
            Assignee = null,
            Team = null,
            Participants = Participants(view.Participants, shown, view.Key.Desk),
            Labels = null,
            Channel = null,
            ExternalId = null,
            Comments = view.Comments,
            CreatedAt = view.CreatedAt,
            UpdatedAt = view.UpdatedAt,
            ResolvedAt = view.ResolvedAt,
            ClosedAt = view.ClosedAt,
            Version = VersionFor(viewer, ticket),
            MergedInto = TicketAccess.IsCustomerOf(ticket, viewer.Person.Id) ? ticket.Merged?.Key.ToString() : null,
            Merged = null,
            Origin = null,
            Offspring = null,
            Fields = view.Fields,
        };
    }

    private static bool? PrivateFor(Viewer viewer, TicketState ticket) =>
        TicketAccess.IsCustomerOf(ticket, viewer.Person.Id) ? TicketSharing.IsPrivate(ticket) : null;

    private static List<PersonAnswer> Participants(
        IEnumerable<PersonId> participants,
        PeopleOfAnswer shown,
        string desk
    ) => [.. participants.Select(id => shown.Show(id, desk)).OfType<PersonAnswer>()];

    private async ValueTask<NamedAnswer?> OrganizationAsync(OrganizationId? id, CancellationToken cancellation) =>
        id is { } known && await people.FindOrganizationAsync(known, cancellation) is { } organization
            ? new NamedAnswer(known.Value, organization.Name)
            : null;

    private async ValueTask<IReadOnlyList<NamedAnswer>> OrganizationsAsync(
        ValueList<OrganizationId> ids,
        CancellationToken cancellation
    )
    {
        var named = new List<NamedAnswer>(ids.Count);
        foreach (var id in ids)
        {
            named.AddRange(await OrganizationAsync(id, cancellation) is { } one ? [one] : []);
        }

        return named;
    }

    private async ValueTask<NamedAnswer?> TeamAsync(TeamId? id, CancellationToken cancellation) =>
        id is { } known && await people.FindTeamAsync(known, cancellation) is { } team
            ? new NamedAnswer(known.Value, team.Name)
            : null;
}
