using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Sla
{
    /// <summary>A span of a clock's life that is counted otherwise.</summary>
    /// <param name="From">Its begin.</param>
    /// <param name="To">Its end.</param>
    /// <param name="Counts">Whether working time in it counts after all; otherwise it is a pause.</param>
    public sealed record CorrectedSpan(Instant From, Instant To, bool Counts);

    /// <summary>What a clock was before it was corrected.</summary>
    /// <param name="EventVersion">The version of the event that corrected it.</param>
    /// <param name="Was">The verdict that it had.</param>
    /// <param name="ElapsedWas">The working time that it had counted.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="By">Who proposed it.</param>
    /// <param name="ApprovedBy">Who approved it.</param>
    public sealed record ClockCorrection(
        long EventVersion,
        ClockVerdict Was,
        Duration ElapsedWas,
        string Reason,
        PersonId By,
        PersonId ApprovedBy
    );
}

namespace ServiceDesk.Sdk.Tickets
{
    /// <summary>Count a clock otherwise than it was counted. For agents with the permission <c>sla.correct</c>, on the proposal of somebody else; once for a clock.</summary>
    /// <param name="Metric">The metric's id.</param>
    /// <param name="Cycle">1 for the first run of the metric.</param>
    /// <param name="Spans">What is counted otherwise, in order, without overlaps.</param>
    /// <param name="KeptGoals">Versions of the events whose change of the goal is left out; only for a clock that has stopped.</param>
    /// <param name="Reason">Why, at most 2,000 characters.</param>
    /// <param name="By">Who proposed it.</param>
    public sealed record CorrectSla(
        string Metric,
        int Cycle,
        ValueList<CorrectedSpan> Spans,
        ValueList<long> KeptGoals,
        string Reason,
        PersonId By
    ) : TicketCommand;

    /// <summary>A clock is counted otherwise than it was counted.</summary>
    /// <param name="Metric">The metric's id.</param>
    /// <param name="Cycle">1 for the first run of the metric.</param>
    /// <param name="Spans">What is counted otherwise.</param>
    /// <param name="KeptGoals">Versions of the events whose change of the goal is left out.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="By">Who proposed it.</param>
    /// <param name="ApprovedBy">Who approved it.</param>
    [StoredName("sla.corrected", 1)]
    public sealed record SlaCorrected(
        string Metric,
        int Cycle,
        ValueList<CorrectedSpan> Spans,
        ValueList<long> KeptGoals,
        string Reason,
        PersonId By,
        PersonId ApprovedBy
    ) : TicketEvent;
}
