using NodaTime;

namespace ServiceDesk.Core.Sla.Forecasts;

/// <summary>Somebody who works on what an owner has.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Windows">When, in order, apart, as one who stands in; null for always.</param>
public sealed record ForecastHand(ForecastWorker Worker, IReadOnlyList<Interval>? Windows = null);

/// <summary>Who works when within a horizon, and on whose work.</summary>
/// <param name="Hours">The working hours of everybody.</param>
/// <param name="Hands">Who works on what each owner has. Nobody for one who is not named.</param>
/// <param name="Cuts">What takes hours away from an owner's hands.</param>
public sealed record Workforce(
    IReadOnlyDictionary<ForecastWorker, HoursLine> Hours,
    IReadOnlyDictionary<ForecastOwner, IReadOnlyList<ForecastHand>> Hands,
    IReadOnlyDictionary<ForecastOwner, IReadOnlyList<HoursCut>> Cuts
)
{
    /// <summary>Who works on what an owner has.</summary>
    public IReadOnlyList<ForecastHand> HandsOf(ForecastOwner owner) => Hands.GetValueOrDefault(owner) ?? [];

    /// <summary>What takes hours away from an owner before an instant.</summary>
    public IEnumerable<HoursCut> CutsOf(ForecastOwner owner, Instant before) =>
        (Cuts.GetValueOrDefault(owner) ?? []).Where(cut => cut.From < before);

    /// <summary>Working hours of an owner's hands between instants.</summary>
    public Duration Available(ForecastOwner owner, Instant from, Instant to) =>
        HandsOf(owner).Aggregate(Duration.Zero, (sum, hand) => sum + Between(hand, from, to));

    private Duration Between(ForecastHand hand, Instant from, Instant to)
    {
        var hours = Hours.GetValueOrDefault(hand.Worker) ?? HoursLine.Empty;
        return hand.Windows is null
            ? hours.Between(from, to)
            : hand.Windows.Aggregate(
                Duration.Zero,
                (sum, window) => sum + hours.Between(Instant.Max(from, window.Start), Instant.Min(to, window.End))
            );
    }
}
