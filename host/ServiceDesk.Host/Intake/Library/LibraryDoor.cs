using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Intake.Library;

/// <summary>
/// The one way to the files that desks keep ready, for pages, REST and macros. Whoever works on a desk finds and attaches them;
/// of those, who may configure, and so edits the desk's macros, puts them in and takes them out. For everybody else there are none.
/// </summary>
public sealed class LibraryDoor(IFileLibrary library, IFileStore files)
{
    private const int LongestDescription = 1000;

    /// <summary>Whether the viewer may put files in and take them out.</summary>
    public static bool MayKeep(Viewer viewer, string desk) => viewer.WorksOn(desk) && viewer.May(Permissions.Configure);

    /// <summary>Those of a desk, by name.</summary>
    /// <param name="words">Parts of the name, or initial consonants of it; null or empty finds all.</param>
    public async Task<IReadOnlyList<LibraryFile>> ListAsync(
        Viewer viewer,
        string desk,
        string? words,
        CancellationToken cancellation
    )
    {
        if (!viewer.WorksOn(desk))
        {
            return [];
        }

        var terms = Folding.Terms(words ?? "");
        return
        [
            .. (await library.OfAsync(desk, cancellation)).Where(file =>
                terms.All(term => Hangul.Finds(file.Text.Name, term) || Hangul.Finds(file.File.Name, term))
            ),
        ];
    }

    /// <summary>One of a desk's; null for none.</summary>
    public async Task<LibraryFile?> FindAsync(Viewer viewer, string desk, long id, CancellationToken cancellation) =>
        viewer.WorksOn(desk) ? await library.FindAsync(desk, id, cancellation) : null;

    /// <summary>Those that have these names, in this order; and the names that no file has.</summary>
    public async Task<(IReadOnlyList<LibraryFile> Files, IReadOnlyList<string> Gone)> NamedAsync(
        Viewer viewer,
        string desk,
        IReadOnlyCollection<string> names,
        CancellationToken cancellation
    )
    {
        if (names.Count == 0)
        {
            return ([], []);
        }

        var known = (await ListAsync(viewer, desk, null, cancellation)).ToDictionary(
            file => Folding.Fold(file.Text.Name),
            StringComparer.Ordinal
        );
        return (
            [
                .. names
                    .Select(name => known.GetValueOrDefault(Folding.Fold(name.Trim())))
                    .OfType<LibraryFile>()
                    .Distinct(),
            ],
            [.. names.Where(name => !known.ContainsKey(Folding.Fold(name.Trim())))]
        );
    }

    /// <summary>Those of the viewer's desks that have a content.</summary>
    public Task<IReadOnlyList<LibraryFile>> HoldingAsync(
        Viewer viewer,
        string sha256,
        CancellationToken cancellation
    ) => library.HoldingAsync(sha256, [.. viewer.Desks], cancellation);

    /// <summary>A file to attach, which stays whatever becomes of the library's: an upload of the viewer with the same content. Null for none.</summary>
    public async Task<AttachedFile?> TakeAsync(Viewer viewer, string desk, long id, CancellationToken cancellation) =>
        await FindAsync(viewer, desk, id, cancellation) is { } found
            ? (await files.CopyAsync(found.File.Id, viewer.Person.Id, cancellation))?.ToAttached()
            : null;

    /// <summary>Puts a new file in, or changes one.</summary>
    /// <param name="id">The one to change; null puts a new one in.</param>
    /// <param name="version">The version that the writer saw; null when it does not matter.</param>
    /// <param name="upload">A file that the viewer uploaded; null leaves the one that there is.</param>
    /// <returns>It as it is kept; else why not.</returns>
    public async Task<(LibraryFile? Kept, IReadOnlyList<Refusal> Refusals)> SaveAsync(
        Viewer viewer,
        long? id,
        int? version,
        LibraryText text,
        AttachedFile? upload,
        CancellationToken cancellation
    )
    {
        var current = id is { } known ? await FindAsync(viewer, text.Desk, known, cancellation) : null;
        if (!viewer.WorksOn(text.Desk) || (id is not null && current is null))
        {
            return (null, [Unknown()]);
        }

        if (!MayKeep(viewer, text.Desk))
        {
            return (null, [NotYours()]);
        }

        var clean = text with { Name = text.Name.Trim(), Description = Clean(text.Description) };
        if (Check(clean, current, upload) is { Count: > 0 } refusals)
        {
            return (null, refusals);
        }

        var me = viewer.Person.Id;
        var (kept, outcome) = current is null
            ? await library.AddAsync(clean, upload!.Id, me, cancellation)
            : await library.ChangeAsync(current.Id, version ?? current.Version, clean, upload?.Id, me, cancellation);
        return kept is not null ? (kept, []) : (null, [Said(outcome, clean.Name)]);
    }

    /// <summary>Takes one away; null when it is done, else why not. Tickets keep what was attached.</summary>
    public Task<Refusal?> RemoveAsync(Viewer viewer, string desk, long id, CancellationToken cancellation) =>
        DoAsync(viewer, desk, () => library.RemoveAsync(desk, id, cancellation));

    /// <summary>Keeps one although its content was taken out of a ticket; null when it is done, else why not.</summary>
    public Task<Refusal?> KeepAsync(Viewer viewer, string desk, long id, CancellationToken cancellation) =>
        DoAsync(viewer, desk, () => library.KeepAsync(desk, id, cancellation));

    /// <summary>That there is none, for this viewer.</summary>
    public static Refusal Unknown() => Refusal.NotFound("library.unknown");

    private static Refusal NotYours() => Refusal.Forbidden("library.not-yours");

    private static async Task<Refusal?> DoAsync(Viewer viewer, string desk, Func<Task<bool>> work) =>
        !viewer.WorksOn(desk) ? Unknown()
        : !MayKeep(viewer, desk) ? NotYours()
        : await work() ? null
        : Unknown();

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static List<Refusal> Check(LibraryText text, LibraryFile? current, AttachedFile? upload)
    {
        var refusals = new List<Refusal>();
        if (text.Name.Length is 0 or > IFileLibrary.LongestName || text.Name.Any(char.IsControl))
        {
            refusals.Add(Refusal.Invalid("library.name-wrong", "name", $"{IFileLibrary.LongestName}"));
        }

        if (text.Description is { } said && (said.Length > LongestDescription || said.Any(char.IsControl)))
        {
            refusals.Add(Refusal.Invalid("library.description-wrong", "description", $"{LongestDescription}"));
        }

        if (current is null && upload is null)
        {
            refusals.Add(Refusal.Invalid("library.file-needed", "file"));
        }

        return refusals;
    }

    private static Refusal Said(LibraryOutcome outcome, string name) =>
        outcome switch
        {
            LibraryOutcome.NameTaken => Refusal.Invalid("library.name-taken", "name", name),
            LibraryOutcome.Full => Refusal.Conflict("library.full", $"{IFileLibrary.Most}"),
            LibraryOutcome.UploadGone => Refusal.Invalid("library.file-needed", "file"),
            _ => new Refusal(RefusalKind.Stale, "library.changed-meanwhile", []),
        };
}
