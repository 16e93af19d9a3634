using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Configuration;

/// <summary>Work on a document that is to be written and that takes its time, done before the checks, which answer at once.</summary>
public interface IDocumentPreparation
{
    /// <summary>Does it; what it finds wrong is for a check to say.</summary>
    Task PrepareAsync(ConfigurationDocument document, CancellationToken cancellation);
}
