using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Host.Sla.Forecasts;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>Who has a ticket: its agent; without one its team; without that whoever works on its desk.</summary>
public sealed record ForecastOwnerAnswer(long? Person, long? Team, string? Desk, string Name)
{
    internal static ForecastOwnerAnswer Of(ForecastOwner owner, ForecastReport report) =>
        new(
            owner.Person?.Value,
            owner.Team?.Value,
            owner.Desk,
            owner.Person is { } person ? report.People.GetValueOrDefault(person)?.Name ?? ""
                : owner.Team is { } team ? report.Teams.GetValueOrDefault(team)?.Name ?? ""
                : owner.Desk ?? ""
        );
}

/// <summary>What takes working hours away before a clock is due.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Person">Whose hours.</param>
/// <param name="IsAbsence">Whether it is an absence; else it is a line of a calendar.</param>
/// <param name="Substitute">Who stands in.</param>
/// <param name="Name">What the calendar calls the day.</param>
/// <param name="Calendar">The calendar.</param>
/// <param name="Line">Where the calendar says so, as a JSON pointer.</param>
public sealed record HoursCutAnswer(
    Instant From,
    Instant To,
    long? Person,
    bool IsAbsence,
    long? Substitute,
    LocalizedText? Name,
    string? Calendar,
    string? Line
);

/// <summary>What becomes of a clock, and why.</summary>
/// <param name="Ticket">The ticket's key.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the metric's first run on the ticket.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Owner">Who has the ticket.</param>
/// <param name="Breaks">Whether it will break.</param>
/// <param name="Reason">Why it will break.</param>
/// <param name="Work">What stops it: an answer, or the solution.</param>
/// <param name="Needed">Working time that the work takes.</param>
/// <param name="Available">Working hours until it is due of everybody who has it.</param>
/// <param name="Taken">How much of them is taken by what goes before.</param>
/// <param name="Done">How much of the work is done when it is due.</param>
/// <param name="Ahead">How many pieces of work in the same hands go before.</param>
/// <param name="WorkedBy">When the work would be done; null when not within the horizon.</param>
/// <param name="Cuts">What takes hours away before it is due.</param>
public sealed record ForecastClockAnswer(
    string Ticket,
    string Metric,
    int Cycle,
    Instant DueAt,
    ForecastOwnerAnswer Owner,
    bool Breaks,
    ForecastReason? Reason,
    ForecastWork Work,
    Duration Needed,
    Duration Available,
    Duration Taken,
    Duration Done,
    int Ahead,
    Instant? WorkedBy,
    IReadOnlyList<HoursCutAnswer> Cuts
)
{
    private const int MostCuts = 20;

    internal static ForecastClockAnswer Of(ForecastLine line, ForecastReport report) =>
        new(
            report.Tickets[line.Clock.Ticket].Key,
            line.Clock.Metric,
            line.Clock.Cycle,
            line.Clock.DueAt,
            ForecastOwnerAnswer.Of(line.Clock.Owner, report),
            line.Breaks,
            line.Why,
            line.Clock.Work,
            line.Clock.Need,
            line.Available,
            line.Taken,
            line.Left,
            line.Ahead,
            line.WorkedBy,
            line.Breaks
                ?
                [
                    .. report
                        .Workforce.CutsOf(line.Clock.Owner, line.Clock.DueAt)
                        .Take(MostCuts)
                        .Select(cut => new HoursCutAnswer(
                            cut.From,
                            cut.To,
                            cut.Person?.Value,
                            cut.Absence is not null,
                            cut.Absence?.Substitute?.Value,
                            cut.Name,
                            cut.Calendar,
                            cut.Line
                        )),
                ]
                : []
        );
}

/// <summary>What somebody has to do within the horizon, on all desks that one works on.</summary>
/// <param name="Owner">Who.</param>
/// <param name="Available">Working hours, stand-ins included.</param>
/// <param name="Needed">Working hours that what is due, or late already, takes.</param>
/// <param name="Due">Clocks that are due.</param>
/// <param name="Breaks">How many of them will break.</param>
/// <param name="Late">Clocks that are broken already.</param>
public sealed record ForecastLoadAnswer(
    ForecastOwnerAnswer Owner,
    Duration Available,
    Duration Needed,
    int Due,
    int Breaks,
    int Late
);

/// <summary>What tickets of a kind take.</summary>
public sealed record PaceAnswer(string Desk, string? Type, Priority? Priority, Duration Typical, int Tickets);

