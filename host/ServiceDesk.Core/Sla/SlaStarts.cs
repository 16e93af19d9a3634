using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>A clock that an event starts.</summary>
internal sealed record SlaStart(DocumentVersion Policy, SlaMetric Metric, int Cycle, int Goal, SlaCondition Condition);

/// <summary>
/// Which clocks an event starts. The policy of a metric is chosen when a cycle starts, for nearly all metrics when the
/// ticket is opened: of the policies that have the metric, the first by order (then id) whose query matches the ticket.
/// </summary>
internal sealed class SlaStarts(SlaConditions conditions)
{
    public IEnumerable<SlaStart> Of(TicketChange change, IConfiguration configuration)
    {
        var isOfOpening = change.Recorded.At == change.After.CreatedAt && SlaPolicies.FactsChanged(change);
        var metrics = SlaPolicies
            .InOrder(configuration)
            .SelectMany(policy => policy.Metrics.Select(metric => (Policy: policy, Metric: metric)))
            .GroupBy(offer => offer.Metric.Id, StringComparer.Ordinal);
        foreach (var offers in metrics)
        {
            var asked = isOfOpening && IsMissed(offers.Key, change) ? change with { Before = null } : change;
            if (!IsLive(change.Clocks, offers.Key) && Choose(offers, asked) is { } chosen)
            {
                var cycle =
                    1 + change.Clocks.Where(clock => clock.Metric == offers.Key).Max(clock => (int?)clock.Cycle) ?? 1;
                var version = configuration.VersionOf<SlaPolicyDocument>(chosen.Policy.Id);
                yield return new SlaStart(
                    new DocumentVersion(chosen.Policy.Id, version),
                    chosen.Metric,
                    cycle,
                    chosen.Goal,
                    chosen.Condition
                );
            }
        }
    }

    // What a plugin knows of a new ticket stands in an event behind the opening: a clock that it makes due begins all the same.
    private bool IsMissed(string metric, TicketChange change) =>
        change.Clocks.All(clock => clock.Metric != metric)
        && SlaPolicies.MadeFirst(conditions, metric, change) is not null;

    /// <summary>A clock that stops with this very event does not start again with it.</summary>
    private static bool IsLive(ValueList<SlaClock> clocks, string metric) =>
        clocks.Any(clock => clock.Metric == metric && clock.Status != ClockStatus.Stopped);

    private (SlaPolicyDocument Policy, SlaMetric Metric, int Goal, SlaCondition Condition)? Choose(
        IEnumerable<(SlaPolicyDocument Policy, SlaMetric Metric)> offers,
        TicketChange change
    )
    {
        // Most events start nothing: the policies' queries are asked only when a start condition came.
        var coming = offers
            .Select(offer => (offer.Policy, offer.Metric, Start: conditions.Coming(offer.Metric.Start, change)))
            .ToList();
        if (coming.TrueForAll(offer => offer.Start is null))
        {
            return null;
        }

        foreach (var (policy, metric, start) in coming)
        {
            if (!conditions.Matches(policy.Query, change))
            {
                continue;
            }

            var goal = start is null ? -1 : SlaFold.GoalFor(conditions, metric, change);
            return start is not null && goal >= 0 ? (policy, metric, goal, start) : null;
        }

        return null;
    }
}
