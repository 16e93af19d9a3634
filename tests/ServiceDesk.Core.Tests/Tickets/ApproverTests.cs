using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Checks;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>Who a policy asks, who is asked in another's place, and approvals that are handed over.</summary>
public class ApproverTests
{
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void Leads_of_teams_the_requesters_manager_and_people_in_fields_are_asked()
    {
        bench.Accept(Company.Alice, new EditTicket(Fields: Bench.Change("owner", new PersonValue(Company.Admin.Id))));
        Know();

        var step = Ask(
            new ApproversRule
            {
                Leads = ["Network"],
                Manager = true,
                Fields = ["owner"],
                Needed = 2,
            }
        );

        Assert.Equal([Company.Alice.Id, Company.Eve.Id, Company.Admin.Id], step.Approvers);
        Assert.Equal(2, step.Needed);
    }

    [Fact]
    public void The_contact_of_the_tickets_organization_is_asked_while_a_member_of_it()
    {
        var rule = new ApproversRule { OrganizationContact = true };
        bench.Facts = WithContact(Company.Minho);
        Assert.Equal([Company.Minho.Id], Ask(rule).Approvers);

        bench.Facts = WithContact(Company.Zoe);
        bench.Configuration = Company.Configuration.With(Policy(rule));
        Assert.Contains(
            RefusalCodes.ApproversTooFew,
            bench
                .Send(Bench.ByProduct(new RequestApproval { Policy = "spend" }))
                .Refusals.Select(refusal => refusal.Code)
        );

        var question = FactsQuestion.Of(bench.Ticket, new RequestApproval { Policy = "spend" }, bench.Configuration);
        Assert.Equal<ValueList<OrganizationId>>([Company.Acme], question.Organizations);
        Assert.True(question.WithContacts);

        static DecisionFacts WithContact(Person contact) =>
            Company.Facts with
            {
                Organizations = Company
                    .Facts.Organizations.Select(one => one.Id == Company.Acme ? one with { Contact = contact.Id } : one)
                    .ToValueList(),
            };
    }

    [Fact]
    public void Who_names_nobody_is_told_how_many_are_missing()
    {
        bench.Configuration = Company.Configuration.With(Policy(new ApproversRule { Manager = true, Leads = ["No"] }));

        var step = bench.Send(Bench.ByProduct(new RequestApproval { Policy = "spend" }));

        Assert.Equal(
            [RefusalCodes.ApproverUnknown, RefusalCodes.ApproversTooFew, RefusalCodes.ApproverNoManager],
            step.Refusals.Select(refusal => refusal.Code)
        );
    }

    [Fact]
    public void Where_a_step_has_too_few_those_are_asked_whom_the_policy_names_for_it()
    {
        var two = new FallbackApprovers { People = [Company.Eve.Email, Company.Alice.Email] };

        // Nobody at all, by whatever way: one of them is enough.
        foreach (
            var rule in new[]
            {
                new ApproversRule { Manager = true },
                new ApproversRule
                {
                    People = ["left@example.com"],
                    Teams = ["Renamed"],
                    Leads = ["Renamed"],
                },
                new ApproversRule { People = [Company.Gone.Email] },
                new ApproversRule { People = [Company.Bora.Email] },
                new ApproversRule { Fields = ["owner"] },
            }
        )
        {
            var asked = Ask(rule, two);
            Assert.Equal([Company.Eve.Id, Company.Alice.Id], asked.Approvers);
            Assert.Equal((1, true), (asked.Needed, asked.IsFallback));
        }

        // Beside the few that there are, and as many as the step says.
        var few = Ask(new ApproversRule { People = [Company.Minho.Email, "left@example.com"], Needed = 2 }, two);
        Assert.Equal([Company.Minho.Id, Company.Eve.Id, Company.Alice.Id], few.Approvers);
        Assert.Equal((2, true), (few.Needed, few.IsFallback));

        // A step that has enough is left as it is.
        var enough = Ask(new ApproversRule { People = [Company.Minho.Email] }, two);
        Assert.Equal(([Company.Minho.Id], false), (enough.Approvers, enough.IsFallback));

        // Neither the requester nor too few of them: then everything that is wrong is told.
        bench.Configuration = Company.Configuration.With(
            Policy(new ApproversRule { People = ["left@example.com", Company.Bora.Email] }) with
            {
                Fallback = new FallbackApprovers { People = [Company.Bora.Email] },
            }
        );
        Assert.Equal(
            [RefusalCodes.ApproverUnknown, RefusalCodes.ApproversTooFew, RefusalCodes.ApproverRequester],
            bench
                .Send(Bench.ByProduct(new RequestApproval { Policy = "spend" }))
                .Refusals.Select(refusal => refusal.Code)
        );

        var question = FactsQuestion.Of(bench.Ticket, new RequestApproval { Policy = "spend" }, bench.Configuration);
        Assert.Contains(Company.Bora.Email, question.Addresses);
    }

