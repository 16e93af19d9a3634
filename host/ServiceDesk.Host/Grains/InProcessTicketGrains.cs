using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>
/// Hosts grains in this process. Commands to one ticket take turns here; among several processes on one database the
/// version check of the commit decides, and the one that came too late loads and decides again.
/// </summary>
public sealed class InProcessTicketGrains(
    HotTickets hot,
    TicketDecisions decisions,
    ITicketStore store,
    CommittedAnswers answers,
    CommitAnnouncer announcer
) : ITicketGrains
{
    // Each lost race is another's success, so a ticket that is fought for goes on; only the loser gives up.
    private const int MostAttempts = 12;

    public async Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation = default)
    {
        if (envelope.Command is not OpenTicket)
        {
            throw new InvalidOperationException($"{envelope.Command.GetType().Name} does not open a ticket.");
        }

        var sent = Once(ReactionContext.Sign(envelope));
        return Seen(sent, await OpenOnceAsync(sent, cancellation));
    }

    private async Task<GrainAnswer> OpenOnceAsync(CommandEnvelope sent, CancellationToken cancellation)
    {
        if (await answers.FindAsync(sent, cancellation) is { } earlier)
        {
            return earlier;
        }

        using var reserved = new Reserved(store);
        var step = await decisions.StepAsync(null, sent, reserved, cancellation);
        if (step.Events.Count == 0)
        {
            return ReactionContext.Refuse(step.Refusals);
        }

        using var turn = await hot.EnterAsync(step.After!.State.Id, cancellation);
        return await CommitAsync(turn, null, step, sent, reserved)
            ?? throw new StorageUnavailableException("The identity of a new ticket was taken.");
    }

    public async Task<GrainAnswer> SendAsync(
        TicketId ticket,
        CommandEnvelope envelope,
        CancellationToken cancellation = default
    )
    {
        var sent = ReactionContext.Sign(envelope);
        using var turn = await hot.EnterAsync(ticket, cancellation);
        if (await answers.FindAsync(sent, cancellation) is { } earlier)
        {
            return earlier;
        }

        using var reserved = new Reserved(store);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (await AttemptAsync(turn, ticket, sent, reserved, cancellation) is { } answer)
            {
                return answer;
            }
        }

        throw new StorageUnavailableException("Other nodes changed the ticket faster than this one could decide.");
    }

    public Task<TicketSnapshot?> GetAsync(TicketId ticket, CancellationToken cancellation = default) =>
        store.LoadAsync(ticket, cancellation);

    // One load, decision and commit; null when it has to be done again.
    private async Task<GrainAnswer?> AttemptAsync(
        HotTickets.Turn turn,
        TicketId ticket,
        CommandEnvelope envelope,
        Reserved reserved,
        CancellationToken cancellation
    )
    {
        var isRemembered = turn.Snapshot is not null;
        var before = turn.Snapshot ??= await store.LoadAsync(ticket, cancellation);
        if (before is null)
        {
            return ReactionContext.Refuse([Refusal.NotFound(RefusalCodes.TicketUnknown)]);
        }

        var step = await decisions.StepAsync(before, envelope, reserved, cancellation);
        if (step.Events.Count > 0)
        {
            return await CommitAsync(turn, before.State, step, envelope, reserved);
        }

        // Nothing will be committed, so no version check tells whether the memory was right.
        if (isRemembered && !await IsNewestAsync(turn, ticket, before, cancellation))
        {
            return null;
        }

        return step.Refusals.Count > 0 ? ReactionContext.Refuse(step.Refusals) : GrainAnswer.Accepted(before, []);
    }

    private async Task<bool> IsNewestAsync(
        HotTickets.Turn turn,
        TicketId ticket,
        TicketSnapshot remembered,
        CancellationToken cancellation
    )
    {
        var newest = await store.LoadAsync(ticket, cancellation);
        turn.Snapshot = newest;
        return newest?.State.Version == remembered.State.Version;
    }

    // Not cancelled with the sender: once it is sent, the outcome is worth knowing. Null on a conflict.
    private async Task<GrainAnswer?> CommitAsync(
        HotTickets.Turn turn,
        TicketState? before,
        TicketStep step,
        CommandEnvelope envelope,
        Reserved reserved
    )
    {
        var isRefused = step.Refusals.Count > 0;
        var commit = new TicketCommit
        {
            ExpectedVersion = before?.Version ?? 0,
            Before = before,
            After = step.After!,
            Events = step.Events,
            Timers = step.Timers,
            // What timers did beside a refusal is not the effect of the sender's command.
            IdempotencyKey = isRefused ? null : envelope.IdempotencyKey,
            Fingerprint = envelope.Fingerprint,
            Redaction = step.Events.Any(one => one.Event is TextRedacted or FileRedacted)
                ? Redaction.Of(envelope.Command)
                : null,
        };

        // Until the outcome is known, memory knows less than the database, and the reserved number may stand in it.
        turn.Snapshot = null;
        reserved.IsUsed = true;
        var outcome = await store.CommitAsync(commit, CancellationToken.None);
        reserved.IsUsed = outcome.Status == CommitStatus.Committed && !isRefused;
        switch (outcome.Status)
        {
            case CommitStatus.Committed:
                turn.Snapshot = step.After;
                var events = Positioned(step.Events, outcome.FirstPosition);
                announcer.Announce(events, step.Timers);
                return isRefused ? ReactionContext.Refuse(step.Refusals) : GrainAnswer.Accepted(step.After!, events);
            case CommitStatus.Conflict:
                return null;
            case CommitStatus.Repeated:
                return await answers.FindAsync(envelope, CancellationToken.None);
            case CommitStatus.Taken:
                return ReactionContext.Refuse([ExternalIdTaken(step.After!)]);
            default:
                throw new InvalidOperationException($"A commit cannot end as {outcome.Status}.");
        }
    }

    // A message is split off once, under whatever key that is asked again.
    private static CommandEnvelope Once(CommandEnvelope envelope) =>
        Splitting.KeyOf((OpenTicket)envelope.Command) is { } key
            ? envelope with
            {
                IdempotencyKey = key,
                Fingerprint = null,
            }
            : envelope;

    // What another one split off before is shown to those alone who may see it.
    private static GrainAnswer Seen(CommandEnvelope envelope, GrainAnswer answer) =>
        envelope is { Viewer: { } viewer, Command: OpenTicket { Origin.Kind: OriginKind.Split } }
        && answer.Ticket?.State is { } ticket
        && !TicketAccess.MaySee(viewer, ticket)
            ? ReactionContext.Refuse([Refusal.Conflict(RefusalCodes.MessageSplit, ticket.Key.ToString())])
            : answer;

    private static Refusal ExternalIdTaken(TicketSnapshot ticket) =>
        Refusal.Conflict(RefusalCodes.ExternalIdTaken, ticket.State.ExternalId ?? string.Empty) with
        {
            Field = "externalId",
        };

    private static ValueList<RecordedEvent> Positioned(ValueList<RecordedEvent> events, long first) =>
        events.Select((recorded, index) => recorded with { Position = first + index }).ToValueList();
}
