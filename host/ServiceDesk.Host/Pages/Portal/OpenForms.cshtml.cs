using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.OpenForms;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>The forms that may be sent without signing in; there is no such page where there are none.</summary>
[AllowAnonymous]
public sealed class OpenFormsModel(OpenFormDoor door, ICurrentConfiguration configuration) : PageModel
{
    /// <summary>The forms.</summary>
    public IReadOnlyList<PortalOffer> Offers { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public IActionResult OnGet()
    {
        Offers = PortalCatalogue.Open(door.Stranger, configuration.Snapshot);
        return Offers.Count > 0 ? Page() : NotFound();
    }
}
