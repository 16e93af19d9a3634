using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Automation;

public sealed class RuleCheckTests
{
    public static TheoryData<RuleTrigger, string, string> Triggers =>
        new()
        {
            {
                new() { On = "whenever" },
                "/when/0/on",
                "configuration.rule-trigger-unknown"
            },
            {
                new() { On = "schedule", Cron = "hourly" },
                "/when/0/cron",
                "configuration.rule-cron-wrong"
            },
            {
                new() { On = "schedule" },
                "/when/0/cron",
                "configuration.rule-cron-wrong"
            },
            {
                new()
                {
                    On = "schedule",
                    Cron = "0 9 * * *",
                    Zone = "Mars/Olympus",
                },
                "/when/0/zone",
                "configuration.rule-zone-unknown"
            },
            {
                new() { On = "manual", After = Duration.FromHours(1) },
                "/when/0/after",
                "configuration.rule-after-event-only"
            },
            {
                new()
                {
                    On = "commented",
                    By = RuleAuthor.Agent,
                    Unanswered = true,
                },
                "/when/0/unanswered",
                "configuration.rule-unanswered"
            },
            {
                new()
                {
                    On = "commented",
                    By = RuleAuthor.Agent,
                    Visibility = Visibility.Internal,
                    After = Duration.FromHours(1),
                    Unanswered = true,
                },
                "/when/0/unanswered",
                "configuration.rule-unanswered"
            },
            {
                new() { On = "transition", To = "nowhere" },
                "/when/0/to",
                "configuration.no-such-status"
            },
            {
                new() { On = "changed", Fields = ["nowhere"] },
                "/when/0/fields/0",
                "configuration.no-such-field"
            },
            {
                new() { On = "sla-breached", Metric = "nowhere" },
                "/when/0/metric",
                "configuration.no-such-metric"
            },
            {
                new() { On = "approval-asked", Approval = "nowhere" },
                "/when/0/approval",
                "configuration.no-such-approval"
            },
            {
                new() { On = "sla-reminder", Threshold = "33%" },
                "/when/0/threshold",
                "configuration.rule-threshold-unknown"
            },
            {
                new() { On = "opened", With = ValueMap<string>.Empty.SetItem("a", "b") },
                "/when/0/with/a",
                "configuration.rule-parameter-unknown"
            },
        };

    public static TheoryData<RuleAction, string, string> Actions =>
        new()
        {
            {
                new() { Do = "approval" },
                "/then/0/approval",
                "configuration.schema-missing"
            },
            {
                new() { Do = "approval", Approval = "nowhere" },
                "/then/0/approval",
                "configuration.no-such-approval"
            },
            {
                new() { Do = "watch", People = ["requester", "role:nowhere"] },
                "/then/0/people/1",
                "configuration.no-such-role"
            },
            {
                new()
                {
                    Do = "priority",
                    Priority = Priority.Low,
                    For = new RuleTarget("x.y"),
                },
                "/then/0/for/relation",
                "configuration.rule-relation-unknown"
            },
            {
                new()
                {
                    Do = "create",
                    Type = "nothing",
                    Summary = "x",
                },
                "/then/0/type",
                "configuration.no-such-ticket-type"
            },
            {
                new()
                {
                    Do = "create",
                    Type = "incident",
                    Summary = "x",
                    Join = "x:in",
                },
                "/then/0/join",
                "configuration.rule-choice-unknown"
            },
            {
                new() { Do = "webhook", Url = "https://a.example.test/" },
                "/then/0/secret",
                "configuration.schema-missing"
            },
            {
                new()
                {
                    Do = "webhook",
                    Url = "ftp://a.example.test/",
                    Secret = "1234567890123456",
                },
                "/then/0/url",
                "configuration.rule-url-wrong"
            },
            {
                new()
                {
                    Do = "comment",
                    Text = LocalizedText.Of("Hello"),
                    Secret = "1234567890123456",
                },
                "/then/0/secret",
                "configuration.rule-secret-of-webhooks"
            },
            {
                new() { Do = "wish" },
                "/then/0/do",
                "configuration.rule-action-unknown"
            },
            {
                new() { Do = "comment" },
                "/then/0/text",
                "configuration.schema-missing"
            },
            {
                new() { Do = "assign" },
                "/then/0/assignee",
                "configuration.schema-missing"
            },
            {
                new() { Do = "transition", To = "nowhere" },
                "/then/0/to",
                "configuration.no-such-status"
            },
            {
                new()
                {
                    Do = "transition",
                    To = "closed",
                    Resolution = "wished",
                },
                "/then/0/resolution",
                "configuration.no-such-resolution"
            },
            {
                new() { Do = "comment", Text = LocalizedText.Of("{{ticket.secret}}") },
                "/then/0/text",
                "configuration.rule-place-unknown"
            },
            {
                new() { Do = "comment", Text = LocalizedText.Of("{{") },
                "/then/0/text",
                "configuration.rule-place-unknown"
            },
            {
                new()
                {
                    Do = "comment",
                    Visibility = Visibility.Public,
                    Text = LocalizedText.Of("fine", "{{ticket.fields.cost}}"),
                },
                "/then/0/text",
                "configuration.rule-place-internal"
            },
            {
                new() { Do = "edit", Fields = ValueMap<string>.Empty.SetItem("nowhere", "x") },
                "/then/0/fields/0",
                "configuration.no-such-field"
            },
        };

    [Theory]
    [MemberData(nameof(Triggers))]
    public void A_trigger_names_what_exists(RuleTrigger trigger, string path, string code) =>
        Assert.Contains(Check(Scene.Rule(trigger)), problem => problem.Path == path && problem.Code == code);

    [Theory]
    [MemberData(nameof(Actions))]
    public void An_action_names_what_exists_and_has_what_it_needs(RuleAction action, string path, string code) =>
        Assert.Contains(
            Check(Scene.Rule(new RuleTrigger { On = "opened" }) with { Then = [action] }),
            problem => problem.Path == path && problem.Code == code
        );

    [Fact]
    public void A_rule_by_the_clock_has_a_query()
    {
        var rule = Scene.Rule(
            new RuleTrigger
            {
                On = "schedule",
                Cron = "0 9 * * 1-5",
                Zone = "Asia/Seoul",
            }
        );

        Assert.Equal("configuration.rule-schedule-needs-query", Assert.Single(Check(rule)).Code);
        Assert.Empty(Check(rule with { Condition = "status = new" }));
    }

    [Fact]
    public void A_whole_rule_has_no_problem()
    {
        var rule = Scene.Rule(
            new RuleTrigger
            {
                On = "transition",
                To = "closed",
                After = Duration.FromHours(4),
            }
        ) with
        {
            Desks = ["ITSD"],
            Else =
            [
                new RuleAction { Do = "comment", Text = LocalizedText.Of("{{ ticket.fields.impact }} {{ticket.key}}") },
            ],
        };

        Assert.Empty(Check(rule));
    }

    private static IReadOnlyList<DocumentProblem> Check(RuleDocument rule) =>
        [
            .. ((IDocumentCheck)new RuleCheck(RuleVocabulary.Own, cron => cron == "hourly" ? cron : null)).Check(
                rule,
                QueryWorld.Configuration
            ),
        ];
}
