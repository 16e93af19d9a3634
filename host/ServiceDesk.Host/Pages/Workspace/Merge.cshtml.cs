using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Merges a ticket into another one: which, then what follows, then it is done.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class MergeModel(OpenedTicket opened, ITicketGrains grains, IPeople people, ITexts texts) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>What was typed for the ticket that stays.</summary>
    [BindProperty(SupportsGet = true, Name = "into")]
    public string? Into { get; set; }

    public TicketSnapshot Ticket { get; private set; } = null!;

    /// <summary>The ticket that stays; null while none was found.</summary>
    public TicketState? Target { get; private set; }

    /// <summary>Names of those who will take part in it because of the merge.</summary>
    public IReadOnlyList<string> Coming { get; private set; } = [];

    public IReadOnlyList<string> Errors { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        if (!string.IsNullOrWhiteSpace(Into) && Target is null)
        {
            Errors = [texts.Format("refusal.merge-target-unknown", Into.Trim())];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        if (Target is not { } target)
        {
            Errors = [texts.Format("refusal.merge-target-unknown", (Into ?? "").Trim())];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var envelope = CommandEnvelope.By(HttpContext.RequireViewer(), new MergeTicket(target.Key));
        var answer = await grains.SendAsync(Ticket.State.Id, envelope, cancellation);
        if (answer.IsAccepted)
        {
            TempData["Done"] = texts.Format("workspace.done-merged", Key, target.Key.ToString());
            return RedirectToPage("/Workspace/Ticket", new { key = target.Key.ToString() });
        }

        Errors = [.. answer.Refusals.Select(texts.Say)];
        Response.StatusCode = RefusalStatus.Of(answer.Refusals[0].Kind);
        return Page();
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        if (await opened.FindAsync(viewer, Key, cancellation) is not { } ticket)
        {
            return false;
        }

        Ticket = ticket;
        Target = (await opened.FindAsync(viewer, Into ?? "", cancellation))?.State;
        if (Target is { } target)
        {
            var coming = Core
                .Tickets.Ticket.CustomersOf(ticket.State)
                .Where(person => !TicketAccess.IsCustomerOf(target, person))
                .ToList();
            Coming = [.. (await people.FindAsync(coming, cancellation)).Values.Select(person => person.Name)];
        }

        return true;
    }
}
