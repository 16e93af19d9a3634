namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>
/// Where the product's plugins and exports show what somebody may see: addresses, with the handler and format of a file, and
/// functions of scripts.
/// </summary>
internal static class PluginPlaces
{
    private const string Api = "/api/v1/plugins";

    private static readonly string[] OfChanges =
    [
        $"{Api}/changes/calendar",
        $"{Api}/changes/tickets/{{key}}",
        "/plugins/changes/calendar",
        "changes.between",
        "changes.get",
    ];

    private static readonly string[] OfCounted =
    [
        $"{Api}/reports/reports/{{id}}/tickets",
        "/plugins/reports/tickets",
        "/plugins/reports/tickets handler=Export format=csv",
        "/plugins/reports/tickets handler=Export format=xlsx",
        "reports.tickets",
    ];

    private static readonly string[] OfFigures =
    [
        $"{Api}/reports/reports/{{id}}",
        $"{Api}/reports/reports/{{id}}/export format=csv",
        $"{Api}/reports/reports/{{id}}/export format=xlsx",
        "/plugins/reports/report",
        "/plugins/reports/report handler=Export format=csv",
        "/plugins/reports/report handler=Export format=xlsx",
        "/plugins/reports/dashboard",
        "reports.run",
    ];

    private static readonly string[] OfLists =
    [
        "/workspace/search handler=Export",
        "/workspace/{desk}/{queue} handler=Export",
        "tickets.search",
    ];

    /// <summary>Who must find which word where.</summary>
    public static IEnumerable<(Member Member, string Word, string Place)> Of(IsolationWorld world) =>
        from member in world.Members
        from shown in TicketsOf(world, member)
            .Concat(LinkedOf(world, member))
            .Concat(CoveredOf(world, member))
            .Concat(NoticesOf(world, member))
            .Concat(AgentsOf(world, member))
        from place in shown.Places
        select (member, shown.Word, place);

    private static IEnumerable<(string Word, string[] Places)> TicketsOf(IsolationWorld world, Member member) =>
        from ticket in world.Tickets
        where WhoMaySee.Internals(member, ticket)
        from places in (string[][])[OfCounted, OfLists, ticket.Type == "change" ? OfChanges : []]
        select (ticket.Public["summary"], places);

    // Of a ticket that one works on, the other end, if one may see it.
    private static IEnumerable<(string Word, string[] Places)> LinkedOf(IsolationWorld world, Member member) =>
        from link in world.Links
        from ends in ((Errand Here, Errand There)[])[(link.From, link.To), (link.To, link.From)]
        where WhoMaySee.Internals(member, ends.Here) && WhoMaySee.Ticket(member, ends.There)
        from places in (string[][])
            [
                [$"{Api}/links/tickets/{{key}}", "links.of"],
                ends.Here.Type == "problem"
                    ? [$"{Api}/problems/tickets/{{key}}", "/plugins/problems/ticket", "problems.get"]
                    : [],
            ]
        select (ends.There.Public["summary"], places);

    // Of whose contract a ticket is worked.
    private static IEnumerable<(string Word, string[] Places)> CoveredOf(IsolationWorld world, Member member) =>
        from ticket in world.Tickets
        from client in world.Clients
        where client.Firm == ticket.Requester.Firm && WhoMaySee.Internals(member, ticket)
        from shown in ((string Word, string[] Places)[])
            [
                (client.Words["account name"], [$"{Api}/crm/tickets/{{key}}", "crm.accountOf"]),
                (client.Words["contract number"], [$"{Api}/crm/tickets/{{key}}", "crm.contractOf"]),
            ]
        select shown;

    private static IEnumerable<(string Word, string[] Places)> NoticesOf(IsolationWorld world, Member member) =>
        member.WorksAt.Contains(world.Declared.At.At)
            ? [(world.Declared.Notice, [$"{Api}/incidents/major", "incidents.majors"])]
            : [];

    // Figures are told apart by who works on the tickets.
    private static IEnumerable<(string Word, string[] Places)> AgentsOf(IsolationWorld world, Member member) =>
        from desk in member.WorksAt
        from agent in world.Members
        where agent.Person.Role == "agent" && agent.WorksAt.Contains(desk)
        select (Canary.WordsIn(agent.Person.Name).Single(), OfFigures);
}
