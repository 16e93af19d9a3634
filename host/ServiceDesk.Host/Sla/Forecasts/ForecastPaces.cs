using System.Collections.Concurrent;
using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Forecasts;

/// <summary>What tickets take, as it was measured.</summary>
/// <param name="Pace">The pace.</param>
/// <param name="Tickets">How many solved tickets it was measured from.</param>
/// <param name="Workers">Who solved tickets of each desk.</param>
public sealed record MeasuredPaces(
    HandlingPace Pace,
    int Tickets,
    IReadOnlyDictionary<string, IReadOnlyList<PersonId>> Workers
);

/// <summary>Measures what tickets take on the desks that somebody works on. Kept for a while: it changes slowly.</summary>
public sealed class ForecastPaces(IForecastStore store, Rosters rosters, IClock clock)
{
    /// <summary>How many days back it is measured.</summary>
    public const int Days = 90;

    /// <summary>From how many tickets at most; the newest.</summary>
    public const int MostTickets = 5_000;

    private const int MostKept = 100;
    private static readonly Duration Kept = Duration.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (Instant At, MeasuredPaces Paces)> kept = new(StringComparer.Ordinal);

    /// <summary>Measures it, or tells what was measured within minutes.</summary>
    public async Task<MeasuredPaces> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var key = string.Join('\n', viewer.Desks.Order(StringComparer.Ordinal));
        if (kept.TryGetValue(key, out var known) && known.At <= now && now - known.At < Kept)
        {
            return known.Paces;
        }

        var measured = await MeasureAsync(viewer, now, cancellation);
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[key] = (now, measured);
        return measured;
    }

    private async Task<MeasuredPaces> MeasureAsync(Viewer viewer, Instant now, CancellationToken cancellation)
    {
        var since = now - Duration.FromDays(Days);
        var solved = await store.SolvedAsync(viewer, since, MostTickets, cancellation);
        PersonId[] workers = [.. solved.Select(ticket => ticket.By).Distinct()];
        var roster = await rosters.OfAsync(workers, since, cancellation);
        var hours = workers.ToDictionary(
            person => person,
            person => new HoursLine(roster.WorkingSpans(person, since, now))
        );
        return new MeasuredPaces(
            HandlingPace.Of(solved, hours, ForecastQuestion.UsualPace),
            solved.Count,
            solved
                .GroupBy(ticket => ticket.Desk, StringComparer.Ordinal)
                .ToDictionary(
                    group => group.Key,
                    group => (IReadOnlyList<PersonId>)[.. group.Select(ticket => ticket.By).Distinct()],
                    StringComparer.Ordinal
                )
        );
    }
}
