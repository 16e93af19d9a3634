using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Duty;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>One assignment policy as a form.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class AssignmentModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    IPeopleStore people,
    ITexts texts
) : PageModel
{
    private AssignmentForm form = null!;

    /// <summary>The policy's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new one.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>What the page is about.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>The inputs.</summary>
    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    /// <summary>A method as documents name it.</summary>
    public static string Word(AssignmentMethod method) => AssignmentForm.Word(method);

    /// <summary>Shows the policy.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (Id is null)
        {
            form = AssignmentForm.Blank();
        }
        else if (configuration.Snapshot.TryGet<AssignmentDocument>(Id, out var found))
        {
            form = AssignmentForm.Of(found);
            Version = configuration.Snapshot.VersionOf<AssignmentDocument>(Id);
        }
        else
        {
            return NotFound();
        }

        return await DrawAsync(cancellation);
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
    {
        form = AssignmentForm.Typed(name => string.Join('\n', Request.Form[name].OfType<string>()));
        if (Id is not null && !configuration.Snapshot.TryGet<AssignmentDocument>(Id, out _))
        {
            return NotFound();
        }

        var document = form.Read(Id, Errors);
        if (!Errors.Any)
        {
            var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, null);
            var outcome = await editor.SaveAsync(documents.ToYaml(document), Version, author, cancellation);
            if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
            {
                TempData["Done"] = texts["administration.saved"];
                return RedirectToPage(new { id = document.Id });
            }

            Tell(outcome);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await DrawAsync(cancellation);
    }

    /// <summary>Removes it; its versions stay.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, null);
        var outcome = Id is null
            ? null
            : await editor.RemoveAsync(DocumentKinds.Assignment, Id, expectedVersion: null, author, cancellation);
        if (outcome is not { Status: ConfigurationStatus.Written })
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.removed"];
        return RedirectToPage("/Administration/Assignments");
    }

    private void Tell(ConfigurationOutcome outcome)
    {
        if (outcome.Status == ConfigurationStatus.Conflict)
        {
            Errors.Add(null, "administration.conflict");
        }

        foreach (var problem in outcome.Problems.Select(found => found.Problem))
        {
            Errors.Add(AssignmentForm.InputAt(problem.Path), problem.Code, [.. problem.Arguments]);
        }
    }

    private async Task<IActionResult> DrawAsync(CancellationToken cancellation)
    {
        Title =
            Id is not null && configuration.Snapshot.TryGet<AssignmentDocument>(Id, out var found)
                ? found.Name.ToString()
                : texts["duty.assignment-new"];
        var teams = await people.TeamsAsync(cancellation);
        Inputs = form.Inputs(configuration.Snapshot, [.. teams.Select(team => team.Name)], Errors, texts);
        return Page();
    }
}
