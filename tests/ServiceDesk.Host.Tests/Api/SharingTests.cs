using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>With whom a ticket is shared and who takes part: said when it is asked and afterwards, over REST, on pages and in scripts.</summary>
public sealed class SharingTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person both = null!;
    private Person colleague = null!;
    private Person neighbour = null!;
    private Organization acme = null!;
    private Organization zenith = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        var people = server.Services.GetRequiredService<IPeopleStore>();
        acme = await people.CreateOrganizationAsync("acme", "Acme Foods", membersSeeEachOther: true);
        zenith = await people.CreateOrganizationAsync("zenith", "Zenith Works", membersSeeEachOther: true);
        agent = await server.PersonAsync("Alex Agent", "agent");
        both = await CustomerAsync("Bo Both", acme.Id, zenith.Id);
        colleague = await CustomerAsync("Cho Colleague", acme.Id);
        neighbour = await CustomerAsync("Nam Neighbour", zenith.Id);

        Task<Person> CustomerAsync(string name, params OrganizationId[] houses) =>
            people.CreateAsync(
                new NewPerson(name, $"{name.Split(' ')[0].ToLowerInvariant()}@example.com", "customer")
                {
                    Organizations = houses.ToValueList(),
                }
            );
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Over_rest_it_is_opened_private_with_participants_and_shared_further()
    {
        using var rest = await server.RestAsync(agent);
        var opened = await rest.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Kept from the house",
                    requester = both.Email,
                    organization = "acme",
                    @private = true,
                    sharedWith = new[] { "zenith" },
                    participants = new object[] { neighbour.Email },
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var path = $"/api/v1/tickets/{opened["key"]}";

        Assert.True((bool)opened["private"]!);
        Assert.Equal("Zenith Works", (string)Assert.Single(opened["sharedWith"]!.AsArray())!["name"]!);
        Assert.Equal("Nam Neighbour", (string)Assert.Single(opened["participants"]!.AsArray())!["name"]!);
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(colleague, path));
        Assert.Equal(HttpStatusCode.OK, await SeesAsync(neighbour, path));
        await rest.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Shared with nobody there is",
                    sharedWith = new[] { "nowhere" },
                }
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.organization-unknown");

        // Whom a list names is known before anything is looked up: no gaps, no more than there can be, each once.
        await NamedAsync(new object?[] { null }, null, "api.reference-empty");
        await NamedAsync(null, new object?[] { neighbour.Email, null }, "api.reference-empty");
        await NamedAsync(null, [.. Enumerable.Range(1, 101).Select(id => (object)id)], "api.references-too-many");
        var twice = await rest.PostAsync(
                "/api/v1/tickets",
                Body(null, [.. Enumerable.Repeat((object)neighbour.Email, 101), colleague.Email])
            )
            .OkAsync(HttpStatusCode.Created);
        Assert.Equal(2, twice["participants"]!.AsArray().Count);
        await rest.PostAsync("/api/v1/tickets", Body(["acme"], null, isPrivate: true))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.shared-though-private");

        async Task NamedAsync(object?[]? houses, object?[]? people, string code) =>
            await rest.PostAsync("/api/v1/tickets", Body(houses, people))
                .ProblemAsync(HttpStatusCode.UnprocessableEntity, code);

        object Body(object?[]? houses, object?[]? people, bool isPrivate = false) =>
            new
            {
                desk = "ITSD",
                type = "incident",
                summary = "For several",
                requester = both.Email,
                organization = "acme",
                sharedWith = houses,
                participants = people,
                @private = isPrivate,
            };
    }

    [Fact]
    public async Task The_requester_shares_it_with_the_own_organizations_and_takes_that_back_and_nobody_is_told()
    {
        var path = await OpenAsync();
        using var mine = await server.RestAsync(both);
        using var theirs = await server.RestAsync(neighbour);
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(neighbour, path));

        var shared = await mine.PostAsync($"{path}/sharing", new { organization = "zenith" }).OkAsync();
        Assert.Equal("Zenith Works", (string)Assert.Single(shared["sharedWith"]!.AsArray())!["name"]!);
        var seen = await theirs.GetAsync(path).OkAsync();
        Assert.Null(seen["private"]);
        Assert.Null(seen["organization"]);
        Assert.Equal("Zenith Works", (string)Assert.Single(seen["sharedWith"]!.AsArray())!["name"]!);
        foreach (var query in (string[])["organization = acme", "organization != zenith", "organization IS NOT EMPTY"])
        {
            var none = await theirs.GetAsync($"/api/v1/tickets?query={Uri.EscapeDataString(query)}").OkAsync();
            Assert.Empty(none["items"]!.AsArray());
        }

        var found = await theirs.GetAsync("/api/v1/tickets?query=sharedWith%20%3D%20myOrganizations()").OkAsync();
        Assert.Single(found["items"]!.AsArray());
        Assert.DoesNotContain("shared", await theirs.GetStringAsync($"{path}/history"), StringComparison.Ordinal);
        await theirs
            .PostAsync($"{path}/sharing", new { organization = "zenith" })
            .ProblemAsync(HttpStatusCode.Forbidden, "refusal.sharing-not-yours");
        await theirs.DeleteAsync($"{path}/sharing/{acme.Id}").ProblemAsync(HttpStatusCode.Forbidden);
        await mine.PostAsync($"{path}/sharing", new { })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.organization-missing");

        await mine.DeleteAsync($"{path}/sharing/{zenith.Id}").OkAsync();
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(neighbour, path));
        var hidden = await mine.DeleteAsync($"{path}/sharing/{acme.Id}").OkAsync();
        Assert.True((bool)hidden["private"]!);
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(colleague, path));
        await mine.PostAsync($"{path}/sharing", new { organization = "acme" }).OkAsync();
        Assert.Equal(HttpStatusCode.OK, await SeesAsync(colleague, path));

        // Who is asked afterwards is told, so that all before it in the log was looked at.
        var approver = await server.PersonAsync("Abel Approver", "agent");
        using var rest = await server.RestAsync(agent);
        using var asked = await rest.PostAsync(
            $"{path}/approvals",
            new { title = "May we?", steps = new[] { new { people = new[] { approver.Email } } } }
        );
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        await server.UntilAsync(async () => await NoticesAsync(approver) > 0);
        Assert.Equal((0, 0), (await NoticesAsync(neighbour), await NoticesAsync(colleague)));
        using var pages = server.ClientOf(agent);
        var history = WebUtility.HtmlDecode(
            await pages.GetStringAsync($"/workspace/tickets/{path.Split('/')[^1]}?tab=history&lang=en")
        );
        Assert.Contains("shared it with Zenith Works", history, StringComparison.Ordinal);
        Assert.Contains("no longer shares it with Acme Foods", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_takes_part_hears_that_others_read_along_and_a_tag_from_before_is_old()
    {
        var path = await OpenAsync();
        using var mine = await server.RestAsync(both);
        using var rest = await server.RestAsync(agent);
        var before = await TagAsync();
        Assert.Equal(before, await TagAsync());

        await rest.PostAsync($"{path}/sharing", new { organization = "zenith" }).OkAsync();
        var shared = await TagAsync();
        await rest.DeleteAsync($"{path}/sharing/{acme.Id}").OkAsync();
        var hidden = await TagAsync();
        Assert.Equal(3, new[] { before, shared, hidden }.Distinct().Count());

        Assert.True(TicketKey.TryParse(path.Split('/')[^1], out var key));
        var ticket = (
            await server
                .Services.GetRequiredService<ITicketQueries>()
                .FindByKeyAsync(await server.ViewerAsync(agent), key)
        )!.State;
        foreach (
            var happened in (TicketEvent[])
                [new TicketShared(zenith.Id), new TicketUnshared(acme.Id), new OrganizationChanged(acme.Id, null, null)]
        )
        {
            var change = new TicketChange(ticket, [happened], 1);
            Assert.True(change.ConcernsWhatMaySee(await server.ViewerAsync(both)));
            Assert.False(change.ConcernsWhatMaySee(await server.ViewerAsync(neighbour)));
        }

        async Task<string> TagAsync()
        {
            using var answer = await mine.GetAsync(path);
            return answer.Headers.ETag!.ToString();
        }
    }

    [Fact]
    public async Task In_the_portal_who_asks_names_colleagues_and_keeps_it_from_the_rest()
    {
        using var portal = server.ClientOf(colleague);
        var form = await portal.GetStringAsync("/portal/ask/ITSD/itsd-computer?lang=en");
        Assert.Contains("id=\"sharing\"", form, StringComparison.Ordinal);
        Assert.Contains("Bo Both", form, StringComparison.Ordinal);
        Assert.DoesNotContain("Nam Neighbour", form, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"sharedWith\"", form, StringComparison.Ordinal);
        (string, string)[] typed =
        [
            ("summary", "Only between us"),
            ("description", "Since noon"),
            ("once", new string('2', 24)),
            ("sharing", "private"),
        ];

        var refused = await portal.PostAsync(
            "/portal/ask/ITSD/itsd-computer",
            "",
            [.. typed, ("participants", $"{neighbour.Id}")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("<option value=\"private\" selected", refused.Text, StringComparison.Ordinal);

        var sent = await portal.PostAsync(
            "/portal/ask/ITSD/itsd-computer",
            "",
            [.. typed, ("participants", $"{both.Id}")]
        );
        Assert.Equal(HttpStatusCode.Found, sent.Status);
        using var rest = await server.RestAsync(both);
        var found = await rest.GetAsync("/api/v1/tickets?query=participant%20%3D%20currentUser()").OkAsync();
        Assert.True((bool)Assert.Single(found["items"]!.AsArray())!["private"]!);
    }

    [Fact]
    public async Task In_a_large_house_colleagues_are_typed_and_not_ticked()
    {
        var people = server.Services.GetRequiredService<IPeopleStore>();
        for (var number = 1; number <= 30; number++)
        {
            var of = new NewPerson($"Member {number:00}", $"m{number}@example.com", "customer");
            await people.CreateAsync(of with { Organizations = [acme.Id] });
        }

        using var portal = server.ClientOf(colleague);
        var form = await portal.GetStringAsync("/portal/ask/ITSD/itsd-computer?lang=en");
        Assert.DoesNotContain("type=\"checkbox\" name=\"participants\"", form, StringComparison.Ordinal);
        Assert.Contains("data-complete=\"/portal/people\"", form, StringComparison.Ordinal);
        (string, string)[] typed =
        [
            ("summary", "Between some"),
            ("description", "Since noon"),
            ("once", new string('3', 24)),
        ];
        foreach (var wrong in (string[])["Member", "Nam Neighbour"])
        {
            var refused = await portal.PostAsync("/portal/ask/ITSD/itsd-computer", "", [.. typed, Named(wrong)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("in-participants-error", refused.Text, StringComparison.Ordinal);
        }

        var sent = await portal.PostAsync(
            "/portal/ask/ITSD/itsd-computer",
            "",
            [.. typed, Named("member 17"), Named("Bo Both"), Named("")]
        );
        Assert.Equal(HttpStatusCode.Found, sent.Status);
        using var rest = await server.RestAsync(agent);
        var found = await rest.GetAsync("/api/v1/tickets?query=summary%20~%20%22Between%20some%22").OkAsync();
        var names = Assert.Single(found["items"]!.AsArray())!["participants"]!
            .AsArray()
            .Select(one => $"{one!["name"]}");
        Assert.Equal(["Member 17", "Bo Both"], names);

        static (string, string) Named(string name) => ("participants", name);
    }

    [Fact]
    public async Task On_the_request_its_requester_shares_it_and_others_see_no_control()
    {
        var path = await OpenAsync();
        var request = $"/portal/requests/{path.Split('/')[^1]}";
        using var mine = server.ClientOf(both);
        using var theirs = server.ClientOf(colleague);
        Assert.Contains(
            "Share with an organization",
            await mine.GetStringAsync(request + "?lang=en"),
            StringComparison.Ordinal
        );
        var read = await theirs.GetStringAsync(request + "?lang=en");
        Assert.Contains("Acme Foods", read, StringComparison.Ordinal);
        Assert.DoesNotContain("Share with an organization", read, StringComparison.Ordinal);

        var shared = await mine.PostAsync(request, "share", ("organization", $"{zenith.Id}"));
        Assert.Equal(HttpStatusCode.Found, shared.Status);
        using var neighbours = server.ClientOf(neighbour);
        var list = await neighbours.GetStringAsync("/portal/requests?state=all&scope=organization");
        Assert.Contains("For a house", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Zenith", await theirs.GetStringAsync(request), StringComparison.Ordinal);
        Assert.DoesNotContain("Acme", await neighbours.GetStringAsync(request), StringComparison.Ordinal);

        // Of whom there is no house, nothing is kept from any.
        var single = await server.PersonAsync("Sol Single", "customer");
        var alone = await server.OpenAsync(single, "Mine alone");
        using var singles = server.ClientOf(single);
        Assert.DoesNotContain(
            "id=\"shared\"",
            await singles.GetStringAsync($"/portal/requests/{alone.Key}?lang=en"),
            StringComparison.Ordinal
        );

        await mine.PostAsync(request, "unshare", ("organization", $"{zenith.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await neighbours.GetAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Agents_say_it_in_the_form_of_the_workspace_and_on_the_ticket()
    {
        using var pages = server.ClientOf(agent);
        (string, string)[] typed =
        [
            ("desk", "ITSD"),
            ("type", "incident"),
            ("requester", colleague.Email),
            ("summary", "By phone"),
            ("description", "Since noon"),
            ("sharedWith", "zenith works"),
            ("sharing", "private"),
        ];
        var form = await pages.GetStringAsync("/workspace/new?desk=ITSD&type=incident&lang=en");
        Assert.DoesNotContain("Zenith Works", form, StringComparison.Ordinal);
        var found10 = await pages.GetStringAsync("/workspace/organizations?q=zen");
        Assert.Contains("Zenith Works &lt;zenith&gt;", found10, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme", found10, StringComparison.Ordinal);
        var unknown = await pages.PostAsync("/workspace/new", "", [.. typed[..^2], ("sharedWith", "Nowhere")]);
        Assert.Contains("in-shared-with-error", unknown.Text, StringComparison.Ordinal);
        var refused = await pages.PostAsync("/workspace/new", "", [.. typed, ("participants", "nobody at all")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("in-participants-error", refused.Text, StringComparison.Ordinal);

        var sent = await pages.PostAsync(
            "/workspace/new",
            "",
            [.. typed, ("participants", both.Email), ("participants", "")]
        );
        Assert.Equal(HttpStatusCode.Found, sent.Status);
        using var rest = await server.RestAsync(agent);
        var found = await rest.GetAsync("/api/v1/tickets?query=sharedWith%20%3D%20zenith").OkAsync();
        var ticket = Assert.Single(found["items"]!.AsArray())!;
        Assert.Equal("Bo Both", (string)Assert.Single(ticket["participants"]!.AsArray())!["name"]!);

        var page = $"/workspace/tickets/{ticket["key"]}";
        var hidden = await pages.GetStringAsync(page + "?lang=en&tab=history");
        Assert.Contains("Stop sharing with Zenith Works", hidden, StringComparison.Ordinal);
        Assert.Contains("Colleagues of its organization do not see it.", hidden, StringComparison.Ordinal);
        Assert.Contains("opened the ticket (Incident), privately", hidden, StringComparison.Ordinal);
        Assert.Contains("Share with Acme Foods", hidden, StringComparison.Ordinal);

        await pages.PostAsync(page, "unshare", ("organization", $"{zenith.Id}"));
        await pages.PostAsync(page, "share", ("id", $"{acme.Id}"));
        Assert.Equal("[]", await HousesAsync());
        Assert.Equal(
            HttpStatusCode.Found,
            (await pages.PostAsync(page, "share", ("organization", "Zenith Works <zenith>"))).Status
        );
        Assert.Contains("Zenith", await HousesAsync(), StringComparison.Ordinal);
        var nowhere = await pages.PostAsync(page, "share", ("organization", "Nowhere"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nowhere.Status);
        await pages.PostAsync(page, "unshare", ("organization", $"{acme.Id}"));
        Assert.True((bool)(await rest.GetAsync($"/api/v1/tickets/{ticket["key"]}").OkAsync())["private"]!);

        async Task<string> HousesAsync()
        {
            var now = await rest.GetAsync($"/api/v1/tickets/{ticket["key"]}").OkAsync();
            return (bool)now["private"]! ? "private" : now["sharedWith"]!.ToJsonString();
        }
    }

    [Fact]
    public async Task Scripts_open_share_and_take_back()
    {
        var opened = await server.CallScriptAsync(
            agent,
            "tickets",
            "open",
            new
            {
                desk = "ITSD",
                type = "incident",
                summary = "By a script",
                requester = both.Email,
                organization = "acme",
                @private = true,
                participants = new[] { colleague.Email },
            }
        );
        var key = opened!.Value.GetProperty("key").GetString()!;
        Assert.True(opened.Value.GetProperty("private").GetBoolean());

        var asked = await server.CallScriptAsync(
            both,
            "requests",
            "open",
            "itsd-computer",
            "By a script of both",
            "Words",
            null,
            acme.Id.Value,
            new
            {
                participants = new[] { neighbour.Id.Value },
                @private = true,
                sharedWith = new[] { zenith.Id.Value },
            }
        );
        using var rest = await server.RestAsync(agent);
        var state = await rest.GetAsync($"/api/v1/tickets/{asked!.Value.GetProperty("key").GetString()}").OkAsync();
        Assert.True((bool)state["private"]!);
        Assert.Equal("Zenith Works", (string)Assert.Single(state["sharedWith"]!.AsArray())!["name"]!);
        Assert.Equal("Nam Neighbour", (string)Assert.Single(state["participants"]!.AsArray())!["name"]!);

        await server.CallScriptAsync(agent, "ticket", "share", key, "zenith");
        Assert.Equal(HttpStatusCode.OK, await SeesAsync(neighbour, $"/api/v1/tickets/{key}"));
        await server.CallScriptAsync(agent, "ticket", "unshare", key, zenith.Id.Value);
        Assert.Equal(HttpStatusCode.NotFound, await SeesAsync(neighbour, $"/api/v1/tickets/{key}"));
    }

    private async Task<string> OpenAsync()
    {
        using var rest = await server.RestAsync(agent);
        var opened = await rest.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "For a house",
                    requester = both.Email,
                    organization = "acme",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return $"/api/v1/tickets/{opened["key"]}";
    }

    private async Task<int> NoticesAsync(Person person)
    {
        using var rest = await server.RestAsync(person);
        return (await rest.GetAsync("/api/v1/notifications").OkAsync())["items"]!.AsArray().Count;
    }

    private async Task<HttpStatusCode> SeesAsync(Person person, string path)
    {
        using var rest = await server.RestAsync(person);
        return (await rest.GetAsync(path)).StatusCode;
    }
}
