using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>Approvals on one ticket of Bora's: who is asked, who may answer, how it ends.</summary>
public class ApprovalTests
{
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void One_of_two_is_enough_where_one_is_needed()
    {
        var id = Ask(Step(1, Company.Eve, Company.Zoe));

        var events = bench.Accept(Company.Eve, new AnswerApproval(id, true, "  fine  "));

        Assert.Equal(new ApprovalAnswered(id, Company.Eve.Id, [0], true, "fine", false), events[0]);
        Assert.Equal(new ApprovalEnded(id, ApprovalState.Approved, null, false), events[1]);
        Assert.Equal(RefusalCodes.ApprovalEnded, bench.Refuse(Company.Eve, new AnswerApproval(id, false)).Code);
    }

    [Theory]
    [InlineData(ActorKind.Script)]
    [InlineData(ActorKind.Rule)]
    public void What_administrators_wrote_answers_for_nobody(ActorKind kind)
    {
        var id = Ask(Step(1, Company.Eve));
        foreach (
            TicketCommand command in new TicketCommand[]
            {
                new AnswerApproval(id, true),
                new DelegateApproval(id, Company.Admin.Id),
            }
        )
        {
            var asEve = new CommandEnvelope(command, new Actor(kind, Company.Eve.Id, "approves"))
            {
                Viewer = Company.ViewerOf(Company.Eve),
            };
            Assert.Equal(RefusalCodes.ApprovalByPerson, bench.Refuse(asEve).Code);
        }

        Assert.Equal(2, bench.Accept(Company.Eve, new AnswerApproval(id, true)).Count);
    }

    [Fact]
    public void A_no_ends_it_only_when_enough_can_no_longer_approve()
    {
        var id = Ask(Step(2, Company.Eve, Company.Admin, Company.Alice));

        Assert.Single(bench.Accept(Company.Eve, new AnswerApproval(id, false)));
        var last = bench.Accept(Company.Admin, new AnswerApproval(id, false));

        Assert.Equal(new ApprovalEnded(id, ApprovalState.Declined, null, false), last[1]);
    }

    [Fact]
    public void Steps_are_asked_one_after_the_other()
    {
        var id = Ask(Step(null, Company.Eve), Step(null, Company.Zoe));

        // Zoe is not asked yet, and being no agent of the desk does not even learn of the ticket.
        Assert.Equal(RefusalCodes.TicketUnknown, bench.Refuse(Company.Zoe, new AnswerApproval(id, true)).Code);
        Assert.Single(bench.Accept(Company.Eve, new AnswerApproval(id, true)));
        Assert.Equal(RefusalCodes.ApprovalAnswered, bench.Refuse(Company.Eve, new AnswerApproval(id, true)).Code);

        Assert.Equal(2, bench.Accept(Company.Zoe, new AnswerApproval(id, true)).Count);
        Assert.Equal(ApprovalState.Approved, bench.Ticket.FindApproval(id)!.State);
    }

    [Fact]
    public void Parallel_steps_are_asked_at_once_and_one_answer_counts_in_each()
    {
        var id = Ask(
            new RequestApproval
            {
                Title = "Both",
                Parallel = true,
                Steps = [Step(1, Company.Eve, Company.Alice), Step(1, Company.Eve, Company.Admin)],
            }
        );

        var events = bench.Accept(Company.Eve, new AnswerApproval(id, true));

        Assert.Equal([0, 1], ((ApprovalAnswered)events[0]).Steps);
        Assert.Equal(ApprovalState.Approved, ((ApprovalEnded)events[1]).State);
    }

    [Fact]
    public void Teams_and_roles_are_resolved_and_who_cannot_sign_in_is_left_out()
    {
        var id = Ask(
            new RequestApproval
            {
                Title = "Everybody",
                Steps = [new ApproversAsked([Company.Gone.Id], [Company.Network], ["administrator"], 1)],
            }
        );

        Assert.Equal(
            [Company.Alice.Id, Company.Admin.Id],
            bench.Ticket.FindApproval(id)!.Steps[0].Approvers.OrderBy(person => person.Value)
        );
    }

