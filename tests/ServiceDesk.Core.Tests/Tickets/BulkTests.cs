using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>The same change for many tickets, and the way back.</summary>
public class BulkTests
{
    private static readonly BulkChanges Everything = new()
    {
        Assignee = new BulkTo<PersonId>(Company.Alice.Id),
        Team = new BulkTo<TeamId>(Company.Network),
        Priority = Priority.Critical,
        Fields = Bench.Change("vendor", new TextValue("Contoso")),
        AddLabels = ["Outage", "outage"],
        Watchers = [Company.Alice.Id],
        Participants = [Company.Minho.Id],
        Comment = "We are on it.",
        Visibility = Visibility.Public,
        To = "in-progress",
    };

    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void Everything_that_is_asked_is_one_command()
    {
        Apply(Everything);

        var ticket = bench.Ticket;
        Assert.Equal(
            (Company.Alice.Id, Company.Network, Priority.Critical, "in-progress", 1),
            (ticket.Assignee!.Value, ticket.Team!.Value, ticket.Priority, ticket.Status, ticket.PublicComments)
        );
        Assert.Equal(["outage"], ticket.Labels);
        Assert.Equal(new TextValue("Contoso"), ticket.Fields.Find("vendor"));
        Assert.Contains(Company.Minho.Id, ticket.Participants);
        Assert.Contains(Company.Alice.Id, ticket.Watchers);
    }

    [Fact]
    public void What_is_left_out_stays_and_a_ticket_that_is_so_already_does_not_change()
    {
        bench.Accept(Company.Alice, new AssignTicket(Company.Alice.Id, Company.Network));

        Apply(new BulkChanges { Team = new BulkTo<TeamId>(null) });
        Assert.Equal((Company.Alice.Id, null), (bench.Ticket.Assignee, bench.Ticket.Team));

        var step = bench.Send(
            Bench.By(Company.Alice, new BulkChanges { Priority = bench.Ticket.Priority }.For(bench.Ticket))
        );
        Assert.Equal(BulkOutcome.Stays, BulkOutcomes.Of(step.Refusals, step.Events, Actor.Of(Company.Alice.Id)));
    }

    [Fact]
    public void Whoever_may_not_is_told_apart_from_what_cannot_be()
    {
        Assert.Equal(BulkOutcome.MayNot, OutcomeOf(Company.Bora, new BulkChanges { Priority = Priority.Low }));
        Assert.Equal(BulkOutcome.MayNot, OutcomeOf(Company.Zoe, new BulkChanges { Priority = Priority.Low }));
        Assert.Equal(BulkOutcome.Cannot, OutcomeOf(Company.Alice, new BulkChanges { To = "nowhere" }));
        Assert.Equal(BulkOutcome.Changes, OutcomeOf(Company.Alice, new BulkChanges { Priority = Priority.Low }));
    }

    [Fact]
    public void Nothing_is_nothing()
    {
        Assert.True(new BulkChanges { Visibility = Visibility.Public }.IsEmpty);
        Assert.False(new BulkChanges { Assignee = new BulkTo<PersonId>(null) }.IsEmpty);
        Assert.False(Everything.IsEmpty);
    }

    [Fact]
    public void Undo_puts_back_what_was_changed_and_leaves_what_was_said()
    {
        bench.Accept(Company.Alice, new EditTicket(Labels: ["old"]));
        var before = bench.Ticket;
        var edit = Apply(Everything with { RemoveLabels = ["old"] });

        var back = Undo(edit);
        Assert.Empty(back.Left);
        bench.Accept(Company.Alice, back.Command!);

        AssertSame(before, bench.Ticket);
        Assert.Equal(1, bench.Ticket.PublicComments);
    }

    [Fact]
    public void What_somebody_changed_since_is_left_even_when_it_is_the_same_value_again()
    {
        var edit = Apply(
            new BulkChanges { Priority = Priority.Critical, Assignee = new BulkTo<PersonId>(Company.Alice.Id) }
        );
        bench.Accept(Company.Admin, new SetPriority(Priority.Low));
        bench.Accept(Company.Admin, new SetPriority(Priority.Critical));

        var back = Undo(edit);
        Assert.Equal(["priority"], back.Left);
        bench.Accept(Company.Alice, back.Command!);

        Assert.Equal((Priority.Critical, null), (bench.Ticket.Priority, bench.Ticket.Assignee));
    }

