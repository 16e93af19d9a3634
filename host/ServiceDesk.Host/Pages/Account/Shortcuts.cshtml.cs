using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shortcuts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>Which single keys do what in the workspace, or that none does anything.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class ShortcutsModel(ShortcutChoices choices, ITexts texts) : PageModel
{
    /// <summary>What is chosen.</summary>
    public ShortcutChoice Choice { get; private set; } = ShortcutChoice.Usual;

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    private PersonId Me => HttpContext.RequireViewer().Person.Id;

    public async Task OnGetAsync(CancellationToken cancellation) => Choice = await choices.OfAsync(Me, cancellation);

    /// <summary>Keeps what was chosen.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Choice = new ShortcutChoice(
            Request.Form["on"] == "true",
            Shortcut.All.ToDictionary(one => one.Id, one => Typed(one.Id), StringComparer.Ordinal)
        );
        foreach (var id in Choice.Doubled)
        {
            Errors.Add($"key-{id}", "shortcuts.doubled");
        }

        if (Errors.Any)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        await choices.SaveAsync(Me, Choice, cancellation);
        return Done();
    }

    /// <summary>Goes back to the usual keys.</summary>
    public async Task<IActionResult> OnPostResetAsync(CancellationToken cancellation)
    {
        await choices.SaveAsync(Me, null, cancellation);
        return Done();
    }

    private RedirectToPageResult Done()
    {
        TempData["Done"] = texts["administration.saved"];
        return RedirectToPage();
    }

    private string Typed(string id)
    {
        var key = Request.Form[$"key-{id}"].ToString();
        return Shortcut.Keys.Contains(key) ? key : "";
    }
}
