using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Forecasts;

/// <summary>Reckons which clocks will break, on the desks that somebody works on. Changes nothing.</summary>
public sealed class SlaForecasts(
    IForecastStore store,
    IPeopleStore people,
    Rosters rosters,
    ForecastPaces paces,
    ICurrentConfiguration configuration,
    IClock clock
)
{
    /// <summary>How many tickets are reckoned with; those that are due first.</summary>
    public const int MostTickets = 20_000;

    private const int MostPaused = 2_000;
    private const int MostAgents = 1_000;

    /// <summary>Reckons.</summary>
    /// <param name="zone">Whose days are counted.</param>
    public async Task<ForecastReport> ReadAsync(
        Viewer viewer,
        ForecastQuestion question,
        DateTimeZone zone,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        var teams = (await people.TeamsAsync(cancellation)).ToDictionary(team => team.Id);
        var agents = await AgentsAsync(viewer, teams, cancellation);
        var roster = await rosters.OfAsync(agents, now, cancellation);
        var furthest = now + Duration.FromDays(ForecastHorizon.MostDays + 1);
        var horizon = ForecastHorizon.Of(
            now,
            zone,
            question.Days,
            [.. agents.Select(agent => new HoursLine(roster.WorkingSpans(agent, now, furthest)))]
        );

        var due = await store.DueAsync(viewer, horizon.Until, MostTickets + 1, cancellation);
        var paused = await store.PausedAsync(viewer, MostPaused + 1, cancellation);
        var measured = await paces.OfAsync(viewer, cancellation);
        var pace = question.Pace is { } each ? HandlingPace.Fixed(each) : measured.Pace;
        var reading = new ForecastClocks(configuration.Snapshot, pace, question.Answer, now, horizon.Until);
        var running = due.Take(MostTickets).SelectMany(reading.Running).ToList();
        var waiting = paused.Take(MostPaused).SelectMany(reading.Paused).ToList();
        IReadOnlyList<ForecastClock> clocks = question.Paused ? [.. running, .. waiting] : running;

        var asked = agents
            .Concat(clocks.Select(one => one.Owner.Person).OfType<PersonId>())
            .Concat(question.Change.Moves.Select(move => move.To))
            .Concat(question.Change.Off.Select(off => off.Person))
            .ToHashSet();
        var ofDesks = OfDesks(clocks, due, measured, agents);
        var (workforce, forecast) = await ReckonAsync(new ForecastChange());
        SlaForecast? supposed = null;
        var supposedForce = workforce;
        if (!question.Change.IsNothing)
        {
            (supposedForce, supposed) = await ReckonAsync(question.Change);
        }

        var tickets = due.Concat(paused).DistinctBy(ticket => ticket.Id).ToDictionary(ticket => ticket.Id);
        var shown = new ForecastFilter(question, tickets, teams);
        var known = await people.FindAsync(Named(supposedForce, asked), cancellation);
        return new ForecastReport
        {
            Question = question,
            Horizon = horizon,
            Forecast = shown.Of(forecast),
            Supposed = supposed is null ? null : shown.Of(supposed),
            Workforce = supposedForce,
            Tickets = tickets,
            People = known,
            Teams = teams,
            Pace = pace,
            Measured = measured.Tickets,
            Paused = waiting.Count(shown.Shows),
            LeftOut = reading.LeftOut,
            IsCut = due.Count > MostTickets || paused.Count > MostPaused,
            Calendarless =
            [
                .. forecast
                    .Loads.Select(load => load.Owner.Person)
                    .OfType<PersonId>()
                    .Where(person => known.ContainsKey(person) && roster.CalendarNameOf(person) is null),
            ],
        };

        async Task<(Workforce Workforce, SlaForecast Forecast)> ReckonAsync(ForecastChange change)
        {
            var off = change.Off.Select(one => new Absence(0, one.Person, one.From, one.To));
            var theirs = await rosters.OfAsync(asked, now, cancellation, [.. off], change.Present);
            var changed = change.Applied(clocks).ToList();
            var force = new WorkforceReading(theirs, teams, configuration.Snapshot, now, horizon.Until).Read(
                [.. changed.Select(one => one.Owner).Distinct()],
                ofDesks,
                change
            );
            return (force, SlaForecast.Of(changed, force, now, horizon.Until, question.Late));
        }
    }

    // Who works where the viewer works: only for those days is a day a working day.
    private async Task<IReadOnlyList<PersonId>> AgentsAsync(
        Viewer viewer,
        IReadOnlyDictionary<TeamId, Team> teams,
        CancellationToken cancellation
    )
    {
        var snapshot = configuration.Snapshot;
        var roles = snapshot
            .All<RoleDocument>()
            .Where(role => role.Permissions.Contains(Permissions.WorkTickets))
            .Select(role => role.Id)
            .ToValueList();
        var desks = snapshot.All<DeskDocument>().Where(desk => viewer.WorksOn(desk.Id)).ToList();
        var found =
            roles.Count == 0
                ? []
                : (await people.ListAsync(new PeopleFilter { Roles = roles }, MostAgents, null, cancellation)).Items;
        var inTeams = found.Where(person => person.Teams.Count > 0 && IsOf(person)).ToList();
        return [.. (inTeams.Count > 0 ? inTeams : found).Select(person => person.Id)];

        bool IsOf(Person person) =>
            desks.Exists(desk =>
                desk.Agents.Everyone
                || person.Teams.Any(id => teams.TryGetValue(id, out var team) && desk.Agents.Teams.Contains(team.Name))
            );
    }

    // A desk may take every agent of the house. What is nobody's there is taken by who has or solved something there.
    private static Dictionary<string, IReadOnlyList<PersonId>> OfDesks(
        IReadOnlyList<ForecastClock> clocks,
        IReadOnlyList<ForecastTicket> due,
        MeasuredPaces measured,
        IReadOnlyList<PersonId> agents
    )
    {
        var busy = due.Where(ticket => ticket.Assignee is not null)
            .ToLookup(ticket => ticket.Desk, ticket => ticket.Assignee!.Value, StringComparer.Ordinal);
        return clocks
            .Select(one => one.Owner.Desk)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(
                desk => desk,
                desk =>
                {
                    PersonId[] workers =
                    [
                        .. busy[desk]
                            .Concat(measured.Workers.GetValueOrDefault(desk) ?? [])
                            .Intersect(agents)
                            .OrderBy(person => person.Value),
                    ];
                    return (IReadOnlyList<PersonId>)(workers.Length > 0 ? workers : agents);
                },
                StringComparer.Ordinal
            );
    }

    private static HashSet<PersonId> Named(Workforce workforce, IEnumerable<PersonId> asked) =>
        [
            .. asked,
            .. workforce.Hours.Keys.Select(worker => worker.Person).OfType<PersonId>(),
            .. workforce.Cuts.Values.SelectMany(cuts => cuts).Select(cut => cut.Absence?.Substitute).OfType<PersonId>(),
        ];
}