    [Fact]
    public void A_status_goes_back_although_its_workflow_has_no_way()
    {
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        bench.Accept(Company.Alice, Bench.To("waiting-for-customer"));
        var edit = Apply(new BulkChanges { To = "resolved", Resolution = "solved" });

        bench.Accept(Company.Alice, Undo(edit).Command!);

        Assert.Equal(("waiting-for-customer", null), (bench.Ticket.Status, bench.Ticket.Resolution));
        Assert.Contains(bench.Log, one => one.Event is StatusChanged { Transition: BulkUndo.Transition });
    }

    [Fact]
    public void A_status_is_put_back_by_agents_only_and_only_from_where_it_is()
    {
        Assert.Equal(
            RefusalCodes.AgentsOnly,
            bench.Refuse(Company.Bora, new PutBackStatus("new", "in-progress", null)).Code
        );
        Assert.Equal(
            RefusalCodes.TransitionNotPossible,
            bench.Refuse(Company.Alice, new PutBackStatus("closed", "in-progress", null)).Code
        );
        Assert.Equal(
            RefusalCodes.StatusUnknown,
            bench.Refuse(Company.Alice, new PutBackStatus("new", "nowhere", null)).Code
        );
    }

    [Fact]
    public void An_edit_and_its_undo_leave_every_ticket_as_it_was() =>
        Prop.ForAll(
                RandomWork.Acts.Zip(RandomWork.BulkEdits).ToArbitrary(),
                work =>
                {
                    var (acts, changes) = work;
                    var worked = Worked(acts);
                    var before = worked.Ticket;
                    var step = worked.Send(Bench.By(Company.Alice, changes.For(before)));
                    if (step.Refusals.Count > 0 || step.Events.Count == 0)
                    {
                        return;
                    }

                    var back = Undo(step, worked);
                    Assert.Empty(back.Left);
                    if (back.Command is { } command)
                    {
                        Assert.Empty(worked.Send(Bench.By(Company.Alice, command)).Refusals);
                    }

                    AssertSame(before, worked.Ticket);
                }
            )
            .QuickCheckThrowOnFailure();

    // What was due comes first, so that nothing but the edit happens in its step.
    private static Bench Worked(Act[] acts)
    {
        var worked = Bench.WithIncident();
        foreach (var act in acts)
        {
            worked.Now += Duration.FromMinutes(act.MinutesLater);
            worked.Send(act.By is { } person ? Bench.By(person, act.Command) : Bench.ByProduct(act.Command));
        }

        worked.Send(Bench.ByProduct(new FireTimer("none", worked.Now)));
        return worked;
    }

    private TicketStep Apply(BulkChanges changes)
    {
        var step = bench.Send(Bench.By(Company.Alice, changes.For(bench.Ticket)));
        Assert.Empty(step.Refusals);
        return step;
    }

    private BulkOutcome OutcomeOf(Person person, BulkChanges changes)
    {
        var envelope = Bench.By(person, changes.For(bench.Ticket));
        var step = bench.Engine.Step(bench.Snapshot, envelope, bench.Configuration, bench.Now, null, bench.Facts);
        return BulkOutcomes.Of(step.Refusals, step.Events, envelope.Actor);
    }

    private BulkReturn Undo(TicketStep edit) => Undo(edit, bench);

    private static BulkReturn Undo(TicketStep edit, Bench on) =>
        BulkUndo.Plan(
            on.Log,
            edit.Events[0].Version,
            edit.Events[^1].Version,
            Actor.Of(Company.Alice.Id),
            TicketExtensions.None
        );

    private static void AssertSame(TicketState before, TicketState after)
    {
        Assert.Equal(
            (before.Status, before.Category, before.Resolution, before.Priority, before.Assignee, before.Team),
            (after.Status, after.Category, after.Resolution, after.Priority, after.Assignee, after.Team)
        );
        Assert.Equal(before.Fields, after.Fields);
        Assert.Equal(before.Labels.Order(), after.Labels.Order());
        Assert.Equal(Sorted(before.Participants), Sorted(after.Participants));
        Assert.Equal(Sorted(before.Watchers), Sorted(after.Watchers));
    }

    private static IEnumerable<PersonId> Sorted(IEnumerable<PersonId> people) => people.OrderBy(one => one.Value);
}
