using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;
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

    [Fact]
    public void A_condition_says_one_thing_that_can_happen()
    {
        AssertProblem(
            Resolution() with
            {
                Stop = [On("resolved") with { Status = "closed" }],
            },
            "/metrics/0/stop/0",
            "sla.policy-condition-unclear"
        );
        AssertProblem(Resolution() with { Cancel = [new()] }, "/metrics/0/cancel/0", "sla.policy-condition-unclear");
        AssertProblem(
            Resolution() with
            {
                Reset = [On("exploded")],
            },
            "/metrics/0/reset/0/on",
            "sla.policy-happening-unknown",
            "exploded"
        );
        AssertProblem(
            Resolution() with
            {
                Start = [On("opened") with { Of = "cost" }],
            },
            "/metrics/0/start/0/of",
            "sla.policy-of-nothing",
            "cost"
        );
        AssertProblem(
            Resolution() with
            {
                Stop = [On("resolved") with { First = true }],
            },
            "/metrics/0/stop/0/first",
            "sla.policy-first-start-only"
        );
        Assert.Empty(Problems(Resolution() with { Stop = [On("links.linked-changed")] }));
    }

    [Fact]
    public void An_internal_target_is_stricter_than_the_promised_one() =>
        AssertProblem(
            Resolution(Goal(8) with { InternalTarget = NodaTime.Duration.FromHours(8) }),
            "/metrics/0/goals/0/internalTarget",
            "sla.policy-internal-target",
            "PT8H"
        );

    [Fact]
    public void Only_a_metric_between_teams_stands_inside_a_promise_that_there_is()
    {
        var inside = Measuring(On("team-assigned"), On("team-left")) with { Within = Metric };
        var teams = Policy(inside) with { Id = "teams", Type = AgreementType.Ola };
        var check = new SlaPolicyCheck();

        Assert.Empty(check.Check((ConfigurationDocument)teams, Configured(Policy(Resolution()), teams)));
        Assert.Equal(
            "configuration.no-such-metric",
            Assert.Single(check.Check((ConfigurationDocument)teams, Configured(teams))).Code
        );
        AssertProblem(inside, "/metrics/0/within", "sla.policy-within-ola-only", Metric);
    }

    [Fact]
    public void A_plugins_trigger_takes_the_parameters_that_it_has()
    {
        var linked = new SlaCondition { On = "links.linked-changed", With = ValueMap<string>.Empty.SetItem("to", "x") };
        AssertProblem(
            Resolution() with
            {
                Stop = [linked],
            },
            "/metrics/0/stop/0/with/to",
            "configuration.rule-parameter-unknown",
            "to"
        );
    }

    private static readonly RuleVocabulary Vocabulary = new(
        [new RuleTriggerDefinition("links.linked-changed", "key", [], (_, _) => true)],
        []
    );

    private static IEnumerable<DocumentProblem> Problems(SlaMetric metric) =>
        new SlaPolicyCheck(Vocabulary).Check(Policy(metric), ConfigurationSnapshot.Empty);

    private static void AssertProblem(SlaMetric metric, string path, string code, params string[] arguments)
    {
        var problem = Assert.Single(Problems(metric));
        Assert.Equal((path, code), (problem.Path, problem.Code));
        Assert.Equal(arguments, problem.Arguments);
    }
}
