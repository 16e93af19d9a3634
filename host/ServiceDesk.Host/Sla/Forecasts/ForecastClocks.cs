using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Forecasts;

/// <summary>Makes clocks with their work of what is stored.</summary>
internal sealed class ForecastClocks(
    IConfiguration configuration,
    HandlingPace pace,
    Duration answer,
    Instant now,
    Instant until
)
{
    private readonly Dictionary<string, SlaMetric> metrics = configuration
        .All<SlaPolicyDocument>()
        .SelectMany(policy => policy.Metrics)
        .DistinctBy(metric => metric.Id, StringComparer.Ordinal)
        .ToDictionary(metric => metric.Id, StringComparer.Ordinal);

    /// <summary>Clocks that were left out, because nobody who has the ticket can stop them.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The running clocks of a ticket.</summary>
    public IEnumerable<ForecastClock> Running(ForecastTicket ticket) =>
        ticket.Clocks.Select(clock => Of(ticket, clock, clock.DueAt)).OfType<ForecastClock>();

    /// <summary>The paused ones that would be due within the horizon if they ran again from now.</summary>
    public IEnumerable<ForecastClock> Paused(ForecastTicket ticket) =>
        ticket
            .Clocks.Select(clock =>
                Of(ticket, clock, PinnedCalendar.At(configuration, clock.Calendar).Calendar.Add(now, clock.Left))
            )
            .OfType<ForecastClock>()
            .Where(clock => now < clock.DueAt && clock.DueAt <= until);

    private ForecastClock? Of(ForecastTicket ticket, StoredClock clock, Instant? dueAt)
    {
        // A metric that is no longer promised is stopped as most are: by the solution.
        var work = metrics.TryGetValue(clock.Metric, out var metric)
            ? ForecastClock.WorkOf(metric)
            : ForecastWork.Solution;
        if (work is null)
        {
            LeftOut++;
        }

        return work is { } known && dueAt is { } due
            ? new ForecastClock(
                ticket.Id,
                clock.Metric,
                clock.Cycle,
                known,
                due,
                ForecastOwner.Of(ticket.Assignee, ticket.Team, ticket.Desk),
                known == ForecastWork.Answer ? answer : pace.Of(ticket.Desk, ticket.Type, ticket.Priority)
            )
            : null;
    }
}
