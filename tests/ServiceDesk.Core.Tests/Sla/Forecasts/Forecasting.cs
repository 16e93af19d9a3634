using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Sla.Forecasts;

/// <summary>
/// A small office that a forecast is made of. Seoul, Monday to Friday from 09:00 to 18:00; it is Monday 2 March 2026, 10:00: a
/// public holiday is none of the sample's calendar. Ann, Bob and Cho are the team; Dan is in none.
/// </summary>
internal sealed class Forecasting
{
    public static readonly PersonId Ann = new(1);
    public static readonly PersonId Bob = new(2);
    public static readonly PersonId Cho = new(3);
    public static readonly PersonId Dan = new(4);
    public static readonly TeamId Team = new(7);
    public static readonly Instant Now = Seoul(2, 10);
    public static readonly Instant Friday18 = Seoul(6, 18);
    public static readonly Instant Until = Seoul(9, 0);

    private readonly List<ForecastClock> clocks = [];
    private readonly List<Absence> absences = [];

    public IReadOnlyList<ForecastClock> Clocks => clocks;

    public ForecastChange Change { get; init; } = new();

    public LateWork Late { get; init; } = LateWork.First;

    public static Instant Seoul(int day, double hour) =>
        new LocalDate(2026, 3, day).AtMidnight().InZoneStrictly(DateTimeZoneProviders.Tzdb["Asia/Seoul"]).ToInstant()
        + Duration.FromHours(hour);

    public static ForecastOwner Of(PersonId? person) => ForecastOwner.Of(person, Team, "IT");

    /// <summary>Adds a ticket that takes hours, with a clock.</summary>
    public Forecasting With(PersonId? owner, Instant due, double hours, ForecastWork work = ForecastWork.Solution)
    {
        clocks.Add(
            new ForecastClock(
                new TicketId(clocks.Count + 1),
                "time-to-resolution",
                1,
                work,
                due,
                Of(owner),
                Duration.FromHours(hours)
            )
        );
        return this;
    }

    public Forecasting Add(IEnumerable<ForecastClock> more)
    {
        clocks.AddRange(more);
        return this;
    }

    public Forecasting Away(PersonId who, int from, int to, PersonId? substitute = null)
    {
        absences.Add(
            new Absence(
                absences.Count + 1,
                who,
                new LocalDate(2026, 3, from),
                new LocalDate(2026, 3, to),
                "",
                substitute
            )
        );
        return this;
    }

    public SlaForecast Reckon(ForecastChange? change = null)
    {
        var supposed = change ?? Change;
        var changed = supposed.Applied(clocks).ToList();
        return SlaForecast.Of(changed, Force(changed, supposed), Now, Until, Late);
    }

    public Workforce Force(IEnumerable<ForecastClock> of, ForecastChange supposed)
    {
        var people = new[] { Ann, Bob, Cho, Dan }.ToDictionary(
            id => id,
            id => new Person(id, $"Person {id}", "", "agent", "en", "Asia/Seoul", [], id == Dan ? [] : [Team], true)
            {
                Calendar = id == Dan ? "office" : null,
            }
        );
        var teams = new Dictionary<TeamId, Team>
        {
            [Team] = new Team(Team, "Desk", [Ann, Bob, Cho]) { Calendar = "office" },
        };
        var roster = new WorkRoster(
            people,
            teams,
            absences
                .Where(absence => !supposed.Present.Contains(absence.Id))
                .Concat(supposed.Off.Select(off => new Absence(0, off.Person, off.From, off.To))),
            SlaSamples.Configured()
        );
        return new WorkforceReading(roster, teams, SlaSamples.Configured(), Now, Until).Read(
            [.. of.Select(clock => clock.Owner).Distinct()],
            new Dictionary<string, IReadOnlyList<PersonId>> { ["IT"] = [Ann, Bob] },
            supposed
        );
    }
}
