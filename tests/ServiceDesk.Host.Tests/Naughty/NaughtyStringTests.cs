using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Naughty;

/// <summary>
/// The strings that break programs, in every field, filter, header, address and form: never a fault of the server; what is
/// taken reads back equal, and stands in pages as text.
/// </summary>
public sealed partial class NaughtyStringTests(SmallCompany company)
    : CompanyAttempts(company),
        IClassFixture<SmallCompany>
{
    [Fact]
    public async Task What_a_ticket_takes_reads_back_equal_and_stands_in_pages_as_text()
    {
        Assert.True(Strings.Length > 400);
        var agent = BrowserSession.Of(Company);
        await agent.SignInAsync(Company.Agent.Email);
        await EachAsync(async text =>
        {
            var opened = await SendAsync(HttpMethod.Post, "/api/v1/tickets", Open(text, text));
            var key =
                (string?)opened["key"]
                ?? (string)(await SendAsync(HttpMethod.Post, "/api/v1/tickets", Open("Plain", "")))["key"]!;
            var ticket = await SendAsync(HttpMethod.Get, $"/api/v1/tickets/{key}", null);
            if (opened["key"] is not null)
            {
                Same(text, text.Trim(), (string?)ticket["summary"], "summary");
                Same(text, text, (string?)ticket["description"], "description");
                Same(text, text.Length == 0 ? null : text, (string?)ticket["fields"]?["affected-system"], "field");
            }

            await TalkAsync(key, text);
            await AttachAsync(key, text);
            var page = await Answer.OfAsync(agent.GetAsync($"/workspace/tickets/{key}"));
            var shown = new Shown(page.Body);
            if (opened["key"] is not null)
            {
                ShowsIn(shown, "h1.ticket-title", text, "summary");
                ShowsIn(shown, ".facts dd", text.Length == 0 ? "—" : text, "field");
            }

            ShowsIn(shown, ".file-name", FileName(text), "file name");
            Note(page.Status == HttpStatusCode.OK ? null : $"the page answers {(int)page.Status}", text);
            Note(
                IsMarkup(text) && page.Body.Contains(text, StringComparison.Ordinal)
                    ? "the page holds it as markup"
                    : null,
                text
            );
        });
    }

    [Fact]
    public async Task No_address_header_or_filter_is_a_fault() =>
        await EachAsync(async text =>
        {
            var word = Uri.EscapeDataString(text);
            string[] addresses =
            [
                $"/api/v1/tickets?query={word}",
                $"/api/v1/tickets?query={Uri.EscapeDataString($"text ~ {Core.Query.Syntax.QueryText.Quote(text)}")}",
                $"/api/v1/tickets?query={Uri.EscapeDataString($"requester = {Core.Query.Syntax.QueryText.Quote(text)}")}",
            ];
            foreach (var address in addresses)
            {
                await SendAsync(HttpMethod.Get, address, null);
            }

            string[] headers = ["Idempotency-Key", "If-Match", "Accept-Language"];
            await SendAsync(
                HttpMethod.Post,
                "/api/v1/tickets/ITSD-999999/comments",
                new { body = "x" },
                [.. headers.Select(header => (header, (string?)Header(text)))]
            );
            await SendAsync(HttpMethod.Get, "/api/v1/desks", null, ("Accept-Language", Header(text)));
        });

    [Fact]
    public async Task No_key_of_a_repeat_is_a_fault_at_any_route_that_posts()
    {
        var opened = await SendAsync(HttpMethod.Post, "/api/v1/tickets", Open("Repeated", ""));
        var key = (string)opened["key"]!;
        var routes = PostRoutes();
        Assert.True(routes.Count > 30, "The routes are not found.");

        // Each route gets those that are likely to break one, and its share of all others.
        string[] hard = ["", new('k', 201), new('k', 200), "\"quoted\"", Strings.MaxBy(text => Header(text).Length)!];
        foreach (var (index, route) in routes.Index())
        {
            var call = new RouteCall(
                route,
                HttpMethod.Post,
                Parameter().Replace(route, match => match.Value == "{key}" ? key : "1"),
                new Dictionary<string, string>(StringComparer.Ordinal),
                new Dictionary<string, string>(StringComparer.Ordinal)
            );
            var body = JsonSerializer
                .Serialize(KnownBodies.Of(call) ?? new { })
                .Replace("ALFA-1", key, StringComparison.Ordinal)
                .Replace("ALFA", "ITSD", StringComparison.Ordinal);
            foreach (var text in hard.Concat(Strings.Where((_, at) => at % routes.Count == index)))
            {
                using var request = Answers.Request(
                    HttpMethod.Post,
                    call.Address,
                    body,
                    ("Idempotency-Key", Header(text))
                );
                using var answer = await Company.AsAdmin.SendAsync(request);
                await ReadAsync(answer, $"POST {route} with a key", text);
            }
        }

        AssertNothingFound();
    }

    [Fact]
    public async Task No_field_of_another_kind_is_a_fault() =>
        await EachAsync(async text =>
        {
            string[] names = ["impact", "urgency", "affected-system", "needed-by", text];
            await SendAsync(
                HttpMethod.Post,
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Fields",
                    fields = names
                        .Distinct(StringComparer.Ordinal)
                        .ToDictionary(name => name, _ => text, StringComparer.Ordinal),
                }
            );

            await SendAsync(
                HttpMethod.Post,
                "/api/v1/tickets",
                new
                {
                    desk = text,
                    type = text,
                    requestType = text,
                    summary = text,
                    requester = text,
                    assignee = text,
                    team = text,
                    externalId = text,
                    labels = new[] { text },
                }
            );
        });

    [Fact]
    public async Task Names_read_back_equal_and_what_is_asked_in_the_portal_is_taken()
    {
        var admin = BrowserSession.Of(Company);
        await admin.SignInAsync(Company.Admin.Email);
        var customer = BrowserSession.Of(Company);
        await customer.SignInAsync(Company.Customer.Email);
        await EachAsync(async text =>
        {
            await PageAsync(admin.PostAsync("/administration/teams?handler=Create", [new("name", text)]), "team", text);
            await PageAsync(
                admin.PostAsync(
                    "/administration/organizations?handler=Create",
                    [new("key", KeyOf(text)), new("name", text)]
                ),
                "organization",
                text
            );
            await AskAsync(customer, text);
        });
        var people = Company.Get<Storage.People.IPeopleStore>();
        var teams = (await people.TeamsAsync()).Select(team => team.Name).ToHashSet(StringComparer.Ordinal);
        Assert.True(Strings.Select(text => text.Trim()).Count(teams.Contains) > 300);
        var organizations = (await people.OrganizationsAsync()).ToDictionary(one => one.Key, one => one.Name);
        Assert.True(Strings.Count(text => organizations.ContainsKey(KeyOf(text))) > 300);
        foreach (var text in Strings.Where(text => organizations.ContainsKey(KeyOf(text))))
        {
            Same(text, text.Trim(), organizations[KeyOf(text)], "organization");
        }

        await AssertListedAsync(admin, "teams", teams);
        await AssertListedAsync(admin, "organizations", organizations.Values);
        AssertNothingFound();
    }

    private static string KeyOf(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"n{Array.IndexOf(Strings, text)}");

    private async Task AskAsync(BrowserSession customer, string text)
    {
        using var asked = await customer.PostAsync(
            "/portal/ask/ITSD/itsd-question",
            [new("summary", text), new("description", text), new("once", text)]
        );
        await PageAsync(Task.FromResult(asked), "ask", text);
        if (asked.Headers.Location is { } request)
        {
            var page = await Answer.OfAsync(customer.GetAsync(request.ToString()));
            ShowsIn(new Shown(page.Body), "main h1", text, "request");
        }
    }

    // A list shows what is stored, each as it is.
    private static async Task AssertListedAsync(BrowserSession admin, string list, IEnumerable<string> names)
    {
        var page = await Answer.OfAsync(admin.GetAsync($"/administration/{list}"));
        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            new Shown(page.Body).Fields("tbody [name='name']").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Nobody_signs_in_as_any_of_them()
    {
        foreach (var chunk in Hazards.Select(hazard => hazard[0]).Chunk(40))
        {
            // As many wrong passwords as one address may try in a while.
            Company.Time.Move(NodaTime.Duration.FromMinutes(6));
            var visitor = BrowserSession.Of(Company);
            foreach (var text in chunk)
            {
                var answer = await visitor.PostAsync("/sign-in", [new("email", text), new("password", text)]);
                Note(answer.StatusCode == HttpStatusCode.Found ? "it signs in" : null, text);
                await PageAsync(Task.FromResult(answer), "sign-in", text);
            }
        }

        AssertNothingFound();
    }

    private IReadOnlyList<string> PostRoutes() =>
        [
            .. Company
                .Get<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint =>
                    endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true
                )
                .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
                .Where(route => route.StartsWith("/api/v1/", StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    private static object Open(string line, string text) =>
        new
        {
            desk = "ITSD",
            type = "incident",
            summary = line,
            description = text,
            fields = new Dictionary<string, object>(StringComparer.Ordinal) { ["affected-system"] = text },
        };

    private async Task TalkAsync(string key, string text)
    {
        foreach (var visibility in new[] { "public", "internal" })
        {
            var said = await SendAsync(
                HttpMethod.Post,
                $"/api/v1/tickets/{key}/comments",
                new { body = text, visibility }
            );
            if (said["id"] is not null)
            {
                Same(text, text.Trim(), ((string?)said["body"])?.Trim(), visibility);
            }
        }
    }

    private void ShowsIn(Shown page, string selector, string text, string what) =>
        Note(page.Holds(selector, text) ? null : $"the page shows the {what} as {page.First(selector)}", text);

    // The last part of a path, without what steers how text is drawn: the rule as a person would tell it.
    private static string FileName(string text)
    {
        var last = Unshown().Replace(text.Split('/', '\\').Last().Normalize(), "").Trim();
        return last.Length == 0 ? "file" : last;
    }

    [GeneratedRegex(@"[\p{C}\p{Zl}\p{Zp}-[\p{Cs}\p{Co}]]", RegexOptions.None, 1000)]
    private static partial Regex Unshown();

    private async Task AttachAsync(string key, string text)
    {
        using var content = new ByteArrayContent("content"u8.ToArray());
        content.Headers.ContentType = new("application/octet-stream");
        using var sent = await Company.AsAgent.PostAsync(
            $"/api/v1/tickets/{key}/attachments?name={Uri.EscapeDataString(text)}",
            content
        );
        var answer = await ReadAsync(sent, "attachment", text);
        Note(sent.IsSuccessStatusCode ? null : $"no attachment: {answer}", text);
        if (answer["items"]?[0] is { } file)
        {
            Same(text, FileName(text), (string?)file["name"], "file name");
            using var read = await Company.AsAgent.GetAsync((string)file["url"]!);
            Note(read.StatusCode == HttpStatusCode.OK ? null : $"its file answers {(int)read.StatusCode}", text);
        }
    }
}
