using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake.Branching;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Opens a copy of a ticket, with what is ticked.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class DuplicateModel(
    OpenedTicket opened,
    TicketBranches branches,
    ITicketGrains grains,
    IPeople people,
    ITexts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    [BindProperty(Name = "summary")]
    public string? Summary { get; set; }

    /// <summary>Whether files come along.</summary>
    [BindProperty(Name = "attachments")]
    public bool Attachments { get; set; }

    /// <summary>Whether participants come along.</summary>
    [BindProperty(Name = "participants")]
    public bool Participants { get; set; }

    /// <summary>Names this form, so that it opens one ticket however often it is sent.</summary>
    [BindProperty(Name = "once")]
    public string? Once { get; set; }

    public TicketState Ticket { get; private set; } = null!;

    /// <summary>How many files there are.</summary>
    public int Files { get; private set; }

    /// <summary>Names of the participants.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    public IReadOnlyList<string> Errors { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        Summary = Ticket.Summary;
        (Attachments, Participants) = (Files > 0, Names.Count > 0);
        Once = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        var viewer = HttpContext.RequireViewer();
        var choice = new CopyChoice(Channel.Workspace, Attachments, Participants, (Summary ?? "").Trim());
        var command = await branches.DuplicateAsync(Ticket, choice, cancellation);
        var envelope = CommandEnvelope.By(viewer, command) with
        {
            IdempotencyKey = Once is { Length: 32 }
                ? $"{RequestRepeats.KeyPrefix}{viewer.Person.Id}:duplicate:{Ticket.Id}:{Once}"
                : null,
        };
        var answer = await grains.OpenAsync(envelope, cancellation);
        if (answer.IsAccepted)
        {
            var copy = answer.Ticket!.State.Key.ToString();
            TempData["Done"] = texts.Format("workspace.done-duplicated", Key, copy);
            return RedirectToPage("/Workspace/Ticket", new { key = copy });
        }

        Errors = [.. answer.Refusals.Select(texts.Say)];
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
        Files = (await branches.FilesAsync(Ticket, cancellation)).Count;
        Names =
        [
            .. (await people.FindAsync(Ticket.Participants, cancellation))
                .Values.Where(person => person.IsActive)
                .Select(person => person.Name),
        ];
        return true;
    }
}
