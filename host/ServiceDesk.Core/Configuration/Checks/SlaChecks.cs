using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Calendars and statuses exist; metrics stand once.</summary>
internal sealed class SlaReferenceCheck : DocumentCheck<SlaPolicyDocument>
{
    protected override IEnumerable<DocumentProblem> Check(SlaPolicyDocument document, IConfiguration configuration)
    {
        var statuses = References.Statuses(configuration).ToHashSet(StringComparer.Ordinal);
        return References
            .Twice(document.Metrics.Select(metric => metric.Id), "/metrics", "/id")
            .Concat(
                document
                    .Metrics.Index()
                    .SelectMany(entry => Metric(entry.Item, $"/metrics/{entry.Index}", statuses, configuration))
            );
    }

    private static IEnumerable<DocumentProblem> Metric(
        SlaMetric metric,
        string path,
        HashSet<string> statuses,
        IConfiguration configuration
    ) =>
        metric
            .Goals.Index()
            .SelectMany(goal =>
                References.Missing<CalendarDocument>(
                    goal.Item.Calendar,
                    $"{path}/goals/{goal.Index}/calendar",
                    configuration
                )
            )
            .Concat(
                SlaPolicyCheck
                    .Conditions(metric)
                    .SelectMany(list =>
                        list.Conditions.Index()
                            .SelectMany(entry =>
                                Condition(entry.Item, $"{path}/{list.Name}/{entry.Index}", statuses, configuration)
                            )
                    )
            );

    // A team may be made later, as an import does; its name is not checked.
    private static IEnumerable<DocumentProblem> Condition(
        SlaCondition condition,
        string path,
        HashSet<string> statuses,
        IConfiguration configuration
    )
    {
        if (condition.Status is { } status && !statuses.Contains(status))
        {
            yield return DocumentProblem.At($"{path}/status", "configuration.no-such-status", status);
        }

        var named = (condition.Of, SlaHappenings.Takes(condition.On ?? string.Empty)) switch
        {
            ({ } field, HappeningOf.Field) => References.Missing<FieldDocument>(field, $"{path}/of", configuration),
            ({ } policy, HappeningOf.Approval) => References.Missing<ApprovalDocument>(
                policy,
                $"{path}/of",
                configuration
            ),
            _ => [],
        };
        foreach (var problem in named)
        {
            yield return problem;
        }
    }
}
