using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>Who can be given work of a desk.</summary>
internal static class Assignment
{
    /// <summary>The assignee is an active agent of the desk, the team is one of the desk's. Imports bring who worked then.</summary>
    public static IEnumerable<Refusal?> Rules(
        TicketQuestion asked,
        DeskDocument desk,
        PersonId? assignee,
        TeamId? team
    ) => [assignee is { } person ? Agent(asked, desk, person) : null, team is { } id ? TeamOf(asked, desk, id) : null];

    /// <summary>Who gets what is meant for somebody, and for whom: the one who stands in, where that is somebody else who works on the desk.</summary>
    public static (PersonId? Assignee, PersonId? For) Receiver(
        TicketQuestion asked,
        DeskDocument desk,
        PersonId? assignee,
        bool toStandIn
    ) =>
        toStandIn
        && asked.Facts.StandIns.FirstOrDefault(one => one.For == assignee) is { } found
        && asked.Facts.Find(found.Person) is { } person
        && asked.Facts.WorksOn(desk, person, asked.Configuration)
            ? (found.Person, assignee)
            : (assignee, null);

    private static Refusal? Agent(TicketQuestion asked, DeskDocument desk, PersonId id) =>
        asked.Facts.Find(id) switch
        {
            null => Refusal.Invalid(RefusalCodes.PersonUnknown, "assignee", id.ToString()),
            { } person when asked.IsImport || asked.Facts.WorksOn(desk, person, asked.Configuration) => null,
            { } person => Refusal.Invalid(RefusalCodes.AssigneeNotAgent, "assignee", person.Name, desk.Id),
        };

    private static Refusal? TeamOf(TicketQuestion asked, DeskDocument desk, TeamId id) =>
        asked.Facts.Find(id) switch
        {
            null => Refusal.Invalid(RefusalCodes.TeamUnknown, "team", id.ToString()),
            { } team when asked.IsImport || DeskAccess.Takes(desk, team) => null,
            { } team => Refusal.Invalid(RefusalCodes.TeamNotOfDesk, "team", team.Name, desk.Id),
        };
}
