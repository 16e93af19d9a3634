using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Desks and the field of skills exist, and the method skills has some to look at.</summary>
internal sealed class AssignmentCheck : DocumentCheck<AssignmentDocument>
{
    protected override IEnumerable<DocumentProblem> Check(AssignmentDocument document, IConfiguration configuration)
    {
        foreach (
            var problem in References
                .Missing<DeskDocument>(document.Desks, "/desks", configuration)
                .Concat(References.Twice(document.Desks, "/desks"))
        )
        {
            yield return problem;
        }

        if (document.SkillField is { } field && !configuration.TryGet<FieldDocument>(field, out _))
        {
            yield return DocumentProblem.At("/skillField", "configuration.no-such-field", field);
        }

        if (document is { Method: AssignmentMethod.Skills, SkillField: null, Skills.Count: 0 })
        {
            yield return DocumentProblem.At("/skills", "configuration.assignment-needs-skills");
        }
    }
}

/// <summary>A parent reads another word than its child.</summary>
internal sealed class LinkTypeCheck : DocumentCheck<LinkTypeDocument>
{
    protected override IEnumerable<DocumentProblem> Check(LinkTypeDocument document, IConfiguration configuration) =>
        document is { Hierarchical: true, Inward: null }
            ? [DocumentProblem.At("/inward", "configuration.hierarchy-needs-inward")]
            : [];
}

/// <summary>The desk exists; columns stand once and name a metric or a field where they say so; groups and lines are among those that there are.</summary>
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
            )
            .Concat(
                document
                    .Columns.Index()
                    .Select(column => (column.Index, Field: ListChoices.FieldOf(column.Item)))
                    .Where(column =>
                        column.Field is not null && !configuration.TryGet<FieldDocument>(column.Field, out _)
                    )
                    .Select(column =>
                        DocumentProblem.At($"/columns/{column.Index}", "configuration.no-such-field", column.Field!)
                    )
            )
            .Concat(Shape(document, configuration));
    }

    private static IEnumerable<DocumentProblem> Shape(QueueDocument document, IConfiguration configuration)
    {
        if (document.Group is { } group && !ListChoices.IsGroup(group, configuration))
        {
            yield return ListChoices.FieldOf(group) is { } field && !configuration.TryGet<FieldDocument>(field, out _)
                ? DocumentProblem.At("/group", "configuration.no-such-field", field)
                : DocumentProblem.At("/group", "configuration.no-such-group", group);
        }

        if (document.Rows is { } rows && !ListChoices.Rows.Contains(rows))
        {
            yield return DocumentProblem.At("/rows", "configuration.no-such-rows", $"{rows}");
        }
    }
}
