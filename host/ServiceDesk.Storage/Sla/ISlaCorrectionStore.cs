using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Sla;

/// <summary>Proposals to count clocks otherwise. What was approved stands on the ticket as an event.</summary>
public interface ISlaCorrectionStore
{
    /// <summary>Keeps a proposal that waits.</summary>
    Task<SlaProposal> AddAsync(SlaProposal proposal, CancellationToken cancellation);

    /// <summary>A proposal; null when there is none.</summary>
    Task<SlaProposal?> FindAsync(long id, CancellationToken cancellation);

    /// <summary>Proposals, those that wait first, newest first.</summary>
    Task<IReadOnlyList<SlaProposal>> ListAsync(int limit, CancellationToken cancellation);

    /// <summary>Keeps what became of one that waits.</summary>
    /// <returns>Whether it waited.</returns>
    Task<bool> DecideAsync(long id, ProposalState state, PersonId by, Instant at, CancellationToken cancellation);
}

/// <summary>What became of a proposal.</summary>
public enum ProposalState
{
    /// <summary>Nobody has decided yet.</summary>
    Waiting = 1,

    /// <summary>It stands on the ticket.</summary>
    Approved = 2,

    /// <summary>Nothing came of it.</summary>
    Declined = 3,
}

/// <summary>How a clock would be counted.</summary>
/// <param name="Spans">What is counted otherwise.</param>
/// <param name="KeptGoals">Versions of the events whose change of the goal is left out.</param>
public sealed record ProposedCounting(ValueList<CorrectedSpan> Spans, ValueList<long> KeptGoals);

/// <summary>A proposal to count a clock otherwise.</summary>
public sealed record SlaProposal
{
    /// <summary>Counts up; 0 before it is kept.</summary>
    public long Id { get; init; }
    public required TicketId Ticket { get; init; }
    public required string Metric { get; init; }
    public required int Cycle { get; init; }
    public required ProposedCounting Counting { get; init; }
    public required string Reason { get; init; }
    public required PersonId By { get; init; }
    public required Instant At { get; init; }
    public ProposalState State { get; init; } = ProposalState.Waiting;
    public PersonId? DecidedBy { get; init; }
    public Instant? DecidedAt { get; init; }
}
