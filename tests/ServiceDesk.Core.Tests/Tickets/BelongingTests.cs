using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>For which of the requester's organizations a ticket is, and what hangs on it.</summary>
public class BelongingTests
{
    private readonly Bench bench = new();

    public BelongingTests() =>
        bench.Accept(Company.Alice, Bench.Opening(requester: Company.Both) with { Organization = Company.Zenith });

    [Fact]
    public void An_agent_says_for_which_of_the_requesters_organizations_it_is()
    {
        bench.Facts = Company.Facts with
        {
            Organizations = Company
                .Facts.Organizations.Select(one => one.Id == Company.Acme ? one with { Region = "Busan" } : one)
                .ToValueList(),
        };
        Assert.Equal(
            [new OrganizationChanged(Company.Zenith, Company.Acme, "Busan")],
            bench.Accept(Company.Alice, new ChangeOrganization(Company.Acme))
        );
        Assert.Equal((Company.Acme, "Busan"), (bench.Ticket.Organization, bench.Ticket.Region));
        Assert.Empty(bench.Accept(Company.Alice, new ChangeOrganization(Company.Acme)));

        Assert.Single(bench.Accept(Company.Alice, new ChangeOrganization(null)));
        Assert.Equal((null, null), (bench.Ticket.Organization, bench.Ticket.Region));
    }

    [Fact]
    public void Others_organizations_and_customers_are_refused()
    {
        Assert.Equal(RefusalCodes.AgentsOnly, bench.Refuse(Company.Both, new ChangeOrganization(Company.Acme)).Code);
        var refusal = bench.Refuse(Company.Alice, new ChangeOrganization(new OrganizationId(999)));
        Assert.Equal((RefusalCodes.OrganizationNotOfRequester, "organization"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Who_shares_it_follows_and_nobody_of_either_house_learns_of_the_change()
    {
        Assert.Equal(Standing.None, Of(Company.Bora));

        bench.Accept(Company.Alice, new ChangeOrganization(Company.Acme));

        Assert.Equal(Standing.Reads, Of(Company.Bora));
        Assert.Equal(Standing.None, Of(Company.Zoe));
        var changed = bench.Log[^1].Event;
        Assert.All(
            new[] { Company.Bora, Company.Both, Company.Zoe },
            person => Assert.False(TicketAccess.MaySee(Company.ViewerOf(person), bench.Ticket, changed))
        );

        Standing Of(Person person) => TicketAccess.StandingOf(Company.ViewerOf(person), bench.Ticket);
    }

    [Fact]
    public void Work_that_nobody_gives_by_hand_goes_to_whom_stands_in_and_says_for_whom()
    {
        bench.Facts = Company.Facts with { StandIns = [new StandIn(Company.Eve.Id, Company.Alice.Id)] };
        var toAlice = new AssignTicket(Company.Alice.Id, Company.Network);

        Assert.Equal(
            [new TicketAssigned(Company.Eve.Id, Company.Network) { StandsInFor = Company.Alice.Id }],
            bench.Accept(Bench.ByProduct(toAlice with { ToStandIn = true }))
        );
        Assert.Empty(bench.Accept(Bench.ByProduct(toAlice with { ToStandIn = true })));
        Assert.Equal([new TicketAssigned(Company.Alice.Id, Company.Network)], bench.Accept(Company.Admin, toAlice));
        // Who has it keeps it.
        Assert.Empty(bench.Accept(Bench.ByProduct(toAlice with { ToStandIn = true })));
    }

    [Fact]
    public void A_ticket_that_a_rule_opens_goes_to_whom_stands_in_where_that_one_works_on_the_desk()
    {
        var open = Bench.Opening() with { Assignee = Company.Alice.Id, ToStandIn = true };
        var there = new Bench
        {
            Facts = Company.Facts with { StandIns = [new StandIn(Company.Eve.Id, Company.Alice.Id)] },
        };
        var opened = (TicketOpened)there.Accept(Bench.ByProduct(open))[0];
        Assert.Equal((Company.Eve.Id, Company.Alice.Id), (opened.Assignee, opened.StandsInFor));

        var elsewhere = new Bench
        {
            Facts = Company.Facts with { StandIns = [new StandIn(Company.Zoe.Id, Company.Alice.Id)] },
        };
        opened = (TicketOpened)elsewhere.Accept(Bench.ByProduct(open))[0];
        Assert.Equal((Company.Alice.Id, null), (opened.Assignee, opened.StandsInFor));
    }

    [Fact]
    public void Its_promise_is_chosen_anew_and_keeps_the_time_that_passed()
    {
        var standard = Company.Documents.OfType<SlaPolicyDocument>().Single();
        var gold = standard with { Id = "gold", Order = -1, Query = "organization = zenith" };
        var fold = new Core.Sla.SlaFold(
            (query, ticket, now, configuration) =>
                query == gold.Query
                    ? ticket.State.Organization == Company.Zenith
                    : Bench.Matches(query, ticket, now, configuration)
        );
        var configuration = ConfigurationSnapshot.Of(1, [.. Company.Documents, gold]);
        var before = bench.Ticket;
        var clocks = fold.Apply([], null, before, bench.Log[0], configuration);
        Assert.Equal("gold", Assert.Single(clocks).Policy.Id);

        bench.Hours(1).Accept(Company.Alice, new ChangeOrganization(Company.Acme));
        clocks = fold.Apply(clocks, before, bench.Ticket, bench.Log[^1], configuration);

        var clock = Assert.Single(clocks);
        Assert.Equal(("standard", 1d), (clock.Policy.Id, clock.Elapsed.TotalHours));
    }
}
