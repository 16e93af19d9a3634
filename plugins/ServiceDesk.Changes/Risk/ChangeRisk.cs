using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Risk;

/// <summary>How risky a change is.</summary>
public enum RiskLevel
{
    /// <summary>Little can go wrong.</summary>
    Low = 1,

    /// <summary>Something can go wrong.</summary>
    Medium = 2,

    /// <summary>Much can go wrong.</summary>
    High = 3,
}

/// <summary>What an answer of the questionnaire adds to the risk.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Answer">The answer's id.</param>
/// <param name="Points">What it adds, as weights were then.</param>
public sealed record RiskReason(string Question, string Answer, int Points);

/// <summary>The assessed risk of a change: the facet.</summary>
/// <param name="Level">The level.</param>
/// <param name="Points">All points together.</param>
/// <param name="Reasons">Where they come from, one for each question.</param>
/// <param name="AssessedAt">When.</param>
public sealed record ChangeRisk(RiskLevel Level, int Points, ValueList<RiskReason> Reasons, Instant AssessedAt);

/// <summary>The risk was assessed.</summary>
[StoredName("changes.risk-assessed", 1)]
public sealed record RiskAssessed(RiskLevel Level, int Points, ValueList<RiskReason> Reasons) : TicketEvent;

/// <summary>Keeps the newest assessment on the ticket.</summary>
public sealed class RiskFacet : Facet<ChangeRisk>
{
    /// <inheritdoc/>
    public override string Id => ChangesPlugin.Id;

    /// <inheritdoc/>
    public override ChangeRisk? Evolve(ChangeRisk? current, RecordedEvent @event, TicketState? ticket) =>
        @event.Event is RiskAssessed assessed
            ? new ChangeRisk(assessed.Level, assessed.Points, assessed.Reasons, @event.At)
            : current;
}

/// <summary>Reads the facet.</summary>
public static class ChangeRisks
{
    /// <summary>The assessed risk; null when it was not assessed.</summary>
    public static ChangeRisk? Risk(this TicketState ticket) => ticket.Facet<ChangeRisk>(ChangesPlugin.Id);
}
