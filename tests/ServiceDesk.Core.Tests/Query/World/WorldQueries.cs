using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Core.Tests.Query.World;

/// <summary>Random right queries over every subject, operator and form of value.</summary>
public static class WorldQueries
{
    private static readonly string[] Equality = ["=", "!="];
    private static readonly string[] Order = ["<", "<=", ">", ">="];

    private static readonly string[] Moments =
    [
        "-7d",
        "1h",
        "-12h",
        "2026-03-10",
        "2026-3-11",
        "\"2026-03-11 00:00\"",
        "2026-03-10T15:00:00Z",
        "now()",
        "startOfDay()",
        "startOfDay(-2)",
        "startOfWeek(-1w)",
        "endOfMonth(-1)",
        "startOfYear()",
        "endOfDay(-9h)",
    ];

    private static readonly string[] Durations = ["0m", "1h", "-30m", "PT90M", "2일", "1d4h"];

    /// <summary>A query with a condition and perhaps an order.</summary>
    public static Gen<string> Query() =>
        from filter in Condition(4)
        from order in Gen.OneOf(
            Gen.Constant(string.Empty),
            from keys in Gen.Elements(Sortable).ArrayOf(2)
            from direction in Gen.Elements("", " ASC", " DESC")
            select $" ORDER BY {keys[0]}{direction}, {keys[1]}"
        )
        select filter + order;

    public static readonly string[] Sortable =
    [
        "created",
        "updated",
        "priority",
        "remaining",
        "sla",
        "due",
        "key",
        "status",
        "resolved",
        "externalId",
        "assignee",
        "requester",
        "organization",
        "team",
        "impact",
        "cost",
        "outage",
        "visit",
        "day",
        "model",
        "major",
        "requestType",
        "manager",
        "unit",
        "crew",
    ];

    private static Gen<string> Condition(int depth) =>
        depth == 0
            ? Comparison()
            : Gen.Frequency(
                (3, Comparison()),
                (2, Joined(depth, " AND ")),
                (2, Joined(depth, " OR ")),
                (1, Condition(depth - 1).Select(inner => $"NOT ({inner})"))
            );

    private static Gen<string> Joined(int depth, string word) =>
        from left in Condition(depth - 1)
        from right in Condition(depth - 1)
        select $"({left}){word}({right})";

    private static Gen<string> Comparison() =>
        Gen.OneOf(
            Named(),
            Identified(),
            Texts(),
            Numbers(),
            Timed(),
            Clocks(),
            Emptiness(),
            Functions(),
            Past(),
            Past()
        );

    private static Gen<string> Past() =>
        from subject in Gen.Elements(
            ("status", new[] { "new", "\"in progress\"", "closed" }),
            ("priority", ["low", "high", "critical"]),
            ("assignee", ["\"person 1\"", "currentUser()", "empty", "membersOf(\"Team 2\")", "3"]),
            ("team", ["\"Team 1\"", "myTeams()", "EMPTY"]),
            ("type", ["incident", "task"]),
            ("desk", ["ITSD", "hr", "\"FAC desk\""])
        )
        from values in Gen.Elements(subject.Item2).ArrayOf(3)
        from asked in Gen.Elements(
            $"WAS {values[0]}",
            $"was not {values[0]}",
            $"WAS IN ({values[0]}, {values[1]})",
            $"WAS NOT IN ({values[0]}, {values[1]})",
            "CHANGED",
            $"CHANGED TO {values[0]}",
            $"changed from {values[1]} to ({values[0]}, {values[2]})",
            "CHANGED BY \"Person 3\"",
            $"CHANGED FROM {values[2]} BY (currentUser(), membersOf('team 1'))"
        )
        from time in Gen.OneOf(Gen.Constant(string.Empty), Span(), Time())
        select $"{subject.Item1} {asked} {time}";

    private static Gen<string> Time() =>
        from words in Gen.Elements("BEFORE", "AFTER", "on").ArrayOf(2)
        from moments in Gen.Elements(Moments).ArrayOf(2)
        from count in Gen.Choose(1, 2)
        select string.Join(' ', words.Zip(moments, (word, moment) => $"{word} {moment}").Take(count));

    private static Gen<string> Span() =>
        from moments in Gen.Elements(Moments).ArrayOf(2)
        select $"DURING ({moments[0]}, {moments[1]})";

    private static Gen<string> Named() =>
        Gen.OneOf(
            Equal("desk", "ITSD", "hr", "\"FAC desk\""),
            Equal("type", "incident", "task"),
            Equal("requestType", "report-outage", "\"장애 신고\"", "ask-payroll"),
            Equal("status", "new", "\"in progress\"", "\"처리 중\"", "closed"),
            Equal("category", "new", "active", "waiting", "done"),
            Equal("approval", "pending", "승인됨", "declined", "expired"),
            Equal("resolution", "fixed", "Duplicate"),
            Equal("channel", "portal", "mail", "api"),
            Equal("tags", QueryWorld.Tags),
            Equal("language", "en", "한국어", "KO"),
            Equal("region", "emea", "\"부산 지사\"", "Mars"),
            Equal("merged", "ITSD-1", "hr-2", "FAC-3"),
            Equal("origin", "ITSD-1", "hr-2", "FAC-3"),
            Equal("label", "vpn", "MAJOR", "점검"),
            Equal("area", "lobby", "roof"),
            Equal("vip", "true", "false"),
            Equal("major", "yes", "no"),
            Ranked("priority", "low", "medium", "high", "critical"),
            Ranked("impact", "low", "보통", "high"),
            Ranked("place", "korea", "서울", "\"korea › busan\"", "gangnam", "Japan")
        );

