using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// Tables of a plugin that are kept from the log, from its first event on, in the order of commits. The plugin keeps its place
/// in the log itself and moves it in the transaction that writes its rows, so that each event counts once. To rebuild, it sets
/// the place back to 0. One node at a time feeds it; made anew for each batch, with services of its own scope.
/// </summary>
public interface IProjection
{
    /// <summary>The position of the last event that is in the tables; 0 when there is none.</summary>
    Task<long> PositionAsync(CancellationToken cancellation);

    /// <summary>
    /// Takes the events behind <see cref="PositionAsync"/>. What it throws is counted, and the batch comes again after a pause;
    /// after five failures in a row it rests until an administrator resumes it. Limit 1 minute.
    /// </summary>
    Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellation);
}

/// <summary>A part of the log.</summary>
/// <param name="Events">At least one, without gaps.</param>
/// <param name="Tickets">The tickets of the events as they are now, which may be later than the events.</param>
/// <param name="Head">The position of the newest event of the log.</param>
public sealed record ProjectionBatch(
    ValueList<RecordedEvent> Events,
    IReadOnlyDictionary<TicketId, TicketSnapshot> Tickets,
    long Head
);
