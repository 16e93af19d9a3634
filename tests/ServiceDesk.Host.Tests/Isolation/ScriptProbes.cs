using ServiceDesk.Host.Scripting.Api;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>How a script would try to learn something by each function: with keys, names and ids of every company.</summary>
internal static class ScriptProbes
{
    private static readonly string[] Queries =
    [
        $"text ~ {Canary.Sign}",
        "created >= 2000-01-01",
        "requester != 1",
        "organization != nobody",
    ];

    private static readonly string[] Reports = ["created-resolved", "backlog", "workload", "by-priority", "sla"];

    /// <summary>The calls of a function; null when nobody has said yet how one could be misled by it.</summary>
    public static IReadOnlyList<object?[]>? Of(string function, IsolationWorld world)
    {
        var keys = world
            .Tickets.Select(ticket => ticket.Key)
            .Append(world.Moved.FormerKey)
            .Append(KnownValues.NoTicket);
        return function switch
        {
            "desks.all"
            or "calendars.all"
            or "people.me"
            or "people.teams"
            or "store.keys"
            or "links.types"
            or "incidents.majors"
            or "reports.list"
            or "requests.types" =>
            [
                [],
            ],
            "tickets.get"
            or "ticket.reopen"
            or "ticket.undoMerge"
            or "ticket.promises"
            or "ticket.tasks"
            or "ticket.approvals"
            or "sla.clocks"
            or "links.of"
            or "problems.get"
            or "problems.similar"
            or "changes.get"
            or "incidents.withdrawMajor" => [.. keys.Select(key => new object?[] { key })],
            "tickets.search" => [.. Queries.Select(query => new object?[] { query, 200 })],
            "tickets.count" => [.. Queries.Select(query => new object?[] { query })],
            "tickets.open" =>
            [
                .. world.Desks.SelectMany(desk =>
                    world.Members.Select(member =>
                        new object?[]
                        {
                            new
                            {
                                desk = desk.Key,
                                type = "incident",
                                summary = "By an outsider",
                                requester = member.Person.Id.Value,
                            },
                        }
                    )
                ),
            ],
            "ticket.comment" or "ticket.note" or "incidents.declareMajor" => With(keys, "By an outsider"),
            "ticket.edit" => With(keys, new { summary = "By an outsider" }),
            "ticket.setOrganization" => With(keys, (object?)null),
            "ticket.share" or "ticket.unshare" => WithEach(
                keys,
                world.Firms.Select(firm => (object?)firm.Row.Id.Value)
            ),
            "ticket.setPriority" => With(keys, "high"),
            "ticket.assign" => WithEach(keys, world.Members.Select(member => (object?)member.Person.Id.Value)),
            "ticket.transition" => WithEach(keys, ["start", "resolve"]),
            "ticket.attach" => [.. keys.Select(key => new object?[] { key, "outsider.txt", "By an outsider" })],
            "ticket.callRule" => With(keys, "none"),
            "ticket.requestApproval" => WithEach(
                keys,
                world.Members.Select(member =>
                    (object?)
                        new
                        {
                            title = "By an outsider",
                            steps = new[] { new { people = new[] { member.Person.Email } } },
                        }
                )
            ),
            "ticket.withdrawApproval" => With(keys, 1),
            "ticket.addParticipants" or "ticket.removeParticipants" => WithEach(
                keys,
                world.Members.Select(member => (object?)new[] { member.Person.Name })
            ),
            "ticket.watch" => WithEach(keys, world.Members.Select(member => (object?)member.Person.Email)),
            "ticket.addTask" => [.. keys.Select(key => new object?[] { key, "By an outsider", true })],
            "ticket.tickTask" or "ticket.removeTask" => With(keys, 1),
            "ticket.merge" => WithEach(keys, world.Tickets.Select(ticket => (object?)ticket.Key)),
            "ticket.split" => With(keys, 2),
            "ticket.duplicate" => [.. keys.Select(key => new object?[] { key })],
            "ticket.move" => WithEach(keys, world.Desks.Select(desk => (object?)desk.Key)),
            "desks.get" => [.. world.Desks.Select(desk => new object?[] { desk.Key })],
            "people.find" =>
            [
                .. world.Members.SelectMany(member =>
                    new object?[][] { [member.Person.Id.Value], [member.Person.Email], [member.Person.Name] }
                ),
                [Canary.Sign],
            ],
            "calendars.isWorking" =>
            [
                ["korea-office-hours", "2026-03-02T00:00:00Z"],
            ],
            "calendars.add" =>
            [
                ["korea-office-hours", "2026-03-02T00:00:00Z", 60],
            ],
            "calendars.minutesBetween" =>
            [
                ["korea-office-hours", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"],
            ],
            "sla.due" =>
            [
                ["korea-office-hours", "2026-03-02T00:00:00Z", 60],
            ],
            "sla.forecast" =>
            [
                [],
                .. world.Desks.Select(desk => new object?[] { 20, desk.Key, (string[])["1:2026-03-06"] }),
            ],
            "store.get" or "store.remove" =>
            [
                ["secret"],
                [Canary.Sign],
            ],
            "store.set" =>
            [
                ["probe", 1],
            ],
            "i18n.text" =>
            [
                ["common.save", "ko"],
                [Canary.Sign, "en"],
            ],
            "http.request" =>
            [
                ["GET", "http://127.0.0.1:1/"],
            ],
            "links.link" or "links.unlink" =>
            [
                .. keys.SelectMany(key => keys.Select(other => new object?[] { key, "relates", other, "both" })),
            ],
            "links.linkPage" or "links.unlinkPage" => With(keys, "https://example.com/"),
            "problems.describe" => With(keys, new { workaround = "By an outsider" }),
            "problems.attach" => WithEach(keys, keys),
            "problems.solve" => WithEach(keys, keys.Select(key => (object?)new[] { key })),
            "changes.between" =>
            [
                ["2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z"],
            ],
            "changes.assess" => With(keys, new { impact = "high" }),
            "crm.accountOf" or "crm.contractOf" => [.. keys.Select(key => new object?[] { key })],
            "crm.book" => With(keys, new { hours = 1 }),
            "crm.chooseContract" => With(keys, "none"),
            "reports.run" or "reports.tickets" =>
            [
                .. Reports.SelectMany(report => new object?[][] { [report], [report, "2026-01-01", "2026-12-31"] }),
            ],
            "requests.open" => [.. world.Desks.Select(desk => new object?[] { desk.RequestType, "By an outsider" })],
            _ => null,
        };
    }

    /// <summary>The name of a function as probes name it.</summary>
    public static IEnumerable<string> Names(KnownModule known) =>
        known.Module.Functions.Select(function => $"{known.Module.Name}.{function.Name}");

    private static IReadOnlyList<object?[]> With(IEnumerable<string> keys, object? value) => WithEach(keys, [value]);

    private static IReadOnlyList<object?[]> WithEach(IEnumerable<string> keys, IEnumerable<object?> values) =>
        [.. keys.SelectMany(key => values.Select(value => new[] { key, value }))];
}
