using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Access;

public class DeskAccessTests
{
    private static readonly DeskDocument Everyone = new() { Id = "ALL", Name = LocalizedText.Of("All") };
    private static readonly DeskDocument OfPeople = Everyone with
    {
        Id = "SOME",
        Agents = new DeskAgents { Everyone = false, Teams = ["People"] },
    };
    private static readonly DeskDocument OfNobody = Everyone with
    {
        Id = "NONE",
        Agents = new DeskAgents { Everyone = false },
    };

    // Who may look at every desk and works on none.
    private static readonly RoleDocument Auditor = new()
    {
        Id = "auditor",
        Name = LocalizedText.Of("Auditor"),
        Permissions = [Permissions.SeeEverything],
    };

    private static readonly ConfigurationSnapshot Configuration = ConfigurationSnapshot.Of(
        1,
        [.. Company.Documents, Auditor]
    );

    private static readonly Person Reviewer = Company.Bora with { Role = "auditor" };

    [Fact]
    public void A_reason_is_told_of_exactly_those_who_work_on_the_desk() =>
        Assert.All(
            from person in Company.Facts.People.Append(Reviewer)
            from desk in (DeskDocument[])[Everyone, OfPeople, OfNobody]
            select (person, desk),
            one => Assert.Equal(Works(one.person, one.desk), Why(one.person, one.desk) is not null)
        );

    [Fact]
    public void The_reason_is_the_role_or_the_team()
    {
        Assert.Equal(new DeskWork(false, true, []), Why(Company.Alice, Everyone));
        Assert.Equal(new DeskWork(true, true, []), Why(Company.Admin, Everyone));
        Assert.Equal(new DeskWork(true, false, []), Why(Company.Admin, OfPeople));
        Assert.Equal(new DeskWork(true, false, []), Why(Reviewer, Everyone));
        Assert.Equal(["People"], Why(Company.Eve, OfPeople)!.Teams.Select(team => team.Name));
        Assert.True(Why(Company.Eve, OfPeople)!.IsOnlyThroughTeams);
        Assert.False(Why(Company.Admin, OfPeople)!.IsOnlyThroughTeams);
        Assert.Null(Why(Company.Alice, OfPeople));
        Assert.Null(Why(Company.Bora, Everyone));
        Assert.Null(Why(Company.Retired, Everyone));
    }

    [Fact]
    public void What_is_lacking_is_a_role_before_a_team()
    {
        var network = Company.Facts.Teams.First(team => team.Name == "Network");
        var people = Company.Facts.Teams.First(team => team.Name == "People");

        Assert.Equal(DeskLack.Role, DeskAccess.LackOf(OfPeople, Role("customer"), [people]));
        Assert.Equal(DeskLack.Team, DeskAccess.LackOf(OfPeople, Role("agent"), [network]));
        Assert.Equal(DeskLack.Nothing, DeskAccess.LackOf(OfPeople, Role("agent"), [network, people]));
        Assert.Equal(DeskLack.Nothing, DeskAccess.LackOf(OfPeople, Role("administrator"), []));
        Assert.Equal(DeskLack.Nothing, DeskAccess.LackOf(Everyone, Role("agent"), []));
    }

    [Fact]
    public void Nobody_gives_a_role_that_may_more_than_he_does()
    {
        var manager = Role("agent") with { Permissions = [.. Role("agent").Permissions, Permissions.ManagePeople] };
        var giver = Company.ViewerOf(Company.Alice) with { Permissions = manager.Permissions };

        Assert.True(RoleGrants.Covers(giver, manager));
        Assert.False(RoleGrants.IsAbove(giver, "agent", Configuration));
        Assert.False(RoleGrants.IsAbove(giver, "customer", Configuration));
        Assert.True(RoleGrants.IsAbove(giver, "administrator", Configuration));
        Assert.True(RoleGrants.IsAbove(giver, "auditor", Configuration));
        Assert.False(RoleGrants.IsAbove(giver, "gone", Configuration));
    }

    private static RoleDocument Role(string id) =>
        Configuration.TryGet<RoleDocument>(id, out var role) ? role : throw new InvalidOperationException(id);

    private static bool Works(Person person, DeskDocument desk) =>
        DeskAccess.WorksOn(desk, person, Company.Facts.Teams, Configuration);

    private static DeskWork? Why(Person person, DeskDocument desk) =>
        DeskAccess.WhyWorksOn(desk, person, Company.Facts.Teams, Configuration);
}
