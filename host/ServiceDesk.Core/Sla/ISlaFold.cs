using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>The clocks of a ticket as a pure fold over its events. Total: never throws, whatever the configuration says.</summary>
public interface ISlaFold
{
    /// <summary>
    /// The clocks after an event. Called for each event in order, the SLA's own included, with the configuration at the
    /// event's <see cref="RecordedEvent.ConfigurationRevision"/>, so that folding again from the first event gives the same.
    /// </summary>
    /// <param name="clocks">The clocks before; empty before the first event.</param>
    /// <param name="before">The ticket before the event; null for the first.</param>
    /// <param name="after">The ticket after the event.</param>
    ValueList<SlaClock> Apply(
        ValueList<SlaClock> clocks,
        TicketState? before,
        TicketState after,
        RecordedEvent recorded,
        IConfiguration configuration
    );

    /// <summary>
    /// Instants at which the clocks want an event recorded: <c>sla:METRIC:CYCLE:breach</c>, <c>sla:METRIC:CYCLE:LABEL</c> and
    /// <c>sla:METRIC:CYCLE:level:LABEL</c>, one for each that was not recorded yet. May lie in the past, when a goal changed to a target that was passed already:
    /// then the event is recorded at the ticket's last event's instant.
    /// </summary>
    IEnumerable<DerivedTimer> Timers(ValueList<SlaClock> clocks);

    /// <summary>
    /// What a due timer records; null when the key is not one of the SLA's or the clocks no longer want it. A timer is due when
    /// <see cref="DerivedTimer.DueAt"/> is not after now: an event at that very instant comes after the breach.
    /// </summary>
    TicketEvent? OnTimer(ValueList<SlaClock> clocks, DerivedTimer timer);
}
