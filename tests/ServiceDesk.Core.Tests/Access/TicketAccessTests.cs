using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Access;

public class TicketAccessTests
{
    private readonly TicketState ticket = Bench.WithIncident().Ticket;

    [Fact]
    public void Standing_follows_from_desk_participation_and_organization()
    {
        Assert.Equal(Standing.Works, Of(Company.Alice));
        Assert.Equal(Standing.Works, Of(Company.Admin));
        Assert.Equal(Standing.TakesPart, Of(Company.Bora));
        Assert.Equal(Standing.Reads, Of(Company.Minho));
        Assert.Equal(Standing.None, Of(Company.Zoe));
        Assert.Equal(Standing.None, Of(Company.Gone));
        Assert.Equal(Standing.Product, TicketAccess.StandingOf(null, ticket));
    }

    [Fact]
    public void A_participant_takes_part_whatever_the_organization() =>
        Assert.Equal(
            Standing.TakesPart,
            TicketAccess.StandingOf(Company.ViewerOf(Company.Zoe), ticket with { Participants = [Company.Zoe.Id] })
        );

    [Fact]
    public void A_watcher_has_no_right_by_watching() =>
        Assert.Equal(
            Standing.None,
            TicketAccess.StandingOf(Company.ViewerOf(Company.Zoe), ticket with { Watchers = [Company.Zoe.Id] })
        );

