using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>Somebody would be off, with nobody to stand in.</summary>
public sealed record SupposedAbsence(PersonId Person, LocalDate From, LocalDate To);

/// <summary>A team would work on a day as on its last working day before.</summary>
public sealed record SupposedDay(TeamId Team, LocalDate Day);

/// <summary>A ticket would have another agent.</summary>
public sealed record SupposedMove(TicketId Ticket, PersonId To);

/// <summary>What is supposed to be otherwise.</summary>
public sealed record ForecastChange
{
    /// <summary>Who would be off.</summary>
    public IReadOnlyList<SupposedAbsence> Off { get; init; } = [];

    /// <summary>Ids of absences that would be taken back.</summary>
    public IReadOnlyList<long> Present { get; init; } = [];

    /// <summary>Teams that would have more people, with how many.</summary>
    public IReadOnlyDictionary<TeamId, int> More { get; init; } = new Dictionary<TeamId, int>();

    /// <summary>Teams that would work on further days.</summary>
    public IReadOnlyList<SupposedDay> Works { get; init; } = [];

    /// <summary>Tickets that would be somebody else's.</summary>
    public IReadOnlyList<SupposedMove> Moves { get; init; } = [];

    /// <summary>Whether nothing is otherwise.</summary>
    public bool IsNothing =>
        Off.Count == 0 && Present.Count == 0 && More.Count == 0 && Works.Count == 0 && Moves.Count == 0;

    /// <summary>The clocks of tickets as they would be.</summary>
    public IEnumerable<ForecastClock> Applied(IEnumerable<ForecastClock> clocks)
    {
        var moves = Moves.GroupBy(move => move.Ticket).ToDictionary(group => group.Key, group => group.Last().To);
        return moves.Count == 0
            ? clocks
            : clocks.Select(clock =>
                moves.TryGetValue(clock.Ticket, out var to)
                    ? clock with
                    {
                        Owner = new ForecastOwner(to, null, null),
                    }
                    : clock
            );
    }
}
