using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

public class EngineTests
{
    [Fact]
    public void Timers_that_were_due_take_effect_before_the_command_each_at_its_own_instant()
    {
        var bench = Bench.WithIncident();
        bench.Hours(10).Accept(Company.Alice, new SetPriority(Priority.High));

        Assert.Collection(
            bench.Log.Skip(1),
            reminder =>
            {
                Assert.IsType<SlaThresholdReached>(reminder.Event);
                Assert.Equal(Bench.Start + Duration.FromHours(6), reminder.At);
            },
            breach =>
            {
                Assert.IsType<SlaBreached>(breach.Event);
                Assert.Equal((Bench.Start + Duration.FromHours(8), Actor.System), (breach.At, breach.Actor));
            },
            change => Assert.Equal(Bench.Start + Duration.FromHours(10), change.At)
        );
        Assert.Equal(ClockVerdict.Breached, Assert.Single(bench.Snapshot!.Clocks).Verdict);
    }

    [Fact]
    public void What_was_due_is_recorded_also_beside_a_refusal()
    {
        var bench = Bench.WithIncident();
        var step = bench.Hours(10).Send(Bench.By(Company.Bora, new SetPriority(Priority.High)));

        Assert.Equal(RefusalCodes.AgentsOnly, Assert.Single(step.Refusals).Code);
        Assert.Equal(2, step.Events.Count);
        Assert.Equal(3, bench.Ticket.Version);
    }

    [Fact]
    public void A_sender_is_not_stale_for_what_time_brings_in_the_same_step()
    {
        var bench = Bench.WithIncident();

        bench.Hours(10).Accept(Bench.By(Company.Alice, new SetPriority(Priority.High)) with { ExpectedVersion = 1 });
    }

    [Fact]
    public void A_due_timer_takes_effect_once_and_one_that_is_gone_or_not_due_is_refused()
    {
        var bench = Bench.WithIncident();
        var due = Bench.Start + Duration.FromHours(6);
        var fire = Bench.ByProduct(new FireTimer("sla:time-to-resolution:1:75%", due));

        Assert.Equal(RefusalCodes.TimerNotDue, bench.Refuse(fire).Code);
        Assert.IsType<SlaThresholdReached>(Assert.Single(bench.Hours(6).Accept(fire)));
        Assert.Equal(RefusalCodes.TimerGone, bench.Refuse(fire).Code);
        Assert.Equal(
            RefusalCodes.ProductOnly,
            bench.Refuse(Company.Alice, new FireTimer("sla:time-to-resolution:1:breach", due)).Code
        );
    }

    [Fact]
    public void A_resolved_ticket_closes_by_itself_at_the_instant_it_was_due()
    {
        var bench = Bench.WithIncident();
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        var due = Bench.Start + Duration.FromDays(7);
        bench.Hours(24 * 8).Accept(Bench.ByProduct(new FireTimer(TicketEngine.AutoCloseTimer, due)));

        Assert.Equal(("closed", due, "solved"), (bench.Ticket.Status, bench.Ticket.ClosedAt, bench.Ticket.Resolution));
    }

    [Fact]
    public void A_way_that_is_taken_by_itself_gives_its_resolution_as_by_hand()
    {
        var workflow = Company.IncidentWorkflow with
        {
            Transitions = Company
                .IncidentWorkflow.Transitions.Select(way =>
                    way.Id == "close" ? way with { Resolution = "duplicate" } : way
                )
                .ToValueList(),
        };
        var bench = new Bench
        {
            Configuration = ConfigurationSnapshot.Of(
                1,
                [.. Company.Documents.Where(document => document is not WorkflowDocument { Id: "incident" }), workflow]
            ),
        };
        bench.Accept(Bench.By(Company.Alice, Bench.Opening()));
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        var due = Bench.Start + Duration.FromDays(7);
        bench.Hours(24 * 8).Accept(Bench.ByProduct(new FireTimer(TicketEngine.AutoCloseTimer, due)));

        Assert.Equal(("closed", "duplicate"), (bench.Ticket.Status, bench.Ticket.Resolution));
    }

    [Fact]
    public void Timers_follow_from_the_state_and_vanish_with_it()
    {
        var bench = Bench.WithIncident();
        var resolved = bench.Send(Bench.By(Company.Alice, Bench.To("resolved", "solved")));
        var reopened = bench.Send(Bench.By(Company.Alice, new ReopenTicket(null)));

        Assert.Equal([TicketEngine.AutoCloseTimer], resolved.Timers.Select(timer => timer.Key));
        Assert.Equal(
            ["sla:time-to-resolution:2:75%", "sla:time-to-resolution:2:breach"],
            reopened.Timers.Select(timer => timer.Key).Order()
        );
    }

