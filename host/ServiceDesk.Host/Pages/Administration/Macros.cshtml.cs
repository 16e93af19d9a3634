using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The macros of all desks, in the order in which they are offered.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class MacrosModel(ICurrentConfiguration configuration, MacroWords words) : PageModel
{
    /// <summary>The macros, each with what it does.</summary>
    public IReadOnlyList<(MacroDocument Macro, IReadOnlyList<string> Does)> Macros { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public void OnGet() =>
        Macros = [
            .. Core.Automation.Macros.InOrder(configuration.Snapshot).Select(macro => (macro, words.Sentences(macro))),
        ];
}
