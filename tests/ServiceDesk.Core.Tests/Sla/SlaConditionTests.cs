using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class SlaConditionTests
{
    private static readonly SlaCondition Never = Entering("never");

    [Fact]
    public void Opened_starts_with_the_first_event_only()
    {
        var story = Told(Measuring(On("opened"), On("assigned"))).Open();
        Assert.Equal(("opened", 1L), (story.Clock.Marks[0].Condition, story.Clock.Marks[0].EventVersion));

        story.Assign().Edit().Move("in-progress");
        Assert.Equal(ClockStatus.Stopped, story.Clock.Status);
    }

    [Fact]
    public void Assigned_means_given_to_an_agent_also_when_opened_with_one()
    {
        Assert.Empty(Told(Measuring(On("assigned"), Never)).Open().Clocks);
        Assert.Single(Told(Measuring(On("assigned"), Never)).Open().Assign().Clocks);
        Assert.Single(Told(Measuring(On("assigned"), Never)).Open(assignee: new PersonId(7)).Clocks);
    }

    [Theory]
    [InlineData("approval-ended", ApprovalState.Approved, true)]
    [InlineData("approval-ended", ApprovalState.Declined, true)]
    [InlineData("approval-ended", ApprovalState.Withdrawn, true)]
    [InlineData("approval-ended", ApprovalState.Expired, true)]
    [InlineData("approval-approved", ApprovalState.Approved, true)]
    [InlineData("approval-approved", ApprovalState.Declined, false)]
    [InlineData("approval-approved", ApprovalState.Expired, false)]
    [InlineData("approval-declined", ApprovalState.Declined, true)]
    [InlineData("approval-declined", ApprovalState.Approved, false)]
    [InlineData("approval-declined", ApprovalState.Withdrawn, false)]
    public void An_approval_starts_when_it_is_asked_and_stops_with_the_answer_that_is_meant(
        string word,
        ApprovalState state,
        bool stops
    )
    {
        var story = Told(Measuring(On("approval-asked"), On(word))).Open().Hours(1);
        Assert.Empty(story.Clocks);

        story.AsksApproval().Hours(2).Edit();
        Assert.Equal(ClockStatus.Running, story.Clock.Status);
        story.EndsApproval(state).Hours(1);

        Assert.Equal(stops ? ClockStatus.Stopped : ClockStatus.Running, story.Clock.Status);
        Assert.Equal(Duration.FromHours(stops ? 2 : 3), story.Reading().Elapsed);
        Assert.Equal(story.Clocks, story.Refold());
    }

    [Fact]
    public void An_approval_of_one_policy_is_none_of_another_and_each_asking_is_a_cycle()
    {
        var board = On("approval-asked") with { Of = "board" };
        var story = Told(Measuring(board, On("approval-ended") with { Of = "board" }))
            .Open()
            .AsksApproval("owners")
            .AsksApproval();
        Assert.Empty(story.Clocks);

        story.AsksApproval("board").Hours(1).EndsApproval(ApprovalState.Declined).Hours(1);
        story.AsksApproval("board").Hours(2).EndsApproval(ApprovalState.Approved);

        Assert.Equal(
            [(1, Duration.FromHours(1)), (2, Duration.FromHours(2))],
            story.Clocks.Select(clock => (clock.Cycle, clock.Elapsed))
        );
    }

    [Fact]
    public void Taking_the_ticket_from_everybody_is_no_assignment()
    {
        var story = Told(Measuring(On("opened"), On("assigned"))).Open().Assign(toNobody: true);
        Assert.Equal(ClockStatus.Running, story.Clock.Status);
    }

    [Fact]
    public void Another_assignee_is_an_assignment_and_the_same_is_none()
    {
        var story = Told(Measuring(On("assigned"), On("assigned"))).Open().Assign();
        Assert.Equal(ClockStatus.Stopped, story.Clock.Status);

        story = Told(Measuring(On("opened"), On("closed")), Measuring(On("assigned"), On("closed")) with { Id = "x" })
            .Open(assignee: new PersonId(7))
            .Assign(new PersonId(7));
        Assert.Equal(2, story.Clocks.Count);
        Assert.Equal(1, story.Last.Marks[0].EventVersion);
    }

    [Fact]
    public void An_agents_public_comment_is_an_answer_and_an_internal_note_is_none()
    {
        var story = Told(Measuring(On("opened"), On("agent-comment"))).Open().AgentNotes().CustomerComments();
        Assert.Equal(ClockStatus.Running, story.Clock.Status);

        story.AgentComments();
        Assert.Equal(ClockStatus.Stopped, story.Clock.Status);
    }

    [Theory]
    [InlineData(ActorKind.System)]
    [InlineData(ActorKind.Rule)]
    [InlineData(ActorKind.Script)]
    [InlineData(ActorKind.Plugin)]
    public void An_automatic_acknowledgement_is_no_answer(ActorKind kind)
    {
        var story = Told(Measuring(On("opened"), On("agent-comment"))).Open().AgentComments(kind);
        Assert.Equal(ClockStatus.Running, story.Clock.Status);
    }

    [Fact]
    public void An_imported_comment_of_an_agent_is_an_answer()
    {
        var story = Told(Measuring(On("opened"), On("agent-comment"))).Open().AgentComments(ActorKind.Import);
        Assert.Equal(ClockStatus.Stopped, story.Clock.Status);
    }

    [Fact]
    public void A_customers_comment_starts_a_clock_for_the_next_answer_once()
    {
        var story = Told(Measuring(On("customer-comment"), On("agent-comment"))).Open();
        Assert.Empty(story.Clocks);

        story.Hours(1).CustomerComments().Hours(1).CustomerComments().Hours(1).AgentComments().Hours(1).AgentComments();
        Assert.Equal(2, story.Clock.Elapsed.TotalHours);

        story.CustomerComments();
        Assert.Equal([1, 2], story.Clocks.Select(clock => clock.Cycle));
    }

    [Fact]
    public void Resolved_is_entering_done_by_any_status_and_once()
    {
        var story = Told(Measuring(On("opened"), On("resolved"))).Open().Move("resolved");
        Assert.Equal(2, story.Clock.Marks[^1].EventVersion);

        var restart = Told(Measuring(On("resolved"), Never)).Open().Move("closed").Move("resolved");
        Assert.Equal(2, restart.Clock.Marks[0].EventVersion);
    }

    [Fact]
    public void Reopened_is_leaving_done()
    {
        var story = Told(Measuring(On("reopened"), Never)).Open().Move("resolved").Move("closed");
        Assert.Empty(story.Clocks);

        Assert.Equal(4, story.Move("in-progress").Clock.Marks[0].EventVersion);
    }

    [Fact]
    public void Closed_is_entering_a_closing_status()
    {
        var story = Told(Measuring(On("opened"), On("closed"))).Open().Move("resolved");
        Assert.Equal(ClockStatus.Running, story.Clock.Status);

        Assert.Equal(ClockStatus.Stopped, story.Move("closed").Clock.Status);
    }

    [Fact]
    public void A_status_starts_and_stops_when_it_is_entered()
    {
        var story = Told(Measuring(Entering("in-progress"), Entering("resolved"))).Open();
        Assert.Empty(story.Clocks);

        story.Move("in-progress").Edit();
        Assert.Equal("status = in-progress", story.Clock.Marks[0].Condition);
        Assert.Equal(ClockStatus.Stopped, story.Move("resolved").Clock.Status);
    }

    [Fact]
    public void A_category_starts_when_it_is_entered_and_pauses_while_it_lasts()
    {
        var story = Told(Measuring(In(StatusCategory.Active), Never, In(StatusCategory.Waiting))).Open();
        Assert.Empty(story.Clocks);

        story.Move("in-progress").Move("waiting-for-customer").Move("waiting-for-problem");
        Assert.Equal(ClockStatus.Paused, story.Clock.Status);
        Assert.Equal("category = waiting", story.Clock.Marks[^1].Condition);
        Assert.Equal(2, story.Clock.Marks.Count);
        Assert.Equal(ClockStatus.Running, story.Move("in-progress").Clock.Status);
    }

    [Fact]
    public void A_query_starts_and_stops_when_it_becomes_true()
    {
        var story = Told(Measuring(When("priority = high"), When("assigned = true"))).Open().Edit();
        Assert.Empty(story.Clocks);

        story.Raise(Priority.High).Edit();
        Assert.Equal("priority = high", story.Clock.Marks[0].Condition);
        Assert.Equal(ClockStatus.Stopped, story.Assign().Clock.Status);
    }

    [Fact]
    public void A_query_that_is_true_from_the_beginning_starts_with_the_first_event() =>
        Assert.Single(Told(Measuring(When("priority = medium"), Never)).Open().Edit().Clocks);

    [Fact]
    public void A_query_pauses_while_it_holds()
    {
        var story = Told(Measuring(On("opened"), Never, When("assigned = false"))).Open();
        Assert.Equal([ClockMarkKind.Started, ClockMarkKind.Paused], story.Clock.Marks.Select(mark => mark.Kind));

        Assert.Equal(ClockStatus.Running, story.Assign().Clock.Status);
    }

    [Fact]
    public void A_query_may_look_at_the_clocks_before_the_event() =>
        Assert.Single(Told(Measuring(When("clocks = 0"), Never)).Open().Clocks);

    [Fact]
    public void A_note_of_a_call_and_a_mail_are_told_from_other_words()
    {
        var call = Told(Measuring(On("opened"), On("phone-note"))).Open().AgentNotes().AgentComments();
        Assert.Equal(ClockStatus.Running, call.Clock.Status);
        Assert.Equal(ClockStatus.Stopped, call.AgentNotes(Channel.Phone).Clock.Status);

        var mail = Told(Measuring(On("opened"), On("agent-mail"))).Open().AgentComments();
        Assert.Equal(ClockStatus.Running, mail.Clock.Status);
        Assert.Equal(ClockStatus.Stopped, mail.AgentComments(channel: Channel.Mail).Clock.Status);
    }

    [Fact]
    public void A_step_of_the_one_who_asked_is_no_answer_of_an_agent()
    {
        var story = Told(Measuring(On("opened"), On("agent-transition"))).Open();

        story.Move("waiting-for-customer", Actor.Of(Story.Requester)).Move("new", Actor.System);
        Assert.Equal(ClockStatus.Running, story.Clock.Status);

        Assert.Equal(ClockStatus.Stopped, story.Move("in-progress").Clock.Status);
    }

    [Fact]
    public void What_happens_to_one_team_or_field_is_told_from_others()
    {
        var team = Told(Measuring(On("team-assigned") with { Of = "Team 2" }, Never)).Open().GiveTo(1);
        Assert.Empty(team.Clocks);
        Assert.Equal("team-assigned of Team 2", team.GiveTo(2).Clock.Marks[0].Condition);

        var left = Told(Measuring(On("opened"), On("team-left") with { Of = "Team 1" })).Open().GiveTo(2).GiveTo(1);
        Assert.Equal(ClockStatus.Running, left.Clock.Status);
        Assert.Equal(ClockStatus.Stopped, left.GiveTo(2).Clock.Status);

        var field = Told(Measuring(On("field-changed") with { Of = "cost" }, Never)).Open().SetField("size", 1);
        Assert.Empty(field.Clocks);
        Assert.Single(field.SetField("cost", 1).Clocks);
    }

    [Fact]
    public void A_query_beside_what_happens_must_hold_after_it()
    {
        var urgent = On("customer-comment") with { Query = "priority = high" };
        var story = Told(Measuring(urgent, Never)).Open().CustomerComments();
        Assert.Empty(story.Clocks);

        story.Raise(Priority.High);
        Assert.Empty(story.Clocks);
        Assert.Equal("customer-comment where priority = high", story.CustomerComments().Clock.Marks[0].Condition);
    }

    [Fact]
    public void A_query_beside_a_status_pauses_only_with_it()
    {
        var wait = Entering("waiting-for-customer") with { Query = "priority = low" };
        var story = Told(Measuring(On("opened"), Never, wait)).Open().Move("waiting-for-customer");
        Assert.Equal(ClockStatus.Running, story.Clock.Status);

        Assert.Equal(ClockStatus.Paused, story.Raise(Priority.Low).Clock.Status);
    }

    [Fact]
    public void A_plugins_trigger_is_asked_with_its_parameters()
    {
        var linked = new SlaCondition
        {
            On = "links.linked-changed",
            With = ValueMap<string>.From([new("to", "done")]),
        };
        var fold = new SlaFold(
            (_, _, _, _) => true,
            (word, recorded, with) =>
                word == "links.linked-changed" && with["to"] == "done" && recorded.Event is TextEdited
        );
        var story = new Story(Configured(Policy(Measuring(linked, Never))), fold).Open();
        Assert.Empty(story.Clocks);

        Assert.Single(story.Edit().Clocks);
    }

    [Theory]
    [InlineData("opened")]
    [InlineData("team-assigned of Network & Infrastructure")]
    [InlineData("status = waiting-for-customer")]
    [InlineData("category = waiting where priority = high")]
    [InlineData("customer-comment where NOT sla(\"first\") = running")]
    [InlineData("summary ~ \"here where there\"")]
    [InlineData("links.linked-changed")]
    [InlineData("priority = high")]
    public void The_notation_of_a_condition_is_read_back(string notation) =>
        Assert.Equal(notation, SlaConditions.Notation(SlaConditions.Read(notation)));
}
