using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

// For which organization it is, who takes part and who watches.
public static partial class Ticket
{
    private const int MostParticipants = 100;

    private static Decision BelongTo(TicketQuestion asked, ChangeOrganization command)
    {
        var (ticket, to) = (asked.Ticket, command.Organization);
        var isChange = to != ticket.Organization;
        return Rules.Unless(
            [
                Rules.OnlyAgents(asked),
                isChange
                && to is { } organization
                && asked.Facts.Find(ticket.Requester)?.Organizations.Contains(organization) != true
                    ? Refusal.Invalid(RefusalCodes.OrganizationNotOfRequester, "organization")
                    : null,
            ],
            () =>
                isChange
                    ?
                    [
                        new OrganizationChanged(
                            ticket.Organization,
                            to,
                            to is { } known ? asked.Facts.Find(known)?.Region : null
                        ),
                    ]
                    : []
        );
    }

    private static Decision Invite(TicketQuestion asked, AddParticipants command)
    {
        var ticket = asked.Ticket;
        var added = command.People.Distinct().Where(person => !TicketAccess.IsCustomerOf(ticket, person)).ToValueList();
        return Rules.Unless(
            [
                Rules.OnlyWhoTakesPart(asked),
                command.People.Count == 0 ? Refusal.Invalid(RefusalCodes.ParticipantsRequired, "participants") : null,
                ticket.Participants.Count + added.Count > MostParticipants
                    ? Refusal.Invalid(
                        RefusalCodes.ParticipantsTooMany,
                        "participants",
                        MostParticipants.ToString(CultureInfo.InvariantCulture)
                    )
                    : null,
                .. added.Select(person => MayTakePart(asked, person)),
            ],
            () => added.Count == 0 ? [] : [new ParticipantsAdded(added)]
        );
    }

    // Agents invite anyone, the requester the own colleagues. Members of an organization of the ticket invite each other, and learn of nobody else.
    private static Refusal? MayTakePart(TicketQuestion asked, PersonId id)
    {
        var person = asked.Facts.Find(id);
        var isKnown = person is { IsActive: true } || (person is not null && asked.IsImport);
        var isColleague =
            asked.Viewer is { } viewer
            && TicketSharing.Inviting(viewer, asked.Ticket).Any(one => person?.Organizations.Contains(one) == true);
        return isKnown && (asked.Standing >= Standing.Works || isColleague)
            ? null
            : Refusal.Invalid(RefusalCodes.PersonUnknown, "participants", id.ToString());
    }

    // Agents and the requester dismiss anyone; a participant leaves by oneself. The requester stays.
    private static Decision Dismiss(TicketQuestion asked, RemoveParticipants command)
    {
        var ticket = asked.Ticket;
        var removed = command.People.Distinct().Where(ticket.Participants.Contains).ToValueList();
        var mayAll = asked.Standing >= Standing.Works || asked.Person == ticket.Requester;
        return Rules.Unless(
            [
                Rules.OnlyWhoTakesPart(asked),
                mayAll || removed.All(person => person == asked.Person)
                    ? null
                    : Refusal.Forbidden(RefusalCodes.ParticipantNotRemovable),
            ],
            () => removed.Count == 0 ? [] : [new ParticipantsRemoved(removed)]
        );
    }

    // Whoever reads the ticket watches it for oneself; agents put others on watch who work on the desk or take part.
    private static Decision Watch(TicketQuestion asked, WatchTicket command)
    {
        var ticket = asked.Ticket;
        var isSelf = asked.Person == command.Person;
        return Rules.Unless(
            [
                isSelf || asked.Standing >= Standing.Works ? null : Refusal.Forbidden(RefusalCodes.WatcherNotSelf),
                command.Watch && asked.Standing < Standing.Reads
                    ? Refusal.Forbidden(RefusalCodes.CustomersOfTicketOnly)
                    : null,
                isSelf || !command.Watch || asked.Standing < Standing.Works || IsInvolved(asked, command.Person)
                    ? null
                    : Refusal.Invalid(RefusalCodes.WatcherNotInvolved, "person", command.Person.ToString()),
            ],
            () =>
                ticket.Watchers.Contains(command.Person) == command.Watch
                    ? []
                    : [new WatchChanged(command.Person, command.Watch)]
        );
    }

    private static bool IsInvolved(TicketQuestion asked, PersonId id) =>
        TicketAccess.IsCustomerOf(asked.Ticket, id)
        || (
            asked.Facts.Find(id) is { } person
            && asked.Desk(asked.Ticket.Desk) is { } desk
            && asked.Facts.WorksOn(desk, person, asked.Configuration)
        );
}
