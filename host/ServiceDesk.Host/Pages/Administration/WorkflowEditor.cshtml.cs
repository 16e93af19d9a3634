using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Workflows;
using ServiceDesk.Host.Workflows;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A workflow in the browser: its diagram, and one of its parts open beside it. What is not published yet is kept by the form, or as a draft.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed partial class WorkflowEditorModel(
    IConfigurationEditor editor,
    IWorkflowDrafts drafts,
    ICurrentConfiguration configuration,
    RuleVocabulary vocabulary,
    WorkflowForms forms,
    WorkflowTickets tickets,
    DocumentText documents,
    ITexts texts,
    IClock clock
) : PageModel
{
    /// <summary>The form's place in the page.</summary>
    public const string FormPlace = "#workflow-form";

    /// <summary>The workflow's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new workflow.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    public WorkflowDocument Workflow { get; private set; } = WorkflowEdits.Blank();

    /// <summary>The part that is open.</summary>
    public WorkflowPart Open { get; private set; } = WorkflowPart.None;

    /// <summary>What stands in the way of publishing.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; private set; } = [];

    public string? Notice { get; private set; }

    /// <summary>What publishing would change; null when it was not asked.</summary>
    public IReadOnlyList<ComparedLine>? Difference { get; private set; }

    /// <summary>Statuses that publishing would take away, with their tickets.</summary>
    public IReadOnlyList<VanishingStatus> Vanishing { get; private set; } = [];

    /// <summary>What is offered.</summary>
    public WorkflowForms Forms => forms;

    /// <summary>The document as the form carries it along.</summary>
    public string Rest => documents.ToJson(Workflow);

    public WorkflowDiagram Diagram => WorkflowDiagram.Of(Workflow, Open);

    /// <summary>The status that is open; null when none is.</summary>
    public WorkflowStatus? Status =>
        Open.Kind == WorkflowPart.Status && Open.Place < Workflow.Statuses.Count ? Workflow.Statuses[Open.Place] : null;

    /// <summary>The transition that is open; null when none is.</summary>
    public WorkflowTransition? Transition =>
        Open.Kind == WorkflowPart.Transition && Open.Place < Workflow.Transitions.Count
            ? Workflow.Transitions[Open.Place]
            : null;

    /// <summary>Statuses that can be chosen.</summary>
    public IEnumerable<WorkflowStatus> Statuses => Workflow.Statuses.Where(status => status.Id.Length > 0);

    /// <summary>The name of a status; its id where it has none.</summary>
    public string NameOf(string status) =>
        Workflow.Status(status)?.Name.ToString() is { Length: > 0 } name ? name : status;

    /// <summary>From where a transition leads where, in words.</summary>
    public string WayOf(WorkflowTransition way) =>
        texts.Format(
            "workflow.way",
            way.From.Count == 0 ? texts["workflow.anywhere"] : string.Join(", ", way.From.Select(NameOf)),
            NameOf(way.To)
        );

    /// <summary>Where tickets of a status go that vanishes, as far as it was chosen or can be proposed.</summary>
    public string ReplacementOf(WorkflowStatus gone) =>
        Workflow.Replaced.FirstOrDefault(one => one.From == gone.Id)?.To ?? LostStatuses.Proposed(Workflow, gone);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (Id is not null)
        {
            Draft = await drafts.FindAsync(Id, cancellation);
            configuration.Snapshot.TryGet<WorkflowDocument>(Id, out var published);
            if ((Written(Draft) ?? published) is not { } found)
            {
                return NotFound();
            }

            (Workflow, Seen) = (found, TagOf(Draft));
            Version = Draft?.BaseVersion ?? configuration.Snapshot.VersionOf<WorkflowDocument>(Id);
        }

        return await ShowAsync(cancellation);
    }

    /// <summary>Draws the form anew, after a choice or a button that changes its shape.</summary>
    public async Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        (Workflow, Open) = WorkflowEdits.Apply(Workflow, Open, op);
        Problems = [];
        return await ShowAsync(cancellation);
    }

    /// <summary>Shows what publishing would change, and asks where tickets go whose statuses vanish.</summary>
    public async Task<IActionResult> OnPostCompareAsync(CancellationToken cancellation)
    {
        var form = await ReadAsync(cancellation);
        Vanishing = await tickets.VanishingAsync(Workflow, cancellation);
        Replace(form);
        if (Problems.Count == 0)
        {
            var me = HttpContext.RequireViewer().Person.Id;
            Problems = await editor.ProblemsOfAsync(documents, Workflow, me, cancellation);
        }

        if (Problems.Count == 0)
        {
            var before =
                Version == 0
                    ? null
                    : await editor.YamlAtAsync(DocumentKinds.Workflow, Workflow.Id, Version, cancellation);
            Difference = ConfigurationComparison.Lines(before, documents.ToYaml(Workflow));
            Open = WorkflowPart.None;
        }

        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostPublishAsync(string? comment, CancellationToken cancellation)
    {
        var form = await ReadAsync(cancellation);
        if (Problems.Count > 0)
        {
            return await ShowAsync(cancellation);
        }

        Vanishing = await tickets.VanishingAsync(Workflow, cancellation);
        Replace(form);
        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, comment);
        var outcome = await editor.SaveAsync(documents.ToYaml(Workflow), Version, author, cancellation);
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                await PublishedAsync(cancellation);
                TempData["Done"] = texts["workflow.published"];
                return RedirectToPage("/Administration/Workflows", null, null, $"workflow-{Workflow.Id}");
            case ConfigurationStatus.Conflict:
                Notice = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                break;
            default:
                Problems = [.. outcome.Problems.Select(problem => problem.Problem)];
                break;
        }

        return await ShowAsync(cancellation);
    }

    private async Task<WorkflowForm> ReadAsync(CancellationToken cancellation)
    {
        var form = new WorkflowForm(await Request.ReadFormAsync(cancellation), vocabulary);
        Open = form.Open;
        Workflow = form.Read();
        Problems = form.Problems;
        Workflow = Id is null ? Workflow : Workflow with { Id = Id };
        Draft = Id is null ? null : await drafts.FindAsync(Id, cancellation);
        return form;
    }

    // What nobody chose yet is proposed, so that no ticket is ever left behind.
    private void Replace(WorkflowForm form)
    {
        configuration.Snapshot.TryGet<WorkflowDocument>(Workflow.Id, out var published);
        var chosen = form.Replacements();
        Workflow = WorkflowEdits.Replacing(
            Workflow,
            published,
            Vanishing.ToDictionary(
                gone => gone.Status.Id,
                gone =>
                    chosen.TryGetValue(gone.Status.Id, out var to) ? to : LostStatuses.Proposed(Workflow, gone.Status),
                StringComparer.Ordinal
            )
        );
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        var shape = Url.Page("/Administration/WorkflowEditor", "Shape", new { id = Id })!;
        await forms.PrepareAsync(shape, FormPlace, Url.Page("/Workspace/Complete")!, cancellation);
        if (Problems.Count > 0 && Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }
}
