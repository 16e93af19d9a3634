using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Sla.Forecasts;

/// <summary>What somebody wants to know of the next days.</summary>
public sealed record ForecastQuestion
{
    /// <summary>How many working days one can look ahead.</summary>
    public const int MostDays = 20;

    /// <summary>How many are looked at when nobody says.</summary>
    public const int UsualDays = 5;

    /// <summary>What a ticket takes of which too few were solved.</summary>
    public static readonly Duration UsualPace = Duration.FromHours(1);

    /// <summary>What an answer takes.</summary>
    public static readonly Duration UsualAnswer = Duration.FromMinutes(10);

    /// <summary>The key of the desk that is shown; null for all.</summary>
    public string? Desk { get; init; }

    /// <summary>The team that is shown; null for all.</summary>
    public TeamId? Team { get; init; }

    /// <summary>How many working days.</summary>
    public int Days { get; init; } = UsualDays;

    /// <summary>What every ticket takes; null to measure it.</summary>
    public Duration? Pace { get; init; }

    /// <summary>What an answer takes.</summary>
    public Duration Answer { get; init; } = UsualAnswer;

    /// <summary>Where work stands that is late already.</summary>
    public LateWork Late { get; init; } = LateWork.First;

    /// <summary>Whether clocks that are paused count as if they ran again from now.</summary>
    public bool Paused { get; init; }

    /// <summary>The keys of the tickets that are supposed to be somebody else's.</summary>
    public IReadOnlyDictionary<TicketId, string> Keys { get; init; } = new Dictionary<TicketId, string>();

    /// <summary>What is supposed to be otherwise.</summary>
    public ForecastChange Change { get; init; } = new();
}
