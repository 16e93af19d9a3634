using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Sla;

/// <summary>SLA policies and calendars that are being written. A draft is no part of the configuration: no clock counts by it.</summary>
public interface ISlaDraftStore
{
    /// <summary>The draft of a document; null when there is none.</summary>
    Task<SlaDraft?> FindAsync(string kind, string document, CancellationToken cancellation);

    /// <summary>All drafts, by kind and document.</summary>
    Task<IReadOnlyList<SlaDraft>> AllAsync(CancellationToken cancellation);

    /// <summary>Keeps a draft in place of what there was.</summary>
    Task SaveAsync(SlaDraft draft, CancellationToken cancellation);

    /// <summary>Keeps a draft in place of the one that was read.</summary>
    /// <param name="read">The draft as it was read; null for none.</param>
    /// <returns>False when that is not what stands there any more: then nothing was kept.</returns>
    Task<bool> ReplaceAsync(SlaDraft? read, SlaDraft draft, CancellationToken cancellation);

    /// <summary>Throws a draft away; one that is not there is no mistake.</summary>
    Task RemoveAsync(string kind, string document, CancellationToken cancellation);

    /// <summary>Throws the draft away that was read; one that was kept since then stays.</summary>
    Task RemoveAsync(SlaDraft read, CancellationToken cancellation);
}

/// <summary>An SLA policy or calendar that is being written.</summary>
/// <param name="Kind">The kind of document.</param>
/// <param name="Document">Its id.</param>
/// <param name="BaseVersion">The version that it was begun from; 0 for a new document.</param>
/// <param name="Yaml">The document as YAML, its kind first; it need not be valid yet.</param>
/// <param name="By">Who wrote it last.</param>
/// <param name="At">When.</param>
public sealed record SlaDraft(string Kind, string Document, int BaseVersion, string Yaml, PersonId By, Instant At);
