using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

public class TransitionTests
{
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void A_ticket_goes_to_a_status_by_the_first_way_that_leads_there()
    {
        var changed = Assert.Single(bench.Hours(1).Accept(Company.Alice, Bench.To("in-progress")));

        Assert.Equal(
            new StatusChanged("start", "new", "in-progress", StatusCategory.Active, Closes: false, null),
            changed
        );
        Assert.Equal(
            ("in-progress", StatusCategory.Active, bench.Now),
            (bench.Ticket.Status, bench.Ticket.Category, bench.Ticket.StatusSince)
        );
    }

    [Fact]
    public void A_transition_is_named_by_its_id_where_several_lead_to_a_status()
    {
        bench.Accept(Company.Alice, new SetPriority(Priority.Critical));
        var changed = Assert.IsType<StatusChanged>(
            Assert.Single(bench.Accept(Company.Alice, Bench.To("resolve-critical")))
        );

        Assert.Equal(("resolve-critical", "in-progress"), (changed.Transition, changed.To));
    }

    [Fact]
    public void A_transition_whose_condition_does_not_hold_is_not_possible()
    {
        var refusal = bench.Refuse(Company.Alice, Bench.To("resolve-critical"));

        Assert.Equal((RefusalKind.Conflict, RefusalCodes.TransitionCondition), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public void There_must_be_a_way_to_a_status_that_the_workflow_has()
    {
        var noWay = bench.Refuse(Company.Alice, Bench.To("closed", "solved"));
        var noStatus = bench.Refuse(Company.Alice, Bench.To("elsewhere"));

        // The one way from new to closed has a condition; from resolved there is another.
        Assert.Equal(RefusalCodes.TransitionCondition, noWay.Code);
        Assert.Equal(
            RefusalCodes.TransitionNotPossible,
            bench.Refuse(Company.Alice, Bench.To("waiting-for-supplier")).Code
        );
        Assert.Equal((RefusalCodes.StatusUnknown, "to"), (noStatus.Code, noStatus.Field));
    }

    [Fact]
    public void A_resolution_is_given_where_one_is_asked_for_and_is_one_of_the_workflows()
    {
        Assert.Equal(RefusalCodes.ResolutionRequired, bench.Refuse(Company.Alice, Bench.To("resolved")).Code);
        Assert.Equal(RefusalCodes.ResolutionUnknown, bench.Refuse(Company.Alice, Bench.To("resolved", "magic")).Code);
        Assert.Equal(
            RefusalCodes.ResolutionNotExpected,
            bench.Refuse(Company.Alice, Bench.To("in-progress", "solved")).Code
        );

        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        Assert.Equal(("solved", bench.Now), (bench.Ticket.Resolution, bench.Ticket.ResolvedAt));
    }

    [Fact]
    public void A_transition_gives_its_resolution_where_none_is_named()
    {
        bench.Accept(Company.Alice, new SetPriority(Priority.Low));
        bench.Accept(Company.Alice, Bench.To("cancel"));
        Assert.Equal(("closed", "duplicate"), (bench.Ticket.Status, bench.Ticket.Resolution));

        var other = Bench.WithIncident();
        other.Accept(Company.Alice, new SetPriority(Priority.Low));
        other.Accept(Company.Alice, Bench.To("cancel", "solved"));
        Assert.Equal("solved", other.Ticket.Resolution);
    }

    [Fact]
    public void From_done_to_done_resolution_and_instant_of_resolution_stay()
    {
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        var resolved = bench.Now;
        bench.Hours(2).Accept(Company.Alice, Bench.To("closed"));

        Assert.Equal(
            ("solved", resolved, bench.Now),
            (bench.Ticket.Resolution, bench.Ticket.ResolvedAt, bench.Ticket.ClosedAt)
        );
    }

    [Fact]
    public void Fields_that_a_transition_requires_are_filled_before_or_with_it()
    {
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        var refusal = bench.Refuse(Company.Alice, Bench.To("waiting-for-supplier"));
        Assert.Equal((RefusalCodes.FieldRequired, "fields.vendor"), (refusal.Code, refusal.Field));

        var events = bench.Accept(
            Company.Alice,
            Bench.To("waiting-for-supplier") with
            {
                Fields = Bench.Change("vendor", new TextValue("Contoso")),
            }
        );
        Assert.Equal(2, events.Count);
        Assert.Equal(new TextValue("Contoso"), bench.Ticket.Fields.Find("vendor"));

        bench.Accept(Company.Alice, Bench.To("in-progress"));
        Assert.Equal(
            RefusalCodes.FieldRequired,
            bench
                .Refuse(Company.Alice, Bench.To("waiting-for-supplier") with { Fields = Bench.Change("vendor", null) })
                .Code
        );
        Assert.Single(bench.Accept(Company.Alice, Bench.To("waiting-for-supplier")));
    }

    [Fact]
    public void Customers_take_the_transitions_that_are_theirs_and_fill_their_screens_alone()
    {
        Assert.Equal(RefusalCodes.TransitionNotPossible, bench.Refuse(Company.Bora, Bench.To("in-progress")).Code);

        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        var offScreen = Bench.To("closed") with { Fields = Bench.Change("vendor", new TextValue("x")) };
        Assert.Equal(RefusalCodes.FieldNotInForm, bench.Refuse(Company.Bora, offScreen).Code);

        bench.Accept(
            Company.Bora,
            Bench.To("closed") with
            {
                Fields = Bench.Change("cause", new TextValue("It was me")),
            }
        );
        Assert.Equal(("closed", bench.Now), (bench.Ticket.Status, bench.Ticket.ClosedAt));
    }

    [Fact]
    public void Being_there_already_is_no_change_unless_more_is_asked()
    {
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));

        Assert.Empty(bench.Accept(Company.Alice, Bench.To("resolved", "solved")));
        Assert.Equal(
            RefusalCodes.TransitionNotPossible,
            bench.Refuse(Company.Alice, Bench.To("resolved", "duplicate")).Code
        );
    }

    [Fact]
    public void The_offered_ways_are_those_that_are_possible_now()
    {
        Assert.Equal(["start", "ask-customer", "resolve"], Offered(Company.Alice));
        Assert.Empty(Offered(Company.Bora));
        Assert.Empty(Offered(Company.Minho));

        bench.Accept(Company.Alice, new SetPriority(Priority.Low));
        Assert.Contains("cancel", Offered(Company.Alice));

        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        Assert.Equal(["close"], Offered(Company.Bora));

        IEnumerable<string> Offered(Sdk.People.Person person) =>
            TransitionOffer
                .For(Company.ViewerOf(person), bench.Snapshot!, bench.Configuration, Bench.Matches, bench.Now)
                .Select(way => way.Id);
    }

    [Fact]
    public void An_import_takes_history_as_it_was()
    {
        var imported = new Bench();
        imported.Accept(Bench.ByImporter(Bench.Opening()));
        var events = imported.Accept(Bench.ByImporter(Bench.To("closed")));

        Assert.Equal("import", Assert.IsType<StatusChanged>(Assert.Single(events)).Transition);
        imported.Accept(Bench.ByImporter(Bench.To("in-progress")));
        Assert.Equal(1, imported.Ticket.ReopenCount);
        Assert.Equal(RefusalCodes.StatusUnknown, imported.Refuse(Bench.ByImporter(Bench.To("nowhere"))).Code);
        Assert.Empty(imported.Accept(Bench.ByImporter(Bench.To("in-progress"))));
    }
}
