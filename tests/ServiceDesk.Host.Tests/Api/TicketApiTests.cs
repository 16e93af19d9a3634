using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Api;

[Collection(CompanyTests.Name)]
public class TicketApiTests(SmallCompany company)
{
    [Fact]
    public async Task An_opened_ticket_comes_back_with_its_key_its_address_and_its_tag()
    {
        using var response = await company.AsAgent.PostAsync(
            "/api/v1/tickets",
            new
            {
                desk = "ITSD",
                type = "incident",
                summary = "  프린터가 인쇄를 하지 않습니다  ",
                description = "**3층** printer",
                priority = "high",
                requester = "kim.customer@example.com",
                assignee = company.Agent.Id.Value,
                team = "Service desk",
                externalId = $"INC-{Guid.CreateVersion7()}",
                labels = new[] { "printer" },
                fields = new Dictionary<string, object> { ["impact"] = "low", ["affected-system"] = "P-301" },
            }
        );
        var ticket = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.StartsWith("ITSD-", (string)ticket["key"]!, StringComparison.Ordinal);
        Assert.Equal($"/api/v1/tickets/{ticket["key"]}", response.Headers.Location!.ToString());
        Assert.Equal($"\"{ticket["version"]}\"", response.Headers.ETag!.Tag);
        Assert.Equal("프린터가 인쇄를 하지 않습니다", (string)ticket["summary"]!);
        Assert.Equal("Kim Customer", (string)ticket["requester"]!["name"]!);
        Assert.Equal("Minsu Agent", (string)ticket["assignee"]!["name"]!);
        Assert.Equal("Service desk", (string)ticket["team"]!["name"]!);
        Assert.Equal("P-301", (string)ticket["fields"]!["affected-system"]!);
        Assert.Equal("new", (string)ticket["status"]!);
        Assert.Equal("new", (string)ticket["statusCategory"]!);
        foreach (var key in Expected)
        {
            Assert.True(ticket.AsObject().ContainsKey(key), key);
        }
    }

    private static readonly string[] Expected =
    [
        "key",
        "desk",
        "type",
        "status",
        "statusCategory",
        "summary",
        "description",
        "priority",
        "requester",
        "assignee",
        "team",
        "externalId",
        "createdAt",
        "updatedAt",
        "resolvedAt",
        "closedAt",
        "version",
        "fields",
    ];

