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
    private static readonly Duration Step = Duration.FromMinutes(30);
    private static readonly Duration Stretch = Duration.FromDays(14);

    /// <summary>Whether they fit from whatever start.</summary>
    public bool Fits => TooLate == 0;

    /// <summary>Whether they never fit.</summary>
    public bool NeverFits => TooLate == Tried;

    /// <summary>Tries each half hour of two weeks, so that each hour of each weekday is met, also beside a holiday.</summary>
    /// <param name="promise">What customers were promised.</param>
    /// <param name="stages">What each team may take, in any order: none waits for another calendar than its own.</param>
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

            var end = stages.Aggregate(
                (Instant?)start,
                (at, stage) => at is { } begun ? stage.Calendar.Add(begun, stage.Target) : null
            );
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
}
