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
                    .SelectMany(entry =>
                        Goals(entry.Item, $"/metrics/{entry.Index}", configuration)
                            .Concat(Conditions(entry.Item, $"/metrics/{entry.Index}", statuses))
                    )
            );
    }

    private static IEnumerable<DocumentProblem> Goals(SlaMetric metric, string path, IConfiguration configuration) =>
        metric
            .Goals.Index()
            .SelectMany(goal =>
                References.Missing<CalendarDocument>(
                    goal.Item.Calendar,
                    $"{path}/goals/{goal.Index}/calendar",
                    configuration
                )
            );

    private static IEnumerable<DocumentProblem> Conditions(SlaMetric metric, string path, HashSet<string> statuses) =>
        new[] { ("start", metric.Start), ("pause", metric.Pause), ("stop", metric.Stop) }.SelectMany(list =>
            list.Item2.Index()
                .Where(condition => condition.Item.Status is { } status && !statuses.Contains(status))
                .Select(condition =>
                    DocumentProblem.At(
                        $"{path}/{list.Item1}/{condition.Index}/status",
                        "configuration.no-such-status",
                        condition.Item.Status!
                    )
                )
        );
}

/// <summary>A parent reads another word than its child.</summary>
internal sealed class LinkTypeCheck : DocumentCheck<LinkTypeDocument>
{
    protected override IEnumerable<DocumentProblem> Check(LinkTypeDocument document, IConfiguration configuration) =>
        document is { Hierarchical: true, Inward: null }
            ? [DocumentProblem.At("/inward", "configuration.hierarchy-needs-inward")]
            : [];
}

/// <summary>The desk exists; columns stand once and name a metric where they say so.</summary>
internal sealed class QueueCheck : DocumentCheck<QueueDocument>
{
    private const string MetricPrefix = "sla:";

    protected override IEnumerable<DocumentProblem> Check(QueueDocument document, IConfiguration configuration)
    {
        var metrics = configuration.All<SlaPolicyDocument>().SelectMany(policy => policy.Metrics).Select(m => m.Id);
        var named = document
            .Columns.Index()
            .Where(column => column.Item.StartsWith(MetricPrefix, StringComparison.Ordinal))
            .Select(column => (column.Index, Metric: column.Item[MetricPrefix.Length..]));
        return References
            .Missing<DeskDocument>(document.Desk, "/desk", configuration)
            .Concat(References.Twice(document.Columns, "/columns"))
            .Concat(
                named
                    .ExceptBy(metrics, column => column.Metric, StringComparer.Ordinal)
                    .Select(column =>
                        DocumentProblem.At($"/columns/{column.Index}", "configuration.no-such-metric", column.Metric)
                    )
            );
    }
}
