using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Workflow;

/// <summary>Workflows that are being written. A draft is no part of the configuration: no ticket goes by it.</summary>
public interface IWorkflowDrafts
{
    /// <summary>The draft of a workflow; null when there is none.</summary>
    Task<WorkflowDraft?> FindAsync(string workflow, CancellationToken cancellation);

    /// <summary>All drafts, by workflow.</summary>
    Task<IReadOnlyList<WorkflowDraft>> AllAsync(CancellationToken cancellation);

    /// <summary>Keeps a draft in place of the one that was read.</summary>
    /// <param name="read">The draft as it was read; null for none.</param>
    /// <returns>False when that is not what stands there any more: then nothing was kept.</returns>
    Task<bool> ReplaceAsync(WorkflowDraft? read, WorkflowDraft draft, CancellationToken cancellation);

    /// <summary>Throws the draft away that was read; one that was kept since then stays.</summary>
    Task RemoveAsync(WorkflowDraft read, CancellationToken cancellation);
}

/// <summary>A workflow that is being written.</summary>
/// <param name="Workflow">The workflow's id.</param>
/// <param name="BaseVersion">The version that it was begun from; 0 for a workflow that was never published.</param>
/// <param name="Document">The document as JSON; it need not be valid yet.</param>
/// <param name="By">Who wrote it last.</param>
/// <param name="At">When.</param>
public sealed record WorkflowDraft(string Workflow, int BaseVersion, string Document, PersonId By, Instant At);
