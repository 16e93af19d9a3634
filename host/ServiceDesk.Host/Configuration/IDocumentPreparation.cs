using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Configuration;

/// <summary>Work on a document that is to be written and that takes its time, done before the checks, which answer at once.</summary>
public interface IDocumentPreparation
{
    /// <summary>Does it; what it finds wrong is for a check to say.</summary>
    /// <param name="isTrial">Whether nothing is written in the end, and so nothing may be kept.</param>
    /// <returns>The document as it is to be checked and written: the same, or one without what does not belong into documents.</returns>
    Task<ConfigurationDocument> PrepareAsync(
        ConfigurationDocument document,
        bool isTrial,
        CancellationToken cancellation
    );
}
