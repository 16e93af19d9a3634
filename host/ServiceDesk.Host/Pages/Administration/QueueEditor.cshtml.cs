using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Queues;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>One queue of a desk: which tickets, in which order and columns, with what it finds now.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class QueueEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    QueryLanguage language,
    ITicketLists lists,
    ITexts texts
) : PageModel
{
    /// <summary>The queue's id; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new one.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>What the page is about.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The form.</summary>
    public QueueForm Queue { get; private set; } = new();

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>What is wrong with the query, with its place.</summary>
    public QueryError? Mistake { get; private set; }

    /// <summary>How many tickets it finds now that the reader may see; null while the query is wrong or no desk is chosen.</summary>
    public int? Found { get; private set; }

    /// <summary>The desks.</summary>
    public IReadOnlyList<DeskDocument> Desks => [.. configuration.Snapshot.All<DeskDocument>()];

    /// <summary>Columns that are not shown yet.</summary>
    public IEnumerable<(string Id, string Name)> MoreColumns =>
        ListColumns
            .All(HttpContext.RequireViewer(), configuration.Snapshot)
            .Except(Queue.Columns.Names)
            .Select(column => (column, HeadingOf(column)));

    /// <summary>By what the list can be grouped.</summary>
    public IEnumerable<(string Id, string Name)> Groups =>
        ListChoices
            .Groups.Concat(
                configuration
                    .Snapshot.All<FieldDocument>()
                    .Where(ListChoices.HasOrder)
                    .Select(own => ListColumns.Field + own.Id)
            )
            .Select(column => (column, HeadingOf(column)));

    /// <summary>The heading of a column.</summary>
    public string HeadingOf(string column) => ListColumns.HeadingOf(column, texts, configuration.Snapshot);

    /// <summary>Shows the queue.</summary>
    /// <param name="desk">For a new one, its desk.</param>
    public async Task<IActionResult> OnGetAsync(string? desk, CancellationToken cancellation)
    {
        if (Id is null)
        {
            Queue = new QueueForm
            {
                Desk = desk ?? Desks.FirstOrDefault()?.Id ?? "",
                Query = "category != done ORDER BY remaining",
            };
        }
        else if (configuration.Snapshot.TryGet<QueueDocument>(Id, out var found))
        {
            Queue = QueueForm.Of(found);
            Version = configuration.Snapshot.VersionOf<QueueDocument>(Id);
        }
        else
        {
            return NotFound();
        }

        return await DrawAsync(cancellation);
    }

    /// <summary>Arranges the columns, or tries the query, and draws the form with what was typed.</summary>
    public async Task<IActionResult> OnPostTryAsync(CancellationToken cancellation)
    {
        Queue = QueueForm.Typed(Request.Form);
        return Exists() ? await DrawAsync(cancellation) : NotFound();
    }

    /// <summary>Saves it.</summary>
    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
    {
        Queue = QueueForm.Typed(Request.Form);
        if (!Exists())
        {
            return NotFound();
        }

        var document = Queue.Read(Id, Errors);
        if (!Errors.Any)
        {
            var outcome = await editor.SaveAsync(documents.ToYaml(document), Version, Author(), cancellation);
            if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
            {
                TempData["Done"] = texts["administration.saved"];
                return RedirectToPage(new { id = document.Id });
            }

            Tell(outcome);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await DrawAsync(cancellation);
    }

    /// <summary>Removes it; its versions stay.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        var outcome = Id is null
            ? null
            : await editor.RemoveAsync(DocumentKinds.Queue, Id, expectedVersion: null, Author(), cancellation);
        if (outcome is not { Status: ConfigurationStatus.Written })
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.removed"];
        return RedirectToPage("/Administration/Queues");
    }

    private ConfigurationAuthor Author() => new(HttpContext.RequireViewer().Person.Id, null, null);

    private bool Exists() => Id is null || configuration.Snapshot.TryGet<QueueDocument>(Id, out _);

    private void Tell(ConfigurationOutcome outcome)
    {
        if (outcome.Status == ConfigurationStatus.Conflict)
        {
            Errors.Add(null, "administration.conflict");
        }

        foreach (var problem in outcome.Problems.Select(found => found.Problem))
        {
            Errors.Add(QueueForm.InputAt(problem.Path), problem.Code, [.. problem.Arguments]);
        }
    }

    private async Task<IActionResult> DrawAsync(CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        Title =
            Id is not null && snapshot.TryGet<QueueDocument>(Id, out var saved)
                ? saved.Name.ToString()
                : texts["queues.new"];
        Mistake = language.CheckQuery(Queue.Query, snapshot);
        if (Mistake is { } mistake)
        {
            Errors.Add("query", mistake.Code, [.. mistake.Arguments]);
        }
        else if (snapshot.TryGet<DeskDocument>(Queue.Desk, out _))
        {
            var query = QueueNavigation.QueryOf(Queue.Read("queue", new FormErrors(texts)));
            var counts = await lists.CountAllAsync(HttpContext.RequireViewer(), [query], cancellation);
            Found = counts[0].Error is null ? counts[0].Count : null;
        }

        return Page();
    }
}
