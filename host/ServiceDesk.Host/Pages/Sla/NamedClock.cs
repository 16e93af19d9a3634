using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>A clock with its account and the name that people know it by.</summary>
public sealed record NamedClock(SlaClock Clock, string Name, ClockLedger Ledger)
{
    /// <summary>What it shows now.</summary>
    public ClockReading Reading => Ledger.Reading;

    /// <summary>Reads clocks at an instant: running ones first by due instant, then paused, then stopped ones with the newest first.</summary>
    public static IReadOnlyList<NamedClock> Read(
        ValueList<SlaClock> clocks,
        Instant now,
        IConfiguration configuration
    ) =>
        [
            .. clocks
                .Select(clock => new NamedClock(
                    clock,
                    NameOf(clock, configuration),
                    SlaLedger.Of(clock, Instant.Max(now, clock.Since), configuration)
                ))
                .OrderBy(named => named.Clock.Status)
                .ThenBy(named => named.Reading.DueAt ?? Instant.MaxValue)
                .ThenByDescending(named => named.Clock.StartedAt),
        ];

    private static string NameOf(SlaClock clock, IConfiguration configuration) =>
        configuration
            .AtVersion<SlaPolicyDocument>(clock.Policy.Id, clock.Policy.Version)
            ?.Metrics.FirstOrDefault(metric => metric.Id == clock.Metric)
            ?.Name.ToString()
        ?? clock.Metric;
}
