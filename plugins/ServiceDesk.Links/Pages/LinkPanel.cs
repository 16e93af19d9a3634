using ServiceDesk.Links.Reading;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Pages;

/// <summary>What the panel of links shows, in the ticket's side column and on a page of its own.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Links">What the viewer may see.</param>
/// <param name="Choices">The ways to link.</param>
/// <param name="MayEdit">Whether the viewer may link here.</param>
public sealed record LinkPanel(TicketState Ticket, SeenLinks Links, IReadOnlyList<LinkChoice> Choices, bool MayEdit)
{
    /// <summary>What was typed for the other ticket, when it was refused.</summary>
    public string Typed { get; init; } = string.Empty;

    /// <summary>What was chosen, when it was refused.</summary>
    public string Chosen { get; init; } = string.Empty;

    /// <summary>Whether the forms stand open.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Reads it for a viewer.</summary>
    public static async Task<LinkPanel> OfAsync(
        LinkBoard board,
        Viewer viewer,
        TicketState ticket,
        CancellationToken cancellation
    ) =>
        new(
            ticket,
            await board.ForAsync(viewer, ticket, cancellation),
            board.Choices(),
            viewer.WorksOn(ticket.Desk) && viewer.May(LinksPlugin.EditPermission)
        );

    /// <summary>The CSS classes of a status.</summary>
    public static string PillOf(StatusCategory category) =>
        category switch
        {
            StatusCategory.New => "pill pill-new tone-blue",
            StatusCategory.Active => "pill pill-active tone-violet",
            StatusCategory.Waiting => "pill pill-waiting tone-amber",
            _ => "pill pill-done tone-green",
        };
}
