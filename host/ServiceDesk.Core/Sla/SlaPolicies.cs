using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla;

/// <summary>Which policy a ticket gets a metric from: the first by order, then id, whose query matches.</summary>
public static class SlaPolicies
{
    /// <summary>All policies in the order in which they are tried.</summary>
    public static IEnumerable<SlaPolicyDocument> InOrder(IConfiguration configuration) =>
        configuration
            .All<SlaPolicyDocument>()
            .OrderBy(policy => policy.Order)
            .ThenBy(policy => policy.Id, StringComparer.Ordinal);

    /// <summary>Whether an event changed for whom the ticket is, or what a plugin knows of it, such as its contract's plan.</summary>
    internal static bool FactsChanged(TicketChange change) =>
        change.Before is { } before
        && (before.Organization != change.After.Organization || !before.Facets.Equals(change.After.Facets));

    /// <summary>The policy that an event made the first to match, by changing what a plugin knows; null when it changed nothing, or none matches.</summary>
    internal static SlaPolicyDocument? MadeFirst(SlaConditions conditions, string metric, TicketChange change)
    {
        var offers = InOrder(change.Configuration)
            .Where(policy => policy.Metrics.Any(one => one.Id == metric))
            .ToList();
        if (offers.Count < 1 || change.Before is not { } before)
        {
            return null;
        }

        var after = offers.Find(policy => conditions.Matches(policy.Query, change));
        return after is not null && offers.Find(policy => conditions.Matches(policy.Query, before, change)) != after
            ? after
            : null;
    }
}
