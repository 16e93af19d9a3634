using NodaTime;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla.Backtests;

/// <summary>What became of a clock by an instant.</summary>
/// <param name="Verdict">Open, met or breached.</param>
/// <param name="Target">Working time that was allowed.</param>
/// <param name="Elapsed">Working time that was used.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="StoppedAt">When it stopped; null while it is live.</param>
/// <param name="DueAt">When the target was, is or would have been reached; null while it is paused before that.</param>
/// <param name="Agreement">Whether it was promised to customers or between teams.</param>
public sealed record ClockOutcome(
    ClockVerdict Verdict,
    Duration Target,
    Duration Elapsed,
    Instant StartedAt,
    Instant? StoppedAt,
    Instant? DueAt,
    AgreementType Agreement
)
{
    /// <summary>By how much it was too late; negative when time was left.</summary>
    public Duration Over => Elapsed - Target;

    /// <summary>Reads a clock. <paramref name="now"/> is not before its last change.</summary>
    public static ClockOutcome Of(SlaClock clock, Instant now, IConfiguration configuration)
    {
        var calendar = PinnedCalendar.At(configuration, clock.Calendar).Calendar;
        var seen = clock.See(now);
        var due = seen is { Verdict: ClockVerdict.Met, StoppedAt: { } stop }
            ? calendar.Add(stop, seen.Target - seen.Elapsed)
            : seen.DueAt;
        return new ClockOutcome(
            seen.Verdict,
            seen.Target,
            seen.ElapsedAt(calendar, now),
            seen.StartedAt,
            seen.StoppedAt,
            due,
            ClockAccount.AgreementOf(clock, configuration)
        );
    }
}

/// <summary>A run of a metric on a ticket as it was and as it would have been; null where there was or would be no such clock.</summary>
public sealed record ComparedClock(string Metric, int Cycle, ClockOutcome? Official, ClockOutcome? Draft)
{
    /// <summary>Whether the verdict would be another one, or the promise one to somebody else.</summary>
    public bool Flips => Official?.Verdict != Draft?.Verdict || Official?.Agreement != Draft?.Agreement;

    /// <summary>Whether it was or would be breached.</summary>
    public bool IsBreached =>
        Official is { Verdict: ClockVerdict.Breached } || Draft is { Verdict: ClockVerdict.Breached };

    /// <summary>What of it is a promise of an agreement: what a draft makes one of another agreement is none here. Null for neither side.</summary>
    public ComparedClock? Under(AgreementType agreement)
    {
        var (official, draft) = (
            Official?.Agreement == agreement ? Official : null,
            Draft?.Agreement == agreement ? Draft : null
        );
        return official is null && draft is null ? null : this with { Official = official, Draft = draft };
    }
}

/// <summary>The clocks of a ticket as they were and as they would have been.</summary>
/// <param name="Ticket">The ticket as it is now.</param>
/// <param name="Clocks">Each run of each metric that there was or would be.</param>
public sealed record TicketComparison(TicketState Ticket, ValueList<ComparedClock> Clocks)
{
    /// <summary>The same of the clocks of one agreement.</summary>
    public TicketComparison Under(AgreementType agreement) =>
        this with
        {
            Clocks = Clocks.Select(clock => clock.Under(agreement)).OfType<ComparedClock>().ToValueList(),
        };
}
