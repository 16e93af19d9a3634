using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>Levels before a target and after it. The ticket is opened on Monday at 09:00; its target is 8 hours.</summary>
public class EscalationTests
{
    [Theory]
    [InlineData("75%", 6.0)]
    [InlineData("100%", 8.0)]
    [InlineData("150%", 12.0)]
    [InlineData("PT30M", 7.5)]
    [InlineData("+PT1H", 9.0)]
    [InlineData("PT8H", null)]
    [InlineData("PT9H", null)]
    [InlineData("0%", null)]
    [InlineData("-5%", null)]
    [InlineData("%", null)]
    [InlineData("+", null)]
    [InlineData("+PT0S", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_level_comes_after_so_much_working_time(string? at, double? hours) =>
        Assert.Equal(hours is { } some ? Duration.FromHours(some) : null, Escalations.After(at, Duration.FromHours(8)));

    [Fact]
    public void Levels_before_and_after_the_target_are_each_recorded_once_when_their_time_has_come()
    {
        var story = Told(Escalated("75%", "100%", "150%", "+PT1H")).Open();

        Assert.Equal(["level:75%"], Reached(story.Hours(6).Sweep()));
        Assert.Equal(["level:75%", "level:100%"], Reached(story.Hours(2).Sweep()));
        Assert.Contains(story.Events, one => one.Event is SlaBreached);
        Assert.Equal(["level:75%", "level:100%", "level:+PT1H"], Reached(story.Hours(2).Sweep()));
        Assert.Equal(4, Reached(story.Hours(20).Sweep()).Count());
        Assert.Empty(story.TimerKeys);
        var last = story.Events.Select(one => one.Event).OfType<SlaEscalated>().Last();
        Assert.Equal(("150%", Story.Monday9 + Duration.FromHours(12)), (last.Level, last.DueAt));
        Assert.Equal(story.Clocks, story.Refold());
    }

    [Fact]
    public void A_level_at_the_place_of_a_reminder_is_recorded_beside_it()
    {
        var goal = Goal(8, "all", "", "75%") with { Escalations = SlaFoldProperties.Levels("75%") };
        var story = Told(Resolution(goal)).Open().Hours(6).Sweep();

        Assert.Contains(story.Events, one => one.Event is SlaThresholdReached { Threshold: "75%" });
        Assert.Equal(["level:75%"], Reached(story));
    }

    [Fact]
    public void A_paused_clock_escalates_no_further_also_after_its_breach()
    {
        var story = Told(Escalated("75%", "+PT1H")).Open().Hours(8.5).Sweep().Move("waiting-for-customer");

        Assert.Equal(["level:75%"], Reached(story.Hours(48).Sweep()));
        Assert.Empty(story.TimerKeys);
        Assert.Equal(["level:75%"], Reached(story.Move("in-progress").Hours(0.25).Sweep()));
        Assert.Equal(["level:75%", "level:+PT1H"], Reached(story.Hours(0.25).Sweep()));
        Assert.Equal(story.Clocks, story.Refold());
    }

    [Fact]
    public void After_a_stop_nothing_escalates_and_a_new_cycle_begins_anew()
    {
        var story = Told(Escalated("50%", "150%")).Open().Hours(5).Sweep().Move("resolved").Hours(48).Sweep();
        Assert.Equal(["level:50%"], Reached(story));

        story.Move("in-progress").Hours(13).Sweep();

        Assert.Equal(["level:50%", "level:50%", "level:150%"], Reached(story));
        Assert.Equal(2, story.Last.Cycle);
    }

    [Fact]
    public void Of_a_goal_whose_target_has_passed_the_levels_before_it_are_left_out_and_those_passed_come_at_once()
    {
        var strict = Goal(2, "all", "priority = high") with
        {
            Escalations = SlaFoldProperties.Levels("50%", "100%", "200%", "+PT4H"),
        };
        var story = Told(Resolution(strict, Goal(8))).Open().Hours(5).Raise(Priority.High).Sweep();

        Assert.Equal(["level:100%", "level:200%"], Reached(story));
        Assert.Equal(["level:100%", "level:200%", "level:+PT4H"], Reached(story.Hours(1).Sweep()));
        Assert.Equal(story.Clocks, story.Refold());
    }

    [Fact]
    public void A_level_tells_the_version_of_the_policy_and_the_goal_that_promised_it()
    {
        var goals = new[] { Goal(4, query: "priority = high"), Goal(8) };
        var escalated = goals.Select(goal => goal with { Escalations = SlaFoldProperties.Levels("50%") }).ToArray();
        var story = Told(Resolution(escalated)).Open().Hours(4).Sweep().Raise(Priority.High);

        var reached = Assert.Single(story.Events.Select(one => one.Event).OfType<SlaEscalated>());

        Assert.Equal((1, 1), (reached.PolicyVersion, reached.Goal));
        Assert.Equal(0, story.Clock.Goal);
    }

    [Fact]
    public void Working_hours_count_for_levels_too()
    {
        var goal = Goal(8, "office") with { Escalations = SlaFoldProperties.Levels("+PT2H") };
        var story = Told(Resolution(goal)).Open().Hours(20).Sweep();
        // Nine hours are worked on Monday: one after the target. The second comes on Tuesday morning.
        Assert.Empty(Reached(story));

        Assert.Equal(["level:+PT2H"], Reached(story.Hours(5).Sweep()));
    }

    [Fact]
    public void What_a_level_says_is_checked()
    {
        var goal = Goal(8) with
        {
            Escalations =
            [
                new SlaEscalation { At = "later", Do = [new RuleAction { Do = "notify", People = ["lead"] }] },
                new SlaEscalation { At = "100%", Do = [new RuleAction { Do = "transition", To = "new" }] },
                new SlaEscalation
                {
                    At = "100%",
                    Do =
                    [
                        new RuleAction
                        {
                            Do = "comment",
                            Visibility = Visibility.Public,
                            Text = LocalizedText.Of("Late"),
                        },
                        new RuleAction { Do = "rule", Rule = "nowhere" },
                        new RuleAction { Do = "watch" },
                    ],
                },
            ],
        };
        var policy = Policy(Resolution(goal));

        var problems = new EscalationCheck(new RuleCheck(RuleVocabulary.Own, _ => null))
            .Check(policy, Configured(policy))
            .Select(problem => $"{problem.Path} {problem.Code}")
            .ToList();

        const string path = "/metrics/0/goals/0/escalations";
        Assert.Contains($"{path}/0/at sla.policy-escalation-at", problems);
        Assert.Contains($"{path}/1/do/0/do sla.policy-escalation-action", problems);
        Assert.Contains($"{path}/2/at configuration.twice", problems);
        Assert.Contains($"{path}/2/do/0/visibility sla.policy-escalation-internal", problems);
        Assert.Contains($"{path}/2/do/1/rule configuration.no-such-rule", problems);
        Assert.Contains($"{path}/2/do/2/people configuration.schema-missing", problems);
        Assert.DoesNotContain(problems, problem => problem.StartsWith($"{path}/0/do", StringComparison.Ordinal));
    }

    private static SlaMetric Escalated(params ReadOnlySpan<string> at) =>
        Resolution(Goal(8) with { Escalations = SlaFoldProperties.Levels(at) });

    private static IEnumerable<string> Reached(Story story) =>
        story.Events.Select(one => one.Event).OfType<SlaEscalated>().Select(one => $"level:{one.Level}");
}
