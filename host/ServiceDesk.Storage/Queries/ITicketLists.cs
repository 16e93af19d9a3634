using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Queries;

/// <summary>Lists of tickets without their whole snapshots, for queues and overviews.</summary>
public interface ITicketLists
{
    /// <summary>Tickets that match a query, as lines of a list. As <see cref="ITicketQueries.FindAsync"/>; the cursors of both are the same.</summary>
    /// <exception cref="QueryException">The query, limit or cursor is wrong.</exception>
    Task<Page<TicketListItem>> ListAsync(
        Viewer viewer,
        string query,
        int limit,
        string? cursor,
        CancellationToken cancellation = default
    );

    /// <summary>How many tickets match each of several queries, in their order, asked in one go.</summary>
    Task<IReadOnlyList<QueueCount>> CountAllAsync(
        Viewer viewer,
        IReadOnlyList<string> queries,
        CancellationToken cancellation = default
    );

    /// <summary>Whether a person may answer an approval now or has answered one: asked by key, for the head of each page.</summary>
    Task<bool> HasApprovalsAsync(PersonId person, CancellationToken cancellation = default);
}

/// <summary>A count, or why there is none.</summary>
/// <param name="Count">How many; 0 when the query is wrong.</param>
/// <param name="Error">What is wrong with the query; null when nothing is.</param>
public sealed record QueueCount(int Count, QueryError? Error);

/// <summary>A ticket as a line of a list. What only agents of its desk may see is empty for others.</summary>
public sealed record TicketListItem
{
    public required TicketId Id { get; init; }
    public required TicketKey Key { get; init; }
    public required long Version { get; init; }
    public required string Type { get; init; }
    public required string? RequestType { get; init; }
    public required string Summary { get; init; }
    public required string Status { get; init; }
    public required StatusCategory Category { get; init; }
    public required string? Resolution { get; init; }
    public required Priority Priority { get; init; }
    public required PersonId Requester { get; init; }
    public required OrganizationId? Organization { get; init; }

    /// <summary>For agents.</summary>
    public required PersonId? Assignee { get; init; }

    /// <summary>For agents.</summary>
    public required TeamId? Team { get; init; }

    /// <summary>For agents.</summary>
    public required Channel? Channel { get; init; }

    /// <summary>For agents.</summary>
    public required string? ExternalId { get; init; }
    public required Instant CreatedAt { get; init; }

    /// <summary>The last change; for customers the last that they may know of.</summary>
    public required Instant UpdatedAt { get; init; }
    public required Instant? ResolvedAt { get; init; }
    public required Instant? ClosedAt { get; init; }

    /// <summary>For agents: when the status was entered.</summary>
    public required Instant? StatusSince { get; init; }
    public required int PublicComments { get; init; }

    /// <summary>For agents: the nearest due instant of its running clocks.</summary>
    public required Instant? NextDueAt { get; init; }

    /// <summary>For agents: the newest cycle of each metric.</summary>
    public required ValueList<ListedClock> Clocks { get; init; }
}

/// <summary>A clock as a chip shows it.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="DueAt">When a running clock is due.</param>
/// <param name="Elapsed">Working time counted when it last changed.</param>
/// <param name="Target">Working time allowed.</param>
/// <param name="Since">When it last changed.</param>
/// <param name="Calendar">The calendar that counts.</param>
public sealed record ListedClock(
    string Metric,
    ClockStatus Status,
    ClockVerdict Verdict,
    Instant? DueAt,
    Duration Elapsed,
    Duration Target,
    Instant Since,
    DocumentVersion Calendar
)
{
    /// <summary>What the clock shows at an instant, on its pinned calendar.</summary>
    public ClockReading ReadAt(Instant now, IConfiguration configuration) =>
        ClockReading.Of(
            new SlaClock
            {
                Policy = new DocumentVersion(string.Empty, 0),
                Metric = Metric,
                Cycle = 1,
                Goal = 0,
                Target = Target,
                Calendar = Calendar,
                Status = Status,
                Verdict = Verdict,
                StartedAt = Since,
                Since = Since,
                Elapsed = Elapsed,
                DueAt = DueAt,
                Marks = [],
            },
            Instant.Max(now, Since),
            configuration
        );
}
