using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Queries;

/// <summary>
/// Queues that people make beside those of desks, each for oneself or for a team of one's own. Whoever shares a team sees its
/// queues; who made one, and who leads its team, changes it. A query is read as its reader, so that a shared one shows nobody more.
/// </summary>
public interface IOwnQueues
{
    /// <summary>How many one person may make.</summary>
    const int Most = 100;

    /// <summary>The person's own first, then those of the person's teams, each in their order.</summary>
    Task<IReadOnlyList<OwnQueue>> SeenByAsync(Person person, CancellationToken cancellation = default);

    /// <summary>One that the person sees; else null.</summary>
    Task<OwnQueue?> FindAsync(Person person, long id, CancellationToken cancellation = default);

    /// <summary>Adds one at the end of the person's own or the team's; null when the person has too many.</summary>
    Task<long?> AddAsync(PersonId person, OwnQueueText text, CancellationToken cancellation = default);

    /// <summary>Changes one. One that is given to somebody else goes to the end there.</summary>
    /// <param name="version">The version that was seen; null changes whatever there is.</param>
    Task<OwnQueueChange> ChangeAsync(
        long id,
        OwnQueueText text,
        int? version = null,
        CancellationToken cancellation = default
    );

    /// <summary>Takes one away.</summary>
    Task RemoveAsync(long id, CancellationToken cancellation = default);

    /// <summary>Changes places with the one before it, or behind it, among those of the same person or team.</summary>
    Task MoveAsync(long id, bool up, CancellationToken cancellation = default);
}

/// <summary>What somebody says of a queue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Query">Which tickets, with order.</param>
/// <param name="Team">The team that shares it; null is the person alone.</param>
/// <param name="Grouping">The column by which its list is grouped; null is none.</param>
/// <param name="Rows">Lines on a page; null is the usual number.</param>
public sealed record OwnQueueText(string Name, string Query, TeamId? Team, string? Grouping, int? Rows)
{
    /// <summary>The columns of its list in their order; none are the usual ones.</summary>
    public ValueList<string> Columns { get; init; } = [];
}

/// <summary>A queue of a person or a team.</summary>
/// <param name="Owner">Who made it.</param>
/// <param name="Version">How often it was changed.</param>
public sealed record OwnQueue(long Id, PersonId Owner, OwnQueueText Text, int Version);

/// <summary>What became of a change.</summary>
public enum OwnQueueChange
{
    /// <summary>It was made.</summary>
    Changed,

    /// <summary>The queue is no longer there.</summary>
    Gone,

    /// <summary>Somebody else changed the queue meanwhile.</summary>
    Stale,
}
