using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Grains;

/// <summary>Answers to commands whose idempotency key was used before: what they recorded then, with the ticket as it is now.</summary>
public sealed class CommittedAnswers(ITicketStore store, IEventLog log)
{
    /// <summary>The answer; null when there is no key, or it is new. A key that stood for something else is refused.</summary>
    public async Task<GrainAnswer?> FindAsync(CommandEnvelope envelope, CancellationToken cancellation)
    {
        if (
            envelope.IdempotencyKey is null
            || await store.FindAnswerAsync(envelope.IdempotencyKey, cancellation) is not { } earlier
            || await store.LoadAsync(earlier.Ticket, cancellation) is not { } ticket
        )
        {
            return null;
        }

        if (envelope.Fingerprint is { } fingerprint && earlier.Fingerprint is { } first && first != fingerprint)
        {
            return GrainAnswer.Refused([Refusal.Invalid(RefusalCodes.KeyUsed, RequestRepeats.Header)]);
        }

        var events = await log.ReadTicketAsync(earlier.Ticket, cancellation);
        return GrainAnswer.Accepted(
            ticket,
            events
                .Where(recorded => recorded.Version > earlier.FromVersion && recorded.Version <= earlier.ToVersion)
                .ToValueList()
        );
    }
}
