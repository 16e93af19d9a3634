using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

public class MergingTests
{
    private static readonly TicketId OtherId = new(2);
    private static readonly TicketKey OtherKey = new("ITSD", 2);

    private readonly Bench bench = Bench.WithIncident();

    public MergingTests() => bench.Facts = With(Other());

    [Fact]
    public void A_merged_ticket_is_done_and_says_where_it_went()
    {
        var events = bench.Accept(Company.Alice, new MergeTicket(OtherKey));

        Assert.Equal(new TicketMerged(OtherId, OtherKey), events[0]);
        Assert.Equal(("closed", StatusCategory.Done), (bench.Ticket.Status, bench.Ticket.Category));
        Assert.Equal("duplicate", bench.Ticket.Resolution);
        Assert.Equal((OtherId, OtherKey), (bench.Ticket.Merged!.Ticket, bench.Ticket.Merged.Key));
    }

    [Fact]
    public void One_that_is_done_stays_as_it_is()
    {
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        bench.Accept(Company.Alice, new MergeTicket(OtherKey));

        Assert.Equal(("resolved", "solved"), (bench.Ticket.Status, bench.Ticket.Resolution));
        bench.Hours(24 * 30).Send(Bench.ByProduct(new FireTimer("none", bench.Now)));
        Assert.Equal("resolved", bench.Ticket.Status);
    }

    [Fact]
    public void Nobody_works_on_it_until_that_is_undone()
    {
        bench.Accept(Company.Alice, new MergeTicket(OtherKey));

        Assert.Equal(RefusalCodes.TicketMerged, bench.Refuse(Company.Alice, new SetPriority(Priority.Low)).Code);
        Assert.Equal(RefusalCodes.TicketMerged, bench.Refuse(Company.Bora, new AddPublicComment("Hello?", [])).Code);
        Assert.Equal(RefusalCodes.TicketMerged, bench.Refuse(Company.Bora, new ReopenTicket("No")).Code);
        Assert.Equal(RefusalCodes.TicketMerged, bench.Refuse(Company.Alice, new MoveTicket("HR", "request")).Code);
        Assert.Equal(
            RefusalCodes.TicketMerged,
            bench.Refuse(Company.Alice, new ChangeTicket([new SetPriority(Priority.Low)])).Code
        );
        bench.Accept(Company.Alice, new UndoMerge());
        bench.Accept(Company.Alice, new SetPriority(Priority.Low));
    }

    [Fact]
    public void Its_clocks_stand_still_with_the_reason_and_go_on_after_the_undoing()
    {
        bench.Hours(2).Accept(Company.Alice, new MergeTicket(OtherKey));
        var merged = Assert.Single(bench.Snapshot!.Clocks);
        bench.Hours(30).Accept(Company.Alice, new UndoMerge());
        var again = Assert.Single(bench.Snapshot!.Clocks);

        Assert.Equal((ClockStatus.Paused, ClockVerdict.Open), (merged.Status, merged.Verdict));
        Assert.Equal((ClockStatus.Running, ClockVerdict.Open), (again.Status, again.Verdict));
        Assert.Equal(Bench.Start + Duration.FromHours(38), again.DueAt);
        var pause = SlaLedger
            .Of(again, bench.Now, bench.Configuration)
            .Segments.Single(one => one.Condition == "merged");
        Assert.Equal((LedgerSegmentKind.Paused, Duration.FromHours(30)), (pause.Kind, pause.To - pause.From));
    }

    [Fact]
    public void It_goes_into_a_ticket_that_there_is_and_that_goes_nowhere_itself()
    {
        Assert.Equal(RefusalCodes.MergeTargetUnknown, Into(null).Code);
        Assert.Equal(RefusalCodes.MergeItself, Into(With(bench.Ticket)).Code);
        var gone = new MergedInto(new TicketId(3), new TicketKey("ITSD", 3), bench.Now, Before());
        Assert.Equal<ValueList<string>>(["ITSD-2", "ITSD-3"], Into(With(Other() with { Merged = gone })).Arguments);

        bench.Facts = With(Other());
        bench.Accept(Company.Alice, new MergeTicket(OtherKey));
        Assert.Empty(bench.Accept(Company.Alice, new MergeTicket(OtherKey)));
        Assert.Equal(RefusalCodes.TicketMerged, Into(With(Other() with { Id = new TicketId(3) })).Code);
    }

