using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>With which organizations a ticket is shared. Who of their members sees it, organization, person and desk say.</summary>
public static class TicketSharing
{
    /// <summary>The organizations whose members see the ticket, its own one first.</summary>
    public static ValueList<OrganizationId> With(TicketState ticket) =>
        ticket is { IsPrivate: false, Organization: { } own } ? [own, .. ticket.SharedWith] : ticket.SharedWith;

    /// <summary>The organizations that have to do with the ticket: its own one, shared or not, and those with which it is shared.</summary>
    public static ValueList<OrganizationId> Houses(TicketState ticket) =>
        ticket.Organization is { } own ? [own, .. ticket.SharedWith] : ticket.SharedWith;

    /// <summary>Whether the viewer says with whom the ticket is shared: who works on it and its requester.</summary>
    public static bool MaySay(Viewer viewer, TicketState ticket) =>
        viewer.WorksOn(ticket.Desk) || viewer.Person.Id == ticket.Requester;

    /// <summary>The organizations of whose members the viewer lets some take part: the requester those of all own ones, others those of own ones that have to do with the ticket.</summary>
    public static ValueList<OrganizationId> Inviting(Viewer viewer, TicketState ticket) =>
        viewer.Person.Id == ticket.Requester
            ? viewer.Person.Organizations
            : Houses(ticket).Where(viewer.Person.Organizations.Contains).ToValueList();

    /// <summary>
    /// Those of <see cref="TicketState.SharedWith"/> of which the viewer knows: who works on the ticket or takes part in it knows who
    /// reads along, everybody else learns of the own organizations alone.
    /// </summary>
    public static ValueList<OrganizationId> KnownTo(Viewer viewer, TicketState ticket) =>
        TicketAccess.StandingOf(viewer, ticket) >= Standing.TakesPart
            ? ticket.SharedWith
            : ticket.SharedWith.Where(one => viewer.Person.Organizations.Contains(one)).ToValueList();
}
