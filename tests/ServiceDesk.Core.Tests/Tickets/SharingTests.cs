using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>With which organizations a ticket is shared, who says so, and what follows.</summary>
public class SharingTests
{
    private readonly Bench bench = new();

    public SharingTests() =>
        bench.Accept(Company.Alice, Bench.Opening(requester: Company.Both) with { Organization = Company.Acme });

    [Fact]
    public void An_agent_shares_it_with_a_further_organization_and_takes_that_back()
    {
        Assert.Equal([new TicketShared(Company.Zenith)], bench.Accept(Company.Alice, new ShareTicket(Company.Zenith)));
        Assert.Empty(bench.Accept(Company.Alice, new ShareTicket(Company.Zenith)));
        Assert.Equal<ValueList<OrganizationId>>([Company.Acme, Company.Zenith], TicketSharing.With(bench.Ticket));

        Assert.Equal(
            [new TicketUnshared(Company.Zenith)],
            bench.Accept(Company.Alice, new UnshareTicket(Company.Zenith))
        );
        Assert.Empty(bench.Accept(Company.Alice, new UnshareTicket(Company.Zenith)));
    }

    [Fact]
    public void The_requester_shares_it_with_the_own_organizations_alone()
    {
        Assert.Single(bench.Accept(Company.Both, new ShareTicket(Company.Zenith)));
        Assert.Single(bench.Accept(Company.Both, new UnshareTicket(Company.Acme)));
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], TicketSharing.With(bench.Ticket));

        var single = Bench.WithIncident();
        var refusal = single.Refuse(Company.Bora, new ShareTicket(Company.Zenith));
        Assert.Equal((RefusalCodes.OrganizationUnknown, "sharedWith"), (refusal.Code, refusal.Field));
        single.Accept(Company.Alice, new ShareTicket(Company.Zenith));
        Assert.Equal(
            RefusalCodes.OrganizationUnknown,
            single.Refuse(Company.Bora, new UnshareTicket(Company.Zenith)).Code
        );
    }

    [Fact]
    public void Whoever_only_reads_or_takes_part_does_not_say_with_whom_it_is_shared()
    {
        Assert.Equal(RefusalCodes.SharingNotYours, bench.Refuse(Company.Bora, new ShareTicket(Company.Acme)).Code);
        bench.Accept(Company.Alice, new AddParticipants([Company.Zoe.Id]));
        Assert.Equal(RefusalCodes.SharingNotYours, bench.Refuse(Company.Zoe, new ShareTicket(Company.Zenith)).Code);
        Assert.Equal(RefusalCodes.SharingNotYours, bench.Refuse(Company.Bora, new UnshareTicket(Company.Acme)).Code);
    }

    [Fact]
    public void What_there_is_not_and_a_desk_that_does_not_share_are_refused()
    {
        Assert.Equal(
            RefusalCodes.OrganizationUnknown,
            bench.Refuse(Company.Alice, new ShareTicket(new OrganizationId(999))).Code
        );
        Assert.Equal(
            RefusalCodes.OrganizationUnknown,
            bench.Refuse(Bench.ByProduct(new ShareTicket(new OrganizationId(999)))).Code
        );

        bench.Accept(Company.Admin, new MoveTicket("HR", "request"));
        Assert.Equal(RefusalCodes.DeskSharesNothing, bench.Refuse(Company.Admin, new ShareTicket(Company.Zenith)).Code);
    }

    [Fact]
    public void A_ticket_can_be_private_from_its_first_moment_and_is_shared_later()
    {
        var there = new Bench();
        var opened = (TicketOpened)there.Accept(Company.Bora, Bench.Asking("outage") with { IsPrivate = true })[0];
        Assert.True(opened.IsPrivate);
        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(Company.Minho), there.Ticket));

        Assert.Equal([new TicketShared(Company.Acme)], there.Accept(Company.Bora, new ShareTicket(Company.Acme)));
        Assert.Equal(Standing.Reads, TicketAccess.StandingOf(Company.ViewerOf(Company.Minho), there.Ticket));
    }

    [Fact]
    public void Who_asks_names_participants_and_organizations_in_the_same_commit_or_nothing()
    {
        var there = new Bench();
        there.Accept(
            Company.Both,
            Bench.Asking("outage", requester: Company.Both) with
            {
                Organization = Company.Acme,
                Then = [new ShareTicket(Company.Zenith), new AddParticipants([Company.Zoe.Id, Company.Minho.Id])],
            }
        );
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], there.Ticket.SharedWith);
        Assert.Equal<ValueList<PersonId>>([Company.Zoe.Id, Company.Minho.Id], there.Ticket.Participants);

        var refused = new Bench().Refuse(
            Company.Bora,
            Bench.Asking("outage") with
            {
                Then = [new AddParticipants([Company.Zoe.Id])],
            }
        );
        Assert.Equal((RefusalCodes.PersonUnknown, "participants"), (refused.Code, refused.Field));
    }

    [Fact]
    public void Its_own_organization_may_become_another_one_and_back_and_whoever_saw_it_sees_it_and_nobody_else()
    {
        bench.Accept(Company.Both, new ShareTicket(Company.Zenith));
        bench.Accept(Company.Both, new UnshareTicket(Company.Acme));

        bench.Accept(Company.Alice, new ChangeOrganization(Company.Zenith));
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], TicketSharing.With(bench.Ticket));
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], TicketSharing.Houses(bench.Ticket));
        Assert.Equal((false, 0), (TicketSharing.IsPrivate(bench.Ticket), TicketSharing.Further(bench.Ticket).Count));

        bench.Accept(Company.Alice, new ChangeOrganization(Company.Acme));
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], TicketSharing.With(bench.Ticket));
        Assert.True(TicketSharing.IsPrivate(bench.Ticket));
        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(Company.Minho), bench.Ticket));
    }

    [Fact]
    public void One_that_became_its_own_is_taken_out_like_any_other()
    {
        bench.Accept(Company.Alice, new ShareTicket(Company.Zenith));
        bench.Accept(Company.Alice, new ChangeOrganization(Company.Zenith));

        bench.Accept(Company.Alice, new UnshareTicket(Company.Zenith));
        Assert.Empty(TicketSharing.With(bench.Ticket));
        Assert.Equal([new TicketShared(Company.Zenith)], bench.Accept(Company.Alice, new ShareTicket(Company.Zenith)));
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], TicketSharing.With(bench.Ticket));
    }

    [Fact]
    public void Private_and_shared_with_its_own_organization_are_two_things_of_which_one_is_asked_for()
    {
        var both = Bench.Asking("outage", requester: Company.Both) with { IsPrivate = true };
        var named = new Bench().Refuse(
            Company.Both,
            both with
            {
                Organization = Company.Acme,
                Then = [new ShareTicket(Company.Acme)],
            }
        );
        Assert.Equal((RefusalCodes.SharedThoughPrivate, "sharedWith"), (named.Code, named.Field));
        var single = Bench.Asking("outage") with { IsPrivate = true, Then = [new ShareTicket(Company.Acme)] };
        Assert.Equal(RefusalCodes.SharedThoughPrivate, new Bench().Refuse(Company.Bora, single).Code);

        var there = new Bench();
        there.Accept(Company.Both, both with { Organization = Company.Acme, Then = [new ShareTicket(Company.Zenith)] });
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], TicketSharing.With(there.Ticket));
        new Bench().Accept(Company.Bora, single with { IsPrivate = false });
    }

    [Fact]
    public void What_comes_out_of_a_private_ticket_is_private_and_shared_no_further()
    {
        bench.Accept(Company.Both, new ShareTicket(Company.Zenith));
        bench.Accept(Company.Both, new UnshareTicket(Company.Acme));

        var copy = Duplicating.Of(bench.Ticket, new CopyWish(Channel.Workspace, [], [], []), Company.Configuration);

        Assert.True(copy.IsPrivate);
        Assert.DoesNotContain(copy.Then, command => command is ShareTicket);
    }

    [Fact]
    public void However_it_came_about_its_own_organization_stands_once_and_each_once() =>
        Prop.ForAll(
                RandomWork.Events.ListOf().ToArbitrary(),
                events =>
                {
                    var ticket = events.Aggregate(bench.Ticket, Evolved);
                    var (all, with) = (TicketSharing.Houses(ticket), TicketSharing.With(ticket));
                    return all.Count == all.Distinct().Count()
                        && with.Count == with.Distinct().Count()
                        && (
                            ticket.Organization is not { } own || TicketSharing.IsPrivate(ticket) == !with.Contains(own)
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    private TicketState Evolved(TicketState ticket, TicketEvent happened) =>
        Ticket.Evolve(
            ticket,
            bench.Log[0] with
            {
                Event = happened,
                Version = ticket.Version + 1,
            },
            TicketExtensions.None
        )!;
}
