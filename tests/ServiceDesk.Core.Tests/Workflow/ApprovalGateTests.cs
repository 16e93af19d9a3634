using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Workflow;

/// <summary>A status that asks for an approval: the ways that the approval names open by its outcome, and by nothing that somebody asked by hand.</summary>
public class ApprovalGateTests
{
    private readonly Bench bench = new() { Configuration = With(Gated) };

    public ApprovalGateTests() => bench.Accept(Bench.By(Company.Alice, Bench.Opening()));

    private static WorkflowDocument Gated =>
        Company.IncidentWorkflow with
        {
            Statuses = Company
                .IncidentWorkflow.Statuses.Select(status =>
                    status.Id == "new"
                        ? status with
                        {
                            Approval = new StatusApproval("board", "start", "reject"),
                        }
                        : status
                )
                .ToValueList(),
            Transitions = Company.IncidentWorkflow.Transitions.Add(Way("reject", "closed")).Add(Way("aside", "closed")),
            AutoClose = null,
        };

    [Fact]
    public void The_way_named_approved_is_shut_while_the_approval_pends_and_before_it_was_asked()
    {
        Refused("start");
        Refused("in-progress");

        AskAsStatus();

        Refused("start");
        Assert.Equal(["start", "reject"], Held(Company.Alice));
        Assert.DoesNotContain("start", Offered(Company.Alice));
        Assert.Contains("aside", Offered(Company.Alice));
        bench.Accept(Company.Alice, Bench.To("aside"));
    }

    [Fact]
    public void The_product_is_held_like_anybody_else()
    {
        AskAsStatus();

        Assert.Equal(RefusalCodes.ApprovalDecides, bench.Refuse(Bench.ByProduct(Bench.To("start"))).Code);
    }

    [Fact]
    public void An_approved_approval_opens_its_way_and_no_other()
    {
        var id = AskAsStatus();
        bench.Accept(Company.Eve, new AnswerApproval(id, true));

        Refused("reject");
        Assert.Equal(["reject"], Held(Company.Alice));
        bench.Accept(Company.Alice, Bench.To("start"));
    }

    [Fact]
    public void A_refusal_opens_the_way_named_declined()
    {
        Refused("reject");
        var id = AskAsStatus();
        Refused("reject");
        bench.Accept(Company.Eve, new AnswerApproval(id, false));

        Refused("start");
        bench.Accept(Company.Alice, Bench.To("reject"));
    }

    [Fact]
    public void What_somebody_asked_by_hand_opens_nothing_and_counts_after_the_statuss_own()
    {
        var own = AskAsStatus();
        var mine = AskByHand();
        bench.Accept(Company.Alice, new AnswerApproval(mine, true));

        Refused("start");
        Assert.Equal("pending", State());

        bench.Accept(Company.Eve, new AnswerApproval(own, false));
        Assert.Equal("declined", State());
    }

    [Fact]
    public void Where_the_status_asked_for_nothing_what_was_asked_by_hand_is_what_a_query_finds()
    {
        bench.Accept(Company.Alice, Bench.To("ask-customer"));
        var mine = AskByHand();
        bench.Accept(Company.Alice, new AnswerApproval(mine, true));

        Assert.Equal("approved", State());
    }

    [Fact]
    public void An_approval_of_an_earlier_stay_opens_nothing_in_a_later_one()
    {
        var id = AskAsStatus();
        bench.Accept(Company.Eve, new AnswerApproval(id, true));
        bench.Accept(Company.Alice, Bench.To("aside"));
        bench.Configuration = With(Gated with { Reopen = new ReopenRule("new", null) });
        bench.Hours(1).Accept(Company.Alice, new ReopenTicket(null));

        Assert.Equal("new", bench.Ticket.Status);
        Refused("start");
    }

    [Fact]
    public void A_withdrawn_approval_leaves_its_ways_shut()
    {
        var id = AskAsStatus();
        bench.Accept(Company.Alice, new WithdrawApproval(id));

        Refused("start");
        Refused("reject");
    }

