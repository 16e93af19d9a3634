using ServiceDesk.Reports.Facts;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Reports.Figures;

/// <summary>Whose promises a report counts: its metric's, or all that customers were given. What teams promise each other counts only where it is asked for.</summary>
internal sealed class PromisedMetrics
{
    private readonly string? only;
    private readonly string[] without;

    private PromisedMetrics(string? only, string[] without) => (this.only, this.without) = (only, without);

    public static PromisedMetrics Of(ReportDocument report, IConfiguration configuration)
    {
        var byType = configuration
            .All<SlaPolicyDocument>()
            .ToLookup(policy => policy.Type, policy => policy.Metrics.Select(metric => metric.Id));
        var internals = byType[AgreementType.Ola].SelectMany(ids => ids);
        return new PromisedMetrics(
            report.Metric,
            [.. internals.Except(byType[AgreementType.Sla].SelectMany(ids => ids), StringComparer.Ordinal)]
        );
    }

    public IQueryable<FactRow> Of(IQueryable<FactRow> facts) =>
        only is not null ? facts.Where(fact => fact.Metric == only)
        : without.Length == 0 ? facts
        : facts.Where(fact => !without.Contains(fact.Metric));
}