    [Fact]
    public async Task A_customer_opens_by_request_type_and_sees_only_what_is_for_customers()
    {
        var ticket = await OpenAsCustomerAsync("Cannot print");
        var key = (string)ticket["key"]!;
        await company
            .AsAgent.PostAsync(
                $"/api/v1/tickets/{key}/comments",
                new { body = "secret-canary", visibility = "internal" }
            )
            .OkAsync(HttpStatusCode.Created);
        await company
            .AsAgent.PostAsync($"/api/v1/tickets/{key}/comments", new { body = "We look into it" })
            .OkAsync(HttpStatusCode.Created);
        await company
            .AsAgent.PatchAsync(
                $"/api/v1/tickets/{key}",
                new { assignee = company.Agent.Id.Value, labels = new[] { "canary-label" } },
                "*"
            )
            .OkAsync();

        foreach (var path in new[] { "", "/comments", "/history", "/attachments" })
        {
            var seen = (await company.AsCustomer.GetAsync($"/api/v1/tickets/{key}{path}").OkAsync()).ToJsonString();
            Assert.DoesNotContain("canary", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("minsu.agent@", seen, StringComparison.Ordinal);
        }

        var shown = await company.AsCustomer.GetAsync($"/api/v1/tickets/{key}").OkAsync();
        Assert.Null(shown["assignee"]);
        Assert.Equal("kim.customer@example.com", (string)shown["requester"]!["email"]!);
        var comments = (await company.AsCustomer.GetAsync($"/api/v1/tickets/{key}/comments").OkAsync())[
            "items"
        ]!.AsArray();
        Assert.Equal("We look into it", (string)Assert.Single(comments)!["body"]!);
    }

    [Fact]
    public async Task A_ticket_of_others_and_one_that_is_not_there_look_the_same()
    {
        var key = (string)(await OpenAsCustomerAsync("Only for us"))["key"]!;
        foreach (var path in new[] { "", "/comments", "/history", "/attachments", "/attachments/1" })
        {
            var hidden = await company
                .AsStranger.GetAsync($"/api/v1/tickets/{key}{path}")
                .ProblemAsync(HttpStatusCode.NotFound);
            var missing = await company
                .AsStranger.GetAsync($"/api/v1/tickets/ITSD-99999999{path}")
                .ProblemAsync(HttpStatusCode.NotFound);
            Assert.Equal(missing.ToJsonString(), hidden.ToJsonString());
        }

        await company
            .AsStranger.PostAsync($"/api/v1/tickets/{key}/comments", new { body = "x" })
            .ProblemAsync(HttpStatusCode.NotFound);
        await company
            .AsStranger.PatchAsync($"/api/v1/tickets/{key}", new { summary = "x" }, "*")
            .ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_change_needs_the_tag_and_the_tag_must_be_the_newest()
    {
        var ticket = await OpenAsync("Change me");
        var path = $"/api/v1/tickets/{ticket["key"]}";
        var tag = $"\"{ticket["version"]}\"";

        await company
            .AsAgent.PatchAsync(path, new { summary = "Changed" }, null)
            .ProblemAsync((HttpStatusCode)428, "api.tag-missing");
        var changed = await company
            .AsAgent.PatchAsync(
                path,
                new
                {
                    summary = "Changed",
                    priority = "critical",
                    team = company.Team.Id.Value,
                    fields = new { impact = (string?)null },
                },
                tag
            )
            .OkAsync();
        Assert.Equal("Changed", (string)changed["summary"]!);
        Assert.Equal("critical", (string)changed["priority"]!);
        Assert.Equal("Service desk", (string)changed["team"]!["name"]!);
        await company
            .AsAgent.PatchAsync(path, new { summary = "Again" }, tag)
            .ProblemAsync(HttpStatusCode.PreconditionFailed, "refusal.version-stale");
        await company.AsAgent.PatchAsync(path, new { team = (string?)null }, $"\"{changed["version"]}\"").OkAsync();
        Assert.Null((await company.AsAgent.GetAsync(path).OkAsync())["team"]);
    }

    [Fact]
    public async Task A_change_of_which_one_part_is_wrong_changes_nothing()
    {
        var ticket = await OpenAsync("All or nothing");
        var path = $"/api/v1/tickets/{ticket["key"]}";
        var problem = await company
            .AsAgent.PatchAsync(path, new { summary = "New words", assignee = company.Customer.Id.Value }, "*")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("/assignee", (string)problem["errors"]![0]!["pointer"]!);
        var after = await company.AsAgent.GetAsync(path).OkAsync();
        Assert.Equal("All or nothing", (string)after["summary"]!);
        Assert.Equal((long)ticket["version"]!, (long)after["version"]!);
    }

    [Fact]
    public async Task A_known_version_is_not_sent_again()
    {
        var ticket = await OpenAsync("Cached");
        using var request = Answers.Request(
            HttpMethod.Get,
            $"/api/v1/tickets/{ticket["key"]}",
            null,
            ("If-None-Match", $"\"{ticket["version"]}\"")
        );
        using var response = await company.AsAgent.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task A_repeated_request_has_one_effect_and_the_same_answer()
    {
        var body = new
        {
            desk = "ITSD",
            type = "incident",
            summary = "Once",
        };
        var key = $"once-{Guid.CreateVersion7()}";
        var first = await company.AsAgent.PostAsync("/api/v1/tickets", body, key).OkAsync(HttpStatusCode.Created);
        var second = await company.AsAgent.PostAsync("/api/v1/tickets", body, key).OkAsync(HttpStatusCode.Created);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Other",
                },
                key
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.key-used");
        await company
            .AsCustomer.PostAsync(
                "/api/v1/tickets",
                new
                {
                    requestType = "itsd-question",
                    summary = "Mine",
                    description = "Please",
                },
                key
            )
            .OkAsync(HttpStatusCode.Created);
        await company
            .AsAgent.PostAsync("/api/v1/tickets", body, "with space")
            .ProblemAsync(HttpStatusCode.BadRequest, "api.key-wrong");

        var path = $"/api/v1/tickets/{first["key"]}/comments";
        var comment = await company
            .AsAgent.PostAsync(path, new { body = "Hello" }, key + "c")
            .OkAsync(HttpStatusCode.Created);
        var again = await company
            .AsAgent.PostAsync(path, new { body = "Hello" }, key + "c")
            .OkAsync(HttpStatusCode.Created);
        Assert.Equal((long)comment["id"]!, (long)again["id"]!);
        Assert.Single((await company.AsAgent.GetAsync(path).OkAsync())["items"]!.AsArray());
    }

    [Fact]
    public async Task A_ticket_is_solved_with_a_resolution_and_told_in_its_history()
    {
        var ticket = await OpenAsync("Solve me");
        var path = $"/api/v1/tickets/{ticket["key"]}";

        await company
            .AsAgent.PostAsync($"{path}/transitions", new { to = "resolved" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.resolution-required");
        company.Time.Move(Duration.FromMinutes(5));
        var solved = await company
            .AsAgent.PostAsync($"{path}/transitions", new { to = "resolved", resolution = "solved" })
            .OkAsync();
        Assert.Equal("resolved", (string)solved["status"]!);
        Assert.Equal("done", (string)solved["statusCategory"]!);
        Assert.Equal("solved", (string)solved["resolution"]!);
        Assert.NotNull(solved["resolvedAt"]);
        await company
            .AsAgent.PostAsync($"{path}/transitions", new { to = "nowhere" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        var history = (await company.AsAgent.GetAsync($"{path}/history").OkAsync())["items"]!.AsArray();
        Assert.Equal(
            ["ticket.opened", "ticket.status-changed"],
            history
                .Select(item => (string)item!["event"]!)
                .Where(name => name.StartsWith("ticket.", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("in-progress")]
    [InlineData("reopen")]
    public async Task A_solved_ticket_is_opened_again(string to)
    {
        var ticket = await OpenAsync("Not solved at all");
        var path = $"/api/v1/tickets/{ticket["key"]}";
        await company
            .AsAgent.PostAsync($"{path}/transitions", new { to = "reopen" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await company
            .AsAgent.PostAsync($"{path}/transitions", new { to = "resolved", resolution = "solved" })
            .OkAsync();

        var again = await company.AsCustomer.PostAsync($"{path}/transitions", new { to }).OkAsync();

        Assert.Equal(("in-progress", null), ((string)again["status"]!, (string?)again["resolvedAt"]));
    }

    [Fact]
    public async Task Files_are_attached_by_form_or_as_the_body_and_given_to_those_who_may_see_them()
    {
        var key = (string)(await OpenAsCustomerAsync("With files"))["key"]!;
        var path = $"/api/v1/tickets/{key}/attachments";
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent("hello"u8.ToArray()), "file", "../../한글 이름.txt" },
            { new StringContent("internal"), "visibility" },
        };
        var inner = (await company.AsAgent.PostAsync(path, form).OkAsync(HttpStatusCode.Created))["items"]![0]!;
        Assert.Equal("한글 이름.txt", (string)inner["name"]!);
        Assert.Equal("internal", (string)inner["visibility"]!);
        using var raw = new ByteArrayContent("<script>alert(1)</script>"u8.ToArray());
        var open = (await company.AsCustomer.PostAsync($"{path}?name=page.html", raw).OkAsync(HttpStatusCode.Created))[
            "items"
        ]![0]!;

        using var download = await company.AsAgent.GetAsync((string)open["url"]!);
        Assert.Equal("<script>alert(1)</script>", await download.Content.ReadAsStringAsync());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/octet-stream", download.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());
        await company
            .AsCustomer.GetAsync((string)inner["url"]!)
            .ProblemAsync(HttpStatusCode.NotFound, "api.attachment-unknown");
        Assert.Single((await company.AsCustomer.GetAsync(path).OkAsync())["items"]!.AsArray());
        Assert.Equal(2, (await company.AsAgent.GetAsync(path).OkAsync())["items"]!.AsArray().Count);
        using var empty = new ByteArrayContent([]);
        await company.AsAgent.PostAsync(path, empty).ProblemAsync(HttpStatusCode.UnprocessableEntity, "files.empty");
        using var cut = new StringContent("--x\r\nContent-Disposition: form-data; name=\"f");
        cut.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        await company.AsAgent.PostAsync(path, cut).ProblemAsync(HttpStatusCode.BadRequest, "api.multipart-malformed");
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_hold_each_ticket_once()
    {
        var mark = $"mark{Guid.CreateVersion7():N}";
        for (var number = 1; number <= 5; number++)
        {
            await OpenAsync($"{mark} {number}");
        }

        var keys = new List<string>();
        string? cursor = null;
        do
        {
            var page = await company
                .AsAgent.GetAsync(
                    $"/api/v1/tickets?query=summary ~ \"{mark}\" ORDER BY created&limit=2{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"
                )
                .OkAsync();
            keys.AddRange(page["items"]!.AsArray().Select(item => (string)item!["key"]!));
            cursor = (string?)page["next"];
        } while (cursor is not null);

        Assert.Equal(5, keys.Count);
        Assert.Equal(5, keys.Distinct().Count());
        Assert.Empty(
            (await company.AsStranger.GetAsync($"/api/v1/tickets?query=summary ~ \"{mark}\"").OkAsync())[
                "items"
            ]!.AsArray()
        );
    }

    [Theory]
    [InlineData("query=priority ~~ high", "query")]
    [InlineData("query=nosuch = 1", "query")]
    [InlineData("query=(((", "query")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("cursor=AAAA", "cursor")]
    public async Task A_wrong_list_is_refused_with_its_parameter_named(string query, string parameter)
    {
        var problem = await company
            .AsAgent.GetAsync($"/api/v1/tickets?{query}")
            .ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal(parameter, (string)problem["errors"]![0]!["parameter"]!);
    }

    [Fact]
    public async Task A_former_key_leads_to_the_present_one()
    {
        await AddDeskAsync();
        var ticket = await OpenAsync("Move me");
        var old = (string)ticket["key"]!;
        var found = await company.Get<ITicketQueries>().FindByKeyAsync(await ViewerAsync(), Key(old));
        var answer = await company
            .Get<ITicketGrains>()
            .SendAsync(
                found!.State.Id,
                new CommandEnvelope(new MoveTicket("MOVED", null), Actor.Of(company.Agent.Id))
                {
                    Viewer = await ViewerAsync(),
                }
            );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        var present = answer.Ticket!.State.Key.ToString();

        using var redirected = await company.AsAgent.GetAsync($"/api/v1/tickets/{old}");
        Assert.Equal(HttpStatusCode.PermanentRedirect, redirected.StatusCode);
        Assert.Equal($"/api/v1/tickets/{present}", redirected.Headers.Location!.ToString());
        await company
            .AsAgent.PostAsync($"/api/v1/tickets/{old}/comments", new { body = "Still reaches it" })
            .OkAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Desks_are_listed_with_what_can_be_asked_for()
    {
        var desks = (await company.AsCustomer.GetAsync("/api/v1/desks").OkAsync())["items"]!.AsArray();
        var desk = desks.Single(item => (string)item!["key"]! == "ITSD")!;

        Assert.Equal("IT 지원", (string)desk["name"]!["ko"]!);
        Assert.Contains(desk["requestTypes"]!.AsArray(), type => (string)type!["id"]! == "itsd-computer");
        Assert.Null(desk["types"]);
        Assert.False((bool)desk["isAgent"]!);
    }

    private async Task AddDeskAsync() =>
        await company
            .AsAdmin.SendAsync(
                Answers.Request(
                    HttpMethod.Put,
                    "/api/v1/configuration/desk/MOVED",
                    new
                    {
                        id = "MOVED",
                        name = "Elsewhere",
                        types = new[] { "incident" },
                    }
                )
            )
            .OkAsync(HttpStatusCode.Created);

    private async Task<Viewer> ViewerAsync() => (await company.Get<IViewers>().OfAsync(company.Agent.Id))!;

    private static TicketKey Key(string text) =>
        TicketKey.TryParse(text, out var key) ? key : throw new FormatException(text);

    private Task<JsonNode> OpenAsync(string summary) =>
        company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary,
                    requester = company.Customer.Id.Value,
                }
            )
            .OkAsync(HttpStatusCode.Created);

    private Task<JsonNode> OpenAsCustomerAsync(string summary) =>
        company
            .AsCustomer.PostAsync(
                "/api/v1/tickets",
                new
                {
                    requestType = "itsd-question",
                    summary,
                    description = "Please help",
                }
            )
            .OkAsync(HttpStatusCode.Created);
}