    [Fact]
    public void An_import_takes_history_as_it_was()
    {
        var to = Bench.ByImporter(Bench.To("start"), bench.Now);
        bench.Accept(Bench.ByImporter(new MarkImported("old", bench.Now), bench.Now));

        bench.Accept(to);

        Assert.Equal("in-progress", bench.Ticket.Status);
    }

    [Fact]
    public void A_customers_words_do_not_pass_it()
    {
        bench.Configuration = With(
            Gated with
            {
                Transitions = Gated
                    .Transitions.Select(way => way.Id == "start" ? way with { OnCustomerComment = true } : way)
                    .ToValueList(),
            }
        );
        var id = AskAsStatus();

        Assert.Single(bench.Accept(Company.Bora, new AddPublicComment("Go on!", [])));

        bench.Accept(Company.Eve, new AnswerApproval(id, true));
        Assert.Equal(2, bench.Accept(Company.Bora, new AddPublicComment("Go on!", [])).Count);
    }

    [Fact]
    public void What_follows_an_approval_is_a_way_of_who_asks()
    {
        bench.Configuration = With(
            Company.IncidentWorkflow with
            {
                Transitions = Company
                    .IncidentWorkflow.Transitions.Select(way =>
                        way.Id is "start" ? way with { Roles = ["administrator"] } : way
                    )
                    .ToValueList(),
            }
        );
        var asks = new RequestApproval { Title = "Go?", Steps = [new ApproversAsked([Company.Eve.Id], [], [])] };

        var refusal = bench.Refuse(Company.Alice, asks with { WhenApproved = "start" });
        Assert.Equal(
            (RefusalKind.Forbidden, RefusalCodes.TransitionRole, "whenApproved"),
            (refusal.Kind, refusal.Code, refusal.Field)
        );
        Assert.Equal("whenDeclined", bench.Refuse(Company.Alice, asks with { WhenDeclined = "start" }).Field);
        Assert.Equal(
            RefusalCodes.ApprovalTransition,
            bench.Refuse(Company.Alice, asks with { WhenApproved = "none" }).Code
        );
        bench.Accept(Company.Alice, asks with { WhenApproved = "ask-customer" });
        bench.Accept(Company.Admin, asks with { WhenApproved = "start", WhenDeclined = "start" });
        bench.Accept(Bench.ByProduct(asks with { WhenApproved = "start" }));
    }

    [Fact]
    public void A_move_does_not_lead_past_it()
    {
        bench.Configuration = OfBothDesks(
            Gated with
            {
                Statuses = Gated.Statuses.Add(new("queued", LocalizedText.Of("Queued"), StatusCategory.New)),
            }
        );
        var id = AskAsStatus();
        var past = new MoveTicket("HR", "incident") { Status = "queued" };
        Assert.Equal(RefusalCodes.MoveStatus, bench.Refuse(Company.Eve, past).Code);

        bench.Accept(Company.Eve, new AnswerApproval(id, true));
        bench.Accept(Company.Eve, past);
    }

    [Fact]
    public void A_move_takes_it_along_and_another_types_status_asks_anew()
    {
        bench.Configuration = OfBothDesks(Gated);
        var id = AskAsStatus();

        bench.Accept(Company.Eve, new MoveTicket("HR", "incident"));
        Assert.Equal(ApprovalState.Pending, bench.Ticket.FindApproval(id)!.State);

        bench.Accept(Company.Eve, new MoveTicket("ITSD", "request"));
        Assert.Equal(("new", ApprovalState.Withdrawn), (bench.Ticket.Status, bench.Ticket.FindApproval(id)!.State));
    }

