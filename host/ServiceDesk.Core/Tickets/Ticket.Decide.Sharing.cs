using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

// With which organizations it is shared.
public static partial class Ticket
{
    private const int MostSharedWith = 20;

    private static Decision Share(TicketQuestion asked, ShareTicket command)
    {
        var (ticket, house) = (asked.Ticket, command.Organization);
        var isNew = !TicketSharing.With(ticket).Contains(house);
        var isFurther = isNew && house != ticket.Organization;
        return Rules.Unless(
            [
                MaySayWithWhom(asked, house) ?? (isFurther && asked.Facts.Find(house) is null ? Unknown(house) : null),
                asked.IsImport || asked.Desk(ticket.Desk)?.Customers.ShareWithinOrganization == true
                    ? null
                    : Refusal.Conflict(RefusalCodes.DeskSharesNothing, ticket.Desk),
                isFurther && ticket.SharedWith.Count >= MostSharedWith
                    ? Refusal.Conflict(
                        RefusalCodes.SharedWithTooMany,
                        MostSharedWith.ToString(CultureInfo.InvariantCulture)
                    )
                    : null,
            ],
            () => isNew ? [new TicketShared(house)] : []
        );
    }

    private static Decision Unshare(TicketQuestion asked, UnshareTicket command)
    {
        var house = command.Organization;
        return Rules.Unless(
            [MaySayWithWhom(asked, house)],
            () => TicketSharing.With(asked.Ticket).Contains(house) ? [new TicketUnshared(house)] : []
        );
    }

    // Agents name organizations that they may look up or that stand on the ticket, the requester the own ones; others look as if there were none.
    private static Refusal? MaySayWithWhom(TicketQuestion asked, OrganizationId house) =>
        asked switch
        {
            { Viewer: null } => null,
            { Viewer: { } viewer } when !TicketSharing.MaySay(viewer, asked.Ticket) => Refusal.Forbidden(
                RefusalCodes.SharingNotYours
            ),
            { Viewer: { } viewer, Standing: >= Standing.Works }
                when TicketSharing.Houses(asked.Ticket).Contains(house)
                    || (
                        asked.Facts.Find(house) is { } organization
                        && Acquaintances.Of(viewer, asked.Configuration).Knows(organization)
                    ) => null,
            { Viewer: { } viewer } when viewer.Person.Organizations.Contains(house) => null,
            _ => Unknown(house),
        };

    private static Refusal Unknown(OrganizationId organization) =>
        Refusal.Invalid(RefusalCodes.OrganizationUnknown, "sharedWith", organization.ToString());
}
