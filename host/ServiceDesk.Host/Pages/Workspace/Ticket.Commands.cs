using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The commands of the page, one handler each.</summary>
public sealed partial class TicketModel
{
    /// <param name="assignee">Who; null for nobody.</param>
    /// <param name="drawn">Who it was when the page was drawn, 0 for nobody; null does not say.</param>
    public Task<IActionResult> OnPostAssignAsync(long? assignee, long? drawn, CancellationToken cancellation) =>
        SetAsync(
            assignee ?? 0,
            drawn,
            state => state.Assignee?.Value ?? 0,
            state => new AssignTicket(assignee is { } person ? new PersonId(person) : null, state.Team),
            "workspace.done-assigned",
            view => ("workspace.assignee", AssigneeOf(view)),
            cancellation
        );

    /// <param name="team">Which; null for none.</param>
    /// <param name="drawn">As of the assignee.</param>
    public Task<IActionResult> OnPostTeamAsync(long? team, long? drawn, CancellationToken cancellation) =>
        SetAsync(
            team ?? 0,
            drawn,
            state => state.Team?.Value ?? 0,
            state => new AssignTicket(state.Assignee, team is { } id ? new TeamId(id) : null),
            "workspace.done-assigned",
            view => ("workspace.team", view.Team ?? texts["workspace.no-team"]),
            cancellation
        );

    public Task<IActionResult> OnPostTakeAsync(long? drawn, CancellationToken cancellation) =>
        OnPostAssignAsync(HttpContext.RequireViewer().Person.Id.Value, drawn, cancellation);

    public Task<IActionResult> OnPostPriorityAsync(
        Priority priority,
        Priority? drawn,
        CancellationToken cancellation
    ) =>
        SetAsync(
            priority,
            drawn,
            state => state.Priority,
            _ => new SetPriority(priority),
            "workspace.done-saved",
            view =>
                ("workspace.priority", texts[$"common.priority-{view.State.Priority.ToString().ToLowerInvariant()}"]),
            cancellation
        );

    public async Task<IActionResult> OnPostTransitionAsync(string to, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } ticket)
        {
            return NotFound();
        }

        var workflow = configuration.Snapshot.WorkflowOf(ticket.State.Type);
        var known = workflow?.Transitions.FirstOrDefault(way => way.Id == to);
        // A button of a page that shows an older status.
        return known is not null && workflow!.TransitionsFrom(ticket.State.Status).All(way => way.Id != to)
            ? await RefuseAsync(
                [
                    Refusal.Conflict(
                        "workspace.moved-meanwhile",
                        workflow!.Status(ticket.State.Status)?.Name.ToString() ?? ticket.State.Status,
                        known.Name.ToString()
                    ),
                ],
                ticket,
                cancellation
            )
            : await SendAsync(
                new TransitionTicket(to, null, ValueMap<FieldValue?>.Empty),
                "workspace.done-moved",
                cancellation
            );
    }

    /// <param name="organization">Which; null for none.</param>
    /// <param name="drawn">As of the assignee.</param>
    public Task<IActionResult> OnPostOrganizationAsync(
        long? organization,
        long? drawn,
        CancellationToken cancellation
    ) =>
        SetAsync(
            organization ?? 0,
            drawn,
            state => state.Organization?.Value ?? 0,
            _ => new ChangeOrganization(organization is { } id ? new OrganizationId(id) : null),
            "workspace.done-saved",
            view => ("workspace.organization", view.Organization ?? texts["workspace.no-organization"]),
            cancellation
        );

    /// <param name="organization">The name or key of an organization.</param>
    /// <param name="id">The id of one that the page shows, in the place of a name.</param>
    public async Task<IActionResult> OnPostShareAsync(string? organization, long? id, CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        var house = id is { } shown
            ? new OrganizationId(shown)
            : (await houses.FindOneAsync(HttpContext.RequireViewer(), organization, cancellation))?.Id;
        return house is { } found
            ? await SendAsync(new ShareTicket(found), "workspace.done-saved", cancellation)
            : await RefuseAsync(
                [Refusal.Invalid("workspace.organization-unknown", "organization", (organization ?? "").Trim())],
                ticket,
                cancellation
            );
    }

    public Task<IActionResult> OnPostUnshareAsync(long organization, CancellationToken cancellation) =>
        SendAsync(new UnshareTicket(new OrganizationId(organization)), "workspace.done-saved", cancellation);

    public Task<IActionResult> OnPostCallRuleAsync(string rule, CancellationToken cancellation) =>
        SendAsync(new CallRule(rule), "workspace.done-rule-called", cancellation);

    public Task<IActionResult> OnPostReopenAsync(CancellationToken cancellation) =>
        SendAsync(new ReopenTicket(null), "workspace.done-reopened", cancellation);

    public Task<IActionResult> OnPostUndoMergeAsync(CancellationToken cancellation) =>
        SendAsync(new UndoMerge(), "workspace.done-merge-undone", cancellation);

    public async Task<IActionResult> OnPostWatchAsync(bool watch, CancellationToken cancellation) =>
        await SendAsync(
            new WatchTicket(HttpContext.RequireViewer().Person.Id, watch),
            watch ? "workspace.done-watching" : "workspace.done-not-watching",
            cancellation
        );

    public async Task<IActionResult> OnPostAddParticipantAsync(string? person, CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        return await directory.FindOneAsync(HttpContext.RequireViewer(), person, cancellation) is { } found
            ? await SendAsync(new AddParticipants([found.Id]), "workspace.done-saved", cancellation)
            : await RefuseAsync(
                [Refusal.Invalid("workspace.person-unknown", "person", person ?? "")],
                ticket,
                cancellation
            );
    }

    public Task<IActionResult> OnPostRemoveParticipantAsync(long person, CancellationToken cancellation) =>
        SendAsync(new RemoveParticipants([new PersonId(person)]), "workspace.done-saved", cancellation);
}
