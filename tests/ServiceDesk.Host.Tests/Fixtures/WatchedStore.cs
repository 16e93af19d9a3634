using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>The real store, with a count of what was asked of it and a way to make it fail.</summary>
public sealed class WatchedStore(TicketStore store) : ITicketStore
{
    private int loads;
    private int conflicts;

    public int Loads => loads;

    public int Conflicts => conflicts;

    /// <summary>When set, called after each commit with its outcome; what it throws is what the grain sees.</summary>
    public Action<TicketCommit>? AfterCommit { get; set; }

    public Task<TicketSnapshot?> LoadAsync(TicketId id, CancellationToken cancellation)
    {
        Interlocked.Increment(ref loads);
        return store.LoadAsync(id, cancellation);
    }

    public Task<TicketId?> FindAsync(TicketKey key, CancellationToken cancellation) =>
        store.FindAsync(key, cancellation);

    public Task<TicketReservation> ReserveAsync(string desk, CancellationToken cancellation) =>
        store.ReserveAsync(desk, cancellation);

    public void Release(TicketReservation reservation) => store.Release(reservation);

    public async Task<CommitOutcome> CommitAsync(TicketCommit commit, CancellationToken cancellation)
    {
        var outcome = await store.CommitAsync(commit, cancellation);
        if (outcome.Status == CommitStatus.Conflict)
        {
            Interlocked.Increment(ref conflicts);
        }

        AfterCommit?.Invoke(commit);
        return outcome;
    }

    public Task<int> ForgetAnswersAsync(
        IReadOnlyList<string> prefixes,
        Instant before,
        CancellationToken cancellation
    ) => store.ForgetAnswersAsync(prefixes, before, cancellation);

    public Task<IdempotencyRecord?> FindAnswerAsync(string idempotencyKey, CancellationToken cancellation) =>
        store.FindAnswerAsync(idempotencyKey, cancellation);
}
