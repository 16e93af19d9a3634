using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>What an agent has to do so that a clock stops.</summary>
public enum ForecastWork
{
    /// <summary>An answer.</summary>
    Answer = 1,

    /// <summary>The ticket has to be worked off.</summary>
    Solution = 2,
}

/// <summary>A clock that runs, and the work that would stop it.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">The cycle.</param>
/// <param name="Work">What stops it.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Owner">Who has the ticket.</param>
/// <param name="Need">Working time that the work takes.</param>
public sealed record ForecastClock(
    TicketId Ticket,
    string Metric,
    int Cycle,
    ForecastWork Work,
    Instant DueAt,
    ForecastOwner Owner,
    Duration Need
)
{
    private static readonly string[] Answers = ["agent-comment", "agent-mail", "phone-note", "agent-transition"];

    /// <summary>What stops a metric; null when it is nothing that who has the ticket can do, as with an approval.</summary>
    public static ForecastWork? WorkOf(SlaMetric metric) =>
        metric.Stop.Count == 0 || metric.Stop.All(IsOfOthers) ? null
        : metric.Stop.Any(stop => Answers.Contains(stop.On, StringComparer.Ordinal)) ? ForecastWork.Answer
        : ForecastWork.Solution;

    private static bool IsOfOthers(SlaCondition stop) =>
        stop.On is { } on && (on == "closed" || on.StartsWith("approval-", StringComparison.Ordinal));
}

/// <summary>Why a clock will break.</summary>
public enum ForecastReason
{
    /// <summary>Nobody who works has the ticket.</summary>
    Nobody = 1,

    /// <summary>Who has it is absent until it is due, and nobody stands in.</summary>
    Absent = 2,

    /// <summary>Nobody who has it has working hours before it is due.</summary>
    OutsideHours = 3,

    /// <summary>What is due before leaves too few working hours.</summary>
    Load = 4,
}

/// <summary>What takes working hours away.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Person">Whose hours; null for one who is supposed only.</param>
/// <param name="Absence">The absence that it is; null for a line of the calendar.</param>
/// <param name="Name">What the calendar calls the day.</param>
/// <param name="Calendar">The calendar.</param>
/// <param name="Line">Where the calendar says so, as a JSON pointer.</param>
public sealed record HoursCut(
    Instant From,
    Instant To,
    PersonId? Person,
    Sdk.People.Absence? Absence = null,
    LocalizedText? Name = null,
    string? Calendar = null,
    string? Line = null
);

/// <summary>What becomes of a clock that is due within the horizon, and why.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="WorkedBy">When its work would be done; null when not within the horizon.</param>
/// <param name="Why">Why it will break; null when it will not.</param>
/// <param name="Available">Working hours until it is due of everybody who has it.</param>
/// <param name="Taken">How much of them is taken by what goes before.</param>
/// <param name="Left">How much of its own work is done when it is due; for one that breaks less than it needs.</param>
/// <param name="Ahead">How many pieces of work in the same hands go before.</param>
public sealed record ForecastLine(
    ForecastClock Clock,
    Instant? WorkedBy,
    ForecastReason? Why,
    Duration Available,
    Duration Taken,
    Duration Left,
    int Ahead
)
{
    /// <summary>Whether it will break.</summary>
    public bool Breaks => Why is not null;
}

/// <summary>What somebody has to do within the horizon.</summary>
/// <param name="Owner">Who has it.</param>
/// <param name="Available">Working hours within the horizon, stand-ins included.</param>
/// <param name="Needed">Working hours that what is due within the horizon, or late already, takes.</param>
/// <param name="Due">Clocks that are due.</param>
/// <param name="Breaks">How many of them will break.</param>
/// <param name="Late">Clocks that are broken already.</param>
public sealed record ForecastLoad(
    ForecastOwner Owner,
    Duration Available,
    Duration Needed,
    int Due,
    int Breaks,
    int Late
);
