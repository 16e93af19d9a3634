using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Automation;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Automation;

public sealed class RulePlannerTests
{
    [Fact]
    public void Labels_are_put_on_and_taken_off_beside_those_that_are_there()
    {
        var action = new RuleAction
        {
            Do = "edit",
            AddLabels = ["Urgent", "vpn"],
            RemoveLabels = ["OLD"],
        };

        var plan = Plan(action, Scene.Of(state => state with { Labels = ["old", "vpn", "keep"] }));

        Assert.Equal(["vpn", "keep", "urgent"], Assert.IsType<EditTicket>(plan.Command).Labels!);
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_nothing() =>
        Assert.Equal(
            RulePlan.Nothing,
            Plan(
                new RuleAction { Do = "edit", AddLabels = ["vpn"] },
                Scene.Of(state => state with { Labels = ["vpn"] })
            )
        );

    [Fact]
    public void A_field_takes_what_its_kind_takes()
    {
        var fields = ValueMap<string>.Empty.SetItem("cost", "12.5");
        var edit = Assert.IsType<EditTicket>(Plan(new RuleAction { Do = "edit", Fields = fields }).Command);
        Assert.Equal(new NumberValue(12.5m), edit.Fields!["cost"]);

        var wrong = Plan(new RuleAction { Do = "edit", Fields = fields.SetItem("cost", "much") });
        Assert.Equal(RuleRefusals.FieldValue, Assert.Single(wrong.Refusals).Code);

        var unknown = Plan(new RuleAction { Do = "edit", Fields = fields.SetItem("nowhere", "x") });
        Assert.Equal(RuleRefusals.FieldUnknown, Assert.Single(unknown.Refusals).Code);
    }

    [Fact]
    public void What_is_not_named_stays_when_it_is_assigned()
    {
        var scene = Scene.Of(state => state with { Assignee = new PersonId(9), Team = new TeamId(5) });

        Assert.Equal(
            new AssignTicket(new PersonId(4), new TeamId(5)) { ToStandIn = true },
            Plan(new RuleAction { Do = "assign", Assignee = "LEE@example.com" }, scene).Command
        );
        Assert.Equal(
            new AssignTicket(null, new TeamId(2)),
            Plan(
                new RuleAction
                {
                    Do = "assign",
                    Assignee = "nobody",
                    Team = "Network",
                },
                scene
            ).Command
        );
        Assert.Equal(
            RuleRefusals.PersonUnknown,
            Assert.Single(Plan(new RuleAction { Do = "assign", Assignee = "who@example.com" }, scene).Refusals).Code
        );
        Assert.Equal(
            RuleRefusals.TeamUnknown,
            Assert.Single(Plan(new RuleAction { Do = "assign", Team = "Who" }, scene).Refusals).Code
        );
    }

    [Fact]
    public void A_public_comment_speaks_the_requesters_language_and_says_nothing_in_a_customers_markup()
    {
        var action = new RuleAction
        {
            Do = "comment",
            Visibility = Visibility.Public,
            Text = LocalizedText.Of(
                "Hello",
                "**{{ticket.requester.name}}** 님, {{ticket.summary}} ({{ticket.priority}})"
            ),
        };

        var plan = Plan(action, Scene.Of(state => state with { Summary = "![x](http://evil) see www.evil.com" }));

        Assert.Equal(
            @"**Kim \*Ara\*** 님, \!\[x\](http\://evil) see www\.evil.com (ko\:common.priority-medium)",
            Assert.IsType<AddPublicComment>(plan.Command).Body
        );
    }

    [Fact]
    public void A_comment_is_internal_when_nobody_says_otherwise() =>
        Assert.IsType<AddInternalNote>(
            Plan(new RuleAction { Do = "comment", Text = LocalizedText.Of("note") }).Command
        );

    [Fact]
    public void Those_who_are_named_are_told_once_each_in_every_language()
    {
        var action = new RuleAction
        {
            Do = "notify",
            People = ["assignee", "watchers", "requester", "lee@example.com"],
            Text = LocalizedText.Of("{{ticket.key}} waits", "{{ticket.key}} 대기"),
        };

        var plan = Plan(
            action,
            Scene.Of(state => state with { Assignee = new PersonId(4), Watchers = [new PersonId(9)] })
        );

        Assert.Equal([new PersonId(4), new PersonId(9), new PersonId(3)], plan.Notice!.People);
        Assert.Equal(LocalizedText.Of("ITSD-1 waits", "ITSD-1 대기"), plan.Notice.Text);
        Assert.Null(plan.Command);
        Assert.Equal(
            RuleRefusals.PersonUnknown,
            Assert.Single(Plan(action with { People = ["who@example.com"] }).Refusals).Code
        );
        Assert.Equal(RulePlan.Nothing, Plan(action with { People = ["team", "assignee"] }));
    }

    [Fact]
    public void A_ticket_that_is_there_already_is_not_moved() =>
        Assert.Equal(RulePlan.Nothing, Plan(new RuleAction { Do = "transition", To = "new" }));

    [Fact]
    public void An_action_of_a_plugin_that_is_gone_is_refused_and_one_that_is_there_gives_its_commands()
    {
        var action = new RuleAction
        {
            Do = "door.open",
            With = ValueMap<string>.Empty.SetItem("key", "{{ticket.key}}"),
        };
        Assert.Equal(RuleRefusals.ActionUnknown, Assert.Single(Plan(action).Refusals).Code);

        ValueMap<string>? seen = null;
        var open = new RuleActionDefinition(
            "door.open",
            "door.open",
            [],
            (_, with) =>
            {
                seen = with;
                return [new SetPriority(Priority.High), new SetPriority(Priority.Low)];
            }
        );
        var plan = RulePlanner.Plan(action, Scene.Of(), new RuleVocabulary([], [open]));
        Assert.Equal(2, Assert.IsType<ChangeTicket>(plan.Command).Parts.Count);
        Assert.Equal("ITSD-1", seen!["key"]);
    }

    [Fact]
    public void A_ticket_that_a_plugin_opens_is_related_where_somebody_knows_how()
    {
        var opening = new OpenTicket(
            "ITSD",
            "incident",
            null,
            "Door",
            "",
            new PersonId(3),
            null,
            null,
            ValueMap<FieldValue>.Empty,
            Channel.Automation
        );
        var open = new RuleActionDefinition("door.open", "door.open", [], (_, _) => [opening]) { Join = "doors:in" };
        var doors = new RelationDefinition("doors.all", "doors.all", (_, _) => [])
        {
            Ways = _ => [new RuleChoice("doors:in")],
            Join = (key, way) => new CallRule($"{key} {way}"),
        };
        var action = new RuleAction { Do = "door.open" };

        var related = RulePlanner.Plan(action, Scene.Of(), new RuleVocabulary([], [open], [doors]));
        var alone = RulePlanner.Plan(action, Scene.Of(), new RuleVocabulary([], [open]));

        Assert.Equal(opening with { Then = [new CallRule("ITSD-1 doors:in")] }, related.Command);
        Assert.Equal(opening, alone.Command);
    }

    [Fact]
    public void Approval_is_asked_unless_it_is_being_asked_already()
    {
        var action = new RuleAction { Do = "approval", Approval = "board" };
        var pending = new Approval
        {
            Id = 1,
            Title = LocalizedText.Of("Board"),
            Policy = "board",
            Steps = [],
            RequestedAt = NodaTime.Instant.FromUtc(2026, 3, 2, 0, 0),
        };

        Assert.Equal(new RequestApproval { Policy = "board" }, Plan(action).Command);
        Assert.Equal(RulePlan.Nothing, Plan(action, Scene.Of(state => state with { Approvals = [pending] })));
        var declined = pending with { State = ApprovalState.Declined };
        Assert.NotNull(Plan(action, Scene.Of(state => state with { Approvals = [declined] })).Command);
    }

    [Fact]
    public void A_value_never_becomes_a_place_and_no_text_makes_it_throw() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                ArbMap.Default.ArbFor<string?>(),
                (text, value) =>
                    RuleTemplate.Fill((text ?? "") + "{{a}}", name => name == "a" ? "{{b}}" + value : "wrong")
                        is { } filled
                    && (
                        RuleTemplate.Names(text ?? "").Any()
                        || (text ?? "").Contains('{', StringComparison.Ordinal)
                        || filled == text + "{{b}}" + value
                    )
            )
            .QuickCheckThrowOnFailure();

    private static RulePlan Plan(RuleAction action, RuleScene? scene = null) =>
        RulePlanner.Plan(action, scene ?? Scene.Of(), RuleVocabulary.Own);
}
