using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>One macro of desks: its names, what it does, and for which desks.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class MacroEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    RuleVocabulary vocabulary,
    DocumentText documents,
    MacroForms forms,
    ITexts texts
) : PageModel
{
    /// <summary>The macro's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new one.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>The form.</summary>
    public MacroFormView Form { get; private set; } = null!;

    /// <summary>What the page is about.</summary>
    public string Title => Id is null ? texts["macro.new"] : Form.Macro.Name.ToString();

    /// <summary>Shows it.</summary>
    public Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (Id is null)
        {
            return DrawAsync(MacroForm.Blank(), [], cancellation);
        }

        if (!configuration.Snapshot.TryGet<MacroDocument>(Id, out var found))
        {
            return Task.FromResult<IActionResult>(NotFound());
        }

        Version = configuration.Snapshot.VersionOf<MacroDocument>(Id);
        return DrawAsync(found, [], cancellation);
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
            var outcome = await editor.SaveAsync(documents.ToYaml(macro), Version, Author(), cancellation);
            if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
            {
                TempData["Done"] = texts["administration.saved"];
                return RedirectToPage("/Administration/Macros");
            }

            problems =
                outcome.Status == ConfigurationStatus.Conflict
                    ? [DocumentProblem.At("", "administration.conflict")]
                    : [.. outcome.Problems.Select(found => found.Problem)];
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await DrawAsync(macro, problems, cancellation);
    }

    /// <summary>Removes it; its versions stay.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        var outcome = Id is null
            ? null
            : await editor.RemoveAsync(DocumentKinds.Macro, Id, expectedVersion: null, Author(), cancellation);
        if (outcome is not { Status: ConfigurationStatus.Written })
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.removed"];
        return RedirectToPage("/Administration/Macros");
    }

    private (MacroDocument Macro, IReadOnlyList<DocumentProblem> Problems) Read()
    {
        var form = new MacroForm(Request.Form, vocabulary);
        return (form.Read(Id), form.Problems);
    }

    private ConfigurationAuthor Author() => new(HttpContext.RequireViewer().Person.Id, null, null);

    private async Task<IActionResult> DrawAsync(
        MacroDocument macro,
        IReadOnlyList<DocumentProblem> problems,
        CancellationToken cancellation
    )
    {
        Form = await forms.DrawAsync(
            macro,
            HttpContext.RequireViewer(),
            isOwn: false,
            Url.Page("/Administration/MacroEditor", "Shape", new { id = Id })!,
            configuration.Snapshot.All<DeskDocument>(),
            problems,
            cancellation
        );
        return Page();
    }
}
