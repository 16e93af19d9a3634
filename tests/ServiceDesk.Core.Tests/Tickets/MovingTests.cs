using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

public class MovingTests
{
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void A_moved_ticket_gets_a_key_there_and_its_old_key_stays_known()
    {
        bench.Accept(Company.Eve, new MoveTicket("HR", "request"));

        Assert.Equal(new TicketKey("HR", 1), bench.Ticket.Key);
        Assert.Equal<ValueList<TicketKey>>([Bench.Key], bench.Ticket.FormerKeys);
        Assert.Equal(("request", "HR"), (bench.Ticket.Type, bench.Ticket.Desk));
    }

    [Theory]
    [InlineData("new", "new")]
    [InlineData("in-progress", "working")]
    [InlineData("resolved", "fulfilled")]
    [InlineData("waiting-for-customer", "new")]
    public void The_status_becomes_the_one_of_the_same_meaning_or_the_first(string status, string there)
    {
        if (status != "new")
        {
            bench.Accept(Company.Alice, Bench.To(status, status == "resolved" ? "solved" : null));
        }

        bench.Accept(Company.Eve, new MoveTicket("HR", "request"));

        Assert.Equal(there, bench.Ticket.Status);
        Assert.Equal(there == "fulfilled", bench.Ticket.ResolvedAt is not null);
        Assert.Equal(there == "fulfilled", bench.Ticket.ClosedAt is not null);
    }

    [Fact]
    public void Who_does_not_work_there_no_longer_has_it()
    {
        bench.Accept(Company.Alice, new AssignTicket(Company.Alice.Id, Company.Network));
        bench.Accept(Company.Eve, new MoveTicket("HR", "request"));

        Assert.Equal((null, null), (bench.Ticket.Assignee, bench.Ticket.Team));
    }

    [Fact]
    public void Who_works_there_keeps_it()
    {
        bench.Accept(Company.Alice, new AssignTicket(Company.Eve.Id, Company.PeopleTeam));
        bench.Accept(Company.Eve, new MoveTicket("HR", "request"));

        Assert.Equal((Company.Eve.Id, Company.PeopleTeam), (bench.Ticket.Assignee!.Value, bench.Ticket.Team!.Value));
    }

    [Fact]
    public void The_request_type_of_the_desk_stays_behind()
    {
        var asked = new Bench();
        asked.Accept(Company.Bora, Bench.Asking("outage"));
        asked.Accept(Company.Eve, new MoveTicket("HR", "request"));

        Assert.Null(asked.Ticket.RequestType);
    }

    [Fact]
    public void Who_works_only_on_the_desk_that_it_left_no_longer_sees_it()
    {
        bench.Accept(Company.Eve, new MoveTicket("HR", "request"));

        Assert.Equal(RefusalKind.NotFound, bench.Refuse(Company.Alice, new SetPriority(Priority.Low)).Kind);
        bench.Accept(Company.Eve, new SetPriority(Priority.Low));
    }

    [Fact]
    public void A_move_goes_to_another_desk_that_exists_and_works_such_tickets()
    {
        Assert.Equal(RefusalCodes.DeskUnknown, Moving("NOPE", null));
        Assert.Equal(RefusalCodes.TypeUnknown, Moving("HR", null));
        Assert.Equal(RefusalCodes.MoveSameDesk, Moving("ITSD", "request"));

        string Moving(string desk, string? type) => bench.Refuse(Company.Eve, new MoveTicket(desk, type)).Code;
    }

    [Fact]
    public void Moving_needs_its_permission()
    {
        var viewer = Company.ViewerOf(Company.Alice) with { Permissions = [Permissions.WorkTickets] };
        var envelope = Bench.By(Company.Alice, new MoveTicket("HR", "request")) with { Viewer = viewer };

        Assert.Equal(RefusalCodes.MoveNotAllowed, bench.Refuse(envelope).Code);
    }

    [Fact]
    public void Who_moves_works_there_too_and_of_a_desk_out_of_sight_learns_nothing()
    {
        Assert.Equal(RefusalCodes.DeskUnknown, bench.Refuse(Company.Alice, new MoveTicket("HR", "request")).Code);
        var asks = Company.ViewerOf(Company.Alice) with { AskableDesks = ["HR"] };
        var envelope = Bench.By(Company.Alice, new MoveTicket("HR", "request")) with { Viewer = asks };
        Assert.Equal(RefusalCodes.MoveNotThere, bench.Refuse(envelope).Code);
        bench.Accept(Bench.ByProduct(new MoveTicket("HR", "request")));
    }
}
