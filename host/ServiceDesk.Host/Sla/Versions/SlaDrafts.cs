using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Versions;

/// <summary>
/// Drafts of SLA policies and calendars: written, looked at, and published with a choice for the clocks that run. What is
/// written past them without a choice, by the page of documents, REST or an import, is for new tickets only, and kept so.
/// </summary>
public sealed class SlaDrafts(
    ISlaDraftStore store,
    ISlaChangeovers changeovers,
    IConfigurationEditor editor,
    ConfigurationCache cache,
    DocumentText text,
    ChangeoverSignal signal,
    ITexts texts,
    IClock clock
)
{
    /// <summary>Whether a kind of document has drafts here.</summary>
    public static bool IsKind(string kind) => kind is DocumentKinds.SlaPolicy or DocumentKinds.Calendar;

    /// <summary>All drafts.</summary>
    public Task<IReadOnlyList<SlaDraft>> AllAsync(CancellationToken cancellation) => store.AllAsync(cancellation);

    /// <summary>The draft of a document; null when there is none.</summary>
    public Task<SlaDraft?> FindAsync(string kind, string document, CancellationToken cancellation) =>
        store.FindAsync(kind, document, cancellation);

    /// <summary>The draft of a document, begun from its current version when there is none yet; null when there is no such document either.</summary>
    public async Task<SlaDraft?> OpenAsync(string kind, string document, PersonId by, CancellationToken cancellation)
    {
        if (!IsKind(kind) || await store.FindAsync(kind, document, cancellation) is { } kept)
        {
            return IsKind(kind) ? await store.FindAsync(kind, document, cancellation) : null;
        }

        return DocumentTypes.Find(kind) is { } type && cache.Snapshot.Find(type, document) is { } current
            ? await SaveAsync(kind, document, text.ToYaml(current.Document), current.Version, by, cancellation)
            : null;
    }

    /// <summary>Keeps a draft, valid or not.</summary>
    /// <param name="yaml">The document, its kind first.</param>
    /// <param name="baseVersion">The version that it was begun from; 0 for a new document.</param>
    public async Task<SlaDraft> SaveAsync(
        string kind,
        string document,
        string yaml,
        int baseVersion,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var draft = Draft(kind, document, yaml, baseVersion, by);
        await store.SaveAsync(draft, cancellation);
        return draft;
    }

    /// <summary>Keeps a document as the draft of itself.</summary>
    public Task<SlaDraft> SaveAsync(
        ConfigurationDocument document,
        int baseVersion,
        PersonId by,
        CancellationToken cancellation
    ) => SaveAsync(DocumentTypes.KindOf(document), document.Id, text.ToYaml(document), baseVersion, by, cancellation);

    /// <summary>Keeps a document as the draft of itself, unless there is a draft that says something else: its writer has not seen that.</summary>
    /// <returns>Whether it was kept.</returns>
    public async Task<bool> TryKeepAsync(
        ConfigurationDocument document,
        int baseVersion,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var open = await FindAsync(DocumentTypes.KindOf(document), document.Id, cancellation);
        return (open is null || Says(open, document))
            && await ReplaceAsync(open, document, baseVersion, by, cancellation) is not null;
    }

    /// <summary>Keeps a document as the draft of itself, in place of the draft that was read.</summary>
    /// <param name="read">The draft as it was read; null for none.</param>
    /// <returns>Null when another draft was kept meanwhile: that one stays.</returns>
    public async Task<SlaDraft?> ReplaceAsync(
        SlaDraft? read,
        ConfigurationDocument document,
        int baseVersion,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var draft = Draft(DocumentTypes.KindOf(document), document.Id, text.ToYaml(document), baseVersion, by);
        return await store.ReplaceAsync(read, draft, cancellation) ? draft : null;
    }

    /// <summary>Keeps text as the draft of a document, in place of the draft that was seen.</summary>
    /// <param name="seen">The tag of the draft that the writer has seen; null takes any.</param>
    /// <param name="yaml">The document, its kind first, valid or not.</param>
    /// <returns>Null when another draft was kept meanwhile: that one stays.</returns>
    public async Task<SlaDraft?> ReplaceAsync(
        string? seen,
        string kind,
        string document,
        string yaml,
        int baseVersion,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var draft = Draft(kind, document, yaml, baseVersion, by);
        var read = await store.FindAsync(kind, document, cancellation);
        return IsSeen(read, seen) && await store.ReplaceAsync(read, draft, cancellation) ? draft : null;
    }

    /// <summary>Keeps a document as the draft of itself, in place of the draft that was seen.</summary>
    /// <param name="seen">The tag of the draft that the writer has seen; null takes any.</param>
    /// <returns>Null when another draft was kept meanwhile: that one stays.</returns>
    public Task<SlaDraft?> ReplaceAsync(
        string? seen,
        ConfigurationDocument document,
        int baseVersion,
        PersonId by,
        CancellationToken cancellation
    ) =>
        ReplaceAsync(
            seen,
            DocumentTypes.KindOf(document),
            document.Id,
            text.ToYaml(document),
            baseVersion,
            by,
            cancellation
        );

    /// <summary>Whether what lies there, or that nothing does, is what somebody with a tag has seen; without a tag anything is.</summary>
    public static bool IsSeen(SlaDraft? draft, string? seen) =>
        seen is null || (draft is not null && seen == DraftTag.Of(draft));

    /// <summary>Throws a draft away.</summary>
    public Task RemoveAsync(string kind, string document, CancellationToken cancellation) =>
        store.RemoveAsync(kind, document, cancellation);

    /// <summary>Throws the draft away that was read; one that was kept meanwhile stays.</summary>
    public Task RemoveAsync(SlaDraft read, CancellationToken cancellation) => store.RemoveAsync(read, cancellation);

    /// <summary>The document of a draft; null while it cannot be read.</summary>
    public ConfigurationDocument? Read(SlaDraft draft) =>
        text.FromYaml(draft.Yaml) is { Document: { } document } reading
        && reading.Kind == draft.Kind
        && document.Id == draft.Document
            ? document
            : null;

    /// <summary>What would be wrong with publishing it; empty when nothing is.</summary>
    public async Task<ConfigurationOutcome> CheckAsync(SlaDraft draft, CancellationToken cancellation) =>
        await editor.ImportAsync(
            [new ConfigurationFile(ConfigurationFolder.PathOf(draft.Kind, draft.Document), draft.Yaml)],
            new ConfigurationImport { KeepOthers = true, IsTrial = true },
            new ConfigurationAuthor(draft.By, null, null),
            cancellation
        );

    /// <summary>Writes the draft as the next version of its document, and brings it to the clocks that run as the mode says.</summary>
    public async Task<ConfigurationOutcome> PublishAsync(
        SlaDraft draft,
        ChangeoverMode mode,
        string? comment,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var author = AuthorOf(by, mode, comment);
        var outcome = await editor.SaveAsync(draft.Yaml, draft.BaseVersion, author, cancellation);
        if (outcome.Status == ConfigurationStatus.Conflict && IsPublished(draft))
        {
            outcome = new ConfigurationOutcome(ConfigurationStatus.Unchanged, outcome.Revision, [], []);
        }

        if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
        {
            await store.RemoveAsync(draft, CancellationToken.None);
            signal.Ring();
        }

        return outcome;
    }

    /// <summary>Whether what a draft says was published since it was begun: a server that stops behind the write leaves its draft.</summary>
    public bool IsPublished(SlaDraft draft) =>
        DocumentTypes.Find(draft.Kind) is { } type
        && cache.Snapshot.Find(type, draft.Document) is { } current
        && current.Version > draft.BaseVersion
        && Says(draft, current.Document);

    /// <summary>Whether a draft says the same as a document.</summary>
    public bool Says(SlaDraft draft, ConfigurationDocument document) =>
        Read(draft) is { } read && text.ToJson(read) == text.ToJson(document);

    /// <summary>Who publishes, with the choice for clocks that run; the comment tells it as well.</summary>
    public ConfigurationAuthor AuthorOf(PersonId by, ChangeoverMode mode, string? comment) =>
        new(by, null, Comment(mode, comment)) { RunningClocks = mode };

    /// <summary>
    /// Whether nothing heard a choice that would move clocks: what was to be written is what stands there, and that was not
    /// published with this choice. Who says the same once more has been heard.
    /// </summary>
    public async Task<bool> IsUnheardAsync(
        ConfigurationStatus status,
        ConfigurationAuthor author,
        string kind,
        string document,
        CancellationToken cancellation
    )
    {
        if (
            status != ConfigurationStatus.Unchanged
            || author.RunningClocks is not (ChangeoverMode.KeepElapsed or ChangeoverMode.Recompute)
        )
        {
            return false;
        }

        var version = cache.Snapshot.Find(DocumentTypes.Find(kind)!, document)?.Version;
        return await changeovers.ListAsync(kind, document, 1, cancellation) is not [var newest]
            || newest.Version != version
            || newest.Mode != author.RunningClocks;
    }

    /// <summary>Wakes who brings a version to the clocks that run, after it was written with a choice past the drafts.</summary>
    public void Begin() => signal.Ring();

    private SlaDraft Draft(string kind, string document, string yaml, int baseVersion, PersonId by) =>
        new(kind, document, baseVersion, yaml.ReplaceLineEndings("\n"), by, clock.GetCurrentInstant());

    private string Comment(ChangeoverMode mode, string? comment)
    {
        var chosen = texts[$"sla-version.mode-{ModeWord(mode)}"];
        return string.IsNullOrWhiteSpace(comment) ? chosen : $"{comment.Trim()} ({chosen})";
    }

    /// <summary>The mode of a word; null for another word.</summary>
    public static ChangeoverMode? ModeOf(string? word) =>
        Enum.GetValues<ChangeoverMode>()
            .Where(mode => ModeWord(mode) == word)
            .Cast<ChangeoverMode?>()
            .SingleOrDefault();

    /// <summary>The word of a mode, as REST and keys of texts have it.</summary>
    public static string ModeWord(ChangeoverMode mode) =>
        mode switch
        {
            ChangeoverMode.KeepElapsed => "keep-elapsed",
            ChangeoverMode.Recompute => "recompute",
            _ => "new-tickets-only",
        };
}
