using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Tests;

public sealed class LinkingTests : LinkWorld
{
    [Fact]
    public async Task A_link_stands_on_both_ends_each_in_its_own_direction()
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network"));

        await LinkedAsync(Agent, one, "blocks", other);

        var here = Assert.Single((await LinksOfAsync(one)).Links);
        var there = Assert.Single((await LinksOfAsync(other)).Links);
        Assert.Equal(("blocks", LinkDirection.Outward, other.Id), (here.Type, here.Direction, here.Other));
        Assert.Equal(("blocks", LinkDirection.Inward, one.Id), (there.Type, there.Direction, there.Other));
    }

    [Fact]
    public async Task Tickets_that_relate_read_the_same_from_both_ends_and_are_linked_once()
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network"));
        await LinkedAsync(Agent, one, "relates", other);

        var again = await LinkAsync(Agent, other, "relates", one, LinkDirection.Inward);

        Assert.True(again.IsAccepted);
        Assert.Empty(again.Events);
        Assert.Equal(LinkDirection.Both, Assert.Single((await LinksOfAsync(other)).Links).Direction);
    }

    [Fact]
    public async Task Taking_a_link_away_takes_it_from_both_ends_whichever_it_was_made_on()
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network"));
        await LinkedAsync(Agent, one, "blocks", other);

        var answer = await Server.SendAsync(
            Agent,
            other.Id,
            new UnlinkTickets("blocks", LinkDirection.Inward, one.Key)
        );

        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        await UntilAsync(one, links => links.Links.Count == 0);
        Assert.Empty((await LinksOfAsync(other)).Links);
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network"));

        Assert.Equal("links.refusal.itself", (await LinkAsync(Agent, one, "blocks", one)).Refusals[0].Code);
        Assert.Equal("links.refusal.no-type", (await LinkAsync(Agent, one, "hates", other)).Refusals[0].Code);
        Assert.Equal(
            "links.refusal.no-direction",
            (await LinkAsync(Agent, one, "blocks", other, LinkDirection.Both)).Refusals[0].Code
        );
        var missing = new LinkTickets("blocks", LinkDirection.Outward, new TicketKey("ITSD", 9999));
        Assert.Equal(RefusalKind.NotFound, (await Server.SendAsync(Agent, one.Id, missing)).Refusals[0].Kind);
        var mirror = new MirrorLink("blocks", LinkDirection.Outward, other.Id, StatusCategory.New, false, true);
        Assert.Equal(RefusalKind.Forbidden, (await Server.SendAsync(Agent, one.Id, mirror)).Refusals[0].Kind);
        Assert.Equal(RefusalKind.Forbidden, (await LinkAsync(Customer, one, "blocks", other)).Refusals[0].Kind);
    }

    [Fact]
    public async Task Across_desks_both_ends_must_be_the_senders_to_change()
    {
        var here = await OpenAsync("Printer");
        var there = await OpenAsync("Salary", "HR");
        var asked = await Server.OpenAsync(Agent, "My own holiday", desk: "HR");

        Assert.Equal(RefusalKind.NotFound, (await LinkAsync(Agent, here, "blocks", there)).Refusals[0].Kind);
        Assert.Equal(RefusalKind.Forbidden, (await LinkAsync(Agent, here, "blocks", asked)).Refusals[0].Kind);
        await LinkedAsync(Both, here, "blocks", there);
        var unlink = new UnlinkTickets("blocks", LinkDirection.Outward, there.Key);
        Assert.Equal(RefusalKind.NotFound, (await Server.SendAsync(Agent, here.Id, unlink)).Refusals[0].Kind);
    }

    [Fact]
    public async Task A_ticket_has_one_parent_and_is_never_below_itself()
    {
        var (top, middle, leaf) = (await OpenAsync("Top"), await OpenAsync("Middle"), await OpenAsync("Leaf"));
        await LinkedAsync(Agent, top, "parent", middle);
        await LinkedAsync(Agent, middle, "parent", leaf);
        var other = await OpenAsync("Other");

        Assert.Equal("links.refusal.second-parent", (await LinkAsync(Agent, other, "parent", leaf)).Refusals[0].Code);
        Assert.Equal(
            "links.refusal.second-parent",
            (await LinkAsync(Agent, leaf, "parent", other, LinkDirection.Inward)).Refusals[0].Code
        );
        Assert.Equal("links.refusal.circle", (await LinkAsync(Agent, leaf, "parent", top)).Refusals[0].Code);
        Assert.Equal(
            "links.refusal.circle",
            (await LinkAsync(Agent, top, "parent", leaf, LinkDirection.Inward)).Refusals[0].Code
        );
        Assert.Equal(middle.Id, (await LinksOfAsync(leaf)).Parent);
    }

    [Fact]
    public async Task A_parent_that_came_second_lets_the_child_go()
    {
        var (one, two, child) = (await OpenAsync("One"), await OpenAsync("Two"), await OpenAsync("Child"));
        await LinkedAsync(Agent, one, "parent", child);

        // What another node has decided at the same time, on a child that had no parent yet.
        var late = new MirrorLink("parent", LinkDirection.Outward, child.Id, StatusCategory.New, true, true);
        await Server.Tickets.SendAsync(two.Id, new CommandEnvelope(late, new Actor(ActorKind.Plugin, null, "links")));

        await UntilAsync(two, links => links.Links.Count == 0);
        Assert.Equal(one.Id, (await LinksOfAsync(child)).Parent);
        Assert.Single((await LinksOfAsync(child)).Links);
    }

    [Fact]
    public async Task Of_two_tickets_made_children_of_each_other_at_once_none_is_below_itself()
    {
        var pairs = new List<(TicketState One, TicketState Other)>();
        for (var round = 0; round < 25; round++)
        {
            var (one, other) = (await OpenAsync($"One {round}"), await OpenAsync($"Other {round}"));
            pairs.Add((one, other));
            await Task.WhenAll(LinkAsync(Agent, one, "parent", other), LinkAsync(Agent, other, "parent", one));
        }

        foreach (var (one, other) in pairs)
        {
            await Server.UntilAsync(() => AgreeAsync(one, other));
        }

        // What settled stays.
        foreach (var (one, other) in pairs)
        {
            Assert.True(await AgreeAsync(one, other));
        }

        async Task<bool> AgreeAsync(TicketState one, TicketState other)
        {
            var (here, there) = ((await LinksOfAsync(one)).Links, (await LinksOfAsync(other)).Links);
            return here.Count <= 1
                && here.Select(link => link.Direction.Opposite()).SequenceEqual(there.Select(link => link.Direction));
        }
    }

    [Fact]
    public async Task A_parent_below_its_own_child_lets_it_go()
    {
        var (top, middle, leaf) = (await OpenAsync("Top"), await OpenAsync("Middle"), await OpenAsync("Leaf"));
        await LinkedAsync(Agent, top, "parent", middle);
        await LinkedAsync(Agent, middle, "parent", leaf);

        // What another node has decided at the same time, before it heard of the links above.
        var late = new MirrorLink("parent", LinkDirection.Inward, leaf.Id, StatusCategory.New, true, true);
        var answer = await Server.Tickets.SendAsync(
            top.Id,
            new CommandEnvelope(late, new Actor(ActorKind.Plugin, null, "links"))
        );

        Assert.Equal("links.refusal.circle", Assert.Single(answer.Refusals).Code);
        Assert.Null((await LinksOfAsync(top)).Parent);
    }

    [Fact]
    public async Task A_link_that_the_other_end_cannot_have_is_taken_away_again()
    {
        var one = await OpenAsync("One");
        var nowhere = new MirrorLink(
            "blocks",
            LinkDirection.Outward,
            new TicketId(999_999),
            StatusCategory.New,
            Hierarchical: false,
            IsLinked: true
        );
        var answer = await Server.Tickets.SendAsync(
            one.Id,
            new CommandEnvelope(nowhere, new Actor(ActorKind.Plugin, null, "links"))
        );
        Assert.Single(answer.Events);

        await UntilAsync(one, links => links.Links.Count == 0);
    }

    [Fact]
    public async Task A_change_of_status_is_told_to_every_linked_ticket()
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network"));
        await LinkedAsync(Agent, one, "blocks", other);

        await ResolveAsync(one);

        await UntilAsync(other, links => links.Links[0].Category == StatusCategory.Done);
        var told = (await HistoryAsync(other)).Single(e => e.Event is LinkedTicketChanged);
        Assert.Equal(new LinkedTicketChanged(one.Id, StatusCategory.Done, ["blocks:in"]), told.Event);
        Assert.Equal((1, Both.Id), (told.Depth, told.Actor.Person!.Value));
        Assert.NotNull(told.Cause);
        Assert.Equal(StatusCategory.New, (await LinksOfAsync(one)).Links[0].Category);
    }

    [Fact]
    public async Task A_link_survives_a_move_and_is_found_by_the_former_key()
    {
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network"));
        await LinkedAsync(Agent, one, "blocks", other);

        var moved = await Server.Tickets.SendAsync(
            other.Id,
            new CommandEnvelope(new MoveTicket("HR", null), Actor.System)
        );
        Assert.True(moved.IsAccepted, moved.Refusals.ToString());

        Assert.Equal([one.Key], await FindAsync($"linkedTo({other.Key})", Both));
        Assert.Equal([one.Key], await FindAsync($"linkedTo({moved.Ticket!.State.Key})", Both));
        await Assert.ThrowsAsync<QueryException>(() => FindAsync($"linkedTo({other.Key})"));
    }

    [Fact]
    public async Task Queries_know_each_end_by_its_words_in_every_language()
    {
        var (one, other, third) = (await OpenAsync("A"), await OpenAsync("B"), await OpenAsync("C"));
        await LinkedAsync(Agent, one, "blocks", other);
        await LinkedAsync(Agent, one, "parent", third);
        await LinkedAsync(Agent, other, "causes", third);

        Assert.Equal([one.Key], await FindAsync("linked(blocks)"));
        Assert.Equal([other.Key], await FindAsync("linked(\"is blocked by\")"));
        Assert.Equal([other.Key], await FindAsync("linked(차단됨)"));
        Assert.Equal([one.Key], await FindAsync("linked(\"blocks:out\")"));
        Assert.Equal([other.Key], await FindAsync("linked(\"Blocks:in\")"));
        Assert.Empty(await FindAsync("linked(\"blocks:both\")"));
        Assert.Equal([one.Key, other.Key], await FindAsync("linked(차단)"));
        Assert.Equal([other.Key, third.Key], await FindAsync("NOT linked(blocks)"));
        Assert.Equal([third.Key], await FindAsync($"childOf({one.Key}) AND linkedTo({one.Key})"));
        Assert.Equal([third.Key], await FindAsync($"causedBy({other.Key})"));
        Assert.Empty(await FindAsync($"causedBy({one.Key}) OR causedBy({third.Key})"));
        Assert.Equal([one.Key], await FindAsync("open-children = 1"));
        await ResolveAsync(third);
        await UntilAsync(one, links => links.Children.All(child => child.Category == StatusCategory.Done));
        Assert.Equal([one.Key], await FindAsync("open-children = 0"));
        var error = await Assert.ThrowsAsync<QueryException>(() => FindAsync("linked(blokcs)"));
        Assert.Equal(("query.unknown-argument-near", 7), (error.Error.Code, error.Error.Start));
    }

    [Theory]
    [InlineData("https://example.com/a b", "https://example.com/a%20b")]
    [InlineData("  HTTP://Example.com  ", "http://example.com/")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("ftp://example.com/", null)]
    [InlineData("https://user:secret@example.com/", null)]
    [InlineData("/inside", null)]
    [InlineData("", null)]
    public async Task Only_addresses_of_web_pages_are_linked(string typed, string? kept)
    {
        var ticket = await OpenAsync("Printer");

        var answer = await Server.SendAsync(Agent, ticket.Id, new LinkPage(typed, " The \n page "));

        Assert.Equal(kept is not null, answer.IsAccepted);
        Assert.Equal(kept is null ? [] : [new RemoteLink(kept, "The page")], (await LinksOfAsync(ticket)).Remote);
    }

    [Fact]
    public async Task A_type_of_ones_own_links_at_once()
    {
        await SaveAsync(
            new LinkTypeDocument
            {
                Id = "replaces",
                Name = LocalizedText.Of("Replaces", "대체"),
                Outward = LocalizedText.Of("replaces", "대체함"),
                Inward = LocalizedText.Of("is replaced by", "대체됨"),
            }
        );
        var (one, other) = (await OpenAsync("Printer"), await OpenAsync("Network"));

        await LinkedAsync(Agent, one, "replaces", other);

        Assert.Equal([other.Key], await FindAsync("linked(대체됨)"));
    }
}
