using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A workflow that is kept without being published.</summary>
public sealed partial class WorkflowEditorModel
{
    /// <summary>The draft that there is; null for none.</summary>
    public WorkflowDraft? Draft { get; private set; }

    /// <summary>The tag of the draft from which the form was drawn; null for none.</summary>
    [BindProperty(Name = "seen")]
    public string? Seen { get; set; }

    /// <summary>Keeps what is written as a draft, finished or not. No ticket goes by it.</summary>
    public async Task<IActionResult> OnPostDraftAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        if (Id is null && configuration.Snapshot.TryGet<WorkflowDocument>(Workflow.Id, out _))
        {
            Problems = [.. Problems, DocumentProblem.At("/id", "forms.id-taken", Workflow.Id)];
        }

        if (Problems.Count > 0)
        {
            return await ShowAsync(cancellation);
        }

        Draft ??= await drafts.FindAsync(Workflow.Id, cancellation);
        var me = HttpContext.RequireViewer().Person.Id;
        var draft = new WorkflowDraft(Workflow.Id, Version, documents.ToJson(Workflow), me, clock.GetCurrentInstant());
        if (TagOf(Draft) != Seen || !await drafts.ReplaceAsync(Draft, draft, cancellation))
        {
            // Who has read that goes on, or writes over what is there now.
            Draft = await drafts.FindAsync(Workflow.Id, cancellation);
            Seen = TagOf(Draft);
            Notice = texts["administration.conflict"];
            Response.StatusCode = StatusCodes.Status409Conflict;
            return await ShowAsync(cancellation);
        }

        TempData["Done"] = texts["workflow.draft-kept"];
        return RedirectToPage(new { id = Workflow.Id });
    }

    /// <summary>Throws the draft away that was seen; what is published stays.</summary>
    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellation)
    {
        if (Id is null)
        {
            return NotFound();
        }

        if (await drafts.FindAsync(Id, cancellation) is { } draft && TagOf(draft) == Seen)
        {
            await drafts.RemoveAsync(draft, cancellation);
            TempData["Done"] = texts["workflow.draft-gone"];
        }

        return configuration.Snapshot.TryGet<WorkflowDocument>(Id, out _)
            ? RedirectToPage(new { id = Id })
            : RedirectToPage("/Administration/Workflows");
    }

    // A draft that somebody kept meanwhile stays.
    private async Task PublishedAsync(CancellationToken cancellation)
    {
        if (await drafts.FindAsync(Workflow.Id, cancellation) is { } draft && TagOf(draft) == Seen)
        {
            await drafts.RemoveAsync(draft, CancellationToken.None);
        }
    }

    private static string? TagOf(WorkflowDraft? draft) => draft is null ? null : DraftTag.Of(draft);

    // One that another version of the product wrote is passed over.
    private static WorkflowDocument? Written(WorkflowDraft? draft)
    {
        try
        {
            return draft is null
                ? null
                : (WorkflowDocument)DocumentText.FromStored(DocumentKinds.Workflow, draft.Document);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