    [Fact]
    public void It_is_for_agents_who_work_on_both_desks()
    {
        Assert.Equal(RefusalCodes.AgentsOnly, bench.Refuse(Company.Bora, new MergeTicket(OtherKey)).Code);
        Assert.Equal(RefusalCodes.MergeNotThere, Into(With(Other(), worksThere: false)).Code);

        bench.Facts = With(Other());
        bench.Accept(Company.Alice, new MergeTicket(OtherKey));
        bench.Facts = With(Other(), worksThere: false);
        Assert.Equal(RefusalCodes.MergeNotThere, bench.Refuse(Company.Alice, new UndoMerge()).Code);
        Assert.Equal(RefusalCodes.AgentsOnly, bench.Refuse(Company.Bora, new UndoMerge()).Code);
    }

    [Fact]
    public void Companies_do_not_come_to_read_each_other()
    {
        Assert.Equal(
            RefusalCodes.MergeOtherOrganization,
            Into(With(Other() with { Organization = Company.Zenith, Requester = Company.Both.Id })).Code
        );
        Assert.Equal(
            RefusalCodes.MergeOtherOrganization,
            Into(With(Other() with { Organization = null, Requester = Company.Zoe.Id })).Code
        );
        bench.Facts = With(Other() with { Organization = null });
        bench.Accept(Company.Alice, new MergeTicket(OtherKey));
    }

    [Fact]
    public void Who_is_asked_for_an_approval_is_waited_for()
    {
        bench.Accept(
            Company.Alice,
            new RequestApproval { Title = "May we?", Steps = [new ApproversAsked([Company.Eve.Id], [], [], null)] }
        );

        Assert.Equal(RefusalCodes.MergeApproval, bench.Refuse(Company.Alice, new MergeTicket(OtherKey)).Code);
    }

    [Fact]
    public void Its_people_follow_and_go_again_but_for_those_who_were_there_or_came_with_another_one()
    {
        var stays = Bench.WithIncident();
        stays.Accept(Company.Alice, new WatchTicket(Company.Alice.Id, Watch: true));
        var before = stays.Ticket;
        var first = Holding(7, [Company.Bora.Id, Company.Minho.Id], [Company.Alice.Id, Company.Eve.Id]);
        var second = Holding(8, [Company.Minho.Id, Company.Both.Id], [Company.Eve.Id]);
        stays.Accept(Bench.ByProduct(first));
        stays.Accept(Bench.ByProduct(second));
        Assert.Empty(stays.Accept(Bench.ByProduct(second)));

        Assert.Equal<ValueList<PersonId>>([Company.Minho.Id, Company.Both.Id], stays.Ticket.Participants);
        Assert.Equal<ValueList<PersonId>>([Company.Alice.Id, Company.Eve.Id], stays.Ticket.Watchers);

        stays.Accept(Bench.ByProduct(first with { IsMerged = false }));
        Assert.Equal<ValueList<PersonId>>([Company.Minho.Id, Company.Both.Id], stays.Ticket.Participants);
        stays.Accept(Bench.ByProduct(second with { IsMerged = false }));
        Assert.Empty(stays.Accept(Bench.ByProduct(second with { IsMerged = false })));
        Assert.Equal(Timeless(before), Timeless(stays.Ticket));
    }

    [Fact]
    public void Of_two_that_were_merged_into_each_other_none_takes_the_other_in()
    {
        bench.Accept(Company.Alice, new MergeTicket(OtherKey));

        Assert.Equal(RefusalCodes.TicketMerged, bench.Refuse(Bench.ByProduct(Holding(2, [], []))).Code);
        Assert.Equal(RefusalCodes.ProductOnly, bench.Refuse(Company.Alice, Holding(2, [], [])).Code);
        bench.Accept(Bench.ByProduct(new UndoMerge()));
        Assert.Null(bench.Ticket.Merged);
    }

