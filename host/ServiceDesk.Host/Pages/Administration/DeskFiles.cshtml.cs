using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The files that a desk keeps ready for its agents, with the macros that name them.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class DeskFilesModel(
    LibraryDoor library,
    ICurrentConfiguration configuration,
    IPeopleStore people,
    ITexts texts
) : PageModel
{
    private IReadOnlyDictionary<PersonId, Sdk.People.Person> writers = new Dictionary<PersonId, Sdk.People.Person>();

    /// <summary>The key of the desk.</summary>
    [BindProperty(SupportsGet = true, Name = "desk")]
    public string Key { get; set; } = "";

    /// <summary>Parts of a name.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    /// <summary>The desk.</summary>
    public DeskDocument Desk { get; private set; } = null!;

    /// <summary>Those that are found, by name.</summary>
    public IReadOnlyList<LibraryFile> Files { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (!configuration.Snapshot.TryGet<DeskDocument>(Key, out var desk) || !LibraryDoor.MayKeep(viewer, Key))
        {
            return NotFound();
        }

        Desk = desk;
        Files = await library.ListAsync(viewer, Key, Filter, cancellation);
        writers = await people.FindAsync([.. Files.Select(file => file.By).Distinct()], cancellation);
        return Page();
    }

    /// <summary>Takes one away.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(long id, CancellationToken cancellation) =>
        Done(await library.RemoveAsync(HttpContext.RequireViewer(), Key, id, cancellation), "library.removed");

    /// <summary>Keeps one although its content was taken out of a ticket.</summary>
    public async Task<IActionResult> OnPostKeepAsync(long id, CancellationToken cancellation) =>
        Done(await library.KeepAsync(HttpContext.RequireViewer(), Key, id, cancellation), "library.kept");

    /// <summary>Who wrote one last.</summary>
    public string Writer(LibraryFile file) => writers.TryGetValue(file.By, out var known) ? known.Name : "–";

    /// <summary>The macros of desks that name a file, which is told only here: a person's own are the person's alone.</summary>
    public IReadOnlyList<MacroDocument> MacrosWith(LibraryFile file) =>
        [
            .. Core
                .Automation.Macros.InOrder(configuration.Snapshot)
                .Where(macro =>
                    Core.Automation.Macros.IsFor(macro, Key)
                    && macro.Do.Any(action =>
                        action.Files.Any(name => Folding.Fold(name.Trim()) == Folding.Fold(file.Text.Name))
                    )
                ),
        ];

    private IActionResult Done(Refusal? refusal, string done)
    {
        if (refusal is not null)
        {
            return NotFound();
        }

        TempData["Done"] = texts[done];
        return RedirectToPage(new { desk = Key });
    }
}
