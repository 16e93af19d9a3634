using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Workflow;

/// <summary>Who may take a transition, and what must be done before.</summary>
public class TransitionGuardTests
{
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void A_transition_that_is_kept_for_roles_is_neither_offered_to_others_nor_taken_by_them()
    {
        With("start", way => way with { Roles = ["administrator"] });

        Assert.DoesNotContain("start", Offered(Company.Alice));
        var refusal = bench.Refuse(Company.Alice, Bench.To("start"));
        Assert.Equal((RefusalKind.Forbidden, RefusalCodes.TransitionRole), (refusal.Kind, refusal.Code));

        With("start", way => way with { Roles = ["administrator", Company.Alice.Role] });
        Assert.Contains("start", Offered(Company.Alice));
        bench.Accept(Company.Alice, Bench.To("start"));
    }

    [Fact]
    public void Roles_bind_neither_the_customer_whose_way_it_is_nor_the_product()
    {
        With("cancel", way => way with { Roles = ["administrator"], Customers = true, Condition = null });

        Assert.Equal(["cancel"], Offered(Company.Bora));
        Assert.Single(bench.Accept(Bench.ByProduct(Bench.To("cancel"))));
    }

    [Fact]
    public void Related_tickets_that_are_not_done_hold_it_and_only_those_that_may_be_seen_are_named()
    {
        With("start", way => way with { LinkedDone = [new RuleTarget("links.children")] });
        var other = bench.Ticket with { Key = new TicketKey("ITSD", 7) };
        var hidden = bench.Ticket with { Key = new TicketKey("HR", 8) };

        // Nobody looked: as little as a no.
        Assert.Equal(RefusalCodes.LinkedNotAsked, bench.Refuse(Company.Alice, Bench.To("start")).Code);

        Found(other, hidden);
        var named = bench.Refuse(Company.Alice, Bench.To("start"));
        Assert.Equal((RefusalKind.Conflict, RefusalCodes.LinkedOpen), (named.Kind, named.Code));
        Assert.Equal(["2", "ITSD-7"], named.Arguments);

        Found(hidden);
        var unseen = bench.Refuse(Company.Alice, Bench.To("start"));
        Assert.Equal(RefusalCodes.LinkedOpenUnseen, unseen.Code);
        Assert.Equal(["1"], unseen.Arguments);

        Found();
        bench.Accept(Company.Alice, Bench.To("start"));
    }

    [Fact]
    public void What_time_does_asks_for_no_related_tickets()
    {
        With("close", way => way with { LinkedDone = [new RuleTarget("links.children")] });
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));

        bench.Hours(24 * 8).Accept(Company.Alice, new AddInternalNote("Later", []));

        Assert.Equal("closed", bench.Ticket.Status);
    }

    private void Found(params ReadOnlySpan<TicketState> open) =>
        bench.Facts = Company.Facts with { Linked = [new LinkedWork("start", ValueList.Create(open))] };

    private void With(string transition, Func<WorkflowTransition, WorkflowTransition> change)
    {
        var workflow = Company.IncidentWorkflow with
        {
            Transitions = Company
                .IncidentWorkflow.Transitions.Select(way => way.Id == transition ? change(way) : way)
                .ToValueList(),
        };
        bench.Configuration = Company.Configuration.With(workflow);
    }

    private IEnumerable<string> Offered(Sdk.People.Person person) =>
        TransitionOffer
            .For(Company.ViewerOf(person), bench.Snapshot!, bench.Configuration, Bench.Matches, bench.Now)
            .Select(way => way.Id);
}
