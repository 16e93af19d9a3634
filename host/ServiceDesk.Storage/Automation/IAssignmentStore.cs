using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Automation;

/// <summary>
/// Decides to whom tickets are given: one decision at a time on all nodes, so that each sees those before it, and each event
/// decided once.
/// </summary>
public interface IAssignmentStore
{
    /// <summary>
    /// Decides, unless it was decided before: then the same again. A decision by which nobody got the ticket, and whose time to be
    /// made again has come, is made again.
    /// </summary>
    /// <param name="decide">Given the counts, says who gets it. Called while others wait: quick, and without reading.</param>
    Task<AssignmentDecision> DecideAsync(
        AssignmentQuestion question,
        Func<WorkCounts, AssignmentDecided> decide,
        CancellationToken cancellation
    );

    /// <summary>The ticket has answered.</summary>
    /// <param name="retryAt">When it is decided again; null for never.</param>
    Task DoneAsync(TicketId ticket, long position, Instant? retryAt, CancellationToken cancellation);

    /// <summary>Forgets a decision that the ticket did not take, so that it is made anew.</summary>
    Task WithdrawAsync(TicketId ticket, long position, CancellationToken cancellation);

    /// <summary>Decisions that are to be made again by an instant, the longest due first.</summary>
    Task<IReadOnlyList<(TicketId Ticket, long Position)>> DueAsync(
        Instant until,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>Forgets decisions of before an instant that are done with.</summary>
    Task<int> ForgetAsync(Instant before, CancellationToken cancellation);
}

/// <summary>Who shall get a ticket.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Position">The position of the event that is answered.</param>
/// <param name="Policy">The policy that decides.</param>
/// <param name="People">Whose work is counted.</param>
/// <param name="At">Now.</param>
public sealed record AssignmentQuestion(
    TicketId Ticket,
    long Position,
    string Policy,
    IReadOnlyCollection<PersonId> People,
    Instant At
);

/// <summary>Who gets a ticket.</summary>
/// <param name="Decided">What is to be written.</param>
/// <param name="Attempt">1 for the first time.</param>
/// <param name="IsDone">Whether the ticket has answered before.</param>
public sealed record AssignmentDecision(AssignmentDecided Decided, int Attempt, bool IsDone);
