using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration;

/// <summary>A document in one of its versions.</summary>
/// <param name="Document">The content.</param>
/// <param name="Version">1 when first written.</param>
/// <param name="IsCurrent">Whether the snapshot's revision has it; false for older versions and for removed documents.</param>
public sealed record VersionedDocument(ConfigurationDocument Document, int Version, bool IsCurrent = true);

/// <summary>The whole configuration at a revision, in memory, with the older versions that clocks may have pinned.</summary>
public sealed class ConfigurationSnapshot : IConfiguration
{
    private readonly FrozenDictionary<(Type Type, string Id), VersionedDocument> current;
    private readonly FrozenDictionary<(Type Type, string Id, int Version), ConfigurationDocument> versions;
    private readonly FrozenDictionary<Type, Array> all;

    private ConfigurationSnapshot(long revision, IReadOnlyCollection<VersionedDocument> documents)
    {
        Revision = revision;
        current = documents
            .Where(entry => entry.IsCurrent)
            .ToFrozenDictionary(entry => (entry.Document.GetType(), entry.Document.Id));
        versions = documents.ToFrozenDictionary(
            entry => (entry.Document.GetType(), entry.Document.Id, entry.Version),
            entry => entry.Document
        );
        all = current
            .Values.Select(entry => entry.Document)
            .GroupBy(document => document.GetType())
            .ToFrozenDictionary(
                group => group.Key,
                group =>
                    TypedArray(
                        group.Key,
                        [
                            .. group
                                .OrderBy(document => (document as IOrderedDocument)?.Order)
                                .ThenBy(document => document.Id, StringComparer.Ordinal),
                        ]
                    )
            );
    }

    /// <summary>Nothing configured, revision 0.</summary>
    public static ConfigurationSnapshot Empty { get; } = new(0, []);

    /// <inheritdoc/>
    public long Revision { get; }

    /// <summary>Every document of this revision, ordered by kind as an import writes them, then by id.</summary>
    public IEnumerable<VersionedDocument> Documents =>
        current
            .Values.OrderBy(entry => KindOrder(entry.Document))
            .ThenBy(entry => entry.Document.Id, StringComparer.Ordinal);

    /// <summary>A snapshot of the given documents, each in version 1.</summary>
    public static ConfigurationSnapshot Of(long revision, params IEnumerable<ConfigurationDocument> documents) =>
        new(revision, [.. documents.Select(document => new VersionedDocument(document, 1))]);

    /// <summary>A snapshot of documents in their versions; of each kind and id at most one version is current.</summary>
    public static ConfigurationSnapshot From(long revision, IEnumerable<VersionedDocument> documents) =>
        new(revision, [.. documents]);

    /// <summary>The next revision, in which <paramref name="document"/> is written: as its next version when it was there before.</summary>
    public ConfigurationSnapshot With(ConfigurationDocument document)
    {
        var version = LastVersion(document.GetType(), document.Id) + 1;
        return new(
            Revision + 1,
            [.. Retired(document.GetType(), document.Id), new VersionedDocument(document, version)]
        );
    }

    /// <summary>The next revision, in which the document is not there; older versions stay readable.</summary>
    public ConfigurationSnapshot Without<T>(string id)
        where T : ConfigurationDocument => new(Revision + 1, [.. Retired(typeof(T), id)]);

    /// <inheritdoc/>
    public bool TryGet<T>(string id, [NotNullWhen(true)] out T? document)
        where T : ConfigurationDocument
    {
        document = Find(typeof(T), id)?.Document as T;
        return document is not null;
    }

    /// <summary>The current version of a document of a type known only at run time; null when there is none.</summary>
    public VersionedDocument? Find(Type type, string id) => current.GetValueOrDefault((type, id));

    /// <inheritdoc/>
    public int VersionOf<T>(string id)
        where T : ConfigurationDocument => Find(typeof(T), id)?.Version ?? 0;

    /// <inheritdoc/>
    public IReadOnlyList<T> All<T>()
        where T : ConfigurationDocument => all.TryGetValue(typeof(T), out var documents) ? (T[])documents : [];

    /// <inheritdoc/>
    public T? AtVersion<T>(string id, int version)
        where T : ConfigurationDocument => versions.GetValueOrDefault((typeof(T), id, version)) as T;

    private static int KindOrder(ConfigurationDocument document) =>
        DocumentKinds.All.ToImmutableArray().IndexOf(DocumentTypes.KindOf(document));

    private static Array TypedArray(Type type, ConfigurationDocument[] documents)
    {
        var typed = Array.CreateInstance(type, documents.Length);
        Array.Copy(documents, typed, documents.Length);
        return typed;
    }

    private int LastVersion(Type type, string id) =>
        versions.Keys.Where(key => key.Type == type && key.Id == id).Select(key => key.Version).DefaultIfEmpty().Max();

    private IEnumerable<VersionedDocument> Retired(Type type, string id) =>
        versions.Select(entry => new VersionedDocument(
            entry.Value,
            entry.Key.Version,
            (entry.Key.Type, entry.Key.Id) != (type, id)
                && Find(entry.Key.Type, entry.Key.Id)?.Version == entry.Key.Version
        ));
}
