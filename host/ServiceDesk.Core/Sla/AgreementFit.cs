using NodaTime;
using ServiceDesk.Core.Sla.Calendars;

namespace ServiceDesk.Core.Sla;

/// <summary>A time that was agreed, on the calendar that counts it.</summary>
/// <param name="Name">Who or what it is of.</param>
/// <param name="Target">Working time.</param>
/// <param name="Calendar">What counts it.</param>
public sealed record AgreedTime(string Name, Duration Target, WorkingCalendar Calendar);

/// <summary>Whether times that teams agreed on, one after another, fit into what customers were promised.</summary>
/// <param name="Tried">How many starts were tried.</param>
/// <param name="TooLate">From how many of them the last team ends after the promise is due.</param>
/// <param name="Start">The start from which it is latest; null when all fit.</param>
/// <param name="Due">When the promise is due then.</param>
/// <param name="End">When the last team ends then; null when it never does.</param>
public sealed record AgreementFit(int Tried, int TooLate, Instant? Start, Instant? Due, Instant? End)
{
    /// <summary>How many teams are tried in every order; more than these in the given and the opposite one.</summary>
    public const int MostInEveryOrder = 6;

    private static readonly Duration Step = Duration.FromMinutes(30);
    private static readonly Duration Stretch = Duration.FromDays(14);

    /// <summary>Whether they fit from whatever start.</summary>
    public bool Fits => TooLate == 0;

    /// <summary>Whether they never fit.</summary>
    public bool NeverFits => TooLate == Tried;

    /// <summary>Tries each half hour of two weeks, so that each hour of each weekday is met, also beside a holiday.</summary>
    /// <param name="promise">What customers were promised.</param>
    /// <param name="stages">What each team may take. Which of them comes first is nobody's promise: the order counts in which it ends last.</param>
    /// <param name="from">The first start.</param>
    public static AgreementFit Of(AgreedTime promise, IReadOnlyList<AgreedTime> stages, Instant from)
    {
        var (tried, late, longest) = (0, 0, Duration.Zero);
        (Instant Start, Instant Due, Instant? End)? worst = null;
        for (var start = from; start < from + Stretch; start += Step)
        {
            tried++;
            if (promise.Calendar.Add(start, promise.Target) is not { } due)
            {
                continue;
            }

            var end = LatestEnd(stages, start);
            if (end <= due)
            {
                continue;
            }

            late++;
            var by = end is { } ends ? ends - due : Duration.MaxValue;
            if (worst is null || by > longest)
            {
                (worst, longest) = ((start, due, end), by);
            }
        }

        return new AgreementFit(tried, late, worst?.Start, worst?.Due, worst?.End);
    }

    /// <summary>When the last team ends in the order in which that is latest; null when it never does. On one calendar all orders end at the same time.</summary>
    internal static Instant? LatestEnd(IReadOnlyList<AgreedTime> stages, Instant start) =>
        stages.Select(stage => stage.Calendar).Distinct().Count() < 2 ? InOrder(stages, start)
        : stages.Count <= MostInEveryOrder ? Latest(stages, start)
        : Later(InOrder(stages, start), InOrder([.. stages.Reverse()], start));

    private static Instant? InOrder(IEnumerable<AgreedTime> stages, Instant start) =>
        stages.Aggregate((Instant?)start, (at, stage) => Behind(at, stage));

    // Who begins later ends no earlier: so the latest end of some teams is had from the latest end of all of them but the last.
    private static Instant? Latest(IReadOnlyList<AgreedTime> stages, Instant start)
    {
        var ends = new Instant?[1 << stages.Count];
        ends[0] = start;
        for (var some = 1; some < ends.Length; some++)
        {
            Instant? latest = start;
            for (var last = 0; last < stages.Count; last++)
            {
                if ((some & (1 << last)) != 0)
                {
                    latest = Later(latest, Behind(ends[some & ~(1 << last)], stages[last]));
                }
            }

            ends[some] = latest;
        }

        return ends[^1];
    }

    private static Instant? Behind(Instant? begun, AgreedTime stage) =>
        begun is { } at ? stage.Calendar.Add(at, stage.Target) : null;

    // What never ends is latest.
    private static Instant? Later(Instant? one, Instant? other) =>
        one is { } a && other is { } b ? Instant.Max(a, b) : null;
}
