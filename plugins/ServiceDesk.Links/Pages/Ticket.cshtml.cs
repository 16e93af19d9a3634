using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Links.Linking;
using ServiceDesk.Links.Reading;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Pages;

/// <summary>The links of a ticket: where the panel's forms are sent, and where a refusal is told. Works without JavaScript.</summary>
[Authorize(Policy = LinksPlugin.EditPermission)]
public sealed class TicketModel(ITicketQueries queries, ITicketGrains grains, LinkBoard board, ITexts texts) : PageModel
{
    /// <summary>The links.</summary>
    public LinkPanel Panel { get; private set; } = null!;

    /// <summary>Why nothing changed.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellation) =>
        await FindAsync(key, cancellation) ? Page() : NotFound();

    /// <summary>Links another ticket.</summary>
    /// <param name="link">The way, as <see cref="LinkChoice.Value"/>.</param>
    /// <param name="other">The key, also in front of other words.</param>
    public async Task<IActionResult> OnPostLinkAsync(
        string? key,
        string? link,
        string? other,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        Panel = Panel with { Typed = other ?? "", Chosen = link ?? "" };
        var first = (other ?? string.Empty).Trim().Split(' ')[0];
        return LinkChoice.Read(link) is { } way && TicketKey.TryParse(first, out var named)
            ? await SendAsync(new LinkTickets(way.Type, way.Direction, named), cancellation)
            : Refuse([Refusal.Invalid("links.refusal.bad-link", "other")]);
    }

    /// <summary>Takes a link away.</summary>
    public async Task<IActionResult> OnPostUnlinkAsync(
        string? key,
        string? link,
        string? other,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        return LinkChoice.Read(link) is { } way && TicketKey.TryParse(other, out var named)
            ? await SendAsync(new UnlinkTickets(way.Type, way.Direction, named), cancellation)
            : Refuse([Refusal.Invalid("links.refusal.bad-link", "other")]);
    }

    /// <summary>Links a page elsewhere.</summary>
    public async Task<IActionResult> OnPostLinkPageAsync(
        string? key,
        string? url,
        string? title,
        CancellationToken cancellation
    ) =>
        await FindAsync(key, cancellation)
            ? await SendAsync(new LinkPage(url ?? "", title ?? ""), cancellation)
            : NotFound();

    /// <summary>Takes the link to a page elsewhere away.</summary>
    public async Task<IActionResult> OnPostUnlinkPageAsync(string? key, string? url, CancellationToken cancellation) =>
        await FindAsync(key, cancellation) ? await SendAsync(new UnlinkPage(url ?? ""), cancellation) : NotFound();

    private async Task<IActionResult> SendAsync(TicketCommand command, CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        var envelope = CommandEnvelope.By(viewer, command);
        var answer = await grains.SendAsync(Panel.Ticket.Id, envelope, cancellation);
        return answer.IsAccepted
            ? Redirect(Url.Content($"~/workspace/tickets/{Panel.Ticket.Key}"))
            : Refuse([.. answer.Refusals]);
    }

    private PageResult Refuse(IReadOnlyList<Refusal> refusals)
    {
        Refusals = [.. refusals.Select(texts.Say)];
        Response.StatusCode = RefusedResult.StatusOf(refusals[0]);
        return Page();
    }

    private async Task<bool> FindAsync(string? key, CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        if (await queries.FindWorkedAsync(viewer, key, cancellation: cancellation) is not { } found)
        {
            return false;
        }

        Panel = await LinkPanel.OfAsync(board, viewer, found, cancellation) with { IsOpen = true };
        return true;
    }
}
