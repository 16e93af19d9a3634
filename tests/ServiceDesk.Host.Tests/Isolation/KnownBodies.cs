namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Bodies that writing routes of the API take.</summary>
public static class KnownBodies
{
    private const string Words = "Written by an outsider";

    /// <summary>A body that would change something; null where the route takes none.</summary>
    /// <exception cref="InvalidOperationException">Nobody has said yet what the route takes.</exception>
    public static object? Of(RouteCall call) =>
        (call.Method.Method, call.Route) switch
        {
            ("POST", "/api/v1/tickets/") => new
            {
                desk = "ALFA",
                requestType = "alfa-help",
                summary = Words,
            },
            ("PATCH", "/api/v1/tickets/{key}") => new { summary = Words, description = Words },
            ("POST", "/api/v1/tickets/{key}/comments") => new { body = Words },
            ("PUT", "/api/v1/tickets/{key}/drafts/{visibility}") => new { text = Words },
            ("POST", "/api/v1/tickets/{key}/transitions") => new { to = "in-progress" },
            ("POST", "/api/v1/tickets/{key}/approvals/") => new
            {
                title = Words,
                steps = new[] { new { roles = new[] { "agent" } } },
            },
            ("POST", "/api/v1/tickets/{key}/approvals/{id:long}/answer") => new { approves = true, comment = Words },
            ("POST", "/api/v1/tickets/{key}/approvals/{id:long}/delegate") => new { to = "outsider", comment = Words },
            ("POST", "/api/v1/tickets/{key}/approvals/{id:long}/withdraw") => new { reason = Words },
            ("POST", "/api/v1/tickets/{key}/attachments") or ("POST", "/api/v1/files") => "{}",
            ("POST", "/api/v1/tickets/{key}/participants") => new { person = "outsider" },
            ("POST", "/api/v1/tickets/{key}/sharing") => new { organization = "outsiders" },
            ("POST", "/api/v1/tickets/{key}/move") => new { desk = "ALFA" },
            ("POST", "/api/v1/tickets/{key}/comments/{comment:long}/split") => new { desk = "ALFA", summary = Words },
            ("POST", "/api/v1/tickets/{key}/redactions") => new { passage = Canary.Sign, reason = Words },
            ("POST", "/api/v1/tickets/{key}/duplicate") => new { summary = Words },
            ("POST", "/api/v1/tickets/{key}/merge") => new { into = "ALFA-1" },
            ("POST", "/api/v1/tickets/{key}/tasks/") or ("PUT", "/api/v1/tickets/{key}/tasks/{task:int}") => new
            {
                text = Words,
                blocking = true,
                assignee = "outsider",
            },
            ("POST", "/api/v1/tickets/{key}/tasks/{task:int}/tick") => new { done = true },
            ("POST", "/api/v1/tickets/{key}/tasks/{task:int}/place") => new { place = 0 },
            ("PUT", "/api/v1/notifications/choices") => new { desk = true },


            ("PUT", "/api/v1/tickets/{key}/watch")
            or
            ("POST", "/api/v1/tickets/{key}/rules/{rule}")
            or ("POST", "/api/v1/tickets/{key}/approvals/again") => null,
            ("POST", "/api/v1/scripts/try") => new { source = "return 1;", ticket = "ALFA-1" },
            ("PUT", "/api/v1/plugins/incidents/tickets/{key}/major") => new { notice = Words },
            ("PUT", "/api/v1/plugins/changes/tickets/{key}/risk") => new
            {
                answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["users"] = "few" },
            },
            ("POST", "/api/v1/plugins/links/tickets/{key}/links") => new { type = "relates", other = "ALFA-1" },
            ("POST", "/api/v1/plugins/links/tickets/{key}/pages") => new
            {
                url = "https://example.com/",
                title = Words,
            },
            ("POST", "/api/v1/plugins/links/tickets/{key}/linked-tickets") => new { type = "relates", summary = Words },
            ("PUT", "/api/v1/plugins/problems/tickets/{key}") => new { knownError = true, workaround = Words },
            ("POST", "/api/v1/plugins/problems/tickets/{key}/incidents") => new { keys = (string[])["ALFA-1"] },
            ("POST", "/api/v1/plugins/problems/tickets/{key}/preview") => new { english = Words },
            ("POST", "/api/v1/plugins/problems/tickets/{key}/solution") => new { incidents = (string[])["ALFA-1"] },
            ("POST", "/api/v1/own-queues/") or ("PUT", "/api/v1/own-queues/{id:long}") => new
            {
                name = Words,
                query = $"text ~ {Canary.Sign}",
            },
            ("POST", "/api/v1/announcements/") or ("PUT", "/api/v1/announcements/{id:long}") => new
            {
                desk = "ITSD",
                title = Words,
            },
            ("POST", "/api/v1/invitations/") => new
            {
                email = "outsider@example.com",
                name = Words,
                role = "customer",
                desk = "ALFA",
                team = "Outsiders",
                organizations = (string[])["outsiders"],
                days = 7,
            },
            ("POST", "/api/v1/invitations/{id:long}/renew") => new { days = 7 },
            ("POST", "/api/v1/own-macros/") or ("PUT", "/api/v1/own-macros/{id:long}") => new
            {
                name = Words,
                @do = new[] { new { @do = "raise" } },
            },
            ("POST", "/api/v1/bulk/") => new
            {
                query = $"text ~ {Canary.Sign}",
                comment = Words,
                addLabels = (string[])["outsider"],
            },
            (
                "POST",
                "/api/v1/bulk/{id:long}/run"
                    or "/api/v1/bulk/{id:long}/cancel"
                    or "/api/v1/bulk/{id:long}/undo"
            ) => new { },
            ("POST", "/api/v1/tickets/{key}/macros/{id}") => new { text = Words },
            ("POST", "/api/v1/notifications/read" or "/api/v1/notifications/{id:long}/read") => new { },
            ("POST", "/api/v1/plugins/crm/accounts") => new { key = "outsider", name = Words },
            ("PUT", "/api/v1/plugins/crm/accounts/{account:long}") => new { name = Words },
            ("POST", "/api/v1/plugins/crm/contacts") => new { name = Words },
            ("PUT", "/api/v1/plugins/crm/contacts/{contact:long}") => new { name = Words },
            ("POST", "/api/v1/plugins/crm/products") => new { key = "outsider", name = Words },
            ("PUT", "/api/v1/plugins/crm/products/{product:long}") => new { name = Words },
            ("POST", "/api/v1/plugins/crm/contracts") => new { number = "OUT-1", name = Words },
            ("PUT", "/api/v1/plugins/crm/contracts/{contract:long}") => new { name = Words },
            ("PUT", "/api/v1/plugins/crm/contracts/{contract:long}/state") => new { state = "active" },
            ("POST", "/api/v1/plugins/crm/contracts/{contract:long}/ledger") => new { amount = "1", note = Words },
            ("POST", "/api/v1/plugins/crm/contracts/{contract:long}/documents/") => Words,
            ("POST", "/api/v1/plugins/crm/imports/") => "key,name\noutsider,Outsider",
            ("POST", "/api/v1/plugins/crm/imports/{import:long}/run") => null,
            ("PUT", "/api/v1/plugins/crm/tickets/{key}/cover") => new { account = "outsider" },
            ("POST", "/api/v1/plugins/crm/tickets/{key}/bookings") => new { amount = "1", note = Words },
            ("POST", "/api/v1/plugins/reports/rebuild") => null,
            ("POST", "/api/v1/plugins/reports/reports/")
            or ("PUT", "/api/v1/plugins/reports/reports/{id}/definition") => new { name = Words, series = "backlog" },
            ("POST", "/api/v1/plugins/reports/dashboards/") or ("PUT", "/api/v1/plugins/reports/dashboards/{id}") => new
            {
                name = Words,
                @for = "everyone",
            },
            ("PUT", "/api/v1/people/{person:long}/duty") => new { skills = (string[])["outsider"] },
            ("PUT", "/api/v1/people/{person:long}/quiet-hours") => null,
            ("POST", "/api/v1/people/{person:long}/absences") => new { from = "2026-03-02", note = Words },
            ("PUT", "/api/v1/teams/{team:long}/duty") => new { calendar = (string?)null },
            ("POST", "/api/v1/desks/{desk}/files/") or ("PUT", "/api/v1/desks/{desk}/files/{id:long}") => new
            {
                name = Words,
                file = 1,
            },
            ("POST", "/api/v1/desks/{desk}/files/{id:long}/keep") => null,
            ("POST", "/api/v1/tickets/{key}/attachments/library") => new { file = 1, visibility = "internal" },
            ("POST", "/api/v1/desks") => new { template = "hr", key = "OUT" },
            ("DELETE", _) => null,
            ("POST", "/api/v1/configuration/{kind}/{id}/versions/{version:int}/rollback") => null,
            ("PUT", "/api/v1/configuration/{kind}/{id}") => new { id = call.Values["id"], name = Words },
            ("POST", "/api/v1/sla/backtests/") => new { drafts = (string[])["sla-policy/none"] },
            ("POST", "/api/v1/sla/backtests/{id:long}/publish") => new { mode = "recompute" },
            ("PUT", "/api/v1/rules/drafts/{id}") => new { id = call.Values["id"], name = Words },
            ("POST", "/api/v1/rules/drafts/{id}/publish") => new { comment = Words },
            ("PUT", "/api/v1/rules/order") => new { rules = (string[])["none"] },
            ("PUT", "/api/v1/sla/drafts/{kind}/{id}") => new { id = call.Values["id"], name = Words },
            ("POST", "/api/v1/sla/drafts/{kind}/{id}/publish") => new { mode = "recompute" },
            ("POST", "/api/v1/tickets/{key}/sla/corrections") => new
            {
                metric = "time-to-resolution",
                reason = Words,
                spans = (object[])
                    [
                        new
                        {
                            from = "2026-03-02T01:00:00Z",
                            to = "2026-03-02T02:00:00Z",
                            counts = true,
                        },
                    ],
            },
            ("POST", "/api/v1/sla/corrections/{id:long}/approve" or "/api/v1/sla/corrections/{id:long}/decline") =>
                null,
            ("PUT", "/api/v1/calendars/{id}") => new { id = call.Values["id"], name = Words },
            ("POST", "/api/v1/calendars/{id}/due" or "/api/v1/calendars/{id}/elapsed") => new { },
            ("POST", "/api/v1/calendars/{id}/copy") => new { id = "outsider" },
            ("POST", "/api/v1/calendars/{id}/import") => "2026-06-03,Outsider",
            ("POST", "/files") => "{}",
            _ => throw new InvalidOperationException(
                $"{call.Method} {call.Route} is a new route that writes: add a body that it takes to {nameof(KnownBodies)}, so that the isolation tests can send it as an outsider."
            ),
        };
}
