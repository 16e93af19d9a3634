using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Automation;

/// <summary>Rules that are being written. A draft is no part of the configuration: nothing of it runs.</summary>
public interface IRuleDrafts
{
    /// <summary>The draft of a rule; null when there is none.</summary>
    Task<RuleDraft?> FindAsync(string rule, CancellationToken cancellation);

    /// <summary>All drafts, by rule.</summary>
    Task<IReadOnlyList<RuleDraft>> AllAsync(CancellationToken cancellation);

    /// <summary>Keeps a draft in place of what there was.</summary>
    Task SaveAsync(RuleDraft draft, CancellationToken cancellation);

    /// <summary>Keeps a draft in place of the one that was read.</summary>
    /// <param name="read">The draft as it was read; null for none.</param>
    /// <returns>False when that is not what stands there any more: then nothing was kept.</returns>
    Task<bool> ReplaceAsync(RuleDraft? read, RuleDraft draft, CancellationToken cancellation);

    /// <summary>Throws a draft away; one that is not there is no mistake.</summary>
    Task RemoveAsync(string rule, CancellationToken cancellation);

    /// <summary>Throws the draft away that was read; one that was kept since then stays.</summary>
    Task RemoveAsync(RuleDraft read, CancellationToken cancellation);
}

/// <summary>A rule that is being written.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="BaseVersion">The version that it was begun from; 0 for a rule that was never published.</param>
/// <param name="Document">The document as JSON; it need not be valid yet.</param>
/// <param name="By">Who wrote it last.</param>
/// <param name="At">When.</param>
public sealed record RuleDraft(string Rule, int BaseVersion, string Document, PersonId By, Instant At);
