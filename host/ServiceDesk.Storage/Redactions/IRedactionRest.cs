namespace ServiceDesk.Storage.Redactions;

/// <summary>
/// What a commit that takes something out cannot take away itself: contents of files, and what the search index keeps of texts
/// that are gone. Nothing shows it any more; it is taken away soon after the commit, and after a crash at the next start.
/// </summary>
public interface IRedactionRest
{
    /// <summary>Takes away what is left.</summary>
    /// <returns>How many redactions were finished.</returns>
    Task<int> FinishAsync(CancellationToken cancellation = default);
}
