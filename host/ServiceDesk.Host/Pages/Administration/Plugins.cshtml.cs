using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Plugins.Administration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Plugins with what became of them, and what may be done about it.</summary>
[Authorize(Policy = Permissions.Operate)]
public sealed class PluginsModel(IPluginAdministration administration, ITexts texts) : PageModel
{
    public IReadOnlyList<PluginReport> Plugins { get; private set; } = [];

    public bool MayConfigure => HttpContext.RequireViewer().May(Permissions.Configure);

    public void OnGet() => Plugins = administration.List();

    public IActionResult OnPostOn(string plugin) => Answer(administration.SwitchOn(plugin));

    public IActionResult OnPostOff(string plugin) => Answer(administration.SwitchOff(plugin));

    public IActionResult OnPostRetry(string plugin) => Answer(administration.EndQuarantine(plugin));

    public IActionResult OnPostResume(string plugin, string handler) => Answer(administration.Resume(plugin, handler));

    /// <summary>Tone and icon of a load state.</summary>
    public static (string Tone, string Icon) LookOf(PluginLoadState state) =>
        state switch
        {
            PluginLoadState.Loaded => ("green", "circle-check"),
            PluginLoadState.Disabled => ("gray", "power"),
            PluginLoadState.Crashed => ("red", "alert-octagon"),
            _ => ("amber", "alert-triangle"),
        };

    private IActionResult Answer(PluginChange change)
    {
        if (change == PluginChange.NoSuchPlugin)
        {
            return NotFound();
        }

        TempData["Done"] = texts[
            change == PluginChange.Now ? "administration.effect-now" : "administration.effect-restart"
        ];
        return RedirectToPage();
    }
}
