using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>A clock that an event starts.</summary>
/// <param name="IsAfterEnd">Whether the same event ended the cycle before.</param>
internal sealed record SlaStart(
    DocumentVersion Policy,
    SlaMetric Metric,
    int Cycle,
    int Goal,
    SlaCondition Condition,
    bool IsAfterEnd
);

/// <summary>What ended a cycle.</summary>
internal sealed record ClockEnd(ClockMarkKind Kind, SlaCondition Condition);

/// <summary>
/// Which clocks an event starts. The policy of a metric is chosen when a cycle starts, for nearly all metrics when the
/// ticket is opened: of the policies that have the metric, the first by order (then id) whose query matches the ticket.
/// </summary>
internal sealed class SlaStarts(SlaConditions conditions)
{
    /// <param name="ended">What ended the live clocks of metrics with this very event.</param>
    public IEnumerable<SlaStart> Of(
        TicketChange change,
        IConfiguration configuration,
        IReadOnlyDictionary<string, ClockEnd> ended
    )
    {
        var isOfOpening = change.Recorded.At == change.After.CreatedAt && SlaPolicies.FactsChanged(change);
        var metrics = SlaPolicies
            .InOrder(configuration)
            .SelectMany(policy => policy.Metrics.Select(metric => (Policy: policy, Metric: metric)))
            .GroupBy(offer => offer.Metric.Id, StringComparer.Ordinal);
        foreach (var offers in metrics)
        {
            var asked = isOfOpening && IsMissed(offers.Key, change) ? change with { Before = null } : change;
            var end = ended.GetValueOrDefault(offers.Key);
            if ((end is not null || !IsLive(change.Clocks, offers.Key)) && Choose(offers, asked, end) is { } chosen)
            {
                var cycle =
                    1 + change.Clocks.Where(clock => clock.Metric == offers.Key).Max(clock => (int?)clock.Cycle) ?? 1;
                var version = configuration.VersionOf<SlaPolicyDocument>(chosen.Policy.Id);
                yield return new SlaStart(
                    new DocumentVersion(chosen.Policy.Id, version),
                    chosen.Metric,
                    cycle,
                    chosen.Goal,
                    chosen.Condition,
                    end is not null
                );
            }
        }
    }

    // What a plugin knows of a new ticket stands in an event behind the opening: a clock that it makes due begins all the same.
    private bool IsMissed(string metric, TicketChange change) =>
        change.Clocks.All(clock => clock.Metric != metric)
        && SlaPolicies.MadeFirst(conditions, metric, change) is not null;

    private static bool IsLive(ValueList<SlaClock> clocks, string metric) =>
        clocks.Any(clock => clock.Metric == metric && clock.Status != ClockStatus.Stopped);

    private (SlaPolicyDocument Policy, SlaMetric Metric, int Goal, SlaCondition Condition)? Choose(
        IEnumerable<(SlaPolicyDocument Policy, SlaMetric Metric)> offers,
        TicketChange change,
        ClockEnd? end
    )
    {
        // Most events start nothing: the policies' queries are asked only when a start condition came.
        var coming = offers
            .Select(offer => (offer.Policy, offer.Metric, Start: Starting(offer.Metric, change, end)))
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

    // A reset begins the next cycle itself. The condition that ended a cycle does not begin the next: it would never be over.
    private SlaCondition? Starting(SlaMetric metric, TicketChange change, ClockEnd? end) =>
        end is { Kind: ClockMarkKind.Reset }
            ? end.Condition
            : metric.Start.FirstOrDefault(condition =>
                condition != end?.Condition
                && !(condition.First && HasRun(metric.Id, change.Clocks))
                && conditions.Coming([condition], change) is not null
            );

    private static bool HasRun(string metric, ValueList<SlaClock> clocks) =>
        clocks.Any(clock => clock.Metric == metric);
}
