using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Automation.Scene;

namespace ServiceDesk.Core.Tests.Automation;

public sealed class RuleTriggerTests
{
    private static readonly StatusChanged Solved = new("solve", "new", "closed", StatusCategory.Done, true, "fixed");

    private static readonly ApprovalRequested Asked = new(
        4,
        LocalizedText.Of("Go?"),
        "cab",
        [],
        false,
        null,
        false,
        false,
        null,
        null,
        null
    );

    public static TheoryData<RuleTrigger, TicketEvent, bool> Cases =>
        new()
        {
            {
                new() { On = "priority" },
                new PriorityChanged(Priority.Low, Priority.High),
                true
            },
            {
                new() { On = "priority" },
                new TicketAssigned(null, null),
                false
            },
            {
                new() { On = "assigned" },
                new TicketAssigned(null, null),
                true
            },
            {
                new() { On = "transition" },
                Solved,
                true
            },
            {
                new() { On = "transition", To = "closed" },
                Solved,
                true
            },
            {
                new()
                {
                    On = "transition",
                    To = "closed",
                    From = "waiting-for-customer",
                },
                Solved,
                false
            },
            {
                new() { On = "approval-declined" },
                new ApprovalEnded(4, ApprovalState.Declined, null, false),
                true
            },
            {
                new() { On = "approval-approved" },
                new ApprovalEnded(4, ApprovalState.Declined, null, false),
                false
            },
            {
                new() { On = "approval-expired" },
                new ApprovalEnded(4, ApprovalState.Expired, null, false),
                true
            },
            {
                new() { On = "approval-asked", Approval = "cab" },
                Asked,
                true
            },
            {
                new() { On = "approval-asked", Approval = "other" },
                Asked,
                false
            },
            {
                new() { On = "transition", From = "new" },
                Solved,
                true
            },
            {
                new() { On = "changed" },
                new TextEdited("New", null),
                true
            },
            {
                new() { On = "changed", Fields = ["description"] },
                new TextEdited("New", null),
                false
            },
            {
                new() { On = "changed", Fields = ["summary"] },
                new TextEdited("New", null),
                true
            },
            {
                new() { On = "changed", Fields = ["labels"] },
                new LabelsChanged([]),
                true
            },
            {
                new() { On = "changed", Fields = ["impact"] },
                new FieldsChanged(ValueMap<FieldValue?>.Empty.SetItem("impact", null)),
                true
            },
            {
                new() { On = "changed", Fields = ["impact"] },
                new FieldsChanged(ValueMap<FieldValue?>.Empty.SetItem("cost", null)),
                false
            },
            {
                new() { On = "commented" },
                new PublicCommentAdded(1, "a", true, []),
                true
            },
            {
                new() { On = "commented" },
                new InternalNoteAdded(1, "a", []),
                true
            },
            {
                new() { On = "commented", By = RuleAuthor.Customer },
                new PublicCommentAdded(1, "a", true, []),
                true
            },
            {
                new() { On = "commented", By = RuleAuthor.Agent },
                new PublicCommentAdded(1, "a", true, []),
                false
            },
            {
                new() { On = "commented", By = RuleAuthor.Customer },
                new InternalNoteAdded(1, "a", []),
                false
            },
            {
                new() { On = "commented", Visibility = Visibility.Public },
                new InternalNoteAdded(1, "a", []),
                false
            },
            {
                new() { On = "commented", Visibility = Visibility.Internal },
                new PublicCommentAdded(1, "a", false, []),
                false
            },
            {
                new()
                {
                    On = "sla-reminder",
                    Metric = "m",
                    Threshold = "75%",
                },
                new SlaThresholdReached("p", "m", 1, "75%", QueryWorld.Now),
                true
            },
            {
                new() { On = "sla-reminder", Threshold = "90%" },
                new SlaThresholdReached("p", "m", 1, "75%", QueryWorld.Now),
                false
            },
            {
                new() { On = "sla-breached", Metric = "m" },
                new SlaBreached("p", "m", 1, QueryWorld.Now),
                true
            },
            {
                new() { On = "sla-breached", Metric = "n" },
                new SlaBreached("p", "m", 1, QueryWorld.Now),
                false
            },
            {
                new() { On = "manual" },
                new RuleCalled("escalate"),
                true
            },
            {
                new() { On = "manual" },
                new RuleCalled("other"),
                false
            },
            {
                new() { On = "schedule", Cron = "* * * * *" },
                new RuleCalled("escalate"),
                false
            },
            {
                new() { On = "gone.happened" },
                new RuleCalled("escalate"),
                false
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_trigger_takes_what_it_names(RuleTrigger trigger, TicketEvent happened, bool expected) =>
        Assert.Equal(expected, Called(happened, Rule(trigger)).Count == 1);

    [Fact]
    public void Rules_work_in_their_order_and_those_switched_off_do_not()
    {
        var one = Rule(new RuleTrigger { On = "assigned" });

        var called = Called(
            new TicketAssigned(null, null),
            one with
            {
                Id = "c",
                Order = 1,
            },
            one with
            {
                Id = "b",
                Order = 5,
            },
            one with
            {
                Id = "a",
                Order = 5,
            },
            one with
            {
                Id = "off",
                Enabled = false,
                Order = 2,
            }
        );

        Assert.Equal(["c", "a", "b"], called.Select(call => call.Rule.Id));
    }

    [Fact]
    public void A_rule_works_once_now_and_waits_for_each_trigger_that_waits()
    {
        var rule = Rule(
            new RuleTrigger { On = "assigned" },
            new RuleTrigger { On = "assigned" },
            new RuleTrigger { On = "assigned", After = Duration.FromHours(4) },
            new RuleTrigger { On = "assigned", After = Duration.FromHours(24) }
        );

        Assert.Equal([0, 2, 3], Called(new TicketAssigned(null, null), rule).Select(call => call.Place));
    }

    [Fact]
    public void A_plugins_trigger_is_asked_with_the_parameters_of_the_rule()
    {
        var knocked = new RuleTriggerDefinition(
            "door.knocked",
            "door.knocked",
            [],
            (recorded, with) => recorded.Event is LabelsChanged && with.Find("times") == "3"
        );
        var vocabulary = new RuleVocabulary([knocked], []);
        var rule = Rule(new RuleTrigger { On = "door.knocked", With = ValueMap<string>.Empty.SetItem("times", "3") });
        var configuration = ConfigurationSnapshot.Of(1, rule);

        Assert.Single(RuleTriggers.Called(configuration, Event(new LabelsChanged([])), vocabulary));
        Assert.Empty(RuleTriggers.Called(configuration, Event(new RuleCalled("x")), vocabulary));
    }

    [Fact]
    public void A_promise_that_was_kept_is_told_by_the_event_that_stopped_its_clock()
    {
        var story = Sla.SlaSamples.Told(Sla.SlaSamples.Resolution()).Open().Hours(1).Assign().Move("resolved");
        var missed = Sla.SlaSamples.Told(Sla.SlaSamples.Resolution()).Open().Hours(9).Move("resolved");
        var kept = new RuleTrigger { On = "sla-met", Metric = Sla.SlaSamples.Metric };

        Assert.True(kept.Fits(story.Events[^1], After(story)));
        Assert.True(new RuleTrigger { On = "sla-met" }.Fits(story.Events[^1], After(story)));
        Assert.False(new RuleTrigger { On = "sla-met", Metric = "other" }.Fits(story.Events[^1], After(story)));
        Assert.False(kept.Fits(story.Events[^2], After(story)));
        Assert.False(kept.Fits(missed.Events[^1], After(missed)));

        static TicketSnapshot After(Sla.Story story) => new(story.Ticket!, story.Clocks);
    }

    [Fact]
    public void A_trigger_that_fits_the_event_and_not_the_ticket_leaves_the_next_one_its_turn()
    {
        var rule = Rule(new RuleTrigger { On = "sla-met" }, new RuleTrigger { On = "assigned" });
        var ticket = Query.Asked.Ticket();
        var happened = Event(new TicketAssigned(null, null));

        var calls = RuleTriggers
            .Called(ConfigurationSnapshot.Of(1, rule), happened, RuleVocabulary.Own)
            .Where(call => call.Trigger.Fits(happened, ticket))
            .Once();

        Assert.Equal("assigned", Assert.Single(calls).Trigger.On);
        Assert.Equal("assigned", rule.CalledBy(happened, ticket, RuleVocabulary.Own)?.On);
    }
}