    [Fact]
    public void Its_customers_are_told_and_those_of_the_other_one_are_not()
    {
        Assert.Equal(Audience.Everyone, Audiences.Of(new TicketMerged(OtherId, OtherKey)));
        Assert.Equal(Audience.Agents, Audiences.Of(new TicketTakenIn(OtherId, OtherKey, [], [])));
    }

    [Fact]
    public void Merge_then_undo_restores_both() =>
        Prop.ForAll(
                (from acts in RandomWork.Acts from hours in Gen.Choose(0, 1000) select (acts, hours)).ToArbitrary(),
                story =>
                {
                    var (merged, stays) = (Worked(story.acts), Worked(story.acts.AsEnumerable().Reverse()));
                    if (!Viewed(merged))
                    {
                        return;
                    }

                    merged.Facts = With(Other() with { Organization = merged.Ticket.Organization });
                    var (one, other) = (merged.Snapshot!, stays.Snapshot!);
                    if (merged.Send(Bench.By(Company.Admin, new MergeTicket(OtherKey))).Refusals.Count > 0)
                    {
                        return;
                    }

                    var hold = Holding(9, Ticket.CustomersOf(one.State), one.State.Watchers);
                    stays.Send(Bench.ByProduct(hold));
                    stays.Send(Bench.ByProduct(hold));
                    merged.Hours(story.hours).Accept(Company.Admin, new UndoMerge());
                    stays.Accept(Bench.ByProduct(hold with { IsMerged = false }));

                    Assert.Equal(Timeless(one.State), Timeless(merged.Ticket));
                    Assert.Equal(Timeless(other.State), Timeless(stays.Ticket));
                    Assert.Equal(
                        one.Clocks.Select(clock => (clock.Metric, clock.Cycle, clock.Status, clock.Verdict)),
                        merged.Snapshot!.Clocks.Select(clock =>
                            (clock.Metric, clock.Cycle, clock.Status, clock.Verdict)
                        )
                    );
                    Assert.Equal(merged.Snapshot, merged.Engine.Replay(merged.Log, _ => merged.Configuration));
                }
            )
            .QuickCheckThrowOnFailure();

    // Whoever did what: the ticket as it is then, with nothing due that would come between.
    private static Bench Worked(IEnumerable<Act> acts)
    {
        var worked = Bench.WithIncident();
        foreach (var act in acts.Where(act => act.Command is not (MergeTicket or UndoMerge or HoldMerged)))
        {
            worked.Now += Duration.FromMinutes(act.MinutesLater);
            worked.Send(act.By is { } person ? Bench.By(person, act.Command) : Bench.ByProduct(act.Command));
        }

        worked.Now = Instant.Max(worked.Now, worked.Ticket.UpdatedAt);
        worked.Send(Bench.ByProduct(new FireTimer("none", worked.Now)));
        return worked;
    }

    private static bool Viewed(Bench bench) =>
        TicketAccess.StandingOf(Company.ViewerOf(Company.Admin), bench.Ticket) == Standing.Works;

    private static TicketState Timeless(TicketState ticket) =>
        ticket with
        {
            Version = 0,
            UpdatedAt = default,
            PublicUpdatedAt = default,
        };

    private Refusal Into(DecisionFacts? facts)
    {
        bench.Facts = facts ?? Company.Facts;
        return bench.Refuse(Company.Alice, new MergeTicket(OtherKey));
    }

    private static HoldMerged Holding(long id, ValueList<PersonId> customers, ValueList<PersonId> watchers) =>
        new(new TicketId(id), new TicketKey("ITSD", (int)id), IsMerged: true, customers, watchers);

    private static StandingBeforeMerge Before() => new("new", StatusCategory.New, null, Bench.Start, null, null, 0);

    private static TicketState Other() => Bench.WithIncident().Ticket with { Id = OtherId, Key = OtherKey };

    private static DecisionFacts With(TicketState other, bool worksThere = true) =>
        Company.Facts with
        {
            Related = new RelatedTicket(other, worksThere),
        };
}
