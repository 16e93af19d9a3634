using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>A policy that asks what a plugin knows, such as a contract's plan.</summary>
public sealed class SlaFactsTests
{
    private readonly SlaFold fold = new(
        (query, ticket, _, _) =>
            query switch
            {
                "plan = gold" => ticket.State.Facet<string>("crm") == "gold",
                "priority = high" => ticket.State.Priority == Priority.High,
                _ => string.IsNullOrEmpty(query),
            }
    );

    private static readonly Core.Configuration.ConfigurationSnapshot GoldAndRest = Configured(
        Policy(Resolution(Goal(1))) with
        {
            Id = "gold",
            Order = 1,
            Query = "plan = gold",
        },
        Policy(Resolution(Goal(8))) with
        {
            Id = "rest",
        }
    );

    [Fact]
    public void A_plan_that_is_known_behind_the_opening_chooses_the_policy()
    {
        var story = new Story(GoldAndRest).Open();
        var clock = Assert.Single(Learn(story, "gold", GoldAndRest));

        Assert.Equal(("gold", 1d), (clock.Policy.Id, clock.Target.TotalHours));
        Assert.Equal([ClockMarkKind.Started, ClockMarkKind.GoalChanged], clock.Marks.Select(mark => mark.Kind));
        Assert.Equal("plan = gold", clock.Marks[^1].Condition);
    }

    [Fact]
    public void A_plan_that_changes_later_keeps_the_elapsed_time()
    {
        var story = new Story(GoldAndRest).Open().After(NodaTime.Duration.FromMinutes(30));
        var clock = Assert.Single(Learn(story, "gold", GoldAndRest));

        Assert.Equal(("gold", 30d), (clock.Policy.Id, clock.Elapsed.TotalMinutes));
        Assert.Equal(story.Now + NodaTime.Duration.FromMinutes(30), clock.DueAt);
    }

    [Fact]
    public void A_policy_for_a_plan_alone_starts_its_clock_with_the_opening()
    {
        var onlyGold = Configured(Policy(Resolution(Goal(1))) with { Id = "gold", Query = "plan = gold" });
        var story = new Story(onlyGold).Open();
        Assert.Empty(story.Clocks);

        var clock = Assert.Single(Learn(story, "gold", onlyGold));

        Assert.Equal((ClockStatus.Running, story.Now), (clock.Status, clock.StartedAt));
        Assert.Empty(Learn(new Story(onlyGold).Open().Hours(1), "gold", onlyGold));
    }

    [Fact]
    public void Other_facts_leave_the_policy_alone()
    {
        var configuration = Configured(
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
        );
        var story = new Story(configuration).Open().Raise(Priority.High);

        Assert.Equal("rest", Assert.Single(Learn(story, "silver", configuration)).Policy.Id);
    }

    private ValueList<SlaClock> Learn(Story story, string plan, Core.Configuration.ConfigurationSnapshot configuration)
    {
        var before = story.Ticket!;
        var after = before with
        {
            Version = before.Version + 1,
            Facets = before.Facets.SetItem("crm", plan),
            UpdatedAt = story.Now,
        };
        var learnt = new RecordedEvent(
            before.Id,
            after.Version,
            0,
            new UnknownEvent("crm.covered/1", "{}"),
            story.Now,
            Actor.System,
            1,
            Cause: null,
            Depth: 0
        );
        return fold.Apply(story.Clocks, before, after, learnt, configuration);
    }
}
