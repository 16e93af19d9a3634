using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>The reader's own macros.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class MacrosModel(MacroDoor door, MacroWords words) : PageModel
{
    /// <summary>The macros, each with its number and what it does.</summary>
    public IReadOnlyList<(long Id, OfferedMacro Offered, IReadOnlyList<string> Does)> Macros { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(CancellationToken cancellation) =>
        Macros = [
            .. (await door.OwnAsync(HttpContext.RequireViewer(), cancellation)).Select(offered =>
                (MacroDoor.IdOf(offered.Reference) ?? 0, offered, words.Sentences(offered.Macro))
            ),
        ];
}
