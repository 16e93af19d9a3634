using ServiceDesk.Sdk.Tickets;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class SlaPolicyChoiceTests
{
    [Fact]
    public void The_first_policy_by_order_whose_query_matches_applies()
    {
        var story = new Story(
            Configured(
                Policy(Resolution(Goal(1))) with
                {
                    Id = "a-late",
                    Order = 30,
                },
                Policy(Resolution(Goal(2))) with
                {
                    Id = "b-other",
                    Order = 10,
                    Query = "priority = high",
                },
                Policy(Resolution(Goal(3))) with
                {
                    Id = "c-first",
                    Order = 20,
                    Query = "type = incident",
                }
            )
        ).Open();

        Assert.Equal("c-first", story.Clock.Policy.Id);
    }

    [Fact]
    public void Policies_of_the_same_order_are_tried_by_id()
    {
        var story = new Story(
            Configured(Policy(Resolution()) with { Id = "b" }, Policy(Resolution()) with { Id = "a" })
        ).Open();

        Assert.Equal("a", story.Clock.Policy.Id);
    }

    [Fact]
    public void Each_metric_comes_from_the_first_policy_that_has_it()
    {
        var measure = Measuring(On("opened"), On("agent-comment"));
        var story = new Story(
            Configured(Policy(Resolution()) with { Id = "a" }, Policy(Resolution(), measure) with { Id = "b" })
        ).Open();

        Assert.Equal([("a", Metric), ("b", "measure")], story.Clocks.Select(clock => (clock.Policy.Id, clock.Metric)));
    }

    [Fact]
    public void The_first_policy_that_matches_decides_also_when_it_does_not_start()
    {
        var later = Resolution() with { Start = [On("assigned")] };
        var story = new Story(
            Configured(Policy(later) with { Id = "a" }, Policy(Resolution()) with { Id = "b" })
        ).Open();
        Assert.Empty(story.Clocks);

        Assert.Equal("a", story.Assign().Clock.Policy.Id);
    }

    [Fact]
    public void A_running_clock_keeps_its_policy_when_the_ticket_would_match_another()
    {
        var story = new Story(
            Configured(
                Policy(Resolution(Goal(1))) with
                {
                    Id = "high",
                    Order = 1,
                    Query = "priority = high",
                },
                Policy(Resolution(Goal(8))) with
                {
                    Id = "rest",
                }
            )
        )
            .Open()
            .Raise(Priority.High);
        Assert.Equal("rest", story.Clock.Policy.Id);

        story.Move("resolved").Move("in-progress");
        Assert.Equal("high", story.Last.Policy.Id);
    }
}
