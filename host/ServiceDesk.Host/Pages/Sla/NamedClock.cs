using NodaTime;
using ServiceDesk.Core.Query.Binding;
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
    /// <param name="hidden">What their accounts do not tell; null for what shows none.</param>
    public static IReadOnlyList<NamedClock> Read(
        ValueList<SlaClock> clocks,
        Instant now,
        IConfiguration configuration,
        HiddenSubjects? hidden
    ) =>
        [
            .. clocks
                .Select(clock =>
                    (Clock: clock, Ledger: SlaLedger.Of(clock, Instant.Max(now, clock.Since), configuration))
                )
                .Select(one => new NamedClock(
                    one.Clock,
                    NameOf(one.Clock, configuration),
                    hidden?.Shown(one.Ledger) ?? one.Ledger
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