    [Fact]
    public void Time_of_the_record_never_goes_back_when_the_clock_does()
    {
        var bench = Bench.WithIncident();
        bench.Hours(-5).Accept(Company.Alice, new SetPriority(Priority.High));

        Assert.Equal(Bench.Start, bench.Log[^1].At);
    }

    [Fact]
    public void A_policy_adds_what_follows_and_its_objection_undoes_everything()
    {
        var policy = new UrgentNotes();
        var bench = Bench.WithIncident(Extended(policies: [policy]));

        var events = bench.Accept(Company.Alice, new AddInternalNote("urgent", []));
        Assert.Equal(new PriorityChanged(Priority.Medium, Priority.Critical), events[^1]);

        var refusal = bench.Refuse(Company.Alice, new AddInternalNote("forbidden", []));
        Assert.Equal("refusal.words", refusal.Code);
    }

    /// <summary>What tells a timer that was lost from one that came and was refused (decision 132).</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_timer_that_a_policy_refuses_has_no_effect_and_follows_still(bool isHeld)
    {
        var bench = Bench.WithIncident(Extended(policies: isHeld ? [new KeepsOpen()] : []));
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        var due = Assert.Single(bench.Engine.TimersOf(bench.Snapshot!, bench.Configuration));
        bench.Hours(24 * 8);
        if (isHeld)
        {
            bench.Send(Bench.ByProduct(new FireTimer(due.Key, due.DueAt)));
        }

        Assert.Equal("resolved", bench.Ticket.Status);
        Assert.Equal([due], bench.Engine.TimersOf(bench.Snapshot!, bench.Configuration));
        Assert.Equal(!isHeld, bench.Engine.HasEffect(bench.Snapshot!, due, bench.Configuration));
    }

    [Fact]
    public void A_plugin_that_throws_is_told_of_and_the_step_goes_on_without_it()
    {
        var faults = new List<string>();
        var bench = Bench.WithIncident(
            Extended(
                policies: [new Thrower()],
                facet: new ThrowingFacet(),
                decide: (_, _, _) => throw new InvalidOperationException("broken"),
                faulted: (doing, _) => faults.Add(doing)
            )
        );

        bench.Accept(Company.Alice, new SetPriority(Priority.High));
        Assert.Equal(RefusalCodes.PluginFailed, bench.Refuse(Company.Alice, new Knock(1)).Code);
        Assert.Contains("policy Thrower", faults);
        Assert.Contains("facet throwing", faults);
        Assert.Contains("command Knock", faults);
    }

    [Fact]
    public void A_command_that_nobody_decides_is_refused()
    {
        Assert.Equal(RefusalCodes.CommandUnknown, Bench.WithIncident().Refuse(Company.Alice, new Knock(1)).Code);
    }

    [Fact]
    public void A_facet_is_folded_from_its_plugins_events_and_its_timers_act_once()
    {
        var bench = Bench.WithIncident(Knocking());
        bench.Accept(Company.Alice, new Knock(2));
        Assert.Equal(new Knocks(2), bench.Ticket.Facet<Knocks>("knocking"));

        bench.Hours(3).Accept(Company.Alice, new SetPriority(Priority.High));
        Assert.Equal(new Knocks(0), bench.Ticket.Facet<Knocks>("knocking"));
        Assert.Equal(Bench.Start + Duration.FromHours(1), bench.Log.Single(e => e.Event is Rested).At);
    }

    [Fact]
    public void A_timer_that_changes_nothing_is_tried_once_a_step_and_timers_under_a_foreign_name_are_none()
    {
        var bench = Bench.WithIncident(Extended(facet: new StubbornFacet()));
        var step = bench.Hours(5).Send(Bench.By(Company.Alice, new SetPriority(Priority.High)));

        Assert.Empty(step.Refusals);
        Assert.DoesNotContain(step.Timers, timer => timer.Key is "stubborn:again" or "auto-close");
    }

    [Fact]
    public void Who_acted_and_why_stands_in_every_event()
    {
        var bench = Bench.WithIncident();
        var rule = new Actor(ActorKind.Rule, Company.Alice.Id, "escalate");
        bench.Accept(
            new CommandEnvelope(new SetPriority(Priority.High), rule)
            {
                Viewer = Company.ViewerOf(Company.Alice),
                Cause = 41,
                Depth = 2,
            }
        );

        var recorded = bench.Log[^1];
        Assert.Equal(
            (rule, 41L, 2, 1L),
            (recorded.Actor, recorded.Cause!.Value, recorded.Depth, recorded.ConfigurationRevision)
        );
    }

