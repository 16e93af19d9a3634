using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Pages.Workflows;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What a transition asks an agent.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class TransitionModel(
    OpenedTicket opened,
    ITicketGrains grains,
    PersonDirectory directory,
    PostedFields posted,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
) : TransitionScreen(grains, posted, configuration, times, texts)
{
    /// <inheritdoc/>
    protected override (string Resolution, string Done) Words => ("workspace.resolution", "workspace.done-moved");

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Needs =>
        [
            .. FieldNeeds
                .Of(Transition, Ticket.State.Type, Snapshot)
                .Concat(FieldNeeds.ToLeave(Viewer, Ticket.State.Status, Ticket.State.Type, Snapshot)),
        ];

    /// <inheritdoc/>
    protected override async Task<(TicketSnapshot Ticket, WorkflowTransition Way, bool IsOffered)?> WayAsync(
        CancellationToken cancellation
    )
    {
        if (await opened.FindAsync(Viewer, Key, cancellation) is not { } ticket)
        {
            return null;
        }

        var workflow = Snapshot.WorkflowOf(ticket.State.Type);
        var offered = workflow?.TransitionsFrom(ticket.State.Status).FirstOrDefault(way => way.Id == Id);
        return (offered ?? workflow?.Transitions.FirstOrDefault(way => way.Id == Id)) is { } known
            ? (ticket, known, offered is not null)
            : null;
    }

    /// <inheritdoc/>
    protected override bool MayAsk(FieldDocument field) => true;

    /// <inheritdoc/>
    protected override Task<FieldOffers> OffersAsync(TypedFields fields, CancellationToken cancellation) =>
        directory.OffersAsync(Viewer, fields.Kinds, fields.Held, cancellation);

    /// <inheritdoc/>
    protected override IActionResult Back() => RedirectToPage("/Workspace/Ticket", new { key = Key });
}
