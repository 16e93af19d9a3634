using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Configuration;

/// <inheritdoc/>
public sealed class ConfigurationEditor(
    IDocumentStore store,
    ConfigurationCache cache,
    ConfigurationWriter writer,
    DocumentText text,
    ShippedDocuments shipped
) : IConfigurationEditor
{
    private readonly ConfigurationFolder folder = new(text);
    private readonly ConfigurationComparison comparison = new(text);

    public string? SchemaOf(string kind) => DocumentTypes.Find(kind) is null ? null : text.Schemas.Text(kind);

    public string? YamlOf(string kind, string id) =>
        Current(cache.Snapshot, kind, id) is { } entry ? text.ToYaml(entry.Document) : null;

    public Task<ConfigurationOutcome> SaveAsync(
        string yaml,
        int? expectedVersion,
        ConfigurationAuthor author,
        CancellationToken cancellation = default
    )
    {
        var reading = text.FromYaml(yaml);
        return reading.Document is { } document
            ? WriteOneAsync(reading.Kind!, document.Id, document, expectedVersion, author, cancellation)
            : Task.FromResult(
                Invalid(
                    reading
                        .Problems.Select(problem => new FileProblem("", reading.LineOf(problem), problem))
                        .ToValueList()
                )
            );
    }

    public Task<ConfigurationOutcome> RemoveAsync(
        string kind,
        string id,
        int? expectedVersion,
        ConfigurationAuthor author,
        CancellationToken cancellation = default
    ) => WriteOneAsync(kind, id, null, expectedVersion, author, cancellation);

    public async Task<ConfigurationOutcome> RollBackAsync(
        string kind,
        string id,
        int version,
        int? expectedVersion,
        ConfigurationAuthor author,
        CancellationToken cancellation = default
    )
    {
        var stored = await store.FindVersionAsync(kind, id, version, cancellation);
        return Readable(stored) is { } document
            ? await WriteOneAsync(kind, id, document, expectedVersion, author, cancellation)
            : Ended(ConfigurationStatus.NotFound, "configuration.no-such-version", $"{version}");
    }

    public Task<IReadOnlyList<StoredDocumentVersion>> HistoryAsync(
        string kind,
        string id,
        CancellationToken cancellation = default
    ) => store.HistoryAsync(kind, id, cancellation);

    public Task<IReadOnlyList<DocumentRevision>> RevisionsAsync(
        int limit,
        long? before = null,
        CancellationToken cancellation = default
    ) => store.RevisionsAsync(limit, before, cancellation);

    public async Task<string?> YamlAtAsync(
        string kind,
        string id,
        int version,
        CancellationToken cancellation = default
    ) =>
        Readable(await store.FindVersionAsync(kind, id, version, cancellation)) is { } document
            ? text.ToYaml(document)
            : null;

    /// <summary>The document of a version; null for one that removed it, and for what a newer version of the product or a hand wrote and this one cannot read.</summary>
    internal static ConfigurationDocument? Readable(StoredDocumentVersion? version)
    {
        try
        {
            return version?.Json is { } json ? DocumentText.FromStored(version.Kind, json) : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<ComparedLine>> CompareAsync(
        string kind,
        string id,
        int from,
        int to,
        CancellationToken cancellation = default
    ) =>
        ConfigurationComparison.Lines(
            await YamlAtAsync(kind, id, from, cancellation),
            await YamlAtAsync(kind, id, to, cancellation)
        );

    public IReadOnlyList<ConfigurationFile> Export() => folder.Export(cache.Snapshot);

    public async Task<ConfigurationOutcome> ImportAsync(
        IReadOnlyCollection<ConfigurationFile> files,
        ConfigurationImport import,
        ConfigurationAuthor author,
        CancellationToken cancellation = default
    )
    {
        var reading = folder.Read(files);
        if (reading.Problems.Count > 0)
        {
            return Invalid(reading.Problems);
        }

        return await writer.WriteAsync(
            before =>
                import.ExpectedRevision is { } expected && expected != before.Revision
                    ? ([], Ended(ConfigurationStatus.Conflict, "configuration.changed-meanwhile"))
                    : (comparison.Between(before, reading.Documents.Values, !import.KeepOthers), null),
            author,
            import.IsTrial,
            cancellation
        );
    }

    public async Task<IReadOnlyList<OfferedDocument>> OffersAsync(CancellationToken cancellation = default)
    {
        var offers = new List<OfferedDocument>();
        foreach (var (source, brought) in shipped.All)
        {
            var kind = DocumentTypes.KindOf(brought);
            if (Current(cache.Snapshot, kind, brought.Id) is not { } current)
            {
                continue;
            }

            var document = WithPlugins(brought, current.Document);
            if (text.ToJson(current.Document) == text.ToJson(document))
            {
                continue;
            }

            var history = await store.HistoryAsync(kind, document.Id, cancellation);
            var lastShipped = history.FirstOrDefault(version => version.Author.Source == source);
            if (lastShipped?.Json != text.ToJson(document) && !IsTaken(lastShipped?.Json, document))
            {
                offers.Add(
                    new OfferedDocument(
                        kind,
                        document.Id,
                        source,
                        lastShipped is not null && lastShipped == history[0],
                        text.ToYaml(current.Document),
                        text.ToYaml(document)
                    )
                );
            }
        }

        return offers;
    }

    // What plugins brought to a role is not the product's to take.
    private static ConfigurationDocument WithPlugins(ConfigurationDocument shipped, ConfigurationDocument current) =>
        shipped is RoleDocument role && current is RoleDocument { Permissions: var held }
            ? role with
            {
                Permissions = role
                    .Permissions.Concat(held.Except(Permissions.All).Except(role.Permissions))
                    .ToValueList(),
            }
            : shipped;

    // Taken over as it is now, but for what plugins brought before or since.
    private bool IsTaken(string? lastShipped, ConfigurationDocument document) =>
        lastShipped is not null
        && document is RoleDocument role
        && text.FromJson(DocumentKinds.Role, lastShipped).Document is RoleDocument taken
        && text.ToJson(Own(taken)) == text.ToJson(Own(role));

    private static RoleDocument Own(RoleDocument role) =>
        role with
        {
            Permissions = role.Permissions.Where(Permissions.All.Contains).ToValueList(),
        };

    private Task<ConfigurationOutcome> WriteOneAsync(
        string kind,
        string id,
        ConfigurationDocument? document,
        int? expectedVersion,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        writer.WriteAsync(
            before =>
            {
                var current = Current(before, kind, id);
                if (expectedVersion is { } expected && expected != (current?.Version ?? 0))
                {
                    return ([], Ended(ConfigurationStatus.Conflict, "configuration.changed-meanwhile"));
                }

                if (document is not null)
                {
                    return (comparison.Between(before, [document], removeOthers: false), null);
                }

                return current is null
                    ? ([], Ended(ConfigurationStatus.NotFound, "configuration.no-such-document", id, kind))
                    : ([new DocumentDifference(DifferenceKind.Removed, kind, id, current.Document, null)], null);
            },
            author,
            isTrial: false,
            cancellation
        );

    private static VersionedDocument? Current(ConfigurationSnapshot snapshot, string kind, string id) =>
        DocumentTypes.Find(kind) is { } type ? snapshot.Find(type, id) : null;

    private ConfigurationOutcome Invalid(ValueList<FileProblem> problems) =>
        new(ConfigurationStatus.Invalid, cache.Snapshot.Revision, [], problems);

    private ConfigurationOutcome Ended(
        ConfigurationStatus status,
        string code,
        params ReadOnlySpan<string> arguments
    ) => new(status, cache.Snapshot.Revision, [], [new FileProblem("", null, DocumentProblem.At("", code, arguments))]);
}
