using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Pages.Workflows;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>One configuration document as YAML: edited with its schema beside it, compared with earlier versions, rolled back.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class DocumentModel(
    IConfigurationEditor editor,
    SlaDrafts drafts,
    SlaPreview preview,
    DocumentText documents,
    IPeople people,
    ITexts texts
) : PageModel
{
    private IReadOnlyDictionary<PersonId, Person> authors = new Dictionary<PersonId, Person>();

    /// <summary>The kind; white space alone is bound as nothing, and is a kind that there is not.</summary>
    [BindProperty(SupportsGet = true, Name = "kind")]
    public string Kind
    {
        get;
        set => field = value ?? "";
    } = "";

    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>A version to compare with the one before it.</summary>
    [BindProperty(SupportsGet = true, Name = "compare")]
    public int? Compare { get; set; }

    [BindProperty(Name = "yaml")]
    public string? Yaml { get; set; }

    [BindProperty(Name = "comment")]
    public string? Comment { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new document.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    public string? Schema { get; private set; }

    public IReadOnlyList<StoredDocumentVersion> History { get; private set; } = [];

    public IReadOnlyList<ComparedLine> Difference { get; private set; } = [];

    public IReadOnlyList<FileProblem> Problems { get; private set; } = [];

    /// <summary>Whether it was not removed because it is in use, so that somebody may say it once more.</summary>
    public bool CanGoUsed => Problems.Any(found => DocumentUseCheck.IsAsked(found.Problem));

    public string? Notice { get; private set; }

    /// <summary>Tickets whose statuses the change would take away, to be asked where they go; null when it takes none.</summary>
    public StatusMoveForm? Moves { get; private set; }

    /// <summary>The version that is to be written again, once it is said where tickets go whose statuses it lacks, or what running clocks do; null for none.</summary>
    public int? RollsBackTo { get; private set; }

    /// <summary>What going back would change; null when it was not asked.</summary>
    public IReadOnlyList<ComparedLine>? Going { get; private set; }

    /// <summary>What the clocks that run may do about going back.</summary>
    public RunningClockChoices Choices { get; private set; } = new(null, []);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (editor.SchemaOf(Kind) is null)
        {
            return NotFound();
        }

        await ReadAsync(cancellation);
        Yaml = Id is null ? $"kind: {Kind}\nid: \nname:\n  en: \n  ko: \n" : editor.YamlOf(Kind, Id);
        if (Yaml is null && History.Count == 0)
        {
            return NotFound();
        }

        if (Compare is { } version && Id is not null)
        {
            Difference = await editor.CompareAsync(Kind, Id, version - 1, version, cancellation);
        }

        Version = Yaml is null || History.Count == 0 ? 0 : History[0].Version;
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
    {
        var yaml = (Yaml ?? "").ReplaceLineEndings("\n");
        var outcome = await editor.SaveAsync(yaml, Version, Author(), cancellation);
        var saved = outcome.Differences.Count > 0 ? outcome.Differences[0].Id : Id;
        return await AnswerAsync(outcome, saved, cancellation);
    }

    /// <param name="sure">Whether it goes also when tickets use it.</param>
    public async Task<IActionResult> OnPostRemoveAsync(bool sure, CancellationToken cancellation) =>
        Id is null
            ? NotFound()
            : await AnswerAsync(
                await editor.RemoveAsync(Kind, Id, Version, Author() with { RemovesUsed = sure }, cancellation),
                null,
                cancellation
            );

    /// <param name="mode">Of an SLA policy or calendar: what the clocks that run shall do. It is asked before anything is written.</param>
    public async Task<IActionResult> OnPostRollBackAsync(int to, string? mode, CancellationToken cancellation)
    {
        if (Id is null)
        {
            return NotFound();
        }

        var author = Author();
        if (SlaDrafts.IsKind(Kind))
        {
            if (SlaDrafts.ModeOf(mode) is not { } chosen)
            {
                return await AskAsync(Id, to, null, cancellation);
            }

            author = drafts.AuthorOf(author.Person!.Value, chosen, Comment) with { StatusMoves = author.StatusMoves };
        }

        var outcome = await editor.RollBackAsync(Kind, Id, to, null, author, cancellation);
        if (await drafts.IsUnheardAsync(outcome.Status, author, Kind, Id, cancellation))
        {
            return await AskAsync(Id, to, "sla-version.mode-unheard", cancellation);
        }

        if (author.RunningClocks is not null)
        {
            drafts.Begin();
        }

        RollsBackTo = outcome.Stranded.Count > 0 ? to : null;
        return await AnswerAsync(outcome, Id, cancellation);
    }

    /// <summary>Who wrote a version.</summary>
    public string AuthorOf(StoredDocumentVersion version) =>
        version.Author.Person is { } id && authors.TryGetValue(id, out var person)
            ? person.Name
            : version.Author.Source ?? "?";

    private ConfigurationAuthor Author() =>
        new(HttpContext.RequireViewer().Person.Id, null, Comment) { StatusMoves = StatusMoveForm.Read(Request) };

    // What going back would change and do to the clocks that run, and what they shall do.
    private async Task<IActionResult> AskAsync(string id, int to, string? why, CancellationToken cancellation)
    {
        var yaml = await editor.YamlAtAsync(Kind, id, to, cancellation);
        if (yaml is null || documents.FromYaml(yaml).Document is not { } document)
        {
            return NotFound();
        }

        await ReadAsync(cancellation);
        Yaml = editor.YamlOf(Kind, id) ?? yaml;
        Version = History[0].Version;
        RollsBackTo = to;
        Going = ConfigurationComparison.Lines(editor.YamlOf(Kind, id), yaml);
        Choices = RunningClockChoices.Of(texts, await preview.OfAsync(document, cancellation));
        Notice = why is null ? null : texts[why];
        Response.StatusCode = why is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<IActionResult> AnswerAsync(
        ConfigurationOutcome outcome,
        string? saved,
        CancellationToken cancellation
    )
    {
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts[
                    outcome.Status == ConfigurationStatus.Written ? "administration.saved" : "administration.unchanged"
                ];
                return saved is null
                    ? RedirectToPage("/Administration/Configuration")
                    : RedirectToPage("/Administration/Document", new { kind = Kind, id = saved });
            case ConfigurationStatus.NotFound:
                return NotFound();
            case ConfigurationStatus.Conflict:
                Notice = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                break;
            default:
                Problems = outcome.Problems;
                Moves = outcome.Stranded.Count > 0 ? new(outcome.Stranded, StatusMoveForm.Read(Request)) : null;
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                break;
        }

        await ReadAsync(cancellation);
        Yaml ??= Id is null ? "" : editor.YamlOf(Kind, Id);
        return Page();
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        Schema = editor.SchemaOf(Kind);
        History = Id is null ? [] : await editor.HistoryAsync(Kind, Id, cancellation);
        PersonId[] ids = [.. History.Select(version => version.Author.Person).OfType<PersonId>().Distinct()];
        authors = await people.FindAsync(ids, cancellation);
    }
}
