using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using static ServiceDesk.Core.Tests.Sla.SlaSamples;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class SlaPolicyCheckTests
{
    [Fact]
    public void A_whole_policy_is_right() =>
        Assert.Empty(Problems(Resolution(Goal(4, "all", "priority = high", "75%"), Goal(8, "office", "", "PT30M"))));

    [Fact]
    public void A_metric_that_cannot_start_stop_or_be_reached_is_named()
    {
        AssertProblem(Resolution() with { Start = [] }, "/metrics/0/start", "sla.policy-start-missing", Metric);
        AssertProblem(Resolution() with { Stop = [] }, "/metrics/0/stop", "sla.policy-stop-missing", Metric);
        AssertProblem(Resolution() with { Goals = [] }, "/metrics/0/goals", "sla.policy-goal-missing", Metric);
    }

    [Fact]
    public void A_happening_lasts_no_time_and_cannot_pause() =>
        AssertProblem(
            Resolution() with
            {
                Pause = [Entering("waiting-for-customer"), On("assigned")],
            },
            "/metrics/0/pause/1/on",
            "sla.policy-pause-happening",
            "assigned"
        );

    [Fact]
    public void A_target_is_more_than_nothing_and_at_most_ten_years()
    {
        AssertProblem(Resolution(Goal(0)), "/metrics/0/goals/0/target", "sla.policy-target", "PT0S");
        AssertProblem(Resolution(Goal(-1)), "/metrics/0/goals/0/target", "sla.policy-target", "-PT1H");
        AssertProblem(
            Resolution(Goal(8), Goal(24 * 3651)),
            "/metrics/0/goals/1/target",
            "sla.policy-target",
            "PT87624H"
        );
    }

    [Fact]
    public void A_reminder_outside_the_target_is_named() =>
        AssertProblem(
            Resolution(Goal(8, "all", "", "75%", "PT9H")),
            "/metrics/0/goals/0/reminders/1",
            "sla.policy-reminder",
            "PT9H"
        );

    private static IEnumerable<DocumentProblem> Problems(SlaMetric metric) =>
        new SlaPolicyCheck().Check(Policy(metric), ConfigurationSnapshot.Empty);

    private static void AssertProblem(SlaMetric metric, string path, string code, string argument)
    {
        var problem = Assert.Single(Problems(metric));
        Assert.Equal((path, code, argument), (problem.Path, problem.Code, Assert.Single(problem.Arguments)));
    }
}
