using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>
/// The events of one ticket in a batch, taken one after another. When one fails, or the batch goes on without it, it is
/// parked and so are all behind it: a later event of a ticket never overtakes an earlier one.
/// </summary>
internal sealed class TicketBatch(PumpedReaction reaction, TicketId ticket, IReadOnlyList<RecordedEvent> events)
{
    private readonly Lock gate = new();
    private int current;
    private ReactionOutcome? failure;
    private bool isLeftBehind;

    /// <summary>The ticket.</summary>
    public TicketId Ticket { get; } = ticket;

    /// <summary>Takes the events until one fails, or the batch leaves this ticket behind.</summary>
    /// <returns>How the event ended at which the batch left, for its parked row; null when the batch saw it all.</returns>
    public async Task<ReactionOutcome?> RunAsync(ReactionCall call, CancellationToken cancellation)
    {
        while (true)
        {
            var outcome = await call.RunAsync(reaction, events[current], cancellation);
            lock (gate)
            {
                if (isLeftBehind)
                {
                    return outcome;
                }

                if (outcome.Error is not null)
                {
                    failure = outcome;
                    return null;
                }

                current++;
                if (current == events.Count)
                {
                    return null;
                }
            }
        }
    }

    /// <summary>What must be parked when the batch goes on now. Afterwards nothing more of this ticket is taken but what is running.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="runningUntil">When an event that is still running would be taken for lost.</param>
    public IReadOnlyList<ParkedEvent> Leave(Instant now, Instant runningUntil)
    {
        lock (gate)
        {
            isLeftBehind = true;
            if (current == events.Count)
            {
                return [];
            }

            var first = failure is null
                ? Park(events[current], ParkedState.Retrying, 0, runningUntil, null, now)
                : ParkedEvents.AfterFailure(
                    Park(events[current], ParkedState.Retrying, 0, now, null, now),
                    failure,
                    now
                );
            return
            [
                first,
                .. events.Skip(current + 1).Select(later => Park(later, ParkedState.Behind, 0, now, null, now)),
            ];
        }
    }

    /// <summary>All events, parked behind earlier ones of the ticket.</summary>
    public IEnumerable<ParkedEvent> AllBehind(Instant now) =>
        events.Select(later => Park(later, ParkedState.Behind, 0, now, null, now));

    private ParkedEvent Park(
        RecordedEvent recorded,
        ParkedState state,
        int attempts,
        Instant nextAt,
        string? error,
        Instant since
    ) => new(reaction.Name, recorded.Position, Ticket, state, attempts, nextAt, error, since);
}

/// <summary>What becomes of parked events.</summary>
internal static class ParkedEvents
{
    /// <summary>The parked event after one more failure: with its next try, or dead.</summary>
    public static ParkedEvent AfterFailure(ParkedEvent parked, ReactionOutcome outcome, Instant now)
    {
        var attempts = parked.Attempts + 1;
        var pause = outcome.IsHopeless ? null : BackOff.After(attempts);
        return parked with
        {
            Attempts = attempts,
            State = pause is null ? ParkedState.Dead : ParkedState.Retrying,
            NextAt = pause is { } wait ? now + wait : now,
            Error = outcome.Error,
        };
    }
}
