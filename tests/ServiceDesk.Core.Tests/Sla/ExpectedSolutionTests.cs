using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>What customers are told of the time of solution. Opened on Monday at 09:00, 8 hours promised.</summary>
public class ExpectedSolutionTests
{
    private static readonly SlaMetric Answer = Measuring(On("opened"), On("agent-comment"));

    [Fact]
    public void It_is_the_due_instant_of_the_resolution_and_moves_with_the_goal()
    {
        var story = Told(Answer, Resolution(Goal(2, "all", "priority = high"), Goal(8))).Open().Hours(1);
        Assert.Equal(new ExpectedSolution(ExpectedState.ByThen, At(8), null), Of(story));

        story.Raise(Priority.High);

        Assert.Equal(new ExpectedSolution(ExpectedState.ByThen, At(2), null), Of(story));
    }

    [Fact]
    public void Once_it_has_passed_it_is_late_and_says_when_it_was()
    {
        var story = Told(Resolution()).Open().Hours(9);

        Assert.Equal(new ExpectedSolution(ExpectedState.Late, At(8), null), Of(story));
    }

    [Fact]
    public void While_it_is_paused_it_says_since_when_over_all_reasons()
    {
        var story = Told(Resolution()).Open().Hours(1).Move("waiting-for-customer").Hours(1);
        story.Move("waiting-for-supplier").Hours(5);
        Assert.Equal(new ExpectedSolution(ExpectedState.Paused, null, At(1)), Of(story));

        story.Move("in-progress");

        Assert.Equal(new ExpectedSolution(ExpectedState.ByThen, At(14), null), Of(story));
    }

    [Fact]
    public void Of_what_is_done_or_not_for_customers_nothing_is_said()
    {
        Assert.Null(Of(Told(Resolution()).Open().Hours(1).Move("resolved")));
        Assert.Null(Of(Told(Answer).Open()));
        Assert.Null(Of(Told(Answer with { Stop = [On("agent-comment"), On("resolved")] }).Open()));
        Assert.Null(Of(Told(Resolution() with { CustomersSee = false }).Open()));
        Assert.NotNull(Of(Told(Answer with { CustomersSee = true }).Open()));
    }

    [Fact]
    public void What_changes_a_clock_that_customers_see_moves_it_and_nothing_else_does()
    {
        var story = Told(Answer, Resolution(Goal(2, "all", "priority = high"), Goal(8))).Open();
        Assert.True(IsMoved(story));
        Assert.False(IsMoved(story.Hours(1).Edit()));
        Assert.False(IsMoved(story.AgentComments()));
        Assert.True(IsMoved(story.Raise(Priority.High)));
        Assert.False(IsMoved(story.Raise(Priority.High)));
        Assert.True(IsMoved(story.Move("waiting-for-customer")));
        Assert.True(IsMoved(story.Move("in-progress")));
        Assert.True(IsMoved(story.Hours(2).Sweep()));

        var hidden = Told(Resolution() with { CustomersSee = false }).Open();
        Assert.False(IsMoved(hidden));
        Assert.False(IsMoved(hidden.Hours(9).Sweep()));
    }

    // By the last thing that happened.
    private static bool IsMoved(Story story) =>
        ExpectedSolution.IsMovedBy(
            new TicketSnapshot(story.Ticket!, story.Clocks),
            [story.Events[^1]],
            story.Configuration
        );

    private static ExpectedSolution? Of(Story story) =>
        ExpectedSolution.Of(new TicketSnapshot(story.Ticket!, story.Clocks), story.Now, story.Configuration);

    private static Instant At(double hours) => Story.Monday9 + Duration.FromHours(hours);
}
