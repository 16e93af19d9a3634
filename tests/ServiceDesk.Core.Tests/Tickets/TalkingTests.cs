using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

public class TalkingTests
{
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void A_comment_bears_the_version_of_its_event_as_id()
    {
        bench.Accept(Company.Alice, new AddPublicComment("Looking", []));
        bench.Accept(Company.Alice, new AddInternalNote("Fuser again", [Bench.File()]));

        Assert.Equal(new PublicCommentAdded(2, "Looking", ByCustomer: false, []), bench.Log[1].Event);
        Assert.Equal(new InternalNoteAdded(3, "Fuser again", [Bench.File()]), bench.Log[2].Event);
        Assert.Equal((1, 1, 1), (bench.Ticket.PublicComments, bench.Ticket.InternalNotes, bench.Ticket.Attachments));
    }

    [Fact]
    public void The_words_of_requester_and_participants_are_a_customers()
    {
        bench.Accept(Company.Alice, new AddParticipants([Company.Zoe.Id]));
        bench.Hours(1).Accept(Company.Bora, new AddPublicComment("Hello?", []));
        bench.Hours(1).Accept(Company.Zoe, new AddPublicComment("Here too", []));
        Assert.Null(bench.Ticket.FirstAgentAnswerAt);
        Assert.Equal(bench.Now, bench.Ticket.LastCustomerCommentAt);

        var answered = bench.Hours(1).Now;
        bench.Accept(Company.Alice, new AddPublicComment("Looking", []));
        bench.Hours(1).Accept(Company.Alice, new AddPublicComment("Done", []));
        Assert.Equal((answered, bench.Now), (bench.Ticket.FirstAgentAnswerAt, bench.Ticket.LastAgentAnswerAt));
    }

    [Fact]
    public void An_agent_who_is_the_requester_asks_and_does_not_answer()
    {
        var own = new Bench();
        own.Accept(Company.Alice, Bench.Opening(requester: Company.Alice));
        own.Accept(Company.Alice, new AddPublicComment("My own screen is dark", []));

        Assert.Null(own.Ticket.FirstAgentAnswerAt);
        Assert.NotNull(own.Ticket.LastCustomerCommentAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void A_comment_has_words(string body)
    {
        Assert.Equal(
            (RefusalCodes.TextRequired, "body"),
            (
                bench.Refuse(Company.Bora, new AddPublicComment(body, [])).Code,
                bench.Refuse(Company.Alice, new AddInternalNote(body, [])).Field
            )
        );
    }

    [Fact]
    public void What_waits_for_a_customer_goes_on_when_the_customer_answers()
    {
        bench.Accept(Company.Alice, Bench.To("waiting-for-customer"));
        bench.Accept(Company.Alice, new AddPublicComment("Which printer?", []));
        Assert.Equal("waiting-for-customer", bench.Ticket.Status);

        bench.Accept(Company.Bora, new AddPublicComment("The blue one", []));
        Assert.Equal("in-progress", bench.Ticket.Status);
        Assert.Equal("answered", Assert.IsType<StatusChanged>(bench.Log[^1].Event).Transition);
    }

    [Fact]
    public void A_customers_words_do_not_pass_a_step_that_holds_the_end()
    {
        var workflow = Company.IncidentWorkflow;
        bench.Configuration = ConfigurationSnapshot.Of(
            1,
            [
                .. Company.Documents.Where(document => document is not WorkflowDocument { Id: "incident" }),
                workflow with
                {
                    Transitions = workflow
                        .Transitions.Select(way => way.Id == "answered" ? way with { To = "resolved" } : way)
                        .ToValueList(),
                },
            ]
        );
        bench.Accept(Company.Alice, Bench.To("waiting-for-customer"));
        bench.Accept(Company.Alice, new AddTask(LocalizedText.Of("Pay the supplier"), IsBlocking: true));

        Assert.Single(bench.Accept(Company.Bora, new AddPublicComment("Works now", [])));
        Assert.Equal("waiting-for-customer", bench.Ticket.Status);

        bench.Accept(Company.Alice, new TickTask(1, IsDone: true));
        Assert.Equal(2, bench.Accept(Company.Bora, new AddPublicComment("Really", [])).Count);
        Assert.Equal("resolved", bench.Ticket.Status);
    }

    [Fact]
    public void A_customers_words_open_a_done_ticket_again_within_the_window()
    {
        Resolve();
        bench.Hours(24).Accept(Company.Bora, new AddPublicComment("Burns again", []));

        Assert.Equal(("in-progress", 1), (bench.Ticket.Status, bench.Ticket.ReopenCount));
        Assert.Null(bench.Ticket.ResolvedAt);
        Assert.Null(bench.Ticket.Resolution);
    }

    [Fact]
    public void After_the_window_a_customers_words_are_kept_and_open_nothing()
    {
        Resolve();
        bench.Hours(24 * 15).Accept(Company.Bora, new AddPublicComment("Burns again", []));

        Assert.Equal("closed", bench.Ticket.Status);
        Assert.Equal(1, bench.Ticket.PublicComments);
    }

    [Fact]
    public void An_agents_words_open_nothing()
    {
        Resolve();
        bench.Accept(Company.Alice, new AddPublicComment("Good bye", []));

        Assert.Equal("resolved", bench.Ticket.Status);
    }

    [Fact]
    public void Requester_and_agents_open_a_done_ticket_again_with_a_reason()
    {
        Resolve();
        var events = bench.Hours(1).Accept(Company.Bora, new ReopenTicket("It came back"));

        Assert.Equal(new PublicCommentAdded(3, "It came back", ByCustomer: true, []), events[0]);
        Assert.Equal(
            new StatusChanged("reopen", "resolved", "in-progress", StatusCategory.Active, Closes: false, null),
            events[1]
        );

        Resolve();
        Assert.Single(bench.Accept(Company.Alice, new ReopenTicket(null)));
        Assert.Equal(2, bench.Ticket.ReopenCount);
    }

    [Fact]
    public void Only_a_done_ticket_is_opened_again_where_there_is_a_rule_within_its_window()
    {
        Assert.Equal(RefusalCodes.NotDone, bench.Refuse(Company.Bora, new ReopenTicket(null)).Code);

        Resolve();
        bench.Hours(14 * 24).Send(Bench.By(Company.Zoe, new SetPriority(Priority.Low)));
        bench.Hours(0.01);
        Assert.Equal(RefusalCodes.ReopenTooLate, bench.Refuse(Company.Bora, new ReopenTicket(null)).Code);

        var request = new Bench();
        request.Accept(Company.Alice, Bench.Opening("request"));
        request.Accept(Company.Alice, Bench.To("fulfilled"));
        Assert.Equal(RefusalCodes.ReopenNever, request.Refuse(Company.Bora, new ReopenTicket(null)).Code);
    }

    [Fact]
    public void At_the_last_instant_of_the_window_a_ticket_is_still_opened_again()
    {
        Resolve();
        bench.Hours(14 * 24).Accept(Company.Bora, new ReopenTicket(null));

        Assert.Equal("in-progress", bench.Ticket.Status);
    }

    private void Resolve() => bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
}
