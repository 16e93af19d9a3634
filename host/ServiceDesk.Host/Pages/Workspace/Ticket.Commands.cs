using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The commands of the page, one handler each.</summary>
public sealed partial class TicketModel
{
    public Task<IActionResult> OnPostAssignAsync(long? assignee, long? team, CancellationToken cancellation) =>
        SendAsync(
            new AssignTicket(
                assignee is { } person ? new PersonId(person) : null,
                team is { } id ? new TeamId(id) : null
            ),
            "workspace.done-assigned",
            cancellation
        );

    public async Task<IActionResult> OnPostTakeAsync(CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        return ticket is null
            ? NotFound()
            : await SendAsync(
                new AssignTicket(HttpContext.RequireViewer().Person.Id, ticket.State.Team),
                "workspace.done-assigned",
                cancellation
            );
    }

    public Task<IActionResult> OnPostPriorityAsync(Priority priority, CancellationToken cancellation) =>
        SendAsync(new SetPriority(priority), "workspace.done-saved", cancellation);

    public Task<IActionResult> OnPostOrganizationAsync(long? organization, CancellationToken cancellation) =>
        SendAsync(
            new ChangeOrganization(organization is { } id ? new OrganizationId(id) : null),
            "workspace.done-saved",
            cancellation
        );

    public Task<IActionResult> OnPostTransitionAsync(string to, CancellationToken cancellation) =>
        SendAsync(new TransitionTicket(to, null, ValueMap<FieldValue?>.Empty), "workspace.done-moved", cancellation);

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

    public Task<IActionResult> OnPostLabelsAsync(string? labels, CancellationToken cancellation) =>
        SendAsync(
            new EditTicket(
                Labels: (labels ?? "")
                    .Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .ToValueList()
            ),
            "workspace.done-saved",
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
