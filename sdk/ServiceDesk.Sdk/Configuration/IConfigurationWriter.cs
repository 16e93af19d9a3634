using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>
/// Writes documents for a person, with the same checks and history as every change of the configuration. Reports and
/// dashboards may be written for whom the page or route lets through; every other kind needs <see cref="Permissions.Configure"/>.
/// </summary>
public interface IConfigurationWriter
{
    /// <summary>Writes a document.</summary>
    /// <param name="author">For whom.</param>
    /// <param name="document">The whole document.</param>
    /// <param name="expectedVersion">The version that the person has seen, 0 for a new one; another current one is refused. Null takes any.</param>
    /// <returns>Why nothing was written, with the place in the document as field; empty when it was, or nothing would change.</returns>
    Task<ValueList<Refusal>> SaveAsync(
        Viewer author,
        ConfigurationDocument document,
        int? expectedVersion,
        CancellationToken cancellation = default
    );

    /// <summary>Removes a document. Its versions stay readable.</summary>
    /// <returns>Why it was not removed; empty when it was.</returns>
    Task<ValueList<Refusal>> RemoveAsync<TDocument>(
        Viewer author,
        string id,
        int? expectedVersion,
        CancellationToken cancellation = default
    )
        where TDocument : ConfigurationDocument;
}
