using NodaTime;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>Approvals of people who are absent.</summary>
public sealed class StandInTests
{
    [Theory]
    [OnBothDatabases]
    public async Task The_substitute_of_who_is_absent_now_is_asked_and_it_is_told_for_whom(DatabaseProvider provider)
    {
        await using var host = await HostUnderTest.CreateAsync(provider);
        var (absent, away, substitute) = (await HireAsync(host), await HireAsync(host), await HireAsync(host));
        var today = host.Get<IClock>().GetCurrentInstant().InUtc().Date;
        await LeaveAsync(host, absent, today.PlusDays(-1), today.PlusDays(1), substitute);
        await LeaveAsync(host, away, today.PlusDays(10), today.PlusDays(11), substitute);
        var ticket = (await host.OpenAsync()).State;
        var asked = new RequestApproval
        {
            Title = "May we?",
            Steps = [new ApproversAsked([absent], [], []), new ApproversAsked([away], [], [])],
        };

        var answer = await host.Grains.SendAsync(ticket.Id, new CommandEnvelope(asked, Actor.System));

        var steps = Assert.Single(answer.Ticket!.State.Approvals).Steps;
        Assert.Equal(([substitute], absent), (steps[0].Approvers, steps[0].For(substitute)));
        Assert.Equal(([away], 0), (steps[1].Approvers, steps[1].StandIns.Count));
        // What was stored says the same when it is read again.
        Assert.Equal(answer.Ticket.State, (await host.Grains.GetAsync(ticket.Id))!.State);
    }

    private static async Task<PersonId> HireAsync(HostUnderTest host) => (await host.CustomerAsync()).Id;

    private static async Task LeaveAsync(HostUnderTest host, PersonId who, LocalDate from, LocalDate to, PersonId by) =>
        Assert.NotNull(await host.Get<IPeopleStore>().AddAbsenceAsync(new Absence(0, who, from, to, "", by)));
}