    private static Gen<string> Identified() =>
        Gen.OneOf(
            Equal("requester", "\"Person 3\"", "currentUser()", "4"),
            Equal("assignee", "\"person 1\"", "currentUser()", "2", "membersOf('Team 1')"),
            Equal("organization", "org-1", "org-2", "myOrganizations()"),
            Equal("sharedWith", "org-1", "org-2", "myOrganizations()", "3"),
            Equal("team", "\"Team 1\"", "myTeams()"),
            Equal("participant", "\"Person 3\"", "currentUser()"),
            Equal("watcher", "\"Person 5\"", "currentUser()"),
            Equal("taskAssignee", "\"Person 3\"", "currentUser()"),
            Equal("approver", "\"Person 3\"", "currentUser()", "4"),
            Equal("answeredApproval", "\"Person 5\"", "currentUser()"),
            Equal("manager", "\"Person 6\"", "currentUser()"),
            Equal("unit", "org-1", "org-2", "myOrganizations()", "3"),
            Equal("crew", "\"Team 1\"", "myTeams()"),
            Equal("papers", "quote.PDF", "\"signed form.docx\"", "'견적서 2.pdf'"),
            Equal("key", "ITSD-1", "hr-2", "FAC-3"),
            Equal("externalId", "INC0000004", "inc0000008", "ORD-9")
        );

    private static Gen<string> Texts() =>
        from field in Gen.Elements(
            "summary",
            "description",
            "text",
            "story",
            "model",
            "nick",
            "externalId",
            "label",
            "papers",
            "region",
            "merged",
            "origin"
        )
        from @operator in Gen.Elements("~", "!~")
        from words in WorldTickets.Text(1, 2)
        from start in Gen.Choose(0, 3)
        from length in Gen.Choose(1, 9)
        let part = start + length < words.Length ? words.Substring(start, length) : words
        where part.Trim().Length > 0
        select $"{field} {@operator} {QueryText.Quote(part)}";

    private static Gen<string> Numbers() =>
        from field in Gen.Elements(
            "cost",
            "score",
            "reopenCount",
            "commentCount",
            "noteCount",
            "attachmentCount",
            "openTasks"
        )
        from @operator in Gen.Elements([.. Equality, .. Order])
        from value in Gen.Elements("0", "1", "2.5", "-0.25", "1.75", "12")
        select $"{field} {@operator} {value}";

    private static Gen<string> Lengths() =>
        from @operator in Gen.Elements([.. Equality, .. Order])
        from value in Gen.Elements("0m", "45m", "PT90M", "\"1h 30m\"", "2일", "1d", "-1h")
        select $"outage {@operator} {value}";

    private static Gen<string> Timed() =>
        Gen.OneOf(
            Lengths(),
            from field in Gen.Elements(
                "created",
                "updatedAt",
                "resolved",
                "closed",
                "statusSince",
                "due",
                "visit",
                "seen",
                "day"
            )
            from @operator in Gen.Elements([.. Equality, .. Order])
            from value in Gen.Elements(Moments)
            select $"{field} {@operator} {value}",
            from field in Gen.Elements("created", "resolved", "visit", "day")
            from span in Span()
            select $"{field} {span}",
            from @operator in Gen.Elements(Order)
            from value in Gen.Elements(Durations)
            select $"remaining {@operator} {value}"
        );

    private static Gen<string> Clocks() =>
        from metric in Gen.Elements("sla(\"Time to resolution\")", "SLA('해결까지')", "sla(time-to-first-response)")
        from rest in Gen.OneOf(
            Gen.Elements("= running", "= paused", "!= met", "= breached", "IN (open, stopped)", "NOT IN (breached)"),
            Gen.Elements("IS EMPTY", "IS NOT EMPTY"),
            from @operator in Gen.Elements(Order)
            from value in Gen.Elements(Durations)
            select $"{@operator} {value}"
        )
        select $"{metric} {rest}";

    private static Gen<string> Functions() =>
        from not in Gen.Elements("", "NOT ")
        from call in Gen.OneOf(
            Gen.Elements("tagged(vpn)", "TAGGED(\"Major\")", "tagged('점검')"),
            from desk in Gen.Elements(QueryWorld.Desks)
            from number in Gen.Choose(1, 60)
            select $"besides({desk}-{number})"
        )
        select not + call;

    private static Gen<string> Emptiness() =>
        from field in Gen.Elements(
            "assignee",
            "team",
            "organization",
            "resolution",
            "resolved",
            "closed",
            "label",
            "language",
            "region",
            "merged",
            "origin",
            "participant",
            "watcher",
            "externalId",
            "requestType",
            "remaining",
            "due",
            "impact",
            "tags",
            "story",
            "cost",
            "outage",
            "vip",
            "day",
            "visit",
            "manager",
            "unit",
            "crew",
            "papers",
            "place",
            "approval",
            "approver",
            "answeredApproval",
            "created",
            "seen",
            "area"
        )
        from word in Gen.Elements("IS EMPTY", "is not empty", "IS NOT NULL")
        select $"{field} {word}";

    private static Gen<string> Equal(string field, params string[] values) =>
        Gen.OneOf(
            from @operator in Gen.Elements(Equality)
            from value in Gen.Elements(values)
            select $"{field} {@operator} {value}",
            from word in Gen.Elements("IN", "not in")
            from some in Gen.Elements(values).ArrayOf(2)
            select $"{field} {word} ({string.Join(", ", some)})"
        );

    private static Gen<string> Ranked(string field, params string[] values) =>
        Gen.OneOf(
            Equal(field, values),
            from @operator in Gen.Elements(Order)
            from value in Gen.Elements(values)
            select $"{field} {@operator} {value}"
        );
}
