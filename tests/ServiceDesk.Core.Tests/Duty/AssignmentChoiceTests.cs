using NodaTime;
using ServiceDesk.Core.Duty;
using ServiceDesk.Core.Tests.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Duty;

/// <summary>Who of a team gets a ticket, and why. Monday morning in Seoul; Ann, Bob and Cho are the team, Dan is not.</summary>
public class AssignmentChoiceTests
{
    private static readonly PersonId Ann = new(1);
    private static readonly PersonId Bob = new(2);
    private static readonly PersonId Cho = new(3);
    private static readonly PersonId Dan = new(4);
    private static readonly TeamId TeamId = new(7);
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 1, 0);

    [Fact]
    public void In_turn_each_follows_the_one_before_and_the_first_the_last()
    {
        var choice = Choice(Policy(AssignmentMethod.RoundRobin));

        Assert.Equal(Ann, Chosen(choice, last: null));
        Assert.Equal(Bob, Chosen(choice, Ann));
        Assert.Equal(Cho, Chosen(choice, Bob));
        Assert.Equal(Ann, Chosen(choice, Cho));
    }

    [Fact]
    public void Who_has_the_least_open_work_gets_it_and_of_equal_ones_each_in_turn()
    {
        var choice = Choice(Policy());

        Assert.Equal(Bob, Chosen(choice, null, (Ann, 3), (Bob, 1), (Cho, 2)));
        Assert.Equal(Cho, Chosen(choice, Bob, (Ann, 1), (Bob, 1), (Cho, 1)));
        Assert.Equal(Ann, Chosen(choice, Bob, (Ann, 1), (Bob, 1), (Cho, 2)));
        var decided = choice.Choose(Counts(null, (Ann, 3), (Bob, 1), (Cho, 2)), Now);
        Assert.Equal((1, 3, 0), (decided.Open, decided.Considered, decided.PassedOver.Count));
    }

    [Fact]
    public void Who_can_most_of_what_is_needed_gets_it_before_who_has_less_to_do()
    {
        var choice = Choice(Policy(AssignmentMethod.Skills), needed: ["linux", "sap", "network"]);
        var decided = choice.Choose(Counts(null, (Ann, 9), (Bob, 0), (Cho, 9)), Now);

        // Ann and Cho can two of them, Bob one.
        Assert.Equal(Ann, decided.Assignee);
        Assert.Equal(["linux", "sap"], decided.Skills);
        Assert.Equal(Bob, Chosen(Choice(Policy(AssignmentMethod.Skills), needed: ["cobol"]), null, (Ann, 1), (Cho, 1)));
    }

    [Fact]
    public void Who_is_absent_is_passed_over_with_the_day_and_who_stands_in_gets_it()
    {
        var away = Choice(Policy(), absences: new Absence(1, Ann, new(2026, 3, 1), new(2026, 3, 6)));
        var decided = away.Choose(Counts(null), Now);
        Assert.Equal(Bob, decided.Assignee);
        var passed = Assert.Single(decided.PassedOver);
        Assert.Equal(
            (Ann, PassedOverWhy.Absent, new LocalDate(2026, 3, 6)),
            (passed.Person, passed.Why, passed.LastDay)
        );

        var covered = Choice(Policy(), absences: new Absence(1, Ann, new(2026, 3, 1), new(2026, 3, 6), "", Dan));
        decided = covered.Choose(Counts(null, (Bob, 1), (Cho, 1)), Now);
        Assert.Equal((Dan, Ann), (decided.Assignee, decided.StandsInFor));
        Assert.Empty(decided.PassedOver);
        Assert.Contains(Dan, covered.Candidates(Now));
    }

    [Fact]
    public void One_who_stands_in_for_two_counts_once_and_a_member_is_no_substitute()
    {
        var choice = Choice(
            Policy(),
            absences:
            [
                new Absence(1, Ann, new(2026, 3, 1), new(2026, 3, 6), "", Cho),
                new Absence(2, Bob, new(2026, 3, 1), new(2026, 3, 6), "", Cho),
            ]
        );

        var decided = choice.Choose(Counts(null), Now);

        Assert.Equal((Cho, null, 1), (decided.Assignee, decided.StandsInFor, decided.Considered));
    }

    [Fact]
    public void Who_is_outside_working_hours_gets_nothing_unless_the_policy_gives_at_any_time()
    {
        var night = Now + Duration.FromHours(12);
        var decided = Choice(Policy()).Choose(Counts(null), night);
        Assert.Null(decided.Assignee);
        Assert.All(decided.PassedOver, one => Assert.Equal(PassedOverWhy.OutsideHours, one.Why));
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 0, 0), AssignmentChoice.Again(decided));

        Assert.Equal(Ann, Choice(Policy() with { OnlyWorking = false }).Choose(Counts(null), night).Assignee);
    }

    [Fact]
    public void Nobody_gets_more_than_the_capacity_which_may_be_ones_own()
    {
        var policy = Policy() with { Capacity = 2, Capacities = ValueMap<int>.Empty.SetItem("p1@example.com", 5) };
        var choice = Choice(policy);

        Assert.Equal(Ann, Chosen(choice, null, (Ann, 4), (Bob, 2), (Cho, 2)));
        var decided = choice.Choose(Counts(null, (Ann, 5), (Bob, 2), (Cho, 2)), Now);
        Assert.Null(decided.Assignee);
        Assert.Equal(3, decided.PassedOver.Count(one => one.Why == PassedOverWhy.Full));
    }

    [Fact]
    public void Who_does_not_work_on_the_desk_gets_nothing_of_it()
    {
        var choice = Choice(Policy(), onDesk: [Cho]);

        var decided = choice.Choose(Counts(null), Now);

        Assert.Equal((Cho, 1), (decided.Assignee, decided.Considered));
        Assert.Equal([Ann, Bob], decided.PassedOver.Select(one => one.Person));
    }

    private static PersonId? Chosen(AssignmentChoice choice, PersonId? last, params (PersonId, int)[] open) =>
        choice.Choose(Counts(last, open), Now).Assignee;

    private static WorkCounts Counts(PersonId? last, params (PersonId Person, int Count)[] open) =>
        new(last, open.ToDictionary(one => one.Person, one => one.Count));

    private static AssignmentDocument Policy(AssignmentMethod method = AssignmentMethod.LeastWork) =>
        new()
        {
            Id = "desk",
            Name = LocalizedText.Of("Desk"),
            Team = "Desk",
            Method = method,
        };

    private static AssignmentChoice Choice(
        AssignmentDocument policy,
        ValueList<string>? needed = null,
        PersonId[]? onDesk = null,
        params Absence[] absences
    )
    {
        var people = new[]
        {
            Person(Ann, "linux", "sap"),
            Person(Bob, "linux"),
            Person(Cho, "network", "sap"),
            Person(Dan) with
            {
                Teams = [],
                Calendar = "office",
            },
        }.ToDictionary(person => person.Id);
        var team = new Team(TeamId, "Desk", [Ann, Bob, Cho]) { Calendar = "office" };
        var roster = new WorkRoster(
            people,
            new Dictionary<TeamId, Team> { [TeamId] = team },
            absences,
            SlaSamples.Configured()
        );
        return new AssignmentChoice(
            policy,
            team,
            people,
            (onDesk ?? [Ann, Bob, Cho, Dan]).ToHashSet(),
            roster,
            needed ?? []
        );
    }

    private static Person Person(PersonId id, params ReadOnlySpan<string> skills) =>
        new(id, $"Person {id}", $"p{id}@example.com", "agent", "en", "Asia/Seoul", [], [TeamId], true)
        {
            Skills = ValueList.Create(skills),
        };
}
