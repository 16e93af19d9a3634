using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Files;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The files that a ticket's desk keeps ready: put into the reply that is written, or without script attached at once.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class LibraryModel(
    OpenedTicket opened,
    LibraryDoor library,
    ITicketGrains grains,
    ICurrentConfiguration configuration,
    ITexts texts
) : PageModel
{
    private static readonly string[] Inputs = [];

    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>Parts of a name.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    /// <summary>The number of a file.</summary>
    [BindProperty(Name = "file")]
    public long FileId { get; set; }

    /// <summary>For whom it is attached.</summary>
    [BindProperty(Name = "visibility")]
    public Visibility Visibility { get; set; } = Visibility.Public;

    public TicketState Ticket { get; private set; } = null!;

    /// <summary>Those that are found, by name.</summary>
    public IReadOnlyList<LibraryFile> Files { get; private set; } = [];

    /// <summary>The name of the ticket's desk.</summary>
    public string DeskName =>
        configuration.Snapshot.TryGet<DeskDocument>(Ticket.Desk, out var desk) ? desk.Name.ToString() : Ticket.Desk;

    /// <summary>Whether the viewer may put files in.</summary>
    public bool MayKeep => LibraryDoor.MayKeep(HttpContext.RequireViewer(), Ticket.Desk);

    /// <summary>Why one was not attached.</summary>
    public FormErrors Errors { get; } = new(texts);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>Makes a file ready for the reply that is written.</summary>
    public async Task<IActionResult> OnPostTakeAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var taken = await library.TakeAsync(HttpContext.RequireViewer(), Ticket.Desk, FileId, cancellation);
        return taken is null
            ? Problem(texts["library.gone"], statusCode: StatusCodes.Status404NotFound)
            : new JsonResult(new FileRoutes.UploadedFile(FileIntake.TokenOf(taken.Id), taken.Name))
            {
                StatusCode = StatusCodes.Status201Created,
            };
    }

    /// <summary>Attaches a file at once.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var viewer = HttpContext.RequireViewer();
        if (await library.TakeAsync(viewer, Ticket.Desk, FileId, cancellation) is not { } taken)
        {
            Errors.Add(null, "library.gone");
            return Refused(StatusCodes.Status404NotFound);
        }

        var command = new AttachFiles([taken], Visibility);
        var answer = await grains.SendAsync(Ticket.Id, CommandEnvelope.By(viewer, command), cancellation);
        if (answer.IsAccepted)
        {
            TempData["Done"] = texts.Format("library.attached", taken.Name);
            return RedirectToPage("/Workspace/Ticket", new { key = Ticket.Key.ToString() });
        }

        Errors.Add(answer.Refusals, Inputs);
        return Refused(RefusalStatus.Of(answer.Refusals[0].Kind));
    }

    private PageResult Refused(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private ObjectResult Problem(string detail, int statusCode) =>
        new(new ProblemDetails { Detail = detail, Status = statusCode }) { StatusCode = statusCode };

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await opened.FindAsync(viewer, Key, cancellation) is not { } ticket)
        {
            return false;
        }

        Ticket = ticket.State;
        Files = await library.ListAsync(viewer, Ticket.Desk, Words, cancellation);
        return true;
    }
}
