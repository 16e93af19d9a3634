using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>What a requester may ask of colleagues, and nobody else of anybody.</summary>
public class CustomerApprovalTests
{
    private readonly Bench bench = Asked(isAllowed: true);

    [Fact]
    public void The_requester_asks_colleagues_and_it_opens_no_gate_of_the_desk()
    {
        var events = bench.Accept(Company.Bora, Ask(Company.Minho, Company.Both));

        var asked = Assert.IsType<ApprovalRequested>(Assert.Single(events));
        Assert.True(asked is { ByCustomer: true, CustomersSee: true });
        Assert.Single(bench.Accept(Company.Minho, new AnswerApproval(asked.Approval, true)));
        Assert.Equal(2, bench.Accept(Company.Both, new AnswerApproval(asked.Approval, true)).Count);
        var approval = bench.Ticket.FindApproval(asked.Approval)!;
        Assert.Equal((ApprovalState.Approved, true), (approval.State, approval.ByCustomer));
        Assert.DoesNotContain(
            SearchableFields.Of(bench.Ticket, TicketExtensions.None),
            value => value.Field == SearchableFields.ApprovalKey
        );
    }

    [Fact]
    public void It_is_off_where_the_request_type_does_not_say_so_and_for_tickets_without_one_where_their_type_does_not()
    {
        Assert.Equal(RefusalCodes.AgentsOnly, Asked(isAllowed: false).Refuse(Company.Bora, Ask(Company.Minho)).Code);
        Assert.Equal(RefusalCodes.AgentsOnly, Bench.WithIncident().Refuse(Company.Bora, Ask(Company.Minho)).Code);
    }

    [Fact]
    public void On_tickets_of_no_request_type_the_ticket_type_says_it()
    {
        Company.Configuration.TryGet<TicketTypeDocument>("incident", out var type);
        var opened = Bench.WithIncident();
        opened.Configuration = Company.Configuration.With(type! with { CustomersAskApproval = true });

        Assert.True(Assert.IsType<ApprovalRequested>(opened.Accept(Company.Bora, Ask(Company.Minho))[0]).ByCustomer);
        // A request type says it for its own.
        var picked = Asked(isAllowed: false);
        picked.Configuration = Company.Configuration.With(type! with { CustomersAskApproval = true });
        Assert.Equal(RefusalCodes.AgentsOnly, picked.Refuse(Company.Bora, Ask(Company.Minho)).Code);
    }

    [Fact]
    public void Participants_and_colleagues_of_the_requester_do_not_ask()
    {
        Assert.Equal(RefusalCodes.AgentsOnly, bench.Refuse(Company.Minho, Ask(Company.Bora)).Code);
        bench.Accept(Company.Bora, new AddParticipants([Company.Minho.Id]));
        Assert.Equal(RefusalCodes.AgentsOnly, bench.Refuse(Company.Minho, Ask(Company.Both)).Code);
    }

    [Fact]
    public void Strangers_agents_and_who_left_look_as_if_there_were_nobody()
    {
        foreach (var person in (Person[])[Company.Zoe, Company.Alice, Company.Gone])
        {
            var refusal = bench.Refuse(Company.Bora, Ask(person));
            Assert.Equal((RefusalCodes.PersonUnknown, "steps"), (refusal.Code, refusal.Field));
        }

        Assert.Equal(RefusalCodes.ApproversTooFew, bench.Refuse(Company.Bora, Ask(Company.Bora)).Code);
        Assert.Equal(RefusalCodes.ApproversTooFew, bench.Refuse(Company.Bora, Ask()).Code);
    }

    [Fact]
    public void What_is_the_desks_is_not_the_customers()
    {
        var plain = Ask(Company.Minho);
        foreach (
            var wanted in (RequestApproval[])
                [
                    plain with
                    {
                        Policy = "spend",
                    },
                    plain with
                    {
                        WhenApproved = "start",
                    },
                    plain with
                    {
                        WhenDeclined = "cancel",
                    },
                    plain with
                    {
                        ForStatus = true,
                    },
                    plain with
                    {
                        RemindEvery = Duration.FromDays(1),
                    },
                    plain with
                    {
                        Steps = [plain.Steps[0], plain.Steps[0]],
                    },
                    plain with
                    {
                        Steps = [new ApproversAsked([], [Company.Network], [])],
                    },
                    plain with
                    {
                        Steps = [new ApproversAsked([], [], ["agent"])],
                    },
                ]
        )
        {
            Assert.Equal(RefusalCodes.ApprovalColleaguesOnly, bench.Refuse(Company.Bora, wanted).Code);
        }

        // The requester is never an approver.
        Assert.Equal(RefusalCodes.ApproversTooFew, bench.Refuse(Company.Bora, Ask(Company.Bora)).Code);
    }

    [Fact]
    public void No_more_than_five_are_pending_and_one_that_is_taken_back_makes_room()
    {
        var ids = Enumerable
            .Range(0, CustomerApproval.MostPending)
            .Select(_ => ((ApprovalRequested)bench.Accept(Company.Bora, Ask(Company.Minho))[0]).Approval)
            .ToList();

        Assert.Equal(RefusalCodes.ApprovalsPending, bench.Refuse(Company.Bora, Ask(Company.Minho)).Code);
        bench.Accept(Company.Bora, new WithdrawApproval(ids[0], "Thought better of it"));
        bench.Accept(Company.Bora, Ask(Company.Minho));
    }

    [Fact]
    public void Nobody_of_another_house_stands_in_or_is_handed_it()
    {
        bench.Facts = Company.Facts with { StandIns = [new StandIn(Company.Zoe.Id, Company.Both.Id)] };

        var asked = (ApprovalRequested)bench.Accept(Company.Bora, Ask(Company.Both))[0];

        Assert.Equal([Company.Both.Id], asked.Steps[0].Approvers);
        foreach (var to in (Person[])[Company.Zoe, Company.Alice])
        {
            Assert.Equal(
                RefusalCodes.PersonUnknown,
                bench.Refuse(Company.Both, new DelegateApproval(asked.Approval, to.Id)).Code
            );
        }

        bench.Accept(Company.Both, new DelegateApproval(asked.Approval, Company.Minho.Id));
    }

    private static Bench Asked(bool isAllowed)
    {
        Company.Configuration.TryGet<RequestTypeDocument>("outage", out var type);
        var asked = new Bench
        {
            Configuration = Company.Configuration.With(type! with { CustomersAskApproval = isAllowed }),
        };
        asked.Accept(Company.Bora, Bench.Asking("outage"));
        return asked;
    }

    private static RequestApproval Ask(params ReadOnlySpan<Person> people)
    {
        var ids = new List<PersonId>();
        foreach (var person in people)
        {
            ids.Add(person.Id);
        }

        return new RequestApproval { Title = "May I?", Steps = [new ApproversAsked(ids.ToValueList(), [], [])] };
    }
}
