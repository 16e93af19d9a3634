using ServiceDesk.Crm.Reading;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Pages;

/// <summary>The panel of a ticket with what was typed into it.</summary>
public sealed record CrmPanel(TicketState Ticket, CoverView View, bool MayWork)
{
    /// <summary>Whether its forms are open, after a refusal.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What was to be booked.</summary>
    public string Amount { get; init; } = "";

    /// <summary>Why.</summary>
    public string Note { get; init; } = "";

    /// <summary>The chosen account and contract.</summary>
    public string Chosen { get; init; } = "";
}
