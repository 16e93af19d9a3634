using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Checks;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
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

    [Theory]
    [InlineData("sla(\"time-to-resolution\") = breached")]
    [InlineData("NOT sla(\"time-to-resolution\") IS EMPTY")]
    [InlineData("sla(\"time-to-resolution\") < 1h AND priority = high")]
    [InlineData("due < now()")]
    [InlineData("remaining < 30m")]
    [InlineData("created < -2d")]
    [InlineData("NOT (created > startOfDay() OR updated > -1h)")]
    public void A_query_that_no_event_makes_true_is_refused_where_it_stands_alone_and_waits(string query)
    {
        var metrics = new[]
        {
            Resolution() with
            {
                Start = [When(query)],
            },
            Resolution() with
            {
                Stop = [On("resolved"), When(query)],
            },
            Resolution() with
            {
                Reset = [When(query)],
            },
            Resolution() with
            {
                Cancel = [When(query)],
            },
        };
        string[] places = ["start/0", "stop/1", "reset/0", "cancel/0"];
        foreach (var (metric, place) in metrics.Zip(places))
        {
            var problem = Assert.Single(QueryProblems(metric));
            Assert.Equal(($"/metrics/0/{place}/query", "sla.policy-query-never-comes"), (problem.Path, problem.Code));
        }

        // With an event, on the way into a status, and while something is so, it can be asked.
        Assert.Empty(QueryProblems(Resolution() with { Stop = [On("agent-comment") with { Query = query }] }));
        Assert.Empty(QueryProblems(Resolution() with { Cancel = [In(StatusCategory.Done) with { Query = query }] }));
        Assert.Empty(QueryProblems(Resolution() with { Pause = [When(query)] }));
    }

    [Theory]
    [InlineData("priority = high")]
    [InlineData("priority = high AND created > -2d")]
    [InlineData("assignee IS NOT EMPTY")]
    [InlineData("resolved IS NOT EMPTY")]
    public void A_query_that_the_ticket_can_make_true_may_wait_alone(string query) =>
        Assert.Empty(QueryProblems(Resolution() with { Stop = [When(query)], Cancel = [When(query)] }));

    private static IEnumerable<DocumentProblem> QueryProblems(SlaMetric metric)
    {
        var policy = Policy(metric);
        var checks = new QueryChecks(new QueryLanguage(TicketExtensions.None, NoNames.Instance));
        return checks.Check(policy, Configured(policy));
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
