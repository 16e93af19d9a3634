using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Incidents.Major;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Incidents.Pages;

/// <summary>Declares an incident a major one, changes its notice or withdraws it; works without JavaScript.</summary>
[Authorize(Policy = IncidentsPlugin.DeclareMajorPermission)]
public sealed class MajorModel(ITicketQueries queries, ITicketGrains grains, ITexts texts) : PageModel
{
    /// <summary>The incident.</summary>
    public TicketState Ticket { get; private set; } = null!;

    /// <summary>The words for customers, as typed or as saved.</summary>
    public string Notice { get; private set; } = string.Empty;

    /// <summary>Why nothing changed.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>Whether it is a major incident.</summary>
    public bool IsMajor => Ticket.Major() is not null;

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        Notice = Ticket.Major()?.Notice ?? string.Empty;
        return Page();
    }

    /// <summary>Sends the command and goes back to the ticket.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? key,
        string? act,
        string? notice,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        var viewer = HttpContext.CurrentViewer()!;
        TicketCommand command = act == "withdraw" ? new WithdrawMajor() : new DeclareMajor(notice ?? string.Empty);
        var answer = await grains.SendAsync(Ticket.Id, CommandEnvelope.By(viewer, command), cancellation);
        if (answer.IsAccepted)
        {
            return Redirect(Url.Content($"~/workspace/tickets/{Ticket.Key}"));
        }

        Notice = notice ?? string.Empty;
        Refusals = [.. answer.Refusals.Select(texts.Say)];
        return Page();
    }

    private async Task<bool> FindAsync(string? key, CancellationToken cancellation)
    {
        var found = await queries.FindWorkedAsync(HttpContext.CurrentViewer(), key, cancellation: cancellation);
        Ticket = found!;
        return found is not null;
    }
}
