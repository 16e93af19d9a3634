using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>Answers to commands whose idempotency key was used before: what they recorded then, with the ticket as it is now.</summary>
public sealed class CommittedAnswers(ITicketStore store, IEventLog log)
{
    /// <summary>The answer; null when there is no key, or it is new.</summary>
    public async Task<GrainAnswer?> FindAsync(string? idempotencyKey, CancellationToken cancellation)
    {
        if (
            idempotencyKey is null
            || await store.FindAnswerAsync(idempotencyKey, cancellation) is not { } earlier
            || await store.LoadAsync(earlier.Ticket, cancellation) is not { } ticket
        )
        {
            return null;
        }

        var events = await log.ReadTicketAsync(earlier.Ticket, cancellation);
        return GrainAnswer.Accepted(
            ticket,
            events
                .Where(recorded => recorded.Version >= earlier.FromVersion && recorded.Version <= earlier.ToVersion)
                .ToValueList()
        );
    }
}