    [Fact]
    public void The_requester_is_left_out_whoever_asks_by_hand()
    {
        var mine = new RequestApproval { Title = "Mine", Steps = [Step(null, Company.Bora)] };
        Assert.Equal(RefusalCodes.ApproversTooFew, bench.Refuse(Company.Alice, mine).Code);
        Assert.Equal(RefusalCodes.ApproversTooFew, bench.Refuse(Bench.ByProduct(mine)).Code);

        // An agent who asked for the ticket is its requester like any other.
        var own = new Bench();
        own.Accept(Bench.By(Company.Alice, Bench.Opening(requester: Company.Alice)));
        var both = new RequestApproval { Title = "Mine", Steps = [Step(1, Company.Alice, Company.Eve)] };
        var asked = Assert.IsType<ApprovalRequested>(Assert.Single(own.Accept(Company.Alice, both)));
        Assert.Equal([Company.Eve.Id], asked.Steps[0].Approvers);
    }

    [Fact]
    public void The_requester_is_asked_where_the_policy_says_so()
    {
        bench.Configuration = ConfigurationSnapshot.Of(
            1,
            [
                .. Company.Documents,
                new ApprovalDocument
                {
                    Id = "own",
                    Name = LocalizedText.Of("Own"),
                    Steps = [new ApproversRule { People = [Company.Bora.Email] }],
                    AllowRequester = true,
                },
            ]
        );

        var id = Ask(new RequestApproval { Policy = "own" });

        Assert.Equal(2, bench.Accept(Company.Bora, new AnswerApproval(id, true)).Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public void More_approvals_than_people_cannot_be_asked(int needed) =>
        Assert.Equal(
            RefusalCodes.ApproversTooFew,
            bench
                .Refuse(
                    Company.Alice,
                    new RequestApproval { Title = "Too few", Steps = [Step(needed, Company.Eve, Company.Zoe)] }
                )
                .Code
        );

    [Fact]
    public void Customers_do_not_ask_for_approvals() =>
        Assert.Equal(
            RefusalCodes.AgentsOnly,
            bench.Refuse(Company.Bora, new RequestApproval { Title = "x", Steps = [Step(1, Company.Eve)] }).Code
        );

    [Fact]
    public void Who_is_not_asked_does_not_answer_and_nobody_answers_for_another()
    {
        var id = Ask(Step(1, Company.Eve));

        Assert.Equal(RefusalCodes.ApprovalNotYours, bench.Refuse(Company.Admin, new AnswerApproval(id, true)).Code);
        // The customer of the ticket is not shown the approval.
        Assert.Equal(RefusalCodes.ApprovalUnknown, bench.Refuse(Company.Bora, new AnswerApproval(id, true)).Code);
        var byProduct = Bench.ByProduct(new AnswerApproval(id, true)) with
        {
            Actor = new Actor(ActorKind.Rule, Company.Eve.Id, "rule"),
        };
        Assert.Equal(RefusalCodes.ApprovalNotYours, bench.Refuse(byProduct).Code);
    }

    [Fact]
    public void A_no_needs_a_reason_where_the_approval_asks_for_one()
    {
        var id = Ask(
            new RequestApproval
            {
                Title = "Why",
                CommentOnDecline = true,
                Steps = [Step(1, Company.Eve)],
            }
        );

        var refusal = bench.Refuse(Company.Eve, new AnswerApproval(id, false, "  "));

        Assert.Equal((RefusalCodes.ApprovalCommentRequired, "comment"), (refusal.Code, refusal.Field));
        Assert.Equal(2, bench.Accept(Company.Eve, new AnswerApproval(id, false, "Too risky")).Count);
    }

    [Fact]
    public void It_is_withdrawn_by_agents_and_by_nobody_else()
    {
        var id = Ask(Step(1, Company.Zoe));

        Assert.Equal(RefusalCodes.AgentsOnly, bench.Refuse(Company.Zoe, new WithdrawApproval(id)).Code);
        Assert.Equal(
            [new ApprovalEnded(id, ApprovalState.Withdrawn, "Not needed", false)],
            bench.Accept(Company.Alice, new WithdrawApproval(id, " Not needed "))
        );
        Assert.Equal(RefusalCodes.ApprovalEnded, bench.Refuse(Company.Alice, new WithdrawApproval(id)).Code);
    }

    [Fact]
    public void Leaving_the_status_withdraws_it_in_the_same_step()
    {
        var bound = Ask(
            new RequestApproval
            {
                Title = "Bound",
                ForStatus = true,
                Steps = [Step(1, Company.Eve)],
            }
        );
        var free = Ask(Step(1, Company.Eve));

        var events = bench.Accept(Company.Alice, Bench.To("in-progress"));

        Assert.Equal(new ApprovalEnded(bound, ApprovalState.Withdrawn, null, false), events[^1]);
        Assert.Equal(ApprovalState.Pending, bench.Ticket.FindApproval(free)!.State);
    }

    [Fact]
    public void A_done_ticket_waits_for_no_approval()
    {
        var id = Ask(Step(1, Company.Eve));

        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));

        Assert.Equal(ApprovalState.Withdrawn, bench.Ticket.FindApproval(id)!.State);
        Assert.Equal(
            RefusalCodes.ApprovalDone,
            bench.Refuse(Company.Alice, new RequestApproval { Title = "x", Steps = [Step(1, Company.Eve)] }).Code
        );
    }

