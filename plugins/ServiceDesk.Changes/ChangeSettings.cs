using System.ComponentModel.DataAnnotations;
using NodaTime;
using ServiceDesk.Changes.Planning;

namespace ServiceDesk.Changes;

/// <summary>What an administrator may change: freezes, and how the answers of the questionnaire weigh.</summary>
public sealed class ChangeSettings : IValidatableObject
{
    /// <summary>The zone in which freezes are written, an IANA id.</summary>
    [Display(Name = "changes.settings.zone")]
    public string Zone { get; set; } = "Asia/Seoul";

    /// <summary>Freezes, as <see cref="FreezeWindows"/> reads them.</summary>
    [Display(Name = "changes.settings.freezes", Description = "changes.settings.freezes-help")]
    public string Freezes { get; set; } = "";

    /// <summary>Whether a normal change needs its risk assessed before approval is asked.</summary>
    [Display(Name = "changes.settings.risk-needed")]
    public bool RiskNeeded { get; set; } = true;

    /// <summary>Whether a standard change must come from a request type that presets it as one: nobody calls a change standard by hand then.</summary>
    [Display(
        Name = "changes.settings.standard-from-catalogue",
        Description = "changes.settings.standard-from-catalogue-help"
    )]
    public bool StandardFromCatalogue { get; set; }

    /// <summary>How much it counts how many people use what is changed.</summary>
    [Display(Name = "changes.settings.users-weight"), Range(0, 10)]
    public int UsersWeight { get; set; } = 2;

    /// <summary>How much an outage counts.</summary>
    [Display(Name = "changes.settings.outage-weight"), Range(0, 10)]
    public int OutageWeight { get; set; } = 2;

    /// <summary>How much it counts whether it can be backed out.</summary>
    [Display(Name = "changes.settings.back-out-weight"), Range(0, 10)]
    public int BackOutWeight { get; set; } = 3;

    /// <summary>How much it counts whether it was tested.</summary>
    [Display(Name = "changes.settings.tested-weight"), Range(0, 10)]
    public int TestedWeight { get; set; } = 2;

    /// <summary>How much it counts whether it was done before.</summary>
    [Display(Name = "changes.settings.experience-weight"), Range(0, 10)]
    public int ExperienceWeight { get; set; } = 1;

    /// <summary>From how many points the risk is medium.</summary>
    [Display(Name = "changes.settings.medium-from"), Range(1, 100)]
    public int MediumFrom { get; set; } = 5;

    /// <summary>From how many points the risk is high.</summary>
    [Display(Name = "changes.settings.high-from"), Range(1, 100)]
    public int HighFrom { get; set; } = 11;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null)
        {
            yield return new ValidationResult(Zone, [nameof(Zone)]);
        }

        foreach (var wrong in FreezeWindows.Wrong(Freezes))
        {
            yield return new ValidationResult(wrong, [nameof(Freezes)]);
        }

        if (HighFrom <= MediumFrom)
        {
            yield return new ValidationResult($"{HighFrom} ≤ {MediumFrom}", [nameof(HighFrom)]);
        }
    }
}
