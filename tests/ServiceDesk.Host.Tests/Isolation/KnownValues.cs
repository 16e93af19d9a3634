using System.Globalization;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>What can stand in a parameter of a route, an address or a form: ids of every company's rows, and of none.</summary>
public sealed class KnownValues(IsolationWorld world)
{
    /// <summary>A key, an id that nothing has.</summary>
    public const string Nothing = "999999";

    /// <summary>The key of a ticket that was never opened.</summary>
    public const string NoTicket = "ALFA-" + Nothing;

    private static readonly string[] Search = [Canary.Sign, $"text ~ {Canary.Sign}"];

    /// <summary>Values for a parameter.</summary>
    /// <param name="route">The route's address.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="chosen">What was chosen for the parameters before it.</param>
    /// <exception cref="InvalidOperationException">Nobody has said yet what can stand there.</exception>
    public IReadOnlyList<string> Of(string route, string name, IReadOnlyDictionary<string, string> chosen) =>
        InRoute(route, name, chosen)
        ?? Anywhere(name)
        ?? throw new InvalidOperationException(
            $"The route {route} has a parameter \"{name}\" for which the isolation tests know no values: "
                + $"add to {nameof(KnownValues)} which ids of each company can stand there."
        );

    private IReadOnlyList<string>? InRoute(string route, string name, IReadOnlyDictionary<string, string> chosen)
    {
        return name switch
        {
            "id" when Has("/sla/backtests/") || Has("/sla/corrections/") || Has("/SlaBacktest") => ["1", Nothing],
            "id" when Has("/rules/drafts/") => ["close-after-resolution", "none"],
            "id" when Has("/sla/drafts/") || Has("/SlaDraft") => ["standard", "none"],
            "kind" when Has("/sla/") => ["sla-policy", "calendar", "none"],
            "metric" => ["time-to-resolution", "none"],
            "columns" when Has("/workspace/own") || Has("/OwnQueue") => ["key,organization,summary,team"],
            "order" when Has("/workspace") => ["organization", "-team"],
            "cycle" => ["1"],
            "fate" => ["worse"],
            "official" => ["met"],
            "draft" when Has("/sla/backtests/") || Has("/SlaBacktest") => ["breached"],
            "draft" => ["true"],
            "organization" when Has("/statement") => [.. world.Firms.Select(firm => $"{firm.Row.Id}"), Nothing],
            "month" => ["2026-03"],
            "show" when Has("/statement") => ["opened", "solved", "met", "breached"],
            "policy" when Has("/statement") => ["standard", "none"],
            "calendar" or "target" when Has("/statement") => [],
            "zone" => ["Asia/Seoul"],
            "agreement" => ["sla", "ola"],
            "state" when IsPromises() => ["decided", "started", "live"],
            "days" when IsPromises() => ["1000"],
            "from" or "to" or "cause" when IsPromises() => [],
            "policy" when IsPromises() => ["standard"],
            "calendar" when IsPromises() => ["korea-office-hours"],
            "target" or "with" when IsPromises() => [],
            "hour" or "skip" or "days" or "months" or "organization" when Has("/sla") => ["1"],
            "mode" when Has("/sla/") || Has("/calendars/") || Has("/configuration/") => ["recompute"],
            "document" when Has("/sla/") => ["sla-policy/none", "none"],
            "approves" when Has("/sla/") => ["true"],
            "id" when Has("/workspace/sla/") => ["1", Nothing],
            "version" when Has("/workspace/sla/") => ["1"],
            "kind" when Has("/workspace/sla/") => ["answered"],
            "who" when Has("/forecast") => [Id(world.Admin), .. world.Members.Select(Id), Nothing],
            "off" when Has("/forecast") => [.. world.Members.Select(one => $"{Id(one)}:2026-03-06"), "1:2026-03-06"],
            "present" or "which" or "many" or "team" when Has("/forecast") => ["1", Nothing],
            "more" when Has("/forecast") => ["1:1"],
            "works" when Has("/forecast") => ["1:2026-03-07"],
            "move" when Has("/forecast") => [.. world.Tickets.Select(ticket => $"{ticket.Key}:{Id(world.Admin)}")],
            "days" when Has("/forecast") => ["20"],
            "from" or "to" when Has("/forecast") => ["2026-03-06"],
            "pace" or "answer" when Has("/forecast") => ["PT100H"],
            "late" when Has("/forecast") => ["last"],
            "paused" when Has("/forecast") => ["true"],
            "comment" when Has("/redact") => ["0", "2", Nothing],
            "file" when Has("/redact") => ["1", "2", Nothing],
            "sure" => ["true"],
            "passage" => [Canary.Sign],
            "rename" => ["Written by an outsider"],
            "comment" when Has("/comments/") || Has("/Split") => ["2", "3", Nothing],
            "attachments" or "participants" when Has("/duplicate") => ["true"],
            "status" when Has("/move") => ["new", "none"],
            "visibility" when Has("/drafts/") => ["public", "internal"],
            "revision" => ["0"],
            "id" when Has("/administration/approvals") || Has("/ApprovalEditor") => ["change-board", "none"],
            "id" when Has("/administration/roles") || Has("/RoleEditor") => ["agent", "none"],
            "id" when Has("/administration/link-types") || Has("/LinkTypeEditor") => ["blocks", "none"],
            "removeUsed" => ["true"],
            "id" when Has("/administration/ticket-types") || Has("/TicketTypeEditor") => ["incident", "none"],
            "id" when Has("/administration/desks/edit") || Has("/DeskEditor") =>
            [
                .. world.Desks.Select(desk => desk.Key),
                "none",
            ],
            "id" when Has("/approvals/") => ["1", "2", Nothing],
            "id" when Has("/desks/{desk}/files") || Has("/files/library/") || Has("/DeskFile") =>
            [
                "1",
                "2",
                "3",
                Nothing,
            ],
            "file" when Has("/library") => ["1", "2", "3", Nothing],
            "id" when Has("/attachments/") || Has("/files/") => Files(chosen["key"]),
            "id" when Has("/administration/person") => [.. world.Members.Select(Id), Nothing],
            "organization"
                when Has("/sharing/")
                    || Has("/portal/requests/")
                    || Has("/Portal/Request")
                    || Has("/workspace/tickets/")
                    || Has("/Workspace/Ticket") =>
            [
                .. world.Firms.Select(firm => $"{firm.Row.Id}"),
                .. world.Firms.Select(firm => firm.Row.Key),
                Nothing,
            ],
            "id" when Has("/transitions/") => ["resolve", "none"],
            "id" when route.EndsWith("/workspace/tickets/{key}", StringComparison.OrdinalIgnoreCase) =>
            [
                .. world.Firms.Select(firm => $"{firm.Row.Id}"),
                Nothing,
            ],
            "id" when Has("/administration/sla") || Has("/administration/workflows") => ["incident", "none"],
            "id" when Has("/request-types") || Has("/RequestType") => ["itsd-question", "none"],
            "group" when Has("/request-types") || Has("/RequestType") => ["none"],
            "template" when Has("/desks/new") || Has("/NewDesk") => ["hr", "none"],
            "nameEn" or "nameKo" or "deskKey" or "shareWith" when Has("/desks/new") || Has("/NewDesk") => ["OUT"],
            "id" when Has("/administration/fields") || Has("/FieldEditor") => ["needed-by", "none"],
            "id" when Has("/calendars/") => ["korea-office-hours", "none"],
            "id"
                when Has("/plugins/reports/reports/")
                    || Has("/plugins/reports/tickets")
                    || Has("/plugins/reports/report") => ["created-resolved", "workload", "none"],
            "id" when Has("/plugins/reports/dashboard") => ["service-desk", "none"],
            "id" when Has("/plugins/reports/edit") => ["workload", "none"],
            "from" when Has("/plugins/reports/") => ["2026-03-01"],
            "to" when Has("/plugins/reports/") => ["2026-03-31"],
            "days" when Has("/plugins/reports/") => ["30"],
            "line" when Has("/plugins/reports/") => ["created", "open"],
            "group" when Has("/plugins/reports/") => ["-", "1"],
            "page" when Has("/plugins/reports/") => ["0"],
            "format" when Has("/plugins/reports/") => ["csv", "xlsx"],
            "rebuilt" when Has("/plugins/reports/") => ["1"],
            "version" when Has("/plugins/reports/") => ["1"],
            "script" when Has("/plugins/reports/") => ["none"],
            "id" when Has("/plugins/") => ["incidents", "none"],
            "version" when Has("/configuration/{kind}") => ["1", Nothing],
            "against" => ["0"],
            "id" when Has("/configuration/{kind}") => [.. Documents(chosen["kind"]), "none"],
            "id" when Has("/administration/organizations") => [.. world.Firms.Select(firm => $"{firm.Row.Id}")],
            "id" when Has("/administration/assignment") => ["none"],
            "id" when Has("/administration/queue") => [.. world.Desks.Select(desk => desk.Queue), "none"],
            "id" when Has("/administration/team") => ["1"],
            "lead" or "calendar" when Has("/administration/team") => ["1"],
            "from" or "to" when Has("/administration/person") || Has("/account/profile") => ["2026-03-02"],
            "note" or "substitute" or "absence" when Has("/administration/person") || Has("/account/profile") => ["1"],
            "quiet" when Has("/account/profile") => ["true"],
            "person" when Has("/people/{person:long}") => [Id(world.Admin), .. world.Members.Select(Id), Nothing],
            "team" when Has("/teams/{team:long}") => ["1", Nothing],
            "absence" when Has("/people/{person:long}") => ["1", Nothing],
            "q" when Has("/complete") =>
            [
                "requester = cnry",
                "requester = ",
                "organization = ",
                "assignee = ",
                "desk = ",
            ],
            "caret" => ["0", "7", "12", "15", "16"],
            "key" when Has("/administration/organizations") => ["outsiders"],
            "id" when Has("/administration/configuration") => ["ITSD"],
            "name" when Has("/administration/") => ["Renamed by an outsider"],
            "id" when Has("/administration/rules") || Has("/administration/scripts") => ["none"],
            "id" or "own" when Has("/own-queues") || Has("/workspace/own") || Has("/OwnQueue") || Has("/count") =>
            [
                "1",
                Nothing,
            ],
            "id" when Has("/bulk/") || Has("/BulkRun") => ["1", Nothing],
            "outcome" when Has("/bulk/") || Has("/BulkRun") => ["changes"],
            "after" when Has("/bulk/") || Has("/BulkRun") => ["0"],
            "edit" when Has("/bulk/") || Has("/BulkRun") => ["true"],
            "what" when Has("/inline/") || Has("/Inline") => ["priority", "assignee", "status", "none"],
            "value" when Has("/inline/") || Has("/Inline") => ["Critical", Id(world.Admin), "start"],
            "columns" when Has("/inline/") || Has("/Inline") => ["key,summary,requester,organization,assignee"],
            "id" when Has("/own-macros") || Has("/account/macro") => ["1", Nothing],
            "id" or "macro" when Has("/macros/") || Has("/Macro") => ["itsd-received", "own:1", "none"],
            "group" when Has("/workspace/") => ["status", "none"],
            "rows" when Has("/workspace/") => ["25"],
            "beside" when Has("/workspace/") => [Nothing],
            "plain" when Has("/workspace/count") => ["true"],
            "up" when Has("/workspace/own") => ["true"],
            "id" when Has("/notifications") => ["1", Nothing],
            "id" when Has("/invitations") => ["1", Nothing],
            "invitation" => ["1", Nothing],
            "days" when Has("/invitations") || Has("/desks/{desk}/people") => ["7"],
            "who" when Has("/desks/{desk}/people") => ["outsider@example.com"],
            "person" when Has("/desks/{desk}/people") => [.. world.Members.Select(Id), Nothing],
            "id" when Has("/announcements") => ["1", "2", "3", Nothing],
            "all" when Has("/announcements") => ["true"],
            "level" when Has("/announcements") => ["Outage"],
            "titleEn" or "titleKo" or "bodyEn" or "bodyKo" when Has("/announcements") => ["Told by an outsider"],
            "from" or "until" when Has("/announcements") => ["2026-03-02T09:00"],
            "accent" when Has("/help-centre") => ["#aa0000"],
            "layout" when Has("/help-centre") => ["List"],
            "logo" or "banner" when Has("/help-centre") => ["none"],
            "noLogo" or "noBanner" when Has("/help-centre") => ["true"],
            "name" when Has("/brand/") => ["logo", "banner", "none"],
            "status" when Has("/error/") => ["404", "500"],
            "approver" when Has("/portal/request") => [Id(world.Admin), .. world.Members.Select(Id), Nothing],
            "one" when Has("/portal/request") => ["true"],
            "from" when Has("/plugins/changes/") => ["2026-03-01T00:00:00Z"],
            "to" when Has("/plugins/changes/") => ["2026-04-01T00:00:00Z"],
            "state" when Has("/plugins/crm/") => ["active", "expired"],
            "key" when Has("/plugins/crm/") && !Has("/tickets/") && !Has("/ticket") => ["outsider"],
            "file" when Has("/plugins/crm/") => [],
            "kind" when Has("/crm/imports") => ["accounts"],
            "name" when Has("/crm/imports") || Has("/documents") => ["outsider.csv"],
            "import" when Has("/crm/imports") => ["1", Nothing],
            "account" when Has("/plugins/crm/") => [.. world.Clients.Select(one => Written(one.Account)), Nothing],
            "contact" when Has("/plugins/crm/") => [.. world.Clients.Select(one => Written(one.Contact)), Nothing],
            "contract" when Has("/plugins/crm/") => [.. world.Clients.Select(one => Written(one.Contract)), Nothing],
            "document" when Has("/plugins/crm/") => ["1", "2", "3", "4", Nothing],
            "from" or "to" when Has("/calendars/") => ["2026-03-31T09:00"],
            "other" or "one" or "copy" or "with" when Has("/calendars") || Has("/Calendar") =>
            [
                "korea-office-hours",
                "none",
            ],
            "duration" or "ask" when Has("/calendars/") => ["due"],
            "text" when Has("/calendars/") => ["2026-06-03,Outsider"],
            "take" when Has("/calendars/") => ["1"],
            "file" when Has("/calendars/") => [],
            "to" when Has("/administration/") => ["1"],
            "version" when Has("/administration/") => ["1"],
            _ => null,
        };

        bool IsPromises() => Has("/sla/promises") || Has("/workspace/sla") || Has("/Promise");

        // Pages are named as their files are, in capitals.
        bool Has(string part) => route.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private IReadOnlyList<string>? Anywhere(string name) =>
        name switch
        {
            "key" => [.. world.Tickets.Select(ticket => ticket.Key), world.Moved.FormerKey, NoTicket],
            "desk" => [.. world.Desks.Select(desk => desk.Key), "NOPE"],
            "queue" => [.. world.Desks.Select(desk => desk.Queue), "none"],
            "requestType" => [.. world.Desks.Select(desk => desk.RequestType), "none"],
            "kind" => [.. DocumentKinds.All],
            "q" or "query" => Search,
            "person" or "requester" => [Canary.Sign, Id(world.Admin)],
            "assignee" => [Id(world.Admin)],
            "team" => ["1"],
            "documentName" => ["v1"],
            "tab" => ["promises", "history"],
            "state" => ["open", "closed", "all"],
            "scope" => ["mine", "organization"],
            "order" => ["newest", "oldest"],
            "tag" => ["none"],
            "here" => ["search"],
            "type" => ["incident"],
            "cursor" or "before" or "token" or "limit" or "compare" or "version" => ["1"],
            "returnUrl" or "back" => ["/portal"],
            "visibility" => ["Public", "Internal"],
            "priority" => ["Critical"],
            "body" or "summary" or "description" or "notice" or "reason" or "comment" or "yaml" =>
            [
                "Written by an outsider",
            ],
            "text" or "taskText" => ["Written by an outsider"],
            "region" or "colleagues" => ["outsider"],
            "task" => ["1", Nothing],
            "taskAssignee" => ["outsider"],
            "taskDue" => ["2026-12-24"],
            "taskBlocking" or "done" => ["true"],
            "labels" => ["outsider"],
            "drawn" => ["0"],
            "taskDrawn" => ["none"],
            "to" => ["start"],
            "replace" => ["waiting-for-customer:in-progress"],
            "resolution" => ["solved"],
            "act" => ["declare"],
            "into" => [world.Tickets[0].Key, NoTicket],
            "other" or "keys" or "more" or "incidents" => [world.Tickets[0].Key, NoTicket],
            "seen" => ["1"],
            "hold" => ["true"],
            "next" => [world.Tickets[0].Key, NoTicket],
            "window" => ["one"],
            "link" => ["relates:both"],
            "direction" => ["both"],
            "place" => ["ALFA/incident"],
            "url" => ["https://example.com/outsider"],
            "cause" or "workaround" or "english" or "korean" or "once" => ["Written by an outsider"],
            "known" or "publish" or "wait" or "call" => ["true"],
            "watch" or "share" or "remember" or "unread" => ["true"],
            "recipe" => ["tell-watchers", "none"],
            "op" => ["add-then"],
            "account" or "contact" or "product" or "contract" or "document" or "upload" or "corrects" or "page" =>
            [
                "1",
                Nothing,
            ],
            "amount" => ["1.5"],
            "note" or "number" or "at" => ["Written by an outsider"],
            "choice" => ["outsider|"],
            "reaction" or "handler" or "plugin" => ["incidents"],
            "position" => ["1"],
            "approval" or "needed" or "hours" => ["1"],
            "approves" or "past" or "customersSee" => ["true"],
            "policy" or "rule" or "script" => ["none"],
            "source" => ["export function handle() {}"],
            "use" => ["library"],
            "events" => ["ticket.opened"],
            "every" => ["PT1H"],
            "cron" => ["0 8 * * 1-5"],
            "actor" => ["outsider@example.com"],
            "hosts" => ["example.com"],
            "ticket" => [world.Tickets[0].Key, NoTicket],
            "all" or "on" or "up" or "read" or "enabled" => ["true"],
            "view" => ["week"],
            "year" => ["2026"],
            "preview" => ["true"],
            "date" => ["2026-03-02"],
            "title" => ["Written by an outsider"],
            "role" => ["administrator"],
            "language" => ["en"],
            "zone" => ["UTC"],
            "theme" => ["light"],
            "name" or "current" or "password" or "repeat" or "email" => ["outsider"],
            _ => null,
        };

    private IReadOnlyList<string> Files(string key)
    {
        var own = world.Tickets.FirstOrDefault(ticket => ticket.Key == key);
        var others = world.Tickets.Where(ticket => ticket.Key != key).Take(1);
        return
        [
            .. others
                .Prepend(own)
                .OfType<Errand>()
                .SelectMany(ticket => new[] { ticket.PublicFile, ticket.InternalFile })
                .Select(Written),
            Nothing,
        ];
    }

    private IEnumerable<string> Documents(string kind) =>
        kind switch
        {
            DocumentKinds.Desk => world.Desks.Select(desk => desk.Key),
            DocumentKinds.Queue => world.Desks.Select(desk => desk.Queue),
            DocumentKinds.RequestType => world.Desks.Select(desk => desk.RequestType),
            DocumentKinds.Role => ["customer"],
            DocumentKinds.TicketType => ["incident"],
            _ => [],
        };

    private static string Id(Member member) => Written(member.Person.Id.Value);

    private static string Written(long id) => id.ToString(CultureInfo.InvariantCulture);
}
