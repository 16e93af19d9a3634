using ServiceDesk.Core.Query;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Every query in a document can be read.</summary>
public sealed class QueryChecks(QueryLanguage language) : IDocumentCheck
{
    /// <inheritdoc/>
    public IEnumerable<DocumentProblem> Check(ConfigurationDocument document, IConfiguration configuration) =>
        document switch
        {
            QueueDocument queue => Problem("/query", language.CheckQuery(queue.Query, configuration)),
            WorkflowDocument workflow => Conditions(
                workflow.Transitions.Index().SelectMany(e => Queries(e.Item, $"/transitions/{e.Index}")),
                configuration
            ),
            ReportDocument report => Problem("/query", language.CheckQuery(report.Query, configuration)),
            AssignmentDocument assignment => Conditions([("/query", assignment.Query)], configuration),
            RuleDocument rule => Conditions([("/if", rule.Condition), .. Targets(rule)], configuration),
            SlaPolicyDocument policy => Conditions(Queries(policy), configuration)
                .Concat(NeverComing(policy, configuration)),
            _ => [],
        };

    private static IEnumerable<(string Path, string? Query)> Queries(WorkflowTransition way, string path) =>
        way
            .LinkedDone.Index()
            .Select(entry => ($"{path}/linkedDone/{entry.Index}/if", (string?)entry.Item.Condition))
            .Concat(way.Then.Index().Select(e => ($"{path}/then/{e.Index}/for/if", e.Item.For?.Condition)))
            .Prepend(($"{path}/condition", way.Condition));

    private static IEnumerable<(string Path, string? Query)> Targets(RuleDocument rule) =>
        rule
            .Then.Index()
            .Select(entry => ($"/then/{entry.Index}/for/if", entry.Item.For?.Condition))
            .Concat(rule.Else.Index().Select(entry => ($"/else/{entry.Index}/for/if", entry.Item.For?.Condition)));

    private IEnumerable<DocumentProblem> Conditions(
        IEnumerable<(string Path, string? Query)> queries,
        IConfiguration configuration
    ) =>
        queries.SelectMany(entry =>
            string.IsNullOrEmpty(entry.Query)
                ? []
                : Problem(entry.Path, language.CheckCondition(entry.Query, configuration))
        );

    private static IEnumerable<(string Path, string? Query)> Queries(SlaPolicyDocument policy)
    {
        yield return ("/query", policy.Query);
        foreach (var (index, metric) in policy.Metrics.Index())
        {
            foreach (var (place, goal) in metric.Goals.Index())
            {
                yield return ($"/metrics/{index}/goals/{place}/query", goal.Query);
            }

            foreach (var (name, list) in SlaPolicyCheck.Conditions(metric))
            {
                foreach (var (place, condition) in list.Index())
                {
                    yield return ($"/metrics/{index}/{name}/{place}/query", condition.Query);
                }
            }
        }
    }

    // All lists but that of pauses wait for a condition to become true, which is looked at when something happens to the ticket.
    private IEnumerable<DocumentProblem> NeverComing(SlaPolicyDocument policy, IConfiguration configuration) =>
        policy
            .Metrics.Index()
            .SelectMany(entry =>
                SlaPolicyCheck
                    .Conditions(entry.Item)
                    .Where(list => list.Name != "pause")
                    .SelectMany(list =>
                        list.Conditions.Index()
                            .Where(one =>
                                one.Item is { On: null, Status: null, Category: null, Query: { Length: > 0 } query }
                                && language.IsPastEvents(query, configuration)
                            )
                            .Select(one =>
                                DocumentProblem.At(
                                    $"/metrics/{entry.Index}/{list.Name}/{one.Index}/query",
                                    "sla.policy-query-never-comes"
                                )
                            )
                    )
            );

    private static IEnumerable<DocumentProblem> Problem(string path, QueryError? error) =>
        error is null ? [] : [new DocumentProblem(path, error.Code, error.Arguments)];
}
