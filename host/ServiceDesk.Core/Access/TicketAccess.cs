using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Access;

/// <summary>How somebody stands to a ticket. Greater may more, and all that a smaller one may.</summary>
public enum Standing
{
    /// <summary>Must not even learn that it exists.</summary>
    None = 0,

    /// <summary>Is or was asked for an approval, and has nothing else to do with the ticket: sees what was asked for and the approval.</summary>
    Asked = 1,

    /// <summary>A member of an organization with which the ticket is shared, where desk and organization share: reads what is public.</summary>
    Reads = 2,

    /// <summary>The requester or a participant: reads what is public and answers.</summary>
    TakesPart = 3,

    /// <summary>Works on the desk: sees and does everything, internal notes included.</summary>
    Works = 4,

    /// <summary>The product itself: timers, imports, migrations.</summary>
    Product = 5,
}

/// <summary>
/// Who may see what of a ticket. The access filter of queries says the same in SQL: works on the desk, or is the requester,
/// or is a participant, or is asked for an approval or has answered one, or is of an organization with which the ticket is shared, on a desk that shares.
/// </summary>
public static class TicketAccess
{
    /// <summary>How a viewer stands to a ticket; null is the product itself.</summary>
    public static Standing StandingOf(Viewer? viewer, TicketState ticket) =>
        viewer switch
        {
            null => Standing.Product,
            _ when viewer.WorksOn(ticket.Desk) => Standing.Works,
            _ when IsCustomerOf(ticket, viewer.Person.Id) => Standing.TakesPart,
            _ when SharesOrganization(viewer, ticket) => Standing.Reads,
            _ when ApprovalAccess.IsAsked(ticket, viewer.Person.Id) => Standing.Asked,
            _ => Standing.None,
        };

    /// <summary>Whether the viewer may see the ticket at all.</summary>
    public static bool MaySee(Viewer viewer, TicketState ticket) => StandingOf(viewer, ticket) >= Standing.Asked;

    /// <summary>Whether the viewer may read what people write to each other on the ticket, and not only what was asked for.</summary>
    public static bool MayRead(Viewer viewer, TicketState ticket) => StandingOf(viewer, ticket) >= Standing.Reads;

    /// <summary>
    /// Whether the viewer may see an event of the ticket. An agent sees every event, and everybody else what
    /// <see cref="MaySeeAsCustomer"/> says.
    /// </summary>
    public static bool MaySee(Viewer viewer, TicketState ticket, TicketEvent @event) =>
        StandingOf(viewer, ticket) >= Standing.Works || MaySeeAsCustomer(viewer, ticket, @event);

    /// <summary>
    /// Whether the viewer may see an event of the ticket where everybody is a customer: those for everyone, and those of
    /// approvals that concern the viewer. Who is only asked for an approval sees of the former what was asked for and its status.
    /// </summary>
    public static bool MaySeeAsCustomer(Viewer viewer, TicketState ticket, TicketEvent @event) =>
        StandingOf(viewer, ticket) switch
        {
            >= Standing.Reads => Audiences.Of(@event) == Audience.Everyone
                || ApprovalAccess.IsOfOwn(ticket, viewer.Person.Id, @event),
            Standing.Asked => ApprovalAccess.IsForAsked(ticket, viewer.Person.Id, @event),
            _ => false,
        };

    /// <summary>Whether the person is the requester or a participant, whatever else the person is.</summary>
    public static bool IsCustomerOf(TicketState ticket, PersonId person) =>
        ticket.Requester == person || ticket.Participants.Contains(person);

    private static bool SharesOrganization(Viewer viewer, TicketState ticket) =>
        viewer.SharedOrganizations.Count > 0
        && viewer.SharingDesks.Contains(ticket.Desk)
        && TicketSharing.With(ticket).Any(viewer.SharedOrganizations.Contains);
}
