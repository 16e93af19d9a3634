using System.ComponentModel.DataAnnotations;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Incidents.Priorities;

/// <summary>What an administrator may change: the priority for each pair of impact and urgency, and what a major incident does.</summary>
public sealed class IncidentSettings
{
    /// <summary>Impact high, urgency high.</summary>
    [Display(Name = "incidents.settings.high-high")]
    public Priority HighImpactHighUrgency { get; set; } = Priority.Critical;

    /// <summary>Impact high, urgency medium.</summary>
    [Display(Name = "incidents.settings.high-medium")]
    public Priority HighImpactMediumUrgency { get; set; } = Priority.High;

    /// <summary>Impact high, urgency low.</summary>
    [Display(Name = "incidents.settings.high-low")]
    public Priority HighImpactLowUrgency { get; set; } = Priority.Medium;

    /// <summary>Impact medium, urgency high.</summary>
    [Display(Name = "incidents.settings.medium-high")]
    public Priority MediumImpactHighUrgency { get; set; } = Priority.High;

    /// <summary>Impact medium, urgency medium.</summary>
    [Display(Name = "incidents.settings.medium-medium")]
    public Priority MediumImpactMediumUrgency { get; set; } = Priority.Medium;

    /// <summary>Impact medium, urgency low.</summary>
    [Display(Name = "incidents.settings.medium-low")]
    public Priority MediumImpactLowUrgency { get; set; } = Priority.Low;

    /// <summary>Impact low, urgency high.</summary>
    [Display(Name = "incidents.settings.low-high")]
    public Priority LowImpactHighUrgency { get; set; } = Priority.Medium;

    /// <summary>Impact low, urgency medium.</summary>
    [Display(Name = "incidents.settings.low-medium")]
    public Priority LowImpactMediumUrgency { get; set; } = Priority.Low;

    /// <summary>Impact low, urgency low.</summary>
    [Display(Name = "incidents.settings.low-low")]
    public Priority LowImpactLowUrgency { get; set; } = Priority.Low;

    /// <summary>Whether declaring a major incident makes it critical and keeps it so while it is major.</summary>
    [Display(Name = "incidents.settings.major-is-critical", Description = "incidents.settings.major-is-critical-help")]
    public bool MajorIsCritical { get; set; } = true;

    /// <summary>The priority for a pair of choices; null when one of them is no choice of the matrix.</summary>
    /// <param name="impact"><c>low</c>, <c>medium</c> or <c>high</c>.</param>
    /// <param name="urgency">As impact.</param>
    public Priority? PriorityFor(string? impact, string? urgency) =>
        (impact, urgency) switch
        {
            ("high", "high") => HighImpactHighUrgency,
            ("high", "medium") => HighImpactMediumUrgency,
            ("high", "low") => HighImpactLowUrgency,
            ("medium", "high") => MediumImpactHighUrgency,
            ("medium", "medium") => MediumImpactMediumUrgency,
            ("medium", "low") => MediumImpactLowUrgency,
            ("low", "high") => LowImpactHighUrgency,
            ("low", "medium") => LowImpactMediumUrgency,
            ("low", "low") => LowImpactLowUrgency,
            _ => null,
        };
}
