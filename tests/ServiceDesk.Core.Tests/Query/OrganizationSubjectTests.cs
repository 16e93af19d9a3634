using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Query;

/// <summary>Whoever does not work on a desk finds its tickets by the own organizations alone: who only reads a ticket does not learn for whom it is.</summary>
public class OrganizationSubjectTests
{
    private static readonly TicketSnapshot Own = Asked.Ticket(ticket =>
        ticket with
        {
            Organization = new OrganizationId(1),
        }
    );
    private static readonly TicketSnapshot Others = Asked.Ticket(ticket =>
        ticket with
        {
            Organization = new OrganizationId(2),
            SharedWith = [new OrganizationId(1)],
        }
    );

    [Theory]
    [InlineData("organization = org-1", true, false)]
    [InlineData("organization = myOrganizations()", true, false)]
    [InlineData("organization = org-2", false, false)]
    [InlineData("organization != org-1", false, false)]
    [InlineData("organization IS NOT EMPTY", true, false)]
    [InlineData("organization IS EMPTY", false, true)]
    public void A_customer_finds_by_the_own_ones(string query, bool own, bool others) =>
        Assert.Equal(
            (own, others),
            (Asked.Matches(query, Own, WorldViewers.Sharing), Asked.Matches(query, Others, WorldViewers.Sharing))
        );

    [Fact]
    public void Agents_of_the_desk_find_by_all_and_the_order_of_others_tells_nothing()
    {
        Assert.True(Asked.Matches("organization = org-2", Others, WorldViewers.OnItDesk));
        Assert.Empty(Asked.Bind("ORDER BY organization", WorldViewers.Sharing).Order);
        Assert.Equal(
            ["ITSD"],
            Assert.Single(Asked.Bind("ORDER BY organization", WorldViewers.OnItDesk).Order).OnlyOnDesks!
        );
        Assert.Null(Assert.Single(Asked.Bind("ORDER BY organization").Order).OnlyOnDesks);
    }
}
