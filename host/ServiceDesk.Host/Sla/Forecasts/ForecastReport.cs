using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Forecasts;

/// <summary>A day of a forecast.</summary>
/// <param name="Day">The day in the reader's zone.</param>
/// <param name="Due">Clocks that are due.</param>
/// <param name="Breaks">How many of them will break.</param>
/// <param name="Supposed">How many would, as it is supposed; null when nothing is.</param>
public sealed record ForecastDay(LocalDate Day, int Due, int Breaks, int? Supposed);

/// <summary>A forecast with what it is about, and how it was reckoned.</summary>
public sealed record ForecastReport
{
    /// <summary>What was asked.</summary>
    public required ForecastQuestion Question { get; init; }

    /// <summary>The days.</summary>
    public required ForecastHorizon Horizon { get; init; }

    /// <summary>As things are; of the desk and team that were asked for.</summary>
    public required SlaForecast Forecast { get; init; }

    /// <summary>As it is supposed; null when nothing is.</summary>
    public SlaForecast? Supposed { get; init; }

    /// <summary>Who works when, in the forecast that is shown: as it is supposed, else as things are.</summary>
    public required Workforce Workforce { get; init; }

    /// <summary>The tickets by identity.</summary>
    public required IReadOnlyDictionary<TicketId, ForecastTicket> Tickets { get; init; }

    /// <summary>People by identity: who has a ticket, works on it or stands in.</summary>
    public required IReadOnlyDictionary<PersonId, Person> People { get; init; }

    /// <summary>All teams.</summary>
    public required IReadOnlyDictionary<TeamId, Team> Teams { get; init; }

    /// <summary>What tickets take.</summary>
    public required HandlingPace Pace { get; init; }

    /// <summary>How many solved tickets it was measured from.</summary>
    public required int Measured { get; init; }

    /// <summary>Paused clocks that would be due within the horizon if they ran again now.</summary>
    public required int Paused { get; init; }

    /// <summary>Clocks that nobody who has the ticket can stop, such as those that wait for an approval.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Whether there were more tickets than are reckoned with.</summary>
    public required bool IsCut { get; init; }

    /// <summary>People who have work here and no working calendar, so that all hours count.</summary>
    public required IReadOnlyList<PersonId> Calendarless { get; init; }

    /// <summary>The forecast that is shown.</summary>
    public SlaForecast Shown => Supposed ?? Forecast;

    /// <summary>Clocks that break only as it is supposed.</summary>
    public IReadOnlyList<ForecastLine> NewlyBroken => Supposed is null ? [] : Forecast.BreakingOnlyIn(Supposed);

    /// <summary>Clocks that do not break as it is supposed, with what becomes of them as things are.</summary>
    public IReadOnlyList<ForecastLine> Saved => Supposed is null ? [] : Supposed.BreakingOnlyIn(Forecast);

    /// <summary>The days with their figures.</summary>
    public IReadOnlyList<ForecastDay> Days(DateTimeZone zone)
    {
        var due = Count(Forecast.Lines, zone);
        var breaks = Count(Forecast.Breaking, zone);
        var supposed = Count(Supposed?.Breaking ?? [], zone);
        return
        [
            .. Horizon.Days.Select(day => new ForecastDay(
                day,
                due.GetValueOrDefault(day),
                breaks.GetValueOrDefault(day),
                Supposed is null ? null : supposed.GetValueOrDefault(day)
            )),
        ];
    }

    // What is due at midnight was to be done the day before.
    private static Dictionary<LocalDate, int> Count(IEnumerable<ForecastLine> lines, DateTimeZone zone) =>
        lines.CountBy(line => (line.Clock.DueAt - Duration.Epsilon).InZone(zone).Date).ToDictionary();
}
