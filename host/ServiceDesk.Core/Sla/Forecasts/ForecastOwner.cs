using System.Runtime.InteropServices;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>Who has a ticket: its agent; without one its team; without that whoever works on its desk.</summary>
/// <param name="Person">The agent.</param>
/// <param name="Team">The team of a ticket without an agent.</param>
/// <param name="Desk">The desk of a ticket without either.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ForecastOwner(PersonId? Person, TeamId? Team, string? Desk)
{
    /// <summary>Who has a ticket.</summary>
    public static ForecastOwner Of(PersonId? assignee, TeamId? team, string desk) =>
        assignee is not null ? new ForecastOwner(assignee, null, null)
        : team is not null ? new ForecastOwner(null, team, null)
        : new ForecastOwner(null, null, desk);
}

/// <summary>Somebody who works: a person, or one that a team might get.</summary>
/// <param name="Person">The person; null for one who is supposed only.</param>
/// <param name="Team">The team that would get one more.</param>
/// <param name="Number">Which of those it would get; 0 for a person.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ForecastWorker(PersonId? Person, TeamId? Team = null, int Number = 0);