    [Fact]
    public void It_expires_at_its_instant_by_a_derived_timer()
    {
        var id = Ask(
            new RequestApproval
            {
                Title = "Soon",
                ExpiresAfter = Duration.FromHours(2),
                Steps = [Step(1, Company.Eve)],
            }
        );
        var due = bench.Now + Duration.FromHours(2);
        Assert.Contains(
            bench.Engine.TimersOf(bench.Snapshot!, bench.Configuration),
            timer => timer.Key == $"approval:{id}" && timer.DueAt == due
        );

        bench.Hours(3);
        var late = bench.Send(Bench.By(Company.Eve, new AnswerApproval(id, true)));

        Assert.Single(late.Refusals);
        Assert.Equal(new ApprovalEnded(id, ApprovalState.Expired, null, false), Assert.Single(late.Events).Event);
        Assert.Equal(due, bench.Ticket.FindApproval(id)!.EndedAt);
        Assert.DoesNotContain(late.Timers, timer => timer.Key == $"approval:{id}");
    }

    [Fact]
    public void Whoever_is_silent_is_reminded_anew_after_each_answer_and_not_for_ever()
    {
        var id = Ask(
            new RequestApproval
            {
                Title = "Soon",
                RemindEvery = Duration.FromHours(24),
                Parallel = true,
                Steps = [Step(1, Company.Eve), Step(1, Company.Zoe)],
            }
        );
        var asked = bench.Now;
        bench.Hours(10);
        bench.Accept(Company.Zoe, new AnswerApproval(id, true));

        // Twice 24 hours after the answer: those who are still asked, each time at its own instant.
        bench.Hours(50);
        var late = bench.Send(Bench.By(Company.Alice, new AddInternalNote("Well?", [])));
        Assert.Equal(
            [asked + Duration.FromHours(34), asked + Duration.FromHours(58)],
            late.Events.Where(e => e.Event == new ApprovalReminded(id, [Company.Eve.Id])).Select(e => e.At)
        );
        Assert.Equal(asked + Duration.FromHours(58), bench.Ticket.FindApproval(id)!.RemindedAt);
        Assert.Contains(
            late.Timers,
            timer => timer.Key == $"approval-reminder:{id}" && timer.DueAt == asked + Duration.FromHours(82)
        );

        bench.Hours(24 * 365);
        bench.Send(Bench.By(Company.Alice, new AddInternalNote("Well?", [])));
        Assert.Equal(Approval.MostReminders, bench.Ticket.FindApproval(id)!.Reminders);
        Assert.Null(bench.Ticket.FindApproval(id)!.RemindsAt());

        var often = new RequestApproval
        {
            Title = "Now",
            RemindEvery = Duration.FromMinutes(59),
            Steps = [Step(1, Company.Eve)],
        };
        Assert.Equal(RefusalCodes.ApprovalReminder, bench.Refuse(Company.Alice, often).Code);
    }

