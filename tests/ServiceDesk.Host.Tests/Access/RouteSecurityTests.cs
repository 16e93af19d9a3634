using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Access;

/// <summary>What holds for every route of the running table: tokens of forms, headers of pages, addresses to go back to, and names that nobody may set. Each rule is shown to find what breaks it.</summary>
public sealed partial class RouteSecurityTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    /// <summary>Takes any method without a token: it only says what went wrong.</summary>
    private const string Saying = "/error/{status:int}";

    /// <summary>What a page may load, run and send, and nothing besides.</summary>
    private static readonly (string Rule, string Sources)[] Allowed =
    [
        ("default-src", "'none'"),
        ("script-src", "NONCE"),
        ("style-src", "'self' NONCE"),
        ("img-src", "'self' data: blob:"),
        ("font-src", "'self'"),
        ("connect-src", "'self'"),
        ("manifest-src", "'self'"),
        ("form-action", "'self'"),
        ("base-uri", "'none'"),
        ("frame-ancestors", "'none'"),
    ];

    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 4 };

    /// <summary>Names of parameters that are an address to go to afterwards.</summary>
    private static readonly string[] Ways = ["returnUrl", "back"];

    /// <summary>Names that sound like it, and what they are.</summary>
    private static readonly Dictionary<string, string> NoWays = new(StringComparer.Ordinal)
    {
        ["next"] = "tickets of a list",
        ["url"] = "the address of a linked page, which is kept",
    };

    private static readonly string[] Hostile =
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\n/evil.example",
        "/\r\n/evil.example",
        " //evil.example",
        "\u0000//evil.example",
        "https:evil.example",
        "https://evil.example/",
        "http:/\\evil.example",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "JavaScript://%0aalert(1)",
        "data:text/html,x",
        "%2F%2Fevil.example",
        "/%2F/evil.example",
        "/%09/evil.example",
        "/%5Cevil.example",
        "~//evil.example",
        "~/\\evil.example",
        "//localhost@evil.example",
        "/..//evil.example",
        "https://localhost.evil.example",
        "evil.example",
    ];

    [Fact]
    public async Task A_form_without_the_token_of_its_session_is_answered_400_and_changes_nothing()
    {
        var calls = Each(await new RouteCalls(world).WritingAsync()).Where(call => !call.IsApi).ToList();
        var before = await Stand.OfAsync(world);
        var taken = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            calls,
            Together,
            async (call, _) =>
            {
                foreach (var (what, status) in await AttacksAsync(call))
                {
                    if (status != HttpStatusCode.BadRequest)
                    {
                        taken.Add($"{call.Route} {call.Handler} {what}: {(int)status}");
                    }
                }
            }
        );

        // The one page that needs none shows that others would be found.
        Assert.Contains(taken, one => one.StartsWith(Saying, StringComparison.Ordinal));
        Assert.Equal("", string.Join('\n', taken.Where(one => !one.StartsWith(Saying, StringComparison.Ordinal))));
        Assert.Equal(before, await Stand.OfAsync(world));
    }

    [Fact]
    public async Task Every_page_says_what_a_browser_may_do_with_it()
    {
        var calls = Each(await new RouteCalls(world).ReadingAsync())
            .Where(call => !call.IsApi && call.Route != "/events")
            .Select(call => call.Address)
            .Concat(["/no-such-page", "/workspace/tickets/ITSD-999999", "/files/ITSD-999999/1"])
            .ToList();
        var (found, nonces) = (new ConcurrentBag<string>(), new ConcurrentDictionary<string, string>());
        var pages = 0;
        await Parallel.ForEachAsync(
            calls.SelectMany(address => new[] { world.Admin.Pages, world.Anonymous }, (address, by) => (address, by)),
            Together,
            async (one, _) =>
            {
                var back = (one.address.Contains('?') ? '&' : '?') + "returnUrl=//evil.example&back=//evil.example";
                foreach (var address in new[] { one.address, one.address + back })
                {
                    var answer = await Answer.OfAsync(one.by.GetAsync(address));
                    Interlocked.Add(ref pages, IsPage(answer) ? 1 : 0);
                    foreach (var violation in Violations(answer, address, nonces))
                    {
                        found.Add($"{address}: {violation}");
                    }
                }
            }
        );
        var refused = await Answer.OfAsync(world.Admin.Pages.SendAsync(new(HttpMethod.Post, "/account/profile")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Empty(found.Concat(Violations(refused, "a refused form", nonces)));
        Assert.True(pages > 200, $"{pages} pages");
    }

    [Theory]
    [InlineData("frame-ancestors 'none'", "frame-ancestors 'self'")]
    [InlineData("script-src 'nonce-", "script-src 'unsafe-inline' 'nonce-")]
    [InlineData("style-src 'self'", "style-src 'unsafe-inline'")]
    [InlineData("form-action 'self'", "form-action *")]
    [InlineData("img-src 'self'", "img-src * 'self'")]
    [InlineData("connect-src 'self'", "object-src 'self'")]
    [InlineData("X-Content-Type-Options: nosniff", "X-Content-Type-Options: sniff")]
    [InlineData("Referrer-Policy: same-origin", "Referrer-Policy: unsafe-url")]
    [InlineData("Content-Security-Policy", "Content-Security-Police")]
    public async Task A_page_whose_headers_say_less_is_found(string header, string less)
    {
        var page = await Answer.OfAsync(world.Anonymous.GetAsync("/sign-in"));
        Assert.Empty(Violations(page, "as it is", []));
        Assert.Contains(header, page.Head, StringComparison.Ordinal);

        var planted = page with { Head = page.Head.Replace(header, less, StringComparison.Ordinal) };

        Assert.NotEmpty(Violations(planted, "planted", []));
    }

    [Fact]
    public async Task A_nonce_that_stands_twice_and_a_script_without_one_are_found()
    {
        var page = await Answer.OfAsync(world.Anonymous.GetAsync("/sign-in"));
        var nonces = new ConcurrentDictionary<string, string>();
        Assert.Empty(Violations(page, "once", nonces));
        Assert.NotEmpty(Violations(page, "twice", nonces));
        Assert.NotEmpty(Violations(page with { Body = page.Body + "<script>alert(1)</script>" }, "planted", []));
        Assert.NotEmpty(Violations(page with { Body = page.Body + "<a href=\"#\" onclick=\"x()\">" }, "planted", []));
        Assert.NotEmpty(Violations(page with { Body = page.Body + "<p style=\"color:red\">" }, "planted", []));
    }

    [Fact]
    public async Task No_address_to_go_back_to_leaves_the_host()
    {
        var routes = new RouteCalls(world);
        var calls = Each([.. await routes.WritingAsync(), .. await routes.ReadingAsync()])
            .Where(call => !call.IsApi)
            .ToList();
        var names = calls.SelectMany(call => call.Form.Keys.Concat(call.Values.Keys)).Distinct(StringComparer.Ordinal);
        // A new one is told by name, so that somebody decides what it is.
        Assert.Empty(names.Where(name => WayLike().IsMatch(name)).Except(Ways).Except(NoWays.Keys));
        var takers = calls.Where(call => Ways.Any(way => call.Form.ContainsKey(way))).ToList();
        Assert.Equal(["/account/preferences", "/sign-in"], takers.Select(call => call.Route).Order().Distinct());

        foreach (var call in takers)
        {
            foreach (var hostile in Hostile)
            {
                var browser = BrowserSession.Of(world);
                var form = call.Form.Where(one => !Ways.Contains(one.Key)).ToDictionary(StringComparer.Ordinal);
                (form["email"], form["password"]) = (world.Admin.Person.Email, ServerUnderTest.Password);
                foreach (var way in Ways)
                {
                    form[way] = hostile;
                }

                using var sent = await browser.PostAsync(call.Address, form);
                Assert.True(
                    sent.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.BadRequest,
                    $"{call} answers {sent.StatusCode} to {hostile}"
                );
                Assert.False(Leaves(LocationOf(sent)), $"{call} goes to {LocationOf(sent)} for {hostile}");
                // Whoever is signed in already is sent on at once.
                using var read = await browser.GetAsync($"{call.Route}?returnUrl={Uri.EscapeDataString(hostile)}");
                Assert.False(Leaves(LocationOf(read)), $"{call} goes to {LocationOf(read)} for {hostile}");
            }
        }
    }

    [Fact]
    public void An_address_that_leaves_the_host_is_found()
    {
        string[] harmless =
        [
            "%2F%2Fevil.example",
            "/%2F/evil.example",
            "/%09/evil.example",
            "/%5Cevil.example",
            "/..//evil.example",
            "evil.example",
        ];
        Assert.DoesNotContain(Hostile.Except(harmless), address => !address.StartsWith('~') && !Leaves(address));
        Assert.All(
            ["/", "/workspace?q=//a", "/portal/requests/ITSD-1#x", "", "http://localhost/x"],
            address => Assert.False(Leaves(address))
        );
    }

    [Fact]
    public async Task Names_of_what_a_page_holds_set_nothing()
    {
        var customer = world.Members.First(member => member.Person.Role == "customer");
        var others = world.Members.First(member => member.Person.Role == "agent").Person.Id;
        var calls = Each(await new RouteCalls(world).WritingAsync()).Where(call => !call.IsApi).ToList();
        var before = await Stand.OfAsync(world);
        var failures = new ConcurrentBag<string>();
        var endpoints = world.App.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints);
        var known = endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .ToLookup(endpoint => "/" + endpoint.RoutePattern.RawText?.TrimStart('/'), StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            calls.Where(call => !Leaving.Contains(call.Route)),
            Together,
            async (call, _) =>
            {
                var model = (await PageOfAsync(known[call.Route].First())).ModelTypeInfo!;
                var names = model
                    .GetProperties()
                    .Where(property => property.DeclaringType == model.AsType())
                    .SelectMany(property => Names(property.Name))
                    .Concat(Always);
                var fields = names
                    .Distinct(StringComparer.Ordinal)
                    .Select(name => KeyValuePair.Create(name, Value(name)));
                var answer = await Answer.OfAsync(customer.Pages.PostAsync(call.Address, fields));
                if ((int)answer.Status >= 500)
                {
                    failures.Add($"{call} answers {(int)answer.Status}");
                }
            }
        );

        Assert.Empty(failures);
        Assert.Equal(before, await Stand.OfAsync(world));

        string Value(string name) =>
            name.EndsWith("Id", StringComparison.Ordinal) ? $"{others}"
            : name.EndsWith("Role", StringComparison.Ordinal) ? "administrator"
            : name.StartsWith("Is", StringComparison.Ordinal) ? "true"
            : "Written by an outsider";
    }

    [Fact]
    public async Task What_one_may_change_of_oneself_changes_nothing_else_of_oneself()
    {
        var customer = world.Members.First(member => member.Person.Role == "customer").Person;
        var calls = Each(await new RouteCalls(world).WritingAsync())
            .Where(call =>
                call.Route == "/account/profile" && !call.Handler.Contains("assword", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(calls);
        var browser = BrowserSession.Of(world);
        await browser.SignInAsync(customer.Email);
        foreach (var call in calls)
        {
            (string, string)[] extra =
            [
                ("Role", "administrator"),
                ("role", "administrator"),
                ("Email", "taken@example.com"),
                ("Id", $"{world.Admin.Person.Id}"),
                ("Person.Role", "administrator"),
                ("Viewer.Person.Role", "administrator"),
                ("Viewer.Person.Id", $"{world.Admin.Person.Id}"),
                ("IsActive", "false"),
                ("IsAdministrator", "true"),
                ("Organizations", "1"),
            ];
            using var sent = await browser.PostAsync(
                call.Address,
                call.Form.Concat(extra.Select(one => KeyValuePair.Create(one.Item1, one.Item2)))
            );
            Assert.True((int)sent.StatusCode < 500, $"{call}");
        }

        var people = world.Get<Storage.People.IPeopleStore>();
        var after = (await people.FindAsync(customer.Id))!;
        Assert.Equal(
            (customer.Role, customer.Email, customer.Organizations, customer.Teams, true),
            (after.Role, after.Email, after.Organizations, after.Teams, after.IsActive)
        );
        Assert.Equal(world.Admin.Person, await people.FindAsync(world.Admin.Person.Id));
    }

    [Theory]
    [InlineData("isAdministrator")]
    [InlineData("state")]
    [InlineData("viewer")]
    public async Task A_key_that_a_body_does_not_have_is_refused(string key)
    {
        var calls = (await new RouteCalls(world).WritingAsync()).Where(call => call.IsApi).ToList();
        var before = await Stand.OfAsync(world);
        var taken = new List<string>();
        var bodies = 0;
        foreach (var route in calls.GroupBy(call => $"{call.Method} {call.Route}", StringComparer.Ordinal))
        {
            var answers = new List<string>();
            foreach (var call in route)
            {
                if (
                    KnownBodies.Of(call) is not { } good
                    || good is string
                    || JsonSerializer.SerializeToNode(good) is not JsonObject { Count: > 0 } body
                    || Alike.Contains(route.Key)
                )
                {
                    break;
                }

                body[key] = new JsonObject { ["role"] = "administrator" };
                using var request = Answers.Request(call.Method, call.Address, body, ("If-Match", "*"));
                using var sent = await world.Admin.Api.SendAsync(request);
                var text = await sent.Content.ReadAsStringAsync();
                if ((int)sent.StatusCode is 400 or 422 && text.Contains(key, StringComparison.Ordinal))
                {
                    bodies++;
                    answers.Clear();
                    break;
                }

                answers.Add(
                    $"{route.Key} answers {(int)sent.StatusCode} at {call.Address}: {text[..Math.Min(text.Length, 200)]}"
                );
            }

            taken.AddRange(answers.Take(1));
        }

        Assert.True(taken.Count == 0, string.Join('\n', taken));
        Assert.True(bodies > 50, $"{bodies} bodies");
        Assert.Equal(before, await Stand.OfAsync(world));
    }

    [Fact]
    public async Task A_page_without_the_handler_that_is_asked_says_so()
    {
        var wrong = new ConcurrentBag<string>();
        var pages = world
            .App.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .ToList();
        var addresses = Each(await new RouteCalls(world).ReadingAsync())
            .Where(call => call.Handler.Length == 0)
            .ToDictionary(call => call.Route, call => call.AddressWith(InPath(call)), StringComparer.Ordinal);
        var asked = 0;
        foreach (var endpoint in pages)
        {
            var route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            var page = await PageOfAsync(endpoint);
            if (
                route == Saying
                || page.HandlerMethods.Any(one => one.HttpMethod == "Post" && string.IsNullOrEmpty(one.Name))
            )
            {
                continue;
            }

            foreach (var query in new[] { "", "?handler=NoSuchThing" })
            {
                asked++;
                using var sent = await world.Admin.Pages.PostAsync(
                    addresses.GetValueOrDefault(route, route) + query,
                    []
                );
                var text = await sent.Content.ReadAsStringAsync();
                if (
                    sent.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Forbidden)
                    || !text.Contains("<h1", StringComparison.Ordinal)
                )
                {
                    wrong.Add($"{route}{query} answers {(int)sent.StatusCode}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(asked > 50, $"{asked} pages");
    }

    private static readonly HashSet<string> Leaving = new(StringComparer.Ordinal)
    {
        "/account/sign-out",
        "/account/preferences",
        "/account/profile",
        "/sign-in",
        "/files",
    };

    /// <summary>Routes of rows that only whoever made them has, which read their body as the route does that makes them.</summary>
    private static readonly HashSet<string> Alike = new(StringComparer.Ordinal)
    {
        "PUT /api/v1/own-macros/{id:long}",
        "PUT /api/v1/own-queues/{id:long}",
    };

    private static readonly string[] Always =
    [
        "Id",
        "IsAdministrator",
        "Viewer.Person.Role",
        "Viewer.Person.Id",
        "Viewer.Role",
        "Person.Role",
        "Ticket.State.Summary",
        "Ticket.State.Requester",
        "State.Summary",
    ];

    // A property by itself, and what it might hold.
    private static IEnumerable<string> Names(string property) =>
        [property, $"{property}.Id", $"{property}.Role", $"{property}.State.Summary", $"{property}[0].Id"];

    private static IEnumerable<RouteCall> Each(IEnumerable<RouteCall> calls) =>
        calls.DistinctBy(call => (call.Method, call.Route, call.Handler));

    private static Dictionary<string, string> InPath(RouteCall call) =>
        call
            .Values.Where(value => call.Route.Contains($"{{{value.Key}", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);

    private Task<CompiledPageActionDescriptor> PageOfAsync(RouteEndpoint endpoint) =>
        world
            .Get<Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageLoader>()
            .LoadAsync(endpoint.Metadata.GetMetadata<PageActionDescriptor>()!, endpoint.Metadata);

    // Without a token, with one of somebody else, and with one of somebody else whose cookie was slipped in as well.
    private async Task<IEnumerable<(string What, HttpStatusCode Status)>> AttacksAsync(RouteCall call)
    {
        var victim = world.Admin.Pages;
        var attacker = world.Members.First(member => member.Person.Role == "customer").Pages;
        await victim.TokenAsync();
        var foreign = await attacker.TokenAsync();
        var own = victim.Cookies;
        var slipped = own.ToDictionary(StringComparer.Ordinal);
        slipped["servicedesk-form"] = attacker.Cookies["servicedesk-form"];
        return
        [
            ("without a token", await SendAsync(own, null)),
            ("with another's token", await SendAsync(own, foreign)),
            ("with another's token and cookie", await SendAsync(slipped, foreign)),
        ];

        async Task<HttpStatusCode> SendAsync(IReadOnlyDictionary<string, string> cookies, string? token)
        {
            using var client = world.Client();
            using var post = new HttpRequestMessage(HttpMethod.Post, call.Address);
            post.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            post.Content = new FormUrlEncodedContent(
                token is null ? call.Form : call.Form.Append(KeyValuePair.Create(BrowserSession.Field, token))
            );
            using var answer = await client.SendAsync(post);
            return answer.StatusCode;
        }
    }

    private static bool IsPage(Answer answer) =>
        answer.Head.Contains("Content-Type: text/html", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Violations(Answer answer, string at, ConcurrentDictionary<string, string> nonces)
    {
        var headers = answer
            .Head.Split('\n')
            .Select(line => line.Split(": ", 2))
            .Where(line => line.Length == 2)
            .ToLookup(line => line[0], line => line[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (headers["Location"].Any(Leaves))
        {
            yield return $"it goes to {headers["Location"].First()}";
        }

        if (!IsPage(answer))
        {
            yield break;
        }

        if (headers["X-Content-Type-Options"].FirstOrDefault() != "nosniff")
        {
            yield return "its kind may be guessed";
        }

        if (headers["Referrer-Policy"].FirstOrDefault() != "same-origin")
        {
            yield return "others are told where one came from";
        }

        var policy = (headers["Content-Security-Policy"].FirstOrDefault() ?? "")
            .Split(';', StringSplitOptions.TrimEntries)
            .Select(rule => rule.Split(' ', 2))
            .ToDictionary(rule => rule[0], rule => rule.Length > 1 ? rule[1] : "", StringComparer.Ordinal);
        var nonce = OneNonce().Match(policy.GetValueOrDefault("script-src", "")).Groups["nonce"].Value;
        foreach (var (rule, sources) in Allowed)
        {
            if (
                policy.GetValueOrDefault(rule) != sources.Replace("NONCE", $"'nonce-{nonce}'", StringComparison.Ordinal)
            )
            {
                yield return $"{rule} is {policy.GetValueOrDefault(rule) ?? "not said"}";
            }
        }

        if (policy.Keys.Except(Allowed.Select(one => one.Rule)).FirstOrDefault() is { } more)
        {
            yield return $"{more} is said, and nothing needs it";
        }

        // What such a policy stops in a browser would be a control that does nothing.
        if (Inline().Match(answer.Body) is { Success: true } inline)
        {
            yield return $"{inline.Value} stands in an element";
        }

        if (nonce.Length < 22)
        {
            yield return $"scripts run by {policy.GetValueOrDefault("script-src") ?? "nothing"}";
        }
        else if (!nonces.TryAdd(nonce, at))
        {
            yield return $"its nonce is that of {nonces[nonce]}";
        }

        foreach (var script in ScriptElement().Matches(answer.Body).Select(match => match.Value))
        {
            if (!WebUtility.HtmlDecode(script).Contains($"nonce=\"{nonce}\"", StringComparison.Ordinal))
            {
                yield return $"{script} stands without its nonce";
            }
        }
    }

    // As browsers read an address: control characters are dropped, and a backslash is a slash.
    private static bool Leaves(string address)
    {
        var read = string.Concat(address.Where(character => character is not ('\t' or '\r' or '\n')))
            .TrimStart([.. Enumerable.Range(0, 33).Select(code => (char)code)])
            .Replace('\\', '/');
        return read.StartsWith("//", StringComparison.Ordinal)
            || (Scheme().IsMatch(read) && !read.StartsWith("http://localhost/", StringComparison.OrdinalIgnoreCase));
    }

    private static string LocationOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Location", out var values) ? values.First() : "";

    [GeneratedRegex("^'nonce-(?<nonce>[A-Za-z0-9+/=]+)'$", RegexOptions.None, 1000)]
    private static partial Regex OneNonce();

    // Quoted values are passed over, so that a word in one is none of an attribute.
    [GeneratedRegex(
        "<[a-z][a-z0-9-]*(\\s+[^\\s=>\"]+(=\"[^\"]*\")?)*?\\s+(on[a-z]+|style)=\"",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        2000
    )]
    private static partial Regex Inline();

    [GeneratedRegex("<script[^>]*>", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ScriptElement();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex("return|back$|url|redirect|next|continue|goto", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex WayLike();
}
