using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake.Bulk;
using ServiceDesk.Host.Pages.Bulk;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Bulk;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A bulk edit: what is to be changed, what that would do, how far it is, what came of it, and the way back.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class BulkRunModel(
    BulkDoor door,
    IBulkRuns runs,
    BulkForms forms,
    BulkWords words,
    ITicketQueries tickets,
    ITexts texts
) : PageModel
{
    private const int PageSize = 100;

    [BindProperty(SupportsGet = true, Name = "id")]
    public long Id { get; set; }

    /// <summary>Only tickets that came out so.</summary>
    [BindProperty(SupportsGet = true, Name = "outcome")]
    public string? Outcome { get; set; }

    /// <summary>The place after which the page begins.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public int After { get; set; }

    /// <summary>Whether what was previewed is changed once more.</summary>
    [BindProperty(SupportsGet = true, Name = "edit")]
    public bool Edit { get; set; }

    public BulkRun Run { get; private set; } = null!;

    /// <summary>What is changed; null where the tickets are shown.</summary>
    public BulkForm? Form { get; private set; }

    /// <summary>Names and values of what is changed.</summary>
    public IReadOnlyList<(string Name, string Value)> Changes { get; private set; } = [];

    public IReadOnlyDictionary<BulkOutcome, int> Counts { get; private set; } = new Dictionary<BulkOutcome, int>();

    /// <summary>Tickets of the page; without its ticket where one may not see it.</summary>
    public IReadOnlyList<(BulkTicket Line, TicketState? Ticket, IReadOnlyList<string> Why)> Lines
    {
        get;
        private set;
    } = [];

    /// <summary>The place after which the next page begins; null on the last.</summary>
    public int? Next { get; private set; }

    /// <summary>How many came out otherwise than the preview had said.</summary>
    public int Otherwise { get; private set; }

    /// <summary>The undo of it.</summary>
    public long? Undo { get; private set; }

    public IReadOnlyList<string> Errors { get; private set; } = [];

    public bool IsMine => Run.By == HttpContext.RequireViewer().Person.Id;

    /// <summary>The outcome that is shown alone.</summary>
    public BulkOutcome? Shown =>
        Enum.TryParse<BulkOutcome>(Outcome, ignoreCase: true, out var outcome) && Enum.IsDefined(outcome)
            ? outcome
            : null;

    /// <summary>How many had their turn.</summary>
    public int Turned => Run.Total - Counts.GetValueOrDefault(BulkOutcome.Waiting);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        await ReadAsync(null, cancellation);
        return Page();
    }

    /// <summary>Says what is changed, and looks at what it would do.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var viewer = HttpContext.RequireViewer();
        var form = await forms.OfAsync(viewer, Id, cancellation);
        var changes = await forms.ReadAsync(viewer, form, Request.Form, cancellation);
        if (form.Errors.Any)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        else if (await door.SayAsync(viewer, Run, changes, preview: true, cancellation) is { } refusal)
        {
            form.Errors.Add([refusal], BulkForm.Names);
            Response.StatusCode = RefusalStatus.Of(refusal.Kind);
        }
        else
        {
            return RedirectToPage(new { id = Id });
        }

        await ReadAsync(form, cancellation);
        return Page();
    }

    /// <summary>Does what was previewed.</summary>
    public async Task<IActionResult> OnPostRunAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation)
            ? await AfterAsync(await door.RunAsync(HttpContext.RequireViewer(), Run, cancellation), Id, cancellation)
            : NotFound();

    /// <summary>Ends it where it is.</summary>
    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation)
            ? await AfterAsync(await door.CancelAsync(Run, cancellation), Id, cancellation)
            : NotFound();

    /// <summary>Takes it back.</summary>
    public async Task<IActionResult> OnPostUndoAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var (undo, refusal) = await door.UndoAsync(HttpContext.RequireViewer(), Run, cancellation);
        return await AfterAsync(refusal, undo ?? Id, cancellation);
    }

    private async Task<IActionResult> AfterAsync(Refusal? refusal, long id, CancellationToken cancellation)
    {
        if (refusal is null)
        {
            return RedirectToPage(new { id });
        }

        Errors = [words.Say(refusal)];
        Response.StatusCode = RefusalStatus.Of(refusal.Kind);
        await FindAsync(cancellation);
        await ReadAsync(null, cancellation);
        return Page();
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        Run = (await door.FindAsync(HttpContext.RequireViewer(), Id, cancellation))!;
        return Run is not null;
    }

    private async Task ReadAsync(BulkForm? typed, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var isSaid = Run.State > BulkState.Chosen && !(Edit && Run.State == BulkState.Previewed);
        if (typed is not null || !isSaid)
        {
            Form = typed ?? await forms.OfAsync(HttpContext.RequireViewer(), Id, cancellation);
            if (typed is null && Run.Changes is { } before)
            {
                await forms.FillAsync(Form, before, cancellation);
            }

            await forms.DrawAsync(viewer, Form, cancellation);
        }

        Changes = Run.Changes is { } changes ? await words.ChangesAsync(changes, cancellation) : [];
        Counts = await runs.CountAsync(Id, Run.IsPreview, cancellation);
        Undo = await runs.FindUndoAsync(Id, cancellation);
        Otherwise = Run.IsPreview || Run.UndoOf is not null ? 0 : await runs.CountOtherwiseAsync(Id, cancellation);
        await ReadLinesAsync(viewer, cancellation);
    }

    private async Task ReadLinesAsync(Viewer viewer, CancellationToken cancellation)
    {
        var lines = await runs.TicketsAsync(Id, Run.IsPreview, Shown, Math.Max(0, After), PageSize + 1, cancellation);
        Next = lines.Count > PageSize ? lines[PageSize - 1].Place : null;
        var shown = lines.Take(PageSize).ToList();
        var seen = await tickets.FindByIdAsync(viewer, [.. shown.Select(line => line.Ticket)], cancellation);
        // A reason can hold words of its ticket: who does not see the one reads the other not.
        Lines =
        [
            .. shown
                .Select(line => (Line: line, seen.GetValueOrDefault(line.Ticket)?.State))
                .Select(one =>
                    (one.Line, one.State, words.Say(one.State is null ? BulkTurns.Unknown() : one.Line.Notes))
                ),
        ];
    }

    /// <summary>What became of a ticket, for the tense that fits: what will be, or what was.</summary>
    public string Word(BulkOutcome outcome) =>
        texts[
            $"bulk.{(Run.UndoOf is not null ? "undo" : Run.IsPreview ? "will" : "did")}-{outcome.ToString().ToLowerInvariant()}"
        ];

    /// <summary>What became of a ticket.</summary>
    public BulkOutcome OutcomeOf(BulkTicket ticket) => Run.IsPreview ? ticket.Checked : ticket.Outcome;
}