    [Fact]
    public void A_substitute_is_asked_in_the_place_of_who_is_absent_unless_asked_anyway_or_the_requester()
    {
        Know(new StandIn(Company.Minho.Id, Company.Eve.Id), new StandIn(Company.Bora.Id, Company.Alice.Id));
        var rule = new ApproversRule { People = [Company.Eve.Email, Company.Alice.Email] };

        var step = Ask(rule);

        Assert.Equal([Company.Minho.Id, Company.Alice.Id], step.Approvers);
        Assert.Equal([new StandIn(Company.Minho.Id, Company.Eve.Id)], step.StandIns);

        var both = Ask(rule with { People = [Company.Eve.Email, Company.Minho.Email] });
        Assert.Equal(([Company.Eve.Id, Company.Minho.Id], 0), (both.Approvers, both.StandIns.Count));
    }

    [Fact]
    public void An_approval_is_handed_over_and_over_and_the_trail_keeps_for_whom()
    {
        var id = Ask(Company.Eve);

        var handed = bench.Accept(Company.Eve, new DelegateApproval(id, Company.Alice.Id, "  On a train "));
        Assert.Equal([new ApprovalDelegated(id, Company.Eve.Id, Company.Alice.Id, [0], "On a train")], handed);
        bench.Accept(Company.Alice, new DelegateApproval(id, Company.Admin.Id));

        var step = bench.Ticket.FindApproval(id)!.Steps[0];
        Assert.Equal([Company.Admin.Id], step.Approvers);
        Assert.Equal(Company.Eve.Id, step.For(Company.Admin.Id));
        Assert.Equal(RefusalCodes.ApprovalNotYours, bench.Refuse(Company.Alice, new AnswerApproval(id, true)).Code);
        Assert.Equal(2, bench.Accept(Company.Admin, new AnswerApproval(id, true)).Count);
        Assert.Equal(
            RefusalCodes.ApprovalEnded,
            bench.Refuse(Company.Admin, new DelegateApproval(id, Company.Alice.Id)).Code
        );
    }

    [Fact]
    public void What_waits_for_somebody_absent_goes_to_the_substitute_by_the_product_alone()
    {
        var id = Ask(Company.Eve, Company.Minho);
        var over = new HandApprovalOver(id, Company.Eve.Id, Company.Alice.Id);

        Assert.NotEmpty(bench.Send(Bench.By(Company.Eve, over)).Refusals);
        Assert.Equal(RefusalCodes.ApprovalDelegateRequester, Refused(over with { To = Company.Bora.Id }));
        Assert.Equal(RefusalCodes.ApprovalDelegateAsked, Refused(over with { To = Company.Minho.Id }));
        Assert.Equal(RefusalCodes.PersonUnknown, Refused(over with { To = Company.Gone.Id }));
        Assert.Equal(RefusalCodes.ApprovalNotYours, Refused(over with { Absent = Company.Admin.Id }));

        Assert.Equal(
            [new ApprovalDelegated(id, Company.Eve.Id, Company.Alice.Id, [0], null)],
            bench.Accept(Bench.ByProduct(over))
        );
        Assert.Equal(Company.Eve.Id, bench.Ticket.FindApproval(id)!.Steps[0].For(Company.Alice.Id));

        string Refused(HandApprovalOver command) => bench.Refuse(Bench.ByProduct(command)).Code;
    }

