using System.ComponentModel.DataAnnotations;

namespace ServiceDesk.Crm;

/// <summary>What an administrator may change.</summary>
public sealed class CrmSettings
{
    /// <summary>The time zone in which contracts begin and end.</summary>
    [Display(Name = "crm.settings.zone", Description = "crm.settings.zone-help")]
    [StringLength(60)]
    public string Zone { get; set; } = "Asia/Seoul";

    /// <summary>How many days before its end a new contract reminds its owner.</summary>
    [Display(Name = "crm.settings.remind-days")]
    [Range(0, 365)]
    public int RemindDays { get; set; } = 30;

    /// <summary>The currency of a new contract.</summary>
    [Display(Name = "crm.settings.currency")]
    [StringLength(3)]
    public string Currency { get; set; } = "KRW";

    /// <summary>The field of tickets that says which product they are about: its choices are keys of products.</summary>
    [Display(Name = "crm.settings.product-field", Description = "crm.settings.product-field-help")]
    [StringLength(60)]
    public string ProductField { get; set; } = "product";

    /// <summary>Whether customers see plan, end and what is left of the budget beside their requests.</summary>
    [Display(Name = "crm.settings.customers-see", Description = "crm.settings.customers-see-help")]
    public bool CustomersSee { get; set; } = true;
}
