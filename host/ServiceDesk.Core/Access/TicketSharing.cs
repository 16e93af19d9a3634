using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>With which organizations a ticket is shared. Who of their members sees it, organization, person and desk say.</summary>
public static class TicketSharing
{
    /// <summary>The organizations whose members see the ticket, its own one first.</summary>
    public static ValueList<OrganizationId> With(TicketState ticket) =>
        ticket.IsPrivate ? ticket.SharedWith : Houses(ticket);

    /// <summary>
    /// Whether it is kept from the ticket's own organization. One with which it was shared before it became the own one sees it still,
    /// and what was private stays private for when the own one is another again.
    /// </summary>
    public static bool IsPrivate(TicketState ticket) =>
        ticket.IsPrivate && !(ticket.Organization is { } own && ticket.SharedWith.Contains(own));

    /// <summary>The organizations besides its own one with which it is shared.</summary>
    public static ValueList<OrganizationId> Further(TicketState ticket) =>
        ticket.SharedWith.Where(one => one != ticket.Organization).ToValueList();

    /// <summary>The organizations that have to do with the ticket: its own one, shared or not, and those with which it is shared.</summary>
    public static ValueList<OrganizationId> Houses(TicketState ticket) =>
        ticket.Organization is { } own ? [own, .. Further(ticket)] : ticket.SharedWith;

    /// <summary>Whether the viewer says with whom the ticket is shared: who works on it and its requester.</summary>
    public static bool MaySay(Viewer viewer, TicketState ticket) =>
        viewer.WorksOn(ticket.Desk) || viewer.Person.Id == ticket.Requester;

    /// <summary>The organizations of whose members the viewer lets some take part: the requester those of all own ones, others those of own ones that have to do with the ticket.</summary>
    public static ValueList<OrganizationId> Inviting(Viewer viewer, TicketState ticket) =>
        viewer.Person.Id == ticket.Requester
            ? viewer.Person.Organizations
            : Houses(ticket).Where(viewer.Person.Organizations.Contains).ToValueList();

    /// <summary>
    /// Those of <see cref="Further"/> of which the viewer knows: who works on the ticket or takes part in it knows who
    /// reads along, everybody else learns of the own organizations alone.
    /// </summary>
    public static ValueList<OrganizationId> KnownTo(Viewer viewer, TicketState ticket) =>
        TicketAccess.StandingOf(viewer, ticket) >= Standing.TakesPart
            ? Further(ticket)
            : Further(ticket).Where(one => viewer.Person.Organizations.Contains(one)).ToValueList();

    /// <summary>
    /// The organization of the ticket as far as the viewer knows it: who works on the ticket or takes part in it, and who decides about it, knows
    /// for whom it is; who only reads it learns of the own organizations alone.
    /// </summary>
    public static OrganizationId? OwnKnownTo(Viewer viewer, TicketState ticket) =>
        ticket.Organization is { } own
        && (
            TicketAccess.StandingOf(viewer, ticket) != Standing.Reads
            || viewer.Person.Organizations.Contains(own)
            || ApprovalAccess.IsAsked(ticket, viewer.Person.Id)
        )
            ? own
            : null;
}
