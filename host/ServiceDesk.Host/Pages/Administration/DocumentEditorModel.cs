using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Host.Pages.Workflows;
using ServiceDesk.Host.Workflows;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>What the parts that all editors of documents have in common show.</summary>
public abstract class DocumentEditorModel : PageModel
{
    /// <summary>The editor's place in the page.</summary>
    public const string Place = "document-editor";

    /// <summary>The document's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new one.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>The document as it is written; it need not be valid.</summary>
    public abstract ConfigurationDocument Document { get; }

    /// <summary>The document as the form carries it along.</summary>
    public abstract string Rest { get; }

    /// <summary>Whether the document can be removed here.</summary>
    public virtual bool CanGo => true;

    /// <summary>What stands in the way of publishing.</summary>
    public IReadOnlyList<DocumentProblem> Problems { get; protected set; } = [];

    /// <summary>Whether it was not removed because it is in use, so that somebody may say it once more.</summary>
    public bool CanGoUsed => Problems.Any(DocumentUseCheck.IsAsked);

    public string? Notice { get; protected set; }

    /// <summary>What publishing would change; null when it was not asked.</summary>
    public IReadOnlyList<ComparedLine>? Difference { get; protected set; }

    /// <summary>Tickets whose statuses publishing would take away, to be asked where they go; null when it takes none.</summary>
    public StatusMoveForm? Moves { get; protected set; }

    /// <summary>Where the form is drawn anew.</summary>
    public ShapePlace At { get; protected set; } = null!;

    /// <summary>What was typed into an input, also what cannot be read; null when nothing was sent.</summary>
    public string? Typed(string name) => Request.HasFormContentType ? Request.Form[name].ToString() : null;
}