    [Fact]
    public void Colleagues_see_it_only_where_both_the_desk_and_the_organization_share()
    {
        var onHr = ticket with { Key = new TicketKey("HR", 1) };
        var ofZenith = ticket with { Organization = Company.Zenith };
        var ofNobody = ticket with { Organization = null };

        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(Company.Minho), onHr));
        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(Company.Zoe), ofZenith));
        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(Company.Minho), ofNobody));
    }

    [Fact]
    public void A_person_may_be_let_or_kept_from_colleagues_requests_whatever_the_organization_says()
    {
        var ofZenith = ticket with { Organization = Company.Zenith };
        var onHr = ofZenith with { Key = new TicketKey("HR", 1) };
        var let = Company.Zoe with { SeesColleagues = true };
        var kept = Company.Minho with { SeesColleagues = false };

        Assert.Equal(Standing.Reads, TicketAccess.StandingOf(Company.ViewerOf(let), ofZenith));
        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(let), onHr));
        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(let), ticket));
        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(kept), ticket));
    }

    [Fact]
    public void A_private_ticket_is_kept_from_colleagues_and_not_from_who_takes_part()
    {
        var hidden = ticket with { IsPrivate = true };

        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(Company.Minho), hidden));
        Assert.Equal(Standing.TakesPart, TicketAccess.StandingOf(Company.ViewerOf(Company.Bora), hidden));
        Assert.Equal(Standing.Works, TicketAccess.StandingOf(Company.ViewerOf(Company.Alice), hidden));
    }

    [Fact]
    public void Of_a_further_organization_those_see_it_who_see_colleagues_requests_where_the_desk_shares()
    {
        var shared = ticket with { SharedWith = [Company.Zenith] };
        var let = Company.ViewerOf(Company.Zoe with { SeesColleagues = true });

        Assert.Equal(Standing.Reads, TicketAccess.StandingOf(let, shared));
        Assert.Equal(Standing.None, TicketAccess.StandingOf(let, shared with { Key = new TicketKey("HR", 1) }));
        Assert.Equal(Standing.None, TicketAccess.StandingOf(Company.ViewerOf(Company.Zoe), shared));
        Assert.Equal(Standing.Reads, TicketAccess.StandingOf(let, shared with { IsPrivate = true }));
        Assert.Equal(
            Standing.None,
            TicketAccess.StandingOf(Company.ViewerOf(Company.Minho), shared with { IsPrivate = true })
        );
    }

    [Fact]
    public void Who_takes_part_knows_who_reads_along_and_a_reader_only_of_the_own_organizations()
    {
        var shared = ticket with { SharedWith = [Company.Zenith] };

        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], Known(Company.Bora));
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], Known(Company.Alice));
        Assert.Equal<ValueList<OrganizationId>>([Company.Zenith], Known(Company.Both));
        Assert.Empty(Known(Company.Minho));

        ValueList<OrganizationId> Known(Person person) => TicketSharing.KnownTo(Company.ViewerOf(person), shared);
    }

    [Fact]
    public void For_whom_it_is_know_those_who_take_part_or_decide_and_of_readers_the_members_alone()
    {
        var ofZenith = ticket with { Organization = Company.Zenith, SharedWith = [Company.Acme] };

        Assert.Equal(Company.Zenith, Own(Company.Alice, ofZenith));
        Assert.Equal(Company.Zenith, Own(Company.Bora, ofZenith));
        Assert.Equal(Company.Acme, Own(Company.Minho, ticket));
        Assert.Equal(Standing.Reads, TicketAccess.StandingOf(Company.ViewerOf(Company.Minho), ofZenith));
        Assert.Null(Own(Company.Minho, ofZenith));
        Assert.Null(
            CustomerViews
                .For(Company.ViewerOf(Company.Minho), ofZenith, Company.Configuration, Bench.Start)
                .Organization
        );
        var asked = ofZenith with
        {
            Approvals =
            [
                new Approval
                {
                    Id = 1,
                    Title = LocalizedText.Of("May we?"),
                    Steps = [new ApprovalStep([Company.Minho.Id], 1, null)],
                    RequestedAt = Bench.Start,
                },
            ],
        };
        Assert.Equal(Company.Zenith, Own(Company.Minho, asked));

        static OrganizationId? Own(Person person, TicketState seen) =>
            TicketSharing.OwnKnownTo(Company.ViewerOf(person), seen);
    }

    [Fact]
    public void Events_are_for_agents_unless_they_are_named_to_be_for_everyone()
    {
        var bora = Company.ViewerOf(Company.Bora);
        var alice = Company.ViewerOf(Company.Alice);
        TicketEvent[] internals =
        [
            new InternalNoteAdded(1, "secret", []),
            new FilesAttached([], Visibility.Internal),
            new TicketAssigned(null, null),
            new LabelsChanged([]),
            new OrganizationChanged(Company.Zenith, Company.Acme, null),
            new TicketShared(Company.Zenith),
            new TicketUnshared(Company.Acme),
            new SlaBreached("p", "m", 1, Bench.Start),
            new UnknownEvent("any.thing/1", "{}"),
            new EngineTests.Knocked(1),
        ];

        Assert.All(internals, @event => Assert.False(TicketAccess.MaySee(bora, ticket, @event)));
        Assert.All(internals, @event => Assert.True(TicketAccess.MaySee(alice, ticket, @event)));
        Assert.True(TicketAccess.MaySee(bora, ticket, new PublicCommentAdded(1, "hi", true, [])));
        Assert.False(
            TicketAccess.MaySee(Company.ViewerOf(Company.Zoe), ticket, new PublicCommentAdded(1, "hi", true, []))
        );
    }

    [Fact]
    public void Viewers_are_made_of_role_teams_and_organizations()
    {
        var alice = Company.ViewerOf(Company.Alice);
        Assert.Equal<ValueList<string>>(["ITSD"], alice.Desks);
        Assert.Equal<ValueList<string>>(["ITSD"], alice.AskableDesks);

        Assert.Equal<ValueList<string>>(["HR", "ITSD"], Company.ViewerOf(Company.Eve).Desks);
        Assert.Equal<ValueList<string>>(["HR", "ITSD"], Company.ViewerOf(Company.Admin).Desks);

        var bora = Company.ViewerOf(Company.Bora);
        Assert.Empty(bora.Desks);
        Assert.Equal<ValueList<string>>(["HR", "ITSD"], bora.AskableDesks);
        Assert.Equal<ValueList<OrganizationId>>([Company.Acme], bora.SharedOrganizations);
        Assert.Equal<ValueList<string>>(["ITSD"], bora.SharingDesks);

        Assert.Equal<ValueList<string>>(["ITSD"], Company.ViewerOf(Company.Zoe).AskableDesks);
        Assert.Empty(Company.ViewerOf(Company.Zoe).SharedOrganizations);
    }

    [Fact]
    public void Who_is_not_active_or_has_no_role_may_nothing()
    {
        Assert.Equal(new Viewer(Company.Retired, [], [], [], [], []), Company.ViewerOf(Company.Retired));
        var roleless = Company.Alice with { Role = "nobody" };
        Assert.Equal(new Viewer(roleless, [], [], [], [], []), Company.ViewerOf(roleless));
    }

    private Standing Of(Person person) => TicketAccess.StandingOf(Company.ViewerOf(person), ticket);
}
