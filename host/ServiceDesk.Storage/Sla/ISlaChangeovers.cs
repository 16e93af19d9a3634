using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Sla;

/// <summary>
/// How new versions of SLA policies and calendars come to the clocks that run. <c>IDocumentStore</c> begins each, in the
/// transaction that writes the version, also where nobody stated a choice. Kept for ever: it is the account of who chose what.
/// </summary>
public interface ISlaChangeovers
{
    /// <summary>The oldest with something left to do; null when there is none.</summary>
    Task<SlaChangeover?> NextAsync(CancellationToken cancellation);

    /// <summary>Keeps how far one is. What another server did meanwhile is not taken back.</summary>
    /// <returns>Whether it was where <paramref name="from"/> says.</returns>
    Task<bool> ProgressAsync(SlaChangeover to, TicketId from, CancellationToken cancellation);

    /// <summary>The newest of a document, or of all, newest first.</summary>
    Task<IReadOnlyList<SlaChangeover>> ListAsync(
        string? kind,
        string? document,
        int limit,
        CancellationToken cancellation
    );
}

/// <summary>A new version on its way to the clocks that run.</summary>
public sealed record SlaChangeover
{
    /// <summary>Counts up.</summary>
    public long Id { get; init; }

    /// <summary>The kind of document.</summary>
    public required string Kind { get; init; }

    /// <summary>Its id.</summary>
    public required string Document { get; init; }

    /// <summary>The version that was published.</summary>
    public required int Version { get; init; }

    /// <summary>What clocks that run do.</summary>
    public required ChangeoverMode Mode { get; init; }

    /// <summary>Who chose it, or wrote the version without a choice; null when no person did, and then it is for new tickets only.</summary>
    public required PersonId? By { get; init; }

    /// <summary>When.</summary>
    public required Instant At { get; init; }

    /// <summary>When it was done; null while there is something to do.</summary>
    public Instant? FinishedAt { get; init; }

    /// <summary>Up to which ticket it is worked off.</summary>
    public TicketId Position { get; init; }

    /// <summary>Tickets that were looked at.</summary>
    public int Seen { get; init; }

    /// <summary>Tickets whose clocks took the new version.</summary>
    public int Changed { get; init; }

    /// <summary>Tickets that could not be changed.</summary>
    public int Failed { get; init; }
}