    [Fact]
    public void Who_is_asked_instead_has_the_whole_time()
    {
        var id = Ask(
            new RequestApproval
            {
                Title = "Soon",
                RemindEvery = Duration.FromHours(24),
                Steps = [Step(1, Company.Eve)],
            }
        );
        bench.Hours(23);
        bench.Accept(Company.Eve, new DelegateApproval(id, Company.Alice.Id));

        Assert.Equal(bench.Now + Duration.FromHours(24), bench.Ticket.FindApproval(id)!.RemindsAt());
    }

    [Fact]
    public void An_approval_that_ends_or_would_expire_first_is_not_reminded_of()
    {
        var ends = Ask(
            new RequestApproval
            {
                Title = "Soon",
                ExpiresAfter = Duration.FromHours(24),
                RemindEvery = Duration.FromHours(24),
                Steps = [Step(1, Company.Eve)],
            }
        );
        Assert.Null(bench.Ticket.FindApproval(ends)!.RemindsAt());
        var answered = Ask(
            new RequestApproval
            {
                Title = "Soon",
                RemindEvery = Duration.FromHours(1),
                Steps = [Step(1, Company.Eve)],
            }
        );
        bench.Accept(Company.Eve, new AnswerApproval(answered, true));
        bench.Hours(48);

        var late = bench.Send(Bench.By(Company.Alice, new AddInternalNote("Well?", [])));

        Assert.DoesNotContain(late.Events, e => e.Event is ApprovalReminded);
    }

    [Fact]
    public void An_approver_sees_what_was_asked_for_while_asked_and_after_answering_and_no_longer_otherwise()
    {
        var id = Ask(Step(2, Company.Zoe, Company.Eve, Company.Admin));
        Assert.Equal(Standing.Asked, StandingOf(Company.Zoe));
        Assert.False(
            TicketAccess.MaySee(Company.ViewerOf(Company.Zoe), bench.Ticket, new InternalNoteAdded(1, "secret", []))
        );
        Assert.True(ApprovalAccess.MaySee(Company.ViewerOf(Company.Zoe), bench.Ticket, bench.Ticket.FindApproval(id)!));
        Assert.False(
            ApprovalAccess.MaySee(Company.ViewerOf(Company.Bora), bench.Ticket, bench.Ticket.FindApproval(id)!)
        );

        bench.Accept(Company.Alice, new WithdrawApproval(id));
        Assert.Equal(Standing.None, StandingOf(Company.Zoe));

        var second = Ask(Step(1, Company.Zoe));
        bench.Accept(Company.Zoe, new AnswerApproval(second, true));
        Assert.Equal(Standing.Asked, StandingOf(Company.Zoe));
    }

    private Standing StandingOf(Person person) => TicketAccess.StandingOf(Company.ViewerOf(person), bench.Ticket);

    private long Ask(params ApproversAsked[] steps) =>
        Ask(new RequestApproval { Title = "May we?", Steps = steps.ToValueList() });

    private long Ask(RequestApproval command)
    {
        var events = bench.Accept(Company.Alice, command);
        return Assert.IsType<ApprovalRequested>(Assert.Single(events)).Approval;
    }

    private static ApproversAsked Step(int? needed, params Person[] people) =>
        new(people.Select(person => person.Id).ToValueList(), [], [], needed);
}
