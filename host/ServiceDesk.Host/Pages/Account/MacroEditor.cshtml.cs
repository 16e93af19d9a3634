using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Account;

/// <summary>One of the reader's own macros.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class MacroEditorModel(
    MacroDoor door,
    ICurrentConfiguration configuration,
    RuleVocabulary vocabulary,
    MacroForms forms,
    ITexts texts
) : PageModel
{
    // What the form carries along needs an id; an own macro has a number instead.
    private const string NoId = "own";

    /// <summary>Its number; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public long? Id { get; set; }

    /// <summary>The form.</summary>
    public MacroFormView Form { get; private set; } = null!;

    /// <summary>What the page is about.</summary>
    public string Title => Id is null ? texts["macro.new"] : Form.Macro.Name.ToString();

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (Id is not { } id)
        {
            return await DrawAsync(MacroForm.Blank(), [], cancellation);
        }

        return await door.FindOwnAsync(HttpContext.RequireViewer(), id, cancellation) is { } found
            ? await DrawAsync(found.Macro, [], cancellation)
            : NotFound();
    }

    /// <summary>Draws the form anew, after a choice or a button that changes its shape.</summary>
    public Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation) =>
        DrawAsync(MacroForm.Apply(Read().Macro, op), [], cancellation);

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
    {
        var (macro, problems) = Read();
        if (problems.Count == 0)
        {
            (_, problems, var refusal) = await door.SaveOwnAsync(HttpContext.RequireViewer(), Id, macro, cancellation);
            if (refusal is { Kind: RefusalKind.NotFound })
            {
                return NotFound();
            }

            problems = refusal is null ? problems : [new DocumentProblem("", refusal.Code, refusal.Arguments)];
            if (problems.Count == 0)
            {
                TempData["Done"] = texts["administration.saved"];
                return RedirectToPage("/Account/Macros");
            }
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await DrawAsync(macro, problems, cancellation);
    }

    /// <summary>Takes it away.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (Id is not { } id || await door.RemoveOwnAsync(HttpContext.RequireViewer(), id, cancellation) is not null)
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.removed"];
        return RedirectToPage("/Account/Macros");
    }

    private (MacroDocument Macro, IReadOnlyList<DocumentProblem> Problems) Read()
    {
        var form = new MacroForm(Request.Form, vocabulary);
        return (form.Read(NoId), form.Problems);
    }

    private async Task<IActionResult> DrawAsync(
        MacroDocument macro,
        IReadOnlyList<DocumentProblem> problems,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        Form = await forms.DrawAsync(
            macro,
            viewer,
            isOwn: true,
            Url.Page("/Account/MacroEditor", "Shape", new { id = Id })!,
            configuration.Snapshot.All<DeskDocument>().Where(desk => viewer.WorksOn(desk.Id)),
            problems,
            cancellation
        );
        return Page();
    }
}
