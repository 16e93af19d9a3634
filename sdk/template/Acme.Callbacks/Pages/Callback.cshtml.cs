using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace Acme.Callbacks.Pages;

/// <summary>Promises a call, or tells that it was made. Every page of a plugin names a policy: a permission.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class CallbackModel(ITicketQueries queries, ITicketGrains grains, ITexts texts) : PageModel
{
    public TicketState Ticket { get; private set; } = null!;

    public string Number { get; private set; } = "";

    public IReadOnlyList<string> Refusals { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        var field = Ticket.Fields.Find(Plugin.NumberField) as TextValue;
        Number = Ticket.Callback()?.Number ?? field?.Text ?? "";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        string? key,
        string? act,
        string? number,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        // Every change is a command through the one door, with the person whose rights it has.
        var viewer = HttpContext.CurrentViewer()!;
        TicketCommand command = act == "made" ? new MakeCallback() : new PromiseCallback(number ?? "");
        var envelope = CommandEnvelope.By(viewer, command);
        var answer = await grains.SendAsync(Ticket.Id, envelope, cancellation);
        if (answer.IsAccepted)
        {
            return Redirect(Url.Content($"~/workspace/tickets/{Ticket.Key}"));
        }

        Number = number ?? "";
        Refusals = [.. answer.Refusals.Select(texts.Say)];
        return Page();
    }

    /// <summary>A ticket that the viewer may not see looks like one that does not exist.</summary>
    private async Task<bool> FindAsync(string? key, CancellationToken cancellation)
    {
        var found = await queries.FindWorkedAsync(HttpContext.CurrentViewer(), key, cancellation: cancellation);
        Ticket = found!;
        return found is not null;
    }
}
