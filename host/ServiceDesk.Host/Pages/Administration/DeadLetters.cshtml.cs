using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Events whose reaction failed too often: replayed or thrown away by hand.</summary>
[Authorize(Policy = Permissions.Operate)]
public sealed class DeadLettersModel(IDeadLetters letters, ITicketGrains grains, IClock clock, ITexts texts) : PageModel
{
    private const int Shown = 100;

    public int Dead { get; private set; }

    public int Waiting { get; private set; }

    public IReadOnlyList<(ParkedEvent Letter, string? Key)> Letters { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (Dead, Waiting) = await letters.CountAsync(cancellation);
        var found = new List<(ParkedEvent, string?)>();
        foreach (var letter in await letters.DeadAsync(Shown, cancellation))
        {
            var ticket = await grains.GetAsync(letter.Ticket, cancellation);
            found.Add((letter, ticket?.State.Key.ToString()));
        }

        Letters = found;
    }

    public async Task<IActionResult> OnPostReplayAsync(string reaction, long position, CancellationToken cancellation)
    {
        if (!await letters.ReplayAsync(reaction, position, clock.GetCurrentInstant(), cancellation))
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.replayed"];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDismissAsync(string reaction, long position, CancellationToken cancellation)
    {
        if (!await letters.DismissAsync(reaction, position, cancellation))
        {
            return NotFound();
        }

        TempData["Done"] = texts["administration.discarded"];
        return RedirectToPage();
    }
}
