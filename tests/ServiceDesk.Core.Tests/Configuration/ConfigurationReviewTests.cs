using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

public class ConfigurationReviewTests
{
    private readonly ConfigurationReview review = new([]);

    [Fact]
    public void A_configuration_in_which_everything_fits_has_no_problem() => Assert.Empty(review.Problems(Shown.Whole));

    public static TheoryData<string, ConfigurationDocument> Wrong =>
        new()
        {
            { "field /choices configuration.field-needs-choices", Shown.Field with { Choices = [] } },
            { "field /choices configuration.field-takes-no-choices", Shown.Field with { Kind = FieldKind.Text } },
            { "field /choices/0/under configuration.choice-not-before", Nested(("a", "b"), ("b", null)) },
            { "field /choices/0/under configuration.choice-not-before", Nested(("a", "a")) },
            {
                "field /choices/5/under configuration.choice-too-deep",
                Nested(("a", null), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e"))
            },
            { "field /lockedIn/0 configuration.no-such-status", Shown.Field with { LockedIn = ["gone"] } },
            { "field /editableBy/0 configuration.no-such-role", Shown.Field with { EditableBy = ["boss"] } },
            {
                "field /access/0/roles/0 configuration.no-such-role",
                Shown.Field with
                {
                    Access = [new FieldAccessRule { Roles = ["boss"], Access = FieldAccess.See }],
                }
            },
            {
                "field /access/0/statuses/0 configuration.no-such-status",
                Shown.Field with
                {
                    Access = [new FieldAccessRule { Statuses = ["asleep"], Access = FieldAccess.Hidden }],
                }
            },
            { "field /id configuration.field-own-name", Shown.Field with { Id = "priority" } },
            { "field /requiredIn/0 configuration.no-such-status", Shown.Field with { RequiredIn = ["gone"] } },
            { "field /default configuration.preset-wrong", Shown.Field with { Default = "none" } },
            {
                "field /limits/min configuration.limit-of-numbers",
                Shown.Field with
                {
                    Limits = new FieldLimits { Min = 1 },
                }
            },
            {
                "field /limits/max configuration.limits-crossed",
                Limited(FieldKind.Number, new FieldLimits { Min = 2, Max = 1 })
            },
            {
                "field /limits/minLength configuration.limit-of-texts",
                Limited(FieldKind.Number, new FieldLimits { MinLength = 2 })
            },
            {
                "field /limits/pattern configuration.pattern-wrong",
                Limited(FieldKind.Text, new FieldLimits { Pattern = @"(a)\1" })
            },
            {
                "request-type /form/0/section configuration.no-such-section",
                Asked(new FormField("impact") { Section = "gone" })
            },
            {
                "request-type /form/0/default configuration.preset-wrong",
                Asked(new FormField("impact") { Default = "none" })
            },
            {
                "request-type /form/0/when/0/field configuration.condition-not-before",
                Asked(
                    new FormField("attachments") { When = [new FormCondition { Field = "impact" }] },
                    new FormField("impact")
                )
            },
            {
                "request-type /form/1/when/0/is/0 configuration.condition-answer",
                Asked(
                    new FormField("impact"),
                    new FormField("attachments") { When = [new FormCondition { Field = "impact", Is = ["none"] }] }
                )
            },
            {
                "request-type /form/1/when configuration.form-summary-always",
                Asked(
                    new FormField("impact"),
                    new FormField("summary") { When = [new FormCondition { Field = "impact" }] }
                )
            },
            {
                "request-type /sections/0/when/0/field configuration.condition-not-before",
                Asked(new FormField("impact") { Section = "more" }) with
                {
                    Sections =
                    [
                        new FormSection("more", LocalizedText.Of("More"))
                        {
                            When = [new FormCondition { Field = "impact" }],
                        },
                    ],
                }
            },
            {
                "request-type /agentFields/0 configuration.form-agent-field",
                Shown.RequestType with
                {
                    AgentFields = ["gone"],
                }
            },
            {
                "request-type /form/0/required configuration.form-anonymous-required",
                Asked(new FormField("attachments", Required: true)) with
                {
                    Anonymous = true,
                }
            },
            { "ticket-type /workflow configuration.no-such-workflow", Shown.Type with { Workflow = "x" } },
            { "ticket-type /fields/1 configuration.no-such-field", Shown.Type with { Fields = ["impact", "x"] } },
            { "ticket-type /fields/1 configuration.twice", Shown.Type with { Fields = ["impact", "impact"] } },
            { "desk /types/0 configuration.no-such-ticket-type", Shown.Desk with { Types = ["x", "incident"] } },
            { "request-type /desk configuration.no-such-desk", Shown.RequestType with { Desk = "XX" } },
            { "request-type /type configuration.no-such-ticket-type", Shown.RequestType with { Type = "x" } },
            {
                "request-type /form/0/field configuration.type-without-field",
                Shown.RequestType with
                {
                    Form = [new FormField("x")],
                }
            },
            {
                "request-type /presets/impact configuration.preset-wrong",
                Shown.RequestType with
                {
                    Presets = ValueMap<string>.Empty.SetItem("impact", "huge"),
                }
            },
            { "queue /desk configuration.no-such-desk", Shown.Queue with { Desk = "XX" } },
            { "queue /columns/0 configuration.no-such-metric", Shown.Queue with { Columns = ["sla:x"] } },
            {
                "sla-policy /metrics/0/goals/0/calendar configuration.no-such-calendar",
                Shown.Policy with
                {
                    Metrics =
                    [
                        Shown.Policy.Metrics[0] with
                        {
                            Goals = [Shown.Policy.Metrics[0].Goals[0] with { Calendar = "x" }],
                        },
                    ],
                }
            },
            {
                "sla-policy /metrics/0/stop/0/status configuration.no-such-status",
                Shown.Policy with
                {
                    Metrics = [Shown.Policy.Metrics[0] with { Stop = [new SlaCondition { Status = "x" }] }],
                }
            },
            {
                "workflow /transitions/0/screen/0 workflow.field-unknown",
                Shown.Workflow with
                {
                    Transitions = [Shown.Workflow.Transitions[0] with { Screen = ["x"] }],
                }
            },
            {
                "role /permissions configuration.administrator-needs-permission",
                Shown.Role("administrator", "people.write")
            },
        };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_document_that_does_not_fit_the_others_is_refused(string expected, ConfigurationDocument document)
    {
        var problems = review.Problems(Shown.Whole, Shown.Whole.With(document));

        Assert.Contains(expected, problems.Select(found => $"{found.Kind} {found.Problem.Path} {found.Problem.Code}"));
    }

    [Fact]
    public void Removing_what_others_need_is_refused_where_they_name_it()
    {
        var problems = review.Problems(Shown.Whole, Shown.Whole.Without<CalendarDocument>("seoul"));

        Assert.Equal(
            ["/metrics/0/goals/0/calendar", "/metrics/0/goals/1/calendar"],
            problems.Select(found => found.Problem.Path)
        );
        Assert.All(problems, found => Assert.Equal("standard", found.Id));
    }

    [Fact]
    public void The_roles_of_the_product_cannot_be_removed() =>
        Assert.Contains(
            review.Problems(Shown.Whole, Shown.Whole.Without<RoleDocument>("customer")),
            found => found.Problem.Code == "configuration.role-needed"
        );

    [Fact]
    public void What_names_a_document_is_what_would_not_fit_without_it()
    {
        var whole = Shown.Whole.With(Shown.Role("boss")).With(Shown.Field with { EditableBy = ["boss"] });

        Assert.Equal(["impact"], review.Naming<RoleDocument>("boss", whole).Select(document => document.Id));
        Assert.Equal(["standard"], review.Naming<CalendarDocument>("seoul", whole).Select(document => document.Id));
        Assert.Empty(review.Naming<RoleDocument>("customer", whole));
    }

    [Fact]
    public void A_problem_that_stood_before_elsewhere_does_not_stop_a_change()
    {
        var flawed = Shown.Whole.With(Shown.Queue with { Columns = ["sla:gone"] });

        Assert.Empty(review.Problems(flawed, flawed.With(Shown.Role("guest"))));
        Assert.NotEmpty(review.Problems(flawed, flawed.With(Shown.Queue with { Columns = ["sla:gone", "key"] })));
    }

    [Fact]
    public void A_check_of_another_part_takes_part()
    {
        var strict = new ConfigurationReview([new NoLongQueues()]);

        Assert.Contains(
            strict.Problems(Shown.Whole, Shown.Whole.With(Shown.Queue with { Query = new string('x', 50) })),
            found => found.Problem == DocumentProblem.At("/query", "configuration.test", "50")
        );
    }

    private static FieldDocument Limited(FieldKind kind, FieldLimits limits) =>
        Shown.Field with
        {
            Kind = kind,
            Choices = [],
            Limits = limits,
        };

    private static FieldDocument Nested(params (string Id, string? Under)[] choices) =>
        Shown.Field with
        {
            Choices = choices
                .Select(one => new FieldChoice(one.Id, LocalizedText.Of(one.Id)) { Under = one.Under })
                .Concat(Shown.Field.Choices)
                .ToValueList(),
        };

    private static RequestTypeDocument Asked(params FormField[] form) =>
        Shown.RequestType with
        {
            Form = form.ToValueList(),
            Presets = ValueMap<string>.Empty,
        };

    private sealed class NoLongQueues : DocumentCheck<QueueDocument>
    {
        protected override IEnumerable<DocumentProblem> Check(QueueDocument document, IConfiguration configuration) =>
            document.Query.Length < 50
                ? []
                : [DocumentProblem.At("/query", "configuration.test", $"{document.Query.Length}")];
    }
}
