using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>A clock reached an escalation level of its goal. At most once per (metric, cycle, level).</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the first run of the metric.</param>
/// <param name="Level">The level as configured, such as <c>150%</c> or <c>+PT1H</c>.</param>
/// <param name="DueAt">When it was reached.</param>
[StoredName("sla.escalated", 1)]
public sealed record SlaEscalated(string Policy, string Metric, int Cycle, string Level, Instant DueAt) : TicketEvent
{
    /// <summary>The version of the policy that promised it; null in events from before it was kept.</summary>
    public int? PolicyVersion { get; init; }

    /// <summary>The index of the goal in the metric's list; null in events from before it was kept.</summary>
    public int? Goal { get; init; }
}

/// <summary>What was done at an escalation level.</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Metric">The metric's id.</param>
/// <param name="Cycle">1 for the first run of the metric.</param>
/// <param name="Level">The level as configured.</param>
/// <param name="Steps">Its actions, in order.</param>
[StoredName("sla.escalation-acted", 1)]
public sealed record EscalationActed(
    string Policy,
    string Metric,
    int Cycle,
    string Level,
    ValueList<EscalationStep> Steps
) : TicketEvent;

/// <summary>What became of an action of a level.</summary>
/// <param name="Do">The word of the action.</param>
/// <param name="People">Who was told, or put on watch.</param>
/// <param name="IsRefused">Whether it could not be done.</param>
public sealed record EscalationStep(string Do, ValueList<PersonId> People, bool IsRefused = false);

/// <summary>Write down what was done at an escalation level. Only the product.</summary>
public sealed record NoteEscalation(EscalationActed Acted) : TicketCommand;
