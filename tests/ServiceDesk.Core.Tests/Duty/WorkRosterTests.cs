using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Core.Tests.Sla;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Duty;

/// <summary>Who works when. The office of Seoul works Monday to Friday from 09:00 to 18:00.</summary>
public class WorkRosterTests
{
    private static readonly PersonId Ann = new(1);
    private static readonly PersonId Bob = new(2);
    private static readonly PersonId Cho = new(3);
    private static readonly TeamId Desk = new(7);
    private static readonly TeamId Night = new(8);

    // Monday 2 March 2026, 10:00 in Seoul.
    private static readonly Instant Monday10 = Seoul(2026, 3, 2, 10);

    [Theory]
    [InlineData(2, 10, DutyState.Working)]
    [InlineData(2, 8, DutyState.OutsideHours)]
    [InlineData(2, 18, DutyState.OutsideHours)]
    [InlineData(7, 10, DutyState.OutsideHours)]
    public void The_own_calendar_says_when(int day, int hour, DutyState expected) =>
        Assert.Equal(expected, Roster([Person(Ann, "office")]).At(Ann, Seoul(2026, 3, day, hour)).State);

    [Fact]
    public void Without_an_own_calendar_the_teams_counts_and_without_any_all_time()
    {
        var night = Seoul(2026, 3, 2, 23);
        var roster = Roster([
            Person(Ann) with
            {
                Teams = [Night, Desk],
            },
            Person(Bob),
            Person(Cho, "all") with
            {
                Teams = [Desk],
            },
        ]);

        // The first of the teams that has one; for the other team its own, which counts all time.
        Assert.Equal(DutyState.OutsideHours, roster.At(Ann, night).State);
        Assert.Equal(DutyState.OutsideHours, roster.At(Ann, night, Desk).State);
        Assert.Equal(DutyState.Working, roster.At(Bob, night).State);
        Assert.Equal(DutyState.Working, roster.At(Cho, night, Desk).State);
        Assert.Equal(Seoul(2026, 3, 3, 9), roster.At(Ann, night).Again);
    }

    [Fact]
    public void An_absence_covers_its_whole_days_in_the_zone_of_the_calendar()
    {
        var roster = Roster([Person(Ann, "office")], Away(1, Ann, 3, 4));

        Assert.Equal(DutyState.Working, roster.At(Ann, Monday10).State);
        var status = roster.At(Ann, Seoul(2026, 3, 3, 10));
        Assert.Equal((DutyState.Absent, 1L), (status.State, status.Absence!.Id));
        Assert.Equal(Seoul(2026, 3, 5, 9), status.Again);
        // 23:30 in Seoul is the afternoon of the same day in UTC, and 00:30 is the day before there.
        Assert.Equal(DutyState.Absent, roster.At(Ann, Seoul(2026, 3, 3, 0)).State);
        Assert.Equal(DutyState.OutsideHours, roster.At(Ann, Seoul(2026, 3, 5, 0)).State);
    }

    [Fact]
    public void After_absences_in_a_row_and_a_weekend_work_begins_again()
    {
        var roster = Roster([Person(Ann, "office")], Away(1, Ann, 2, 3), Away(2, Ann, 4, 6), Away(3, Ann, 9, 9));

        Assert.Equal(Seoul(2026, 3, 10, 9), roster.NextWorking(Ann, Monday10));
        Assert.Equal(Seoul(2026, 3, 10, 9), roster.At(Ann, Monday10).Again);
    }

    [Fact]
    public void The_substitute_stands_in_and_the_substitutes_when_that_one_is_absent_too()
    {
        var people = new[] { Person(Ann), Person(Bob), Person(Cho) };

        Assert.Null(Roster(people, Away(1, Ann, 3, 4, Bob)).StandIn(Ann, Monday10));
        Assert.Equal(Bob, Roster(people, Away(1, Ann, 2, 4, Bob)).StandIn(Ann, Monday10));
        Assert.Equal(Cho, Roster(people, Away(1, Ann, 2, 4, Bob), Away(2, Bob, 2, 2, Cho)).StandIn(Ann, Monday10));
        Assert.Null(Roster(people, Away(1, Ann, 2, 4, Bob), Away(2, Bob, 2, 2, Ann)).StandIn(Ann, Monday10));
        Assert.Null(Roster(people, Away(1, Ann, 2, 4)).StandIn(Ann, Monday10));
    }

    [Fact]
    public void Who_is_not_active_or_not_known_is_gone_and_stands_in_for_nobody()
    {
        var people = new[] { Person(Ann), Person(Bob) with { IsActive = false } };
        var roster = Roster(people, Away(1, Ann, 2, 4, Bob));

        Assert.Equal(DutyState.Gone, roster.At(Bob, Monday10).State);
        Assert.Equal(DutyState.Gone, roster.At(Cho, Monday10).State);
        Assert.Null(roster.StandIn(Ann, Monday10));
        Assert.Null(roster.NextWorking(Bob, Monday10));
    }

    [Fact]
    public void A_calendar_that_does_not_exist_counts_all_time() =>
        Assert.Equal(DutyState.Working, Roster([Person(Ann, "nowhere")]).At(Ann, Seoul(2026, 3, 1, 3)).State);

    private static WorkRoster Roster(IEnumerable<Person> people, params IEnumerable<Absence> absences) =>
        new(
            people.ToDictionary(person => person.Id),
            new Dictionary<TeamId, Team>
            {
                [Desk] = new Team(Desk, "Desk", []) { Calendar = "office" },
                [Night] = new Team(Night, "Night", []),
            },
            absences,
            SlaSamples.Configured()
        );

    private static Person Person(PersonId id, string? calendar = null) =>
        new(id, $"Person {id}", "", "agent", "en", "Asia/Seoul", [], [], true) { Calendar = calendar };

    private static Absence Away(long id, PersonId who, int from, int to, PersonId? substitute = null) =>
        new(id, who, new LocalDate(2026, 3, from), new LocalDate(2026, 3, to), "", substitute);

    private static Instant Seoul(int year, int month, int day, int hour) =>
        new LocalDateTime(year, month, day, hour, 0)
            .InZoneStrictly(DateTimeZoneProviders.Tzdb["Asia/Seoul"])
            .ToInstant();
}
