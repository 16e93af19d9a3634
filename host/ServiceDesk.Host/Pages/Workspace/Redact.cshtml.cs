using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Takes a passage of a message, or the content of a file, out for good: first it says what that would touch, then it is done.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
[Authorize(Policy = Permissions.Redact)]
public sealed class RedactModel(
    OpenedTicket opened,
    ITicketConversation conversation,
    IEventLog log,
    ICurrentConfiguration configuration,
    ITicketGrains grains,
    LibraryDoor library,
    ITexts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>The message; 0 for the ticket's own words and files.</summary>
    [BindProperty(SupportsGet = true, Name = "comment")]
    public long Comment { get; set; }

    [BindProperty(Name = "passage")]
    public string? Passage { get; set; }

    /// <summary>The id of a file.</summary>
    [BindProperty(Name = "file")]
    public long FileId { get; set; }

    /// <summary>Another name for the file's place.</summary>
    [BindProperty(Name = "rename")]
    public string? Rename { get; set; }

    [BindProperty(Name = "reason")]
    public string? Reason { get; set; }

    /// <summary>Whether it was said that it is meant.</summary>
    [BindProperty(Name = "sure")]
    public bool Sure { get; set; }

    public TicketState Ticket { get; private set; } = null!;

    /// <summary>The words of the message as they were typed.</summary>
    public string Words { get; private set; } = "";

    /// <summary>Its files that are still there.</summary>
    public IReadOnlyList<AttachedFile> Files { get; private set; } = [];

    /// <summary>What is asked about before it is done; null while something is missing.</summary>
    public string? Question { get; private set; }

    /// <summary>Files of the viewer's desks' libraries with the content that is taken out; they stay.</summary>
    public IReadOnlyList<LibraryFile> Alike { get; private set; } = [];

    public FormErrors Errors { get; } = new(texts);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation) ? Page() : NotFound();

    /// <summary>Takes a passage out, wherever it stands on the ticket.</summary>
    public async Task<IActionResult> OnPostTextAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var command = new RedactText(Passage ?? "", Reason ?? "");
        if (Sure)
        {
            return await SendAsync(command, "redaction.done-text", cancellation);
        }

        var redaction = Redaction.Of(command)!;
        var events = await log.ReadTicketAsync(Ticket.Id, cancellation);
        // Nothing at all stands in every text.
        var places = redaction.Passage!.Length == 0 ? 0 : events.Count(one => redaction.IsIn(one.Event));
        return Ask(
            places == 0 ? ("passage", RefusalCodes.RedactionNotThere)
                : Redaction.IsTooLittle(redaction.Passage) ? ("passage", RefusalCodes.RedactionTooLittle)
                : null,
            texts.Format("redaction.question-text", $"{places}", redaction.Mark)
        );
    }

    /// <summary>Takes the content of a file away.</summary>
    public async Task<IActionResult> OnPostFileAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        if (Sure)
        {
            return await SendAsync(new RedactFile(FileId, Rename, Reason ?? ""), "redaction.done-file", cancellation);
        }

        var file = Files.FirstOrDefault(one => one.Id == FileId);
        Alike = file is null ? [] : await library.HoldingAsync(HttpContext.RequireViewer(), file.Sha256, cancellation);
        return Ask(
            file is null ? ("file", "redaction.file-choose") : null,
            texts.Format("redaction.question-file", file?.Name ?? "")
        );
    }

    private PageResult Ask((string Field, string Code)? wrong, string question)
    {
        if (wrong is { } found)
        {
            Errors.Add(found.Field, found.Code);
        }

        if (string.IsNullOrWhiteSpace(Reason))
        {
            Errors.Add("reason", RefusalCodes.TextRequired);
        }

        if (Errors.Any)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        else
        {
            Question = question;
        }

        return Page();
    }

    private async Task<IActionResult> SendAsync(TicketCommand command, string done, CancellationToken cancellation)
    {
        var answer = await grains.SendAsync(
            Ticket.Id,
            CommandEnvelope.By(HttpContext.RequireViewer(), command),
            cancellation
        );
        if (answer.IsAccepted)
        {
            TempData["Done"] = texts[done];
            return RedirectToPage("/Workspace/Ticket", new { key = Ticket.Key.ToString() });
        }

        Errors.Add(answer.Refusals, ["passage", "file", "reason", "rename"]);
        Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
        return Page();
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        if (await opened.FindAsync(HttpContext.RequireViewer(), Key, cancellation) is not { } ticket)
        {
            return false;
        }

        Ticket = ticket.State;
        var whole = await conversation.ReadForAgentAsync(
            HttpContext.RequireViewer(),
            Ticket,
            configuration.Snapshot,
            cancellation
        );
        var message = whole.Comments.FirstOrDefault(one => one.Id == Comment);
        if (Comment != 0 && message is null)
        {
            return false;
        }

        Words = message?.Body ?? $"{Ticket.Summary}\n\n{Ticket.Description}".TrimEnd();
        Files = [.. (message?.Files ?? whole.Files).Where(file => file.Removed is null).Select(file => file.File)];
        return true;
    }
}
