using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Queues;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Makes a queue of what a list shows, renames one, shares it with a team, gives it another place, or takes it away.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class OwnQueueEditorModel(OwnQueueDoor door, ICurrentConfiguration configuration, ITexts texts)
    : PageModel
{
    private static readonly string[] Inputs = ["name", "query", "team", "group", "rows", "columns"];

    /// <summary>The queue; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public long? Id { get; set; }

    [BindProperty(Name = "name")]
    public string? TypedName { get; set; }

    [BindProperty(SupportsGet = true, Name = "query")]
    public string? TypedQuery { get; set; }

    [BindProperty(Name = "team")]
    public string? TypedTeam { get; set; }

    [BindProperty(SupportsGet = true, Name = "group")]
    public string? Group { get; set; }

    [BindProperty(SupportsGet = true, Name = "rows")]
    public string? Rows { get; set; }

    /// <summary>For a new one, the columns of the list that it is made of, with a comma between them.</summary>
    [BindProperty(SupportsGet = true, Name = "columns")]
    public string? GivenColumns { get; set; }

    /// <summary>The version that the form was drawn from; 0 for a new one.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>The columns.</summary>
    public ColumnChoice Columns { get; private set; } = new(ListColumns.Default);

    /// <summary>Columns that are not shown yet.</summary>
    public IEnumerable<(string Id, string Name)> MoreColumns =>
        ListColumns
            .All(HttpContext.RequireViewer(), configuration.Snapshot)
            .Except(Columns.Names)
            .Select(column => (column, HeadingOf(column)));

    public string Name => TypedName ?? "";

    public string Query => TypedQuery ?? "";

    public string Team => TypedTeam ?? "";

    /// <summary>Teams with which it can be shared.</summary>
    public IReadOnlyList<(string Id, string Name)> Teams { get; private set; } = [];

    /// <summary>By what it can be grouped; by what it is now among it, nameless where the reader does not see that.</summary>
    public IReadOnlyList<(string Id, string Name)> Groups
    {
        get
        {
            var offered = ListColumns.Groups(HttpContext.RequireViewer(), configuration.Snapshot).ToList();
            var named = offered.Select(column =>
                (column, ListColumns.HeadingOf(column, texts, configuration.Snapshot))
            );
            return string.IsNullOrEmpty(Group) || offered.Contains(Group)
                ? [.. named]
                : [.. named, (Group, texts["workspace.group-unseen"])];
        }
    }

    /// <summary>The heading of a column, nameless where the reader does not see it.</summary>
    public string HeadingOf(string column) =>
        ListColumns.Seen([column], HttpContext.RequireViewer(), configuration.Snapshot).Count > 0
            ? ListColumns.HeadingOf(column, texts, configuration.Snapshot)
            : texts["workspace.group-unseen"];

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>Where one goes who does not want to.</summary>
    public string BackAddress =>
        Id is null
            ? Url.Page("/Workspace/Search", new { q = Query })!
            : Url.Page("/Workspace/OwnQueue", new { id = Id })!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (Id is { } id)
        {
            if (
                await door.FindAsync(viewer, id, cancellation) is not { } found
                || !await door.MayChangeAsync(viewer, found, cancellation)
            )
            {
                return NotFound();
            }

            (TypedName, TypedQuery, TypedTeam) = (found.Text.Name, found.Text.Query, found.Text.Team?.ToString());
            (Group, Rows) = (found.Text.Grouping, found.Text.Rows?.ToString(CultureInfo.InvariantCulture));
            (Columns, Version) = (new ColumnChoice(ListColumns.Of(found.Text.Columns)), found.Version);
        }
        else if (!string.IsNullOrEmpty(GivenColumns))
        {
            Columns = new ColumnChoice(ListColumns.Of(GivenColumns.Split(',').Take(ListChoices.MostColumns)));
        }

        return await DrawAsync(cancellation);
    }

    /// <summary>Saves it and opens it.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Take();
        var text = new OwnQueueText(
            Name.Trim(),
            Query.Trim(),
            Number(TypedTeam) is { } team ? new TeamId(team) : null,
            string.IsNullOrEmpty(Group) ? null : Group,
            (int?)Number(Rows)
        )
        {
            Columns = Columns.Names.SequenceEqual(ListColumns.Default) ? [] : Columns.Names.ToValueList(),
        };
        var (id, refusals) = await door.SaveAsync(HttpContext.RequireViewer(), Id, text, Version, cancellation);
        if (refusals.Count == 0)
        {
            TempData["Done"] = texts["administration.saved"];
            return RedirectToPage("/Workspace/OwnQueue", new { id });
        }

        if (refusals[0].Kind is RefusalKind.NotFound or RefusalKind.Forbidden)
        {
            return NotFound();
        }

        if (refusals[0].Code == OwnQueueDoor.Stale && Id is { } known)
        {
            // What is typed stays; whoever saves it once more has seen that somebody else changed it.
            Version = (await door.FindAsync(HttpContext.RequireViewer(), known, cancellation))?.Version ?? Version;
        }

        Errors.Add(refusals, Inputs);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await DrawAsync(cancellation);
    }

    /// <summary>Arranges the columns and draws the form with what was typed.</summary>
    public async Task<IActionResult> OnPostArrangeAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (
            Id is { } id
            && (
                await door.FindAsync(viewer, id, cancellation) is not { } found
                || !await door.MayChangeAsync(viewer, found, cancellation)
            )
        )
        {
            return NotFound();
        }

        Take();
        return await DrawAsync(cancellation);
    }

    /// <summary>Gives it another place.</summary>
    public async Task<IActionResult> OnPostMoveAsync(bool up, CancellationToken cancellation) =>
        Id is { } id && await door.MoveAsync(HttpContext.RequireViewer(), id, up, cancellation) is null
            ? RedirectToPage(new { id })
            : NotFound();

    /// <summary>Takes it away.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation)
    {
        if (Id is not { } id || await door.RemoveAsync(HttpContext.RequireViewer(), id, cancellation) is not null)
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.removed"];
        return RedirectToPage("/Workspace/Index");
    }

    private void Take()
    {
        Columns = ColumnChoice.Typed(Request.Form);
        TypedQuery = QueueForm.InOrder(Query.Trim(), Request.Form);
    }

    private async Task<IActionResult> DrawAsync(CancellationToken cancellation)
    {
        Teams =
        [
            .. (await door.TeamsAsync(HttpContext.RequireViewer(), cancellation)).Select(team =>
                (team.Id.ToString(), team.Name)
            ),
        ];
        return Page();
    }

    // Another word than a number is none that a team or a count of lines can be.
    private static long? Number(string? typed) =>
        string.IsNullOrEmpty(typed) ? null
        : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : 0;
}
