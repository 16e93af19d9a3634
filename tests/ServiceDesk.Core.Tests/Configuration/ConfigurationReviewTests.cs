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
            { "field /lockedIn/0 configuration.no-such-status", Shown.Field with { LockedIn = ["gone"] } },
            { "field /editableBy/0 configuration.no-such-role", Shown.Field with { EditableBy = ["boss"] } },
            { "field /id configuration.field-own-name", Shown.Field with { Id = "priority" } },
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

    private sealed class NoLongQueues : DocumentCheck<QueueDocument>
    {
        protected override IEnumerable<DocumentProblem> Check(QueueDocument document, IConfiguration configuration) =>
            document.Query.Length < 50
                ? []
                : [DocumentProblem.At("/query", "configuration.test", $"{document.Query.Length}")];
    }
}
