using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>A ticket that was solved.</summary>
public sealed record SolvedTicket(
    string Desk,
    string Type,
    Priority Priority,
    PersonId By,
    Instant OpenedAt,
    Instant SolvedAt
);

/// <summary>What tickets of a kind take.</summary>
/// <param name="Desk">The desk.</param>
/// <param name="Type">The ticket type; null for all of the desk.</param>
/// <param name="Priority">The priority; null for all of the type.</param>
/// <param name="Typical">A quarter of them took no more.</param>
/// <param name="Tickets">How many were measured.</param>
public sealed record MeasuredPace(string Desk, string? Type, Priority? Priority, Duration Typical, int Tickets);

/// <summary>
/// How much working time a ticket typically takes, measured from those that were solved. Nobody writes down what a ticket takes;
/// what is known is when each agent finished one after the other. So a ticket took the working time of who solved it from when
/// it was opened or, when that is later, from when the same one had solved the one before. Such spans also hold time in which
/// there was nothing to do or an answer was waited for, so the quick quarter counts: a quarter of the tickets took no more.
/// </summary>
public sealed class HandlingPace
{
    /// <summary>Fewer tickets than this say nothing.</summary>
    public const int Fewest = 5;

    private readonly Dictionary<(string, string?, Priority?), MeasuredPace> measured;
    private readonly Duration assumed;
    private readonly bool isFixed;

    private HandlingPace(IEnumerable<MeasuredPace> measured, Duration assumed, bool isFixed)
    {
        this.measured = measured.ToDictionary(pace => (pace.Desk, pace.Type, pace.Priority));
        (this.assumed, this.isFixed) = (assumed, isFixed);
    }

    /// <summary>What was measured, coarse ones first.</summary>
    public IEnumerable<MeasuredPace> Measured =>
        measured
            .Values.OrderBy(pace => pace.Desk, StringComparer.Ordinal)
            .ThenBy(pace => pace.Type, StringComparer.Ordinal)
            .ThenBy(pace => pace.Priority);

    /// <summary>Every ticket takes the same.</summary>
    public static HandlingPace Fixed(Duration each) => new([], each, isFixed: true);

    /// <summary>Measures.</summary>
    /// <param name="working">When each person worked.</param>
    /// <param name="assumed">What a ticket of which too few were solved takes.</param>
    public static HandlingPace Of(
        IEnumerable<SolvedTicket> solved,
        IReadOnlyDictionary<PersonId, HoursLine> working,
        Duration assumed
    )
    {
        var taken = solved
            .GroupBy(ticket => ticket.By)
            .SelectMany(group =>
                Taken([.. group.OrderBy(ticket => ticket.SolvedAt)], working.GetValueOrDefault(group.Key))
            )
            .Where(one => one.Took > Duration.Zero)
            .ToList();
        return new HandlingPace(
            [
                .. Quick(taken, ticket => (ticket.Desk, ticket.Type, ticket.Priority)),
                .. Quick(taken, ticket => (ticket.Desk, ticket.Type, null)),
                .. Quick(taken, ticket => (ticket.Desk, null, null)),
            ],
            assumed,
            isFixed: false
        );
    }

    /// <summary>What a ticket takes: as those of its type and priority, else of its type, else of its desk, else what is assumed.</summary>
    public Duration Of(string desk, string type, Priority priority) =>
        isFixed ? assumed
        : measured.TryGetValue((desk, type, priority), out var pace)
        || measured.TryGetValue((desk, type, null), out pace)
        || measured.TryGetValue((desk, null, null), out pace)
            ? pace.Typical
        : assumed;

    private static IEnumerable<(SolvedTicket Ticket, Duration Took)> Taken(
        IReadOnlyList<SolvedTicket> inOrder,
        HoursLine? working
    )
    {
        var before = Instant.MinValue;
        foreach (var ticket in working is null ? [] : inOrder)
        {
            yield return (ticket, working!.Between(Instant.Max(before, ticket.OpenedAt), ticket.SolvedAt));
            before = ticket.SolvedAt;
        }
    }

    private static IEnumerable<MeasuredPace> Quick(
        IReadOnlyList<(SolvedTicket Ticket, Duration Took)> taken,
        Func<SolvedTicket, (string Desk, string? Type, Priority? Priority)> kind
    ) =>
        taken
            .GroupBy(one => kind(one.Ticket))
            .Where(group => group.Count() >= Fewest)
            .Select(group =>
            {
                var sorted = group.Select(one => one.Took).Order().ToList();
                return new MeasuredPace(
                    group.Key.Desk,
                    group.Key.Type,
                    group.Key.Priority,
                    sorted[sorted.Count / 4],
                    sorted.Count
                );
            });
}
