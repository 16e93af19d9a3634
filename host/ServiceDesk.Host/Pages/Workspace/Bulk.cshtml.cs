using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
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

/// <summary>The bulk edits that one made, and the way in: tickets that were chosen in a list.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class BulkModel(BulkDoor door, IBulkRuns runs, BulkWords words, ITexts texts) : PageModel
{
    private const int Listed = 30;

    /// <summary>Those that were run, newest first.</summary>
    public IReadOnlyList<BulkRun> Runs { get; private set; } = [];

    /// <summary>Why nothing could be chosen.</summary>
    public string? Error { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        Runs = await runs.ListAsync(HttpContext.RequireViewer().Person.Id, Listed, cancellation);
        return Page();
    }

    /// <summary>Takes what was chosen: keys, or the whole list of a query.</summary>
    public async Task<IActionResult> OnPostAsync(
        string[]? keys,
        string? query,
        bool all,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.RequireViewer();
        try
        {
            var (id, refusal) = all
                ? await door.ChooseAllAsync(viewer, query ?? "", cancellation)
                : await door.ChooseAsync(viewer, [.. (keys ?? []).OfType<string>()], cancellation);
            return id is { } chosen
                ? RedirectToPage("/Workspace/BulkRun", new { id = chosen })
                : await RefuseAsync(refusal!, cancellation);
        }
        catch (QueryException exception)
        {
            var error = exception.Error;
            return await RefuseAsync(new Refusal(RefusalKind.Invalid, error.Code, error.Arguments), cancellation);
        }
    }

    /// <summary>What an edit changes, in a few words.</summary>
    public async Task<string> DoesAsync(BulkRun run) =>
        run.Changes is { } changes
            ? string.Join(
                " · ",
                (await words.ChangesAsync(changes, HttpContext.RequestAborted))
                    .Select(change => $"{change.Name}: {change.Value}")
                    .Concat(changes.Comment is null ? [] : [texts["bulk.comment"]])
            )
            : "";

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken cancellation)
    {
        Error = words.Say(refusal);
        Response.StatusCode = RefusalStatus.Of(refusal.Kind);
        return await OnGetAsync(cancellation);
    }
}
