using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Other agents who have the ticket open, in words for the page.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Writes">Whether the person writes.</param>
public sealed record VisitorShown(string Name, bool Writes);

/// <summary>Who else is here.</summary>
public sealed partial class TicketModel
{
    /// <summary>The others, drawn anew when one comes or goes.</summary>
    public async Task<IActionResult> OnGetPresenceAsync(CancellationToken cancellation)
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        var present = presence.At(ticket.State.Id, HttpContext.RequireViewer().Person.Id);
        var known = await persons.FindAsync([.. present.Select(one => one.Person)], cancellation);
        IReadOnlyList<VisitorShown> shown =
        [
            .. present
                .Where(one => known.ContainsKey(one.Person))
                .Select(one => new VisitorShown(known[one.Person].Name, one.Writes)),
        ];
        return Partial("Workspace/_Presence", shown);
    }

    /// <summary>What the reader does on the page that holds a stream of events under this name.</summary>
    public async Task<IActionResult> OnPostPresenceAsync(
        string? window,
        PresenceState state,
        CancellationToken cancellation
    )
    {
        var ticket = await FindAsync(cancellation);
        if (ticket is null || !Enum.IsDefined(state))
        {
            return NotFound();
        }

        presence.Note(HttpContext.RequireViewer().Person.Id, ticket.State.Id, window ?? "", state);
        return new NoContentResult();
    }
}