/// <summary>
/// A document in the browser: its form is drawn anew with all that was typed, compared, and published. Somebody who publishes
/// what was drawn from an older version is told and keeps what was typed.
/// </summary>
public abstract class DocumentEditorModel<T>(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    ITexts texts
) : DocumentEditorModel
    where T : ConfigurationDocument
{
    private T? edited;

    public T Edited
    {
        get => edited ??= Blank();
        private set => edited = value;
    }

    /// <inheritdoc/>
    public override ConfigurationDocument Document => Edited;

    /// <inheritdoc/>
    public override string Rest => documents.ToJson(Edited);

    /// <summary>The configuration now.</summary>
    protected IConfiguration Snapshot => configuration.Snapshot;

    protected ITexts Texts => texts;

    /// <summary>The page that lists the documents.</summary>
    protected abstract string List { get; }

    /// <summary>A new document.</summary>
    protected abstract T Blank();

    /// <summary>Whether a new one can be made here.</summary>
    protected virtual bool CanBeNew => true;

    /// <summary>Reads the form.</summary>
    protected abstract DocumentForm<T> Form(IFormCollection form);

    /// <summary>An id for a new document.</summary>
    protected virtual string IdFor(T document) => "";

    /// <summary>Whether nothing may get this id by itself, although there is no such document: something else still means it.</summary>
    protected virtual Task<bool> IsMeantAsync(string id, CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>Looks up what the page shows.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Puts what was typed and has to be looked up into the document.</summary>
    /// <returns>The document, and what was not found.</returns>
    protected virtual Task<(T Document, IReadOnlyList<DocumentProblem> Unknown)> LookUpAsync(
        T document,
        CancellationToken cancellation
    ) => Task.FromResult<(T, IReadOnlyList<DocumentProblem>)>((document, []));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (Id is null)
        {
            return CanBeNew ? await ShowAsync(cancellation) : NotFound();
        }

        if (!Snapshot.TryGet<T>(Id, out var found))
        {
            return NotFound();
        }

        (Edited, Version) = (found, Snapshot.VersionOf<T>(Id));
        return await ShowAsync(cancellation);
    }

    /// <summary>Draws the form anew, after a choice or a button that changes its shape.</summary>
    public async Task<IActionResult> OnPostShapeAsync(string? op, CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not { } form)
        {
            return NotFound();
        }

        Edited = form.Apply(Edited, op);
        Problems = [.. Problems.Except(form.Problems)];
        return await ShowAsync(cancellation, isShape: true);
    }

    /// <summary>Shows what publishing would change.</summary>
    public async Task<IActionResult> OnPostCompareAsync(CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is null)
        {
            return NotFound();
        }

        await NameNewAsync(cancellation);
        if (Problems.Count == 0)
        {
            Problems = await TryAsync(cancellation);
        }

        if (Problems.Count == 0)
        {
            var before =
                Version == 0
                    ? null
                    : await editor.YamlAtAsync(DocumentTypes.KindOf(Edited), Edited.Id, Version, cancellation);
            Difference = ConfigurationComparison.Lines(before, documents.ToYaml(Edited));
        }

        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostPublishAsync(string? comment, CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is null)
        {
            return NotFound();
        }

        await NameNewAsync(cancellation);
        if (Problems.Count > 0)
        {
            return await ShowAsync(cancellation);
        }

        var outcome = await editor.SaveAsync(documents.ToYaml(Edited), Version, Author(comment), cancellation);
        if (outcome.Status == ConfigurationStatus.Conflict && Snapshot.TryGet<T>(Edited.Id, out _))
        {
            // What the other one published is compared with, and publishing once more means it.
            Version = Snapshot.VersionOf<T>(Edited.Id);
            var newest = await editor.YamlAtAsync(DocumentTypes.KindOf(Edited), Edited.Id, Version, cancellation);
            Difference = ConfigurationComparison.Lines(newest, documents.ToYaml(Edited));
        }

        return Tell(outcome, "forms.published") ?? await ShowAsync(cancellation);
    }

    /// <summary>Removes the document; its versions stay. One that others name or tickets use is not removed.</summary>
    protected Task<IActionResult> RemoveAsync(CancellationToken cancellation) =>
        RemoveAsync(removesUsed: false, cancellation);

    /// <summary>Removes the document; its versions stay. One that others name is not removed.</summary>
    /// <param name="removesUsed">Whether it was said that it goes also when tickets use it.</param>
    protected async Task<IActionResult> RemoveAsync(bool removesUsed, CancellationToken cancellation)
    {
        if (Id is null || !Snapshot.TryGet<T>(Id, out var found))
        {
            return NotFound();
        }

        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, null)
        {
            RemovesUsed = removesUsed,
        };
        var outcome = await editor.RemoveAsync(DocumentTypes.KindOf(found), Id, Version, author, cancellation);
        if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
        {
            Edited = found;
            return Tell(outcome, "administration.removed")!;
        }

        // What is in use stays, and with it what was typed.
        await ReadAsync(cancellation);
        return Tell(outcome, "administration.removed") ?? await ShowAsync(cancellation);
    }

    private RedirectToPageResult? Tell(ConfigurationOutcome outcome, string done)
    {
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts[done];
                return RedirectToPage(List, null, null, $"{DocumentTypes.KindOf(Edited)}-{Edited.Id}");
            case ConfigurationStatus.Conflict:
                Notice = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                return null;
            default:
                Problems = [.. outcome.Problems.Select(found => found.Seen(Edited))];
                Ask(outcome.Stranded);
                return null;
        }
    }

    private ConfigurationAuthor Author(string? comment) =>
        new(HttpContext.RequireViewer().Person.Id, null, comment) { StatusMoves = StatusMoveForm.Read(Request) };

    // Tickets whose statuses go away stand in nobody's way: it is asked where they go, and something is proposed.
    private async Task<IReadOnlyList<DocumentProblem>> TryAsync(CancellationToken cancellation)
    {
        var bare = Author(null) with { StatusMoves = [] };
        var outcome = await editor.TryAsync(documents, Edited, bare, cancellation);
        if (outcome.Stranded.Count > 0)
        {
            Ask(outcome.Stranded);
            var moving = bare with { StatusMoves = Moves!.All };
            outcome = await editor.TryAsync(documents, Edited, moving, cancellation);
        }

        return [.. outcome.Problems.Select(found => found.Seen(Edited))];
    }

    private void Ask(IReadOnlyList<StrandedTickets> stranded) =>
        Moves = stranded.Count > 0 ? new StatusMoveForm(stranded, StatusMoveForm.Read(Request)) : null;

    private async Task<DocumentForm<T>?> ReadAsync(CancellationToken cancellation)
    {
        if (Id is null ? !CanBeNew : Version == 0 && !Snapshot.TryGet<T>(Id, out _))
        {
            return null;
        }

        var form = Form(await Request.ReadFormAsync(cancellation));
        var read = form.Read();
        (Edited, var unknown) = await LookUpAsync(Id is null ? read : read with { Id = Id }, cancellation);
        Problems = [.. form.Problems, .. unknown];
        return form;
    }

    // An id that was typed and is taken is told; one that is made takes the next number.
    private async Task NameNewAsync(CancellationToken cancellation)
    {
        if (Id is not null)
        {
            return;
        }

        if (Edited.Id.Length > 0)
        {
            if (Snapshot.TryGet<T>(Edited.Id, out _))
            {
                Problems = [.. Problems, DocumentProblem.At("/id", "forms.id-taken", Edited.Id)];
            }

            return;
        }

        var made = IdFor(Edited);
        var id = made;
        for (var number = 2; Snapshot.TryGet<T>(id, out _) || await IsMeantAsync(id, cancellation); number++)
        {
            id = $"{made}-{number}";
        }

        Edited = Edited with { Id = id };
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation, bool isShape = false)
    {
        At = new ShapePlace(Url.Page(null, "Shape", new { id = Id })!, $"#{Place}");
        await PrepareAsync(cancellation);
        if (Problems.Count > 0 && !isShape && Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }
}