    [Fact]
    public void What_holds_it_up_stands_at_the_ticket_until_it_is_tried_again_or_the_status_is_left()
    {
        var why = Refusal.Invalid(RefusalCodes.ApproverNoManager, "policy", "Bora");
        var note = new NoteApprovalNotAsked("board", [why]);
        Assert.Equal(RefusalCodes.ApprovalNotStuck, bench.Refuse(Company.Alice, new AskApprovalAgain()).Code);
        Assert.NotEmpty(bench.Send(Bench.By(Company.Alice, note)).Refusals);

        bench.Accept(Bench.ByProduct(note));
        Assert.Equal(new ApprovalTrouble("board", null, null, [why], bench.Now), bench.Ticket.ApprovalTrouble);
        Assert.Equal(RefusalKind.Forbidden, bench.Refuse(Company.Bora, new AskApprovalAgain()).Kind);
        Assert.Equal([new ApprovalAskedAgain("new", null)], bench.Accept(Company.Alice, new AskApprovalAgain()));
        Assert.Null(bench.Ticket.ApprovalTrouble);

        // By hand it is another approval; only the status's own ends it.
        bench.Accept(Bench.ByProduct(note));
        AskByHand();
        Assert.NotNull(bench.Ticket.ApprovalTrouble);
        var own = AskAsStatus();
        Assert.Null(bench.Ticket.ApprovalTrouble);

        bench.Accept(Bench.ByProduct(new NoteApprovalNotFollowed(own, "start", [why])));
        Assert.Equal((own, "start"), (bench.Ticket.ApprovalTrouble!.Approval, bench.Ticket.ApprovalTrouble.Transition));
        Assert.Equal([new ApprovalAskedAgain("new", own)], bench.Accept(Company.Alice, new AskApprovalAgain()));
        bench.Accept(Bench.ByProduct(new NoteApprovalNotFollowed(own, "start", [why])));
        bench.Accept(Company.Alice, Bench.To("aside"));
        Assert.Null(bench.Ticket.ApprovalTrouble);
    }

    private void Refused(string to)
    {
        var refusal = bench.Refuse(Company.Alice, Bench.To(to));
        Assert.Equal((RefusalKind.Conflict, RefusalCodes.ApprovalDecides), (refusal.Kind, refusal.Code));
    }

    private long AskAsStatus() =>
        Asked(Bench.ByProduct(Question(Company.Eve) with { ForStatus = true, WhenApproved = "start" }));

    private long AskByHand() =>
        Asked(
            Bench.By(Company.Alice, Question(Company.Alice) with { ForStatus = true, WhenApproved = "ask-customer" })
        );

    private long Asked(CommandEnvelope envelope) =>
        bench.Accept(envelope).OfType<ApprovalRequested>().Single().Approval;

    private static RequestApproval Question(Person approver) =>
        new() { Title = "May we?", Steps = [new ApproversAsked([approver.Id], [], [])] };

    private string? State() =>
        SearchableFields
            .Of(bench.Ticket, TicketExtensions.None)
            .SingleOrDefault(value => value.Field == SearchableFields.ApprovalKey)
            ?.Text;

    private IEnumerable<string> Offered(Person person) =>
        TransitionOffer
            .For(Company.ViewerOf(person), bench.Snapshot!, bench.Configuration, Bench.Matches, bench.Now)
            .Select(way => way.Id);

    private IEnumerable<string> Held(Person person) =>
        TransitionOffer
            .HeldByApproval(Company.ViewerOf(person), bench.Ticket, bench.Configuration)
            .Select(way => way.Id);

    private static ConfigurationSnapshot With(WorkflowDocument workflow) =>
        ConfigurationSnapshot.Of(
            1,
            [.. Company.Documents.Where(document => document is not WorkflowDocument { Id: "incident" }), workflow]
        );

    private static ConfigurationSnapshot OfBothDesks(WorkflowDocument workflow)
    {
        var configuration = With(workflow);
        var desk = configuration.All<DeskDocument>().Single(one => one.Id == "HR");
        return configuration.With(desk with { Types = ["incident", "request"] });
    }

    private static WorkflowTransition Way(string id, string to) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            From = ["new"],
            To = to,
        };
}