/// <summary>By what it was reckoned.</summary>
/// <param name="Pace">What every ticket is supposed to take; null when it was measured.</param>
/// <param name="Answer">What an answer is supposed to take.</param>
/// <param name="Unmeasured">What a ticket takes of which too few were solved.</param>
/// <param name="Late">Where work stands that is late already.</param>
/// <param name="Paused">Whether paused clocks count as if they ran again from now.</param>
/// <param name="MeasuredDays">Over how many days it was measured.</param>
/// <param name="MeasuredTickets">From how many solved tickets.</param>
/// <param name="Paces">What was measured.</param>
public sealed record ForecastAssumptionsAnswer(
    Duration? Pace,
    Duration Answer,
    Duration Unmeasured,
    LateWork Late,
    bool Paused,
    int MeasuredDays,
    int MeasuredTickets,
    IReadOnlyList<PaceAnswer> Paces
);

/// <summary>A day.</summary>
/// <param name="Day">The day in one's zone.</param>
/// <param name="Due">Clocks that are due.</param>
/// <param name="Breaks">How many of them will break.</param>
/// <param name="Supposed">How many would, as it is supposed; null when nothing is.</param>
public sealed record ForecastDayAnswer(LocalDate Day, int Due, int Breaks, int? Supposed);

/// <summary>What would be otherwise, as it is supposed.</summary>
/// <param name="Breaks">How many clocks would break.</param>
/// <param name="NewlyBroken">Clocks that would break only then.</param>
/// <param name="Saved">Clocks that would not break then, with what becomes of them as things are.</param>
public sealed record SupposedAnswer(
    int Breaks,
    IReadOnlyList<ForecastClockAnswer> NewlyBroken,
    IReadOnlyList<ForecastClockAnswer> Saved
);

/// <summary>Which clocks will break.</summary>
/// <param name="Now">From when.</param>
/// <param name="Until">To when.</param>
/// <param name="Due">How many clocks are due.</param>
/// <param name="Breaks">How many of them will break.</param>
/// <param name="Days">Each day.</param>
/// <param name="Clocks">The clocks that will break, those that are due first; at most 500.</param>
/// <param name="Loads">What everybody has to do.</param>
/// <param name="Supposed">What would be otherwise; null when nothing is supposed.</param>
/// <param name="PausedClocks">Paused clocks that would be due if they ran again now.</param>
/// <param name="LeftOut">Clocks that nobody who has the ticket can stop.</param>
/// <param name="IsCut">Whether there were more tickets than are reckoned with.</param>
/// <param name="WithoutCalendar">People with work and without a working calendar, so that all hours count.</param>
/// <param name="Assumptions">By what it was reckoned.</param>
public sealed record ForecastAnswer(
    Instant Now,
    Instant Until,
    int Due,
    int Breaks,
    IReadOnlyList<ForecastDayAnswer> Days,
    IReadOnlyList<ForecastClockAnswer> Clocks,
    IReadOnlyList<ForecastLoadAnswer> Loads,
    SupposedAnswer? Supposed,
    int PausedClocks,
    int LeftOut,
    bool IsCut,
    IReadOnlyList<long> WithoutCalendar,
    ForecastAssumptionsAnswer Assumptions
)
{
    /// <summary>The most clocks in an answer.</summary>
    public const int MostClocks = 500;

    internal static ForecastAnswer Of(ForecastReport report, DateTimeZone zone) =>
        new(
            report.Forecast.Now,
            report.Forecast.Until,
            report.Forecast.Lines.Count,
            report.Forecast.Breaking.Count(),
            [.. report.Days(zone).Select(day => new ForecastDayAnswer(day.Day, day.Due, day.Breaks, day.Supposed))],
            Some(report.Forecast.Breaking, report),
            [
                .. report.Forecast.Loads.Select(load => new ForecastLoadAnswer(
                    ForecastOwnerAnswer.Of(load.Owner, report),
                    load.Available,
                    load.Needed,
                    load.Due,
                    load.Breaks,
                    load.Late
                )),
            ],
            report.Supposed is { } supposed
                ? new SupposedAnswer(
                    supposed.Breaking.Count(),
                    Some(report.NewlyBroken, report),
                    Some(report.Saved, report)
                )
                : null,
            report.Paused,
            report.LeftOut,
            report.IsCut,
            [.. report.Calendarless.Select(person => person.Value)],
            new ForecastAssumptionsAnswer(
                report.Question.Pace,
                report.Question.Answer,
                ForecastQuestion.UsualPace,
                report.Question.Late,
                report.Question.Paused,
                ForecastPaces.Days,
                report.Measured,
                [
                    .. report.Pace.Measured.Select(pace => new PaceAnswer(
                        pace.Desk,
                        pace.Type,
                        pace.Priority,
                        pace.Typical,
                        pace.Tickets
                    )),
                ]
            )
        );

    private static IReadOnlyList<ForecastClockAnswer> Some(IEnumerable<ForecastLine> lines, ForecastReport report) =>
        [.. lines.Take(MostClocks).Select(line => ForecastClockAnswer.Of(line, report))];
}