    [Fact]
    public void It_is_handed_neither_to_the_requester_nor_to_who_is_asked_nor_to_strangers()
    {
        var id = Ask(Company.Minho, Company.Alice);

        Assert.Equal(RefusalCodes.ApprovalDelegateRequester, Refused(Company.Bora));
        Assert.Equal(RefusalCodes.ApprovalDelegateAsked, Refused(Company.Alice));
        Assert.Equal(RefusalCodes.PersonUnknown, Refused(Company.Zoe));
        Assert.Equal(RefusalCodes.PersonUnknown, Refused(Company.Gone));
        Assert.Equal(
            RefusalCodes.ApprovalNotYours,
            bench.Refuse(Company.Admin, new DelegateApproval(id, Company.Eve.Id)).Code
        );
        Assert.Single(bench.Accept(Company.Minho, new DelegateApproval(id, Company.Both.Id)));

        string Refused(Person to) => bench.Refuse(Company.Minho, new DelegateApproval(id, to.Id)).Code;
    }

    [Fact]
    public void A_step_names_somebody_and_fields_of_people()
    {
        var policy = new ApprovalDocument
        {
            Id = "spend",
            Name = LocalizedText.Of("Spend"),
            Steps =
            [
                new ApproversRule(),
                new ApproversRule { Fields = ["owner", "impact", "none"] },
                new ApproversRule
                {
                    Manager = true,
                    Leads = ["Network"],
                    Needed = 3,
                },
            ],
        };

        Assert.Equal(
            [
                "/steps/0 configuration.approval-nobody",
                "/steps/1/fields/1 configuration.approval-field",
                "/steps/1/fields/2 configuration.approval-field",
                "/steps/2/needed configuration.approval-too-few",
            ],
            ReferenceChecks
                .All.SelectMany(check => check.Check(policy, Company.Configuration))
                .Select(problem => $"{problem.Path} {problem.Code}")
        );
    }

    private void Know(params ReadOnlySpan<StandIn> standIns) =>
        bench.Facts = Company.Facts with
        {
            People = Company
                .Facts.People.Select(person =>
                    person.Id == Company.Bora.Id ? person with { Manager = Company.Eve.Id } : person
                )
                .ToValueList(),
            Teams = Company
                .Facts.Teams.Select(team => team.Id == Company.Network ? team with { Lead = Company.Alice.Id } : team)
                .ToValueList(),
            StandIns = ValueList.Create(standIns),
        };

    private ApprovalStep Ask(ApproversRule rule, FallbackApprovers? fallback = null)
    {
        bench.Configuration = Company.Configuration.With(Policy(rule) with { Fallback = fallback });
        var asked = bench.Accept(Bench.ByProduct(new RequestApproval { Policy = "spend" }));
        return Assert.IsType<ApprovalRequested>(Assert.Single(asked)).Steps[0];
    }

    private long Ask(params Person[] people)
    {
        var step = new ApproversAsked(people.Select(person => person.Id).ToValueList(), [], []);
        var asked = bench.Accept(Company.Alice, new RequestApproval { Title = "May we?", Steps = [step] });
        return Assert.IsType<ApprovalRequested>(Assert.Single(asked)).Approval;
    }

    private static ApprovalDocument Policy(ApproversRule rule) =>
        new()
        {
            Id = "spend",
            Name = LocalizedText.Of("Spend"),
            Steps = [rule],
        };
}