    internal static TicketExtensions Knocking() =>
        Extended(
            facet: new KnockingFacet(),
            decide: (_, command, _) => Decision.Accept(new Knocked(((Knock)command).Times))
        );

    private static TicketExtensions Extended(
        IReadOnlyList<ITicketPolicy>? policies = null,
        Facet<Knocks>? facet = null,
        Func<TicketState, TicketCommand, DecisionContext, Decision>? decide = null,
        Action<string, Exception>? faulted = null
    )
    {
        var deciders = new Dictionary<Type, Func<TicketState, TicketCommand, DecisionContext, Decision>>();
        if (decide is not null)
        {
            deciders[typeof(Knock)] = decide;
        }

        return new TicketExtensions
        {
            Facets = facet is null
                ? TicketExtensions.None.Facets
                : new Dictionary<string, FacetModel>(StringComparer.Ordinal) { [facet.Id] = FacetModel.Of(facet) },
            Events = new Dictionary<string, Type>(StringComparer.Ordinal)
            {
                ["knocking.knocked/1"] = typeof(Knocked),
                ["knocking.rested/1"] = typeof(Rested),
            },
            Deciders = deciders,
            Policies = policies ?? [],
            QueryFields = [],
            Faulted = faulted ?? ((_, _) => { }),
        };
    }

    internal sealed record Knock(int Times) : TicketCommand;

    [StoredName("knocking.knocked", 1)]
    internal sealed record Knocked(int Times) : TicketEvent;

    [StoredName("knocking.rested", 1)]
    internal sealed record Rested : TicketEvent;

    internal sealed record Knocks(int Count);

    private sealed class KnockingFacet : Facet<Knocks>
    {
        public override string Id => "knocking";

        public override Knocks? Evolve(Knocks? current, RecordedEvent @event, TicketState? ticket) =>
            @event.Event switch
            {
                Knocked knocked => new Knocks((current?.Count ?? 0) + knocked.Times),
                Rested => new Knocks(0),
                _ => current,
            };

        public override IEnumerable<DerivedTimer> Timers(TicketState ticket, Knocks facet) =>
            facet.Count > 0 ? [new DerivedTimer("knocking:rest", ticket.CreatedAt + Duration.FromHours(1))] : [];

        public override IEnumerable<TicketEvent> OnTimer(TicketState ticket, Knocks facet, DerivedTimer timer) =>
            [new Rested()];
    }

    private sealed class StubbornFacet : Facet<Knocks>
    {
        public override string Id => "stubborn";

        public override Knocks? Evolve(Knocks? current, RecordedEvent @event, TicketState? ticket) => new(1);

        public override IEnumerable<DerivedTimer> Timers(TicketState ticket, Knocks facet) =>
            [new DerivedTimer("stubborn:again", ticket.CreatedAt), new DerivedTimer("auto-close", ticket.CreatedAt)];
    }

    private sealed class ThrowingFacet : Facet<Knocks>
    {
        public override string Id => "throwing";

        public override Knocks? Evolve(Knocks? current, RecordedEvent @event, TicketState? ticket) =>
            throw new InvalidOperationException("broken");
    }

    private sealed class Thrower : ITicketPolicy
    {
        public IEnumerable<TicketEvent> Follow(
            TicketState? before,
            TicketState after,
            ValueList<TicketEvent> events,
            DecisionContext context
        ) => throw new InvalidOperationException("broken");
    }

    private sealed class UrgentNotes : ITicketPolicy
    {
        public IEnumerable<Refusal> Check(
            TicketState? before,
            TicketState after,
            ValueList<TicketEvent> events,
            DecisionContext context
        ) =>
            events.OfType<InternalNoteAdded>().Any(note => note.Body == "forbidden")
                ? [Refusal.Conflict("refusal.words")]
                : [];

        public IEnumerable<TicketEvent> Follow(
            TicketState? before,
            TicketState after,
            ValueList<TicketEvent> events,
            DecisionContext context
        ) =>
            events.OfType<InternalNoteAdded>().Any(note => note.Body == "urgent")
                ? [new PriorityChanged(after.Priority, Priority.Critical)]
                : [];
    }

    private sealed class KeepsOpen : ITicketPolicy
    {
        public IEnumerable<Refusal> Check(
            TicketState? before,
            TicketState after,
            ValueList<TicketEvent> events,
            DecisionContext context
        ) => after.ClosedAt is null ? [] : [Refusal.Conflict("refusal.words")];
    }
}
