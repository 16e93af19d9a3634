using System.Diagnostics.CodeAnalysis;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>An immutable snapshot of the whole configuration at a revision. All lookups are in memory, never fail on unknown ids and are safe for use by many threads.</summary>
public interface IConfiguration
{
    /// <summary>Counts every change to any document; 0 is the empty configuration.</summary>
    long Revision { get; }

    /// <summary>The document of type <typeparamref name="T"/> with <paramref name="id"/>, in its version of this revision.</summary>
    bool TryGet<T>(string id, [NotNullWhen(true)] out T? document)
        where T : ConfigurationDocument;

    /// <summary>The version number of a document in this revision: 1 when first written; 0 when there is none.</summary>
    int VersionOf<T>(string id)
        where T : ConfigurationDocument;

    /// <summary>All documents of a type: those that have an order in it (<see cref="IOrderedDocument"/>), then by id.</summary>
    IReadOnlyList<T> All<T>()
        where T : ConfigurationDocument;

    /// <summary>A document in an older version, for clocks that pinned it; null when that version never existed.</summary>
    T? AtVersion<T>(string id, int version)
        where T : ConfigurationDocument;
}
