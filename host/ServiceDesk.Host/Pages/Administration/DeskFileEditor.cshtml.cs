using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Puts a file into a desk's library, changes what is said of one, replaces it by a newer version, or takes it away.</summary>
[Authorize(Policy = Permissions.Configure)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class DeskFileEditorModel(
    LibraryDoor library,
    PostedFiles posted,
    ICurrentConfiguration configuration,
    ITexts texts
) : PageModel
{
    private static readonly string[] Inputs = ["name", "description", "files"];

    /// <summary>The key of the desk.</summary>
    [BindProperty(SupportsGet = true, Name = "desk")]
    public string Key { get; set; } = "";

    /// <summary>The one to change; null puts a new one in.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public long? Id { get; set; }

    /// <summary>Which version the form shows.</summary>
    [BindProperty(Name = "version")]
    public int? Version { get; set; }

    [BindProperty(Name = "name")]
    public string? FileName { get; set; }

    [BindProperty(Name = "description")]
    public string? Description { get; set; }

    /// <summary>The desk.</summary>
    public DeskDocument Desk { get; private set; } = null!;

    /// <summary>The one to change, as it is kept.</summary>
    public LibraryFile? Kept { get; private set; }

    /// <summary>Files that came up with a form that was refused.</summary>
    public IReadOnlyList<(string Token, string Name)> KeptFiles { get; private set; } = [];

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        (Version, FileName, Description) = (Kept?.Version, Kept?.Text.Name, Kept?.Text.Description);
        return Page();
    }

    /// <summary>Saves it. Without a name, the file's own is taken.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var viewer = HttpContext.RequireViewer();
        var files = await posted.TakeAsync(Request.Form, viewer, Errors, cancellation);
        KeptFiles = [.. files.Select(file => (FileIntake.TokenOf(file.Id), file.Name))];
        if (files.Count > 1)
        {
            Errors.Add("files", "library.one-file");
        }

        if (Errors.Any)
        {
            return Refuse(RefusalKind.Invalid);
        }

        var file = files.Count == 1 ? files[0] : null;
        var name = string.IsNullOrWhiteSpace(FileName) ? Path.GetFileNameWithoutExtension(file?.Name) : FileName;
        var text = new LibraryText(Key, name ?? "", Description);
        var (saved, refusals) = await library.SaveAsync(viewer, Id, Version, text, file, cancellation);
        if (saved is not null)
        {
            TempData["Done"] = texts["administration.saved"];
            return RedirectToPage("/Administration/DeskFiles", new { desk = Key });
        }

        if (refusals[0].Kind is RefusalKind.NotFound or RefusalKind.Forbidden)
        {
            return NotFound();
        }

        Errors.Add(refusals.Select(one => one.Field == "file" ? one with { Field = "files" } : one), Inputs);
        return Refuse(refusals[0].Kind);
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (!configuration.Snapshot.TryGet<DeskDocument>(Key, out var desk) || !LibraryDoor.MayKeep(viewer, Key))
        {
            return false;
        }

        Desk = desk;
        Kept = Id is { } id ? await library.FindAsync(viewer, Key, id, cancellation) : null;
        return Id is null || Kept is not null;
    }

    private PageResult Refuse(RefusalKind kind)
    {
        Response.StatusCode = RefusalStatus.Of(kind);
        return Page();
    }
}
