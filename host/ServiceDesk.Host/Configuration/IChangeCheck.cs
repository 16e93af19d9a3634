using ServiceDesk.Core.Configuration;

namespace ServiceDesk.Host.Configuration;

/// <summary>A check of a change that needs more than documents: who has a role, what a ticket keeps. The same for pages, API, import and rollback.</summary>
public interface IChangeCheck
{
    /// <summary>Why the change may not be made; empty when it may.</summary>
    /// <param name="after">The configuration with the differences in it.</param>
    Task<IReadOnlyCollection<ConfigurationProblem>> CheckAsync(
        ConfigurationSnapshot before,
        ConfigurationSnapshot after,
        IReadOnlyCollection<DocumentDifference> differences,
        ConfigurationAuthor author,
        CancellationToken cancellation
    );
}
