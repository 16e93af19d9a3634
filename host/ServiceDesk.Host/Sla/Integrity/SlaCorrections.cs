using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Integrity;

/// <summary>A proposal with its ticket.</summary>
public sealed record ProposalLine(SlaProposal Proposal, TicketState Ticket);

/// <summary>Corrections of clocks: one agent proposes, another one with the permission approves, and the ticket tells it.</summary>
public sealed class SlaCorrections(
    ISlaCorrectionStore store,
    ITicketQueries tickets,
    ITicketGrains grains,
    IClock clock
)
{
    private const int LongestReason = 2_000;

    /// <summary>How many proposals are listed.</summary>
    public const int MostListed = 100;

    /// <summary>Proposes a correction.</summary>
    /// <returns>The proposal, or why not.</returns>
    public async Task<(SlaProposal? Proposal, Refusal? Refusal)> ProposeAsync(
        TicketSnapshot ticket,
        string metric,
        int cycle,
        ProposedCounting counting,
        string? reason,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var one = ticket.Clocks.FirstOrDefault(one => one.Metric == metric && one.Cycle == cycle);
        var refusal =
            !viewer.WorksOn(ticket.State.Desk) ? Refusal.Forbidden(RefusalCodes.AgentsOnly)
            : one is null ? Refusal.NotFound(RefusalCodes.SlaClockUnknown)
            : string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason
                ? Refusal.Invalid(RefusalCodes.TextRequired, "reason")
            : Core.Tickets.Ticket.WhyNotCorrect(
                one,
                Command(metric, cycle, counting, reason, viewer.Person.Id),
                clock.GetCurrentInstant()
            );
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var proposal = new SlaProposal
        {
            Ticket = ticket.State.Id,
            Metric = metric,
            Cycle = cycle,
            Counting = counting,
            Reason = reason!.Trim(),
            By = viewer.Person.Id,
            At = clock.GetCurrentInstant(),
        };
        return (await store.AddAsync(proposal, cancellation), null);
    }

    /// <summary>Proposals on tickets of the viewer's desks: those that wait first, newest first.</summary>
    public async Task<IReadOnlyList<ProposalLine>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        var found = await store.ListAsync(MostListed, cancellation);
        var seen = await tickets.FindByIdAsync(viewer, [.. found.Select(one => one.Ticket).Distinct()], cancellation);
        return
        [
            .. found
                .Where(one => seen.TryGetValue(one.Ticket, out var ticket) && viewer.WorksOn(ticket.State.Desk))
                .Select(one => new ProposalLine(one, seen[one.Ticket].State)),
        ];
    }

    /// <summary>A proposal on a ticket of the viewer's desks; null when there is none.</summary>
    public async Task<ProposalLine?> FindAsync(long id, Viewer viewer, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } proposal)
        {
            return null;
        }

        var seen = await tickets.FindByIdAsync(viewer, [proposal.Ticket], cancellation);
        return seen.TryGetValue(proposal.Ticket, out var ticket) && viewer.WorksOn(ticket.State.Desk)
            ? new ProposalLine(proposal, ticket.State)
            : null;
    }

    /// <summary>Approves a proposal that waits: the ticket decides it.</summary>
    /// <returns>Why not; empty when it was approved.</returns>
    public async Task<ValueList<Refusal>> ApproveAsync(
        SlaProposal proposal,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        if (proposal.State != ProposalState.Waiting)
        {
            return [Refusal.Conflict(RefusalCodes.SlaProposalDecided)];
        }

        var command = Command(proposal.Metric, proposal.Cycle, proposal.Counting, proposal.Reason, proposal.By);
        // A repeat after a crash between the ticket and the table finds the ticket corrected by this very key.
        var envelope = CommandEnvelope.By(viewer, command) with
        {
            IdempotencyKey = FormattableString.Invariant($"sla-correction:{proposal.Id}"),
        };
        var answer = await grains.SendAsync(proposal.Ticket, envelope, cancellation);
        if (answer.IsAccepted)
        {
            await store.DecideAsync(
                proposal.Id,
                ProposalState.Approved,
                viewer.Person.Id,
                clock.GetCurrentInstant(),
                CancellationToken.None
            );
        }

        return answer.Refusals;
    }

    /// <summary>Declines a proposal that waits; whoever proposed it may take it back so.</summary>
    /// <returns>Why not; null when it was declined.</returns>
    public async Task<Refusal?> DeclineAsync(SlaProposal proposal, Viewer viewer, CancellationToken cancellation)
    {
        if (proposal.By != viewer.Person.Id && !viewer.May(Permissions.CorrectClocks))
        {
            return Refusal.Forbidden(RefusalCodes.SlaCorrectionPermission);
        }

        return await store.DecideAsync(
            proposal.Id,
            ProposalState.Declined,
            viewer.Person.Id,
            clock.GetCurrentInstant(),
            cancellation
        )
            ? null
            : Refusal.Conflict(RefusalCodes.SlaProposalDecided);
    }

    private static CorrectSla Command(
        string metric,
        int cycle,
        ProposedCounting counting,
        string reason,
        PersonId by
    ) => new(metric, cycle, counting.Spans, counting.KeptGoals, reason, by);
}
