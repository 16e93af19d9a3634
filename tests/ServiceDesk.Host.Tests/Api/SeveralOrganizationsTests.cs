using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>People who belong to several organizations: for which one a ticket is, over REST, on pages and in scripts; and requests that need a file.</summary>
public sealed class SeveralOrganizationsTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person both = null!;
    private Person colleague = null!;
    private Organization acme = null!;
    private Organization zenith = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        var people = server.Services.GetRequiredService<IPeopleStore>();
        acme = await people.CreateOrganizationAsync("acme", "Acme Foods", membersSeeEachOther: true);
        zenith = await people.CreateOrganizationAsync("zenith", "Zenith Works", membersSeeEachOther: true);
        await people.CreateOrganizationAsync("third", "Third House", membersSeeEachOther: true);
        agent = await server.PersonAsync("Alex Agent", "agent");
        both = await CustomerAsync("Bo Both", acme.Id, zenith.Id);
        colleague = await CustomerAsync("Cho Colleague", acme.Id);

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
    public async Task Over_rest_the_organization_is_asked_for_taken_by_id_or_key_and_changed()
    {
        using var rest = await server.RestAsync(agent);
        await rest.PostAsync("/api/v1/tickets", Body(null))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.organization-required");
        await rest.PostAsync("/api/v1/tickets", Body("third"))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.organization-not-of-requester");
        await rest.PostAsync("/api/v1/tickets", Body("nowhere"))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.organization-unknown");
        var byId = await rest.PostAsync("/api/v1/tickets", Body(zenith.Id.Value)).OkAsync(HttpStatusCode.Created);
        Assert.Equal("Zenith Works", (string)byId["organization"]!["name"]!);
        var opened = await rest.PostAsync("/api/v1/tickets", Body("zenith")).OkAsync(HttpStatusCode.Created);
        var path = $"/api/v1/tickets/{opened["key"]}";
        using var sharing = await server.RestAsync(colleague);
        Assert.Equal(HttpStatusCode.NotFound, (await sharing.GetAsync(path)).StatusCode);

        var changed = await rest.PatchAsync(path, new { organization = "acme" }, "*").OkAsync();
        Assert.Equal("Acme Foods", (string)changed["organization"]!["name"]!);
        Assert.Equal(HttpStatusCode.OK, (await sharing.GetAsync(path)).StatusCode);
        Assert.DoesNotContain("Zenith", await sharing.GetStringAsync($"{path}/history"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "organization-changed",
            await sharing.GetStringAsync($"{path}/history"),
            StringComparison.Ordinal
        );

        var none = await rest.PatchAsync(path, new JsonObject { ["organization"] = null }, "*").OkAsync();
        Assert.Null(none["organization"]);
        using var pages = server.ClientOf(agent);
        var history = WebUtility.HtmlDecode(
            await pages.GetStringAsync($"/workspace/tickets/{opened["key"]}?tab=history&lang=en")
        );
        Assert.Contains("set the organization to Acme Foods", history, StringComparison.Ordinal);
        Assert.Contains("removed the organization", history, StringComparison.Ordinal);

        using var mine = await server.RestAsync(both);
        await mine.PatchAsync(path, new { organization = "acme" }, "*").ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_form_of_the_workspace_asks_once_the_requester_is_known_and_keeps_what_was_typed()
    {
        using var pages = server.ClientOf(agent);
        Assert.DoesNotContain(
            "name=\"organization\"",
            await pages.GetStringAsync("/workspace/new"),
            StringComparison.Ordinal
        );
        (string, string)[] typed =
        [
            ("desk", "ITSD"),
            ("type", "incident"),
            ("requester", both.Email),
            ("summary", "The belt stands still"),
            ("description", "Since noon"),
        ];

        var asked = await pages.PostAsync("/workspace/new", "", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        foreach (
            var shown in new[]
            {
                "name=\"organization\"",
                "in-organization-error",
                "The belt stands still",
                "Since noon",
                "Acme Foods",
                "Zenith Works",
            }
        )
        {
            Assert.Contains(shown, asked.Text, StringComparison.Ordinal);
        }

        var choice = asked.Text[asked.Text.IndexOf("id=\"in-organization\"", StringComparison.Ordinal)..];
        Assert.DoesNotContain(
            "Third House",
            choice[..choice.IndexOf("</select>", StringComparison.Ordinal)],
            StringComparison.Ordinal
        );
        var done = await pages.PostAsync("/workspace/new", "", [.. typed, ("organization", $"{acme.Id}")]);
        Assert.Equal(HttpStatusCode.Found, done.Status);
        using var sharing = await server.RestAsync(colleague);
        var found = await sharing.GetAsync("/api/v1/tickets").OkAsync();
        Assert.Contains("The belt stands still", found.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_ticket_an_agent_changes_it_and_a_split_asks_for_it()
    {
        using var rest = await server.RestAsync(agent);
        var opened = await rest.PostAsync("/api/v1/tickets", Body("zenith")).OkAsync(HttpStatusCode.Created);
        var path = $"/workspace/tickets/{opened["key"]}";
        using var pages = server.ClientOf(agent);
        Assert.Contains("id=\"organization\"", await pages.GetStringAsync(path), StringComparison.Ordinal);

        var changed = await pages.PostAsync(path, "organization", ("organization", $"{acme.Id}"));
        Assert.Equal(HttpStatusCode.Found, changed.Status);
        Assert.Equal("Acme Foods", await OrganizationAsync($"{opened["key"]}"));

        var other = await server.OpenAsync(agent, "Of another");
        var said = await server.SendAsync(agent, other.Id, new AddPublicComment("Bo has the same", []));
        var message = said.Events.Select(one => one.Event).OfType<PublicCommentAdded>().Single().CommentId;
        var split = $"/workspace/tickets/{other.Key}/comments/{message}/split";
        (string, string)[] typed =
        [
            ("desk", "ITSD"),
            ("type", "incident"),
            ("requester", both.Email),
            ("summary", "Bo's own"),
            ("description", "Kept"),
        ];
        var asked = await pages.PostAsync(split, "", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("in-organization", asked.Text, StringComparison.Ordinal);
        var byRest = await rest.PostAsync(
                $"/api/v1/tickets/{other.Key}/comments/{message}/split",
                new
                {
                    requester = both.Email,
                    organization = "zenith",
                    summary = "Bo's own",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        Assert.Equal("Zenith Works", (string)byRest["organization"]!["name"]!);
    }

    [Fact]
    public async Task Scripts_name_it_when_they_open_and_change()
    {
        object ticket = new
        {
            desk = "ITSD",
            type = "incident",
            summary = "By a script",
            requester = both.Email,
        };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            server.CallScriptAsync(agent, "tickets", "open", ticket)
        );
        Assert.Contains("several organizations", refused.Message, StringComparison.Ordinal);

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
                organization = "zenith",
            }
        );
        var key = opened!.Value.GetProperty("key").GetString()!;
        Assert.Equal("Zenith Works", await OrganizationAsync(key));
        await server.CallScriptAsync(agent, "ticket", "setOrganization", key, acme.Id.Value);
        Assert.Equal("Acme Foods", await OrganizationAsync(key));
        await server.CallScriptAsync(agent, "ticket", "setOrganization", key, null);
        Assert.Null(await OrganizationAsync(key));
    }

    [Fact]
    public async Task In_the_portal_an_empty_choice_is_refused_with_its_place()
    {
        await server.WriteAsync([Proof()]);
        using var portal = server.ClientOf(both);
        (string, string)[] typed = [("summary", "Proof"), ("once", new string('1', 24))];

        var refused = await portal.PostAsync("/portal/ask/ITSD/no-proof", "", [.. typed, ("organization", "")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("in-organization-error", refused.Text, StringComparison.Ordinal);
        var sent = await portal.PostAsync("/portal/ask/ITSD/no-proof", "", [.. typed, ("organization", $"{acme.Id}")]);
        Assert.Equal(HttpStatusCode.Found, sent.Status);
    }

    [Fact]
    public async Task A_request_that_needs_a_file_is_sent_over_rest_with_what_the_caller_uploaded()
    {
        await server.WriteAsync([
            Proof() with
            {
                Id = "proof",
                Form = [new("summary", true), new("attachments", true)],
            },
        ]);
        using var rest = await server.RestAsync(colleague);
        using var other = await server.RestAsync(both);
        await rest.PostAsync("/api/v1/tickets", new { requestType = "proof", summary = "Proof" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.files-required");
        var theirs = await UploadAsync(other);
        await rest.PostAsync(
                "/api/v1/tickets",
                new
                {
                    requestType = "proof",
                    summary = "Proof",
                    files = new[] { theirs },
                }
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.field-file");

        var opened = await rest.PostAsync(
                "/api/v1/tickets",
                new
                {
                    requestType = "proof",
                    summary = "Proof",
                    files = new[] { await UploadAsync(rest) },
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var files = await rest.GetAsync($"/api/v1/tickets/{opened["key"]}/attachments").OkAsync();
        Assert.Equal("proof.txt", (string)Assert.Single(files["items"]!.AsArray())!["name"]!);
    }

    private static RequestTypeDocument Proof() =>
        new()
        {
            Id = "no-proof",
            Name = LocalizedText.Of("Proof"),
            Desk = "ITSD",
            Type = "incident",
            Form = [new("summary", true)],
        };

    private object Body(object? organization) =>
        new
        {
            desk = "ITSD",
            type = "incident",
            summary = "For a house",
            requester = both.Email,
            organization,
        };

    private async Task<string?> OrganizationAsync(string key)
    {
        using var rest = await server.RestAsync(agent);
        var ticket = await rest.GetAsync($"/api/v1/tickets/{key}").OkAsync();
        return (string?)ticket["organization"]?["name"];
    }

    private static async Task<long> UploadAsync(HttpClient rest)
    {
        using var content = new ByteArrayContent("text"u8.ToArray())
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") },
        };
        var answer = await rest.PostAsync("/api/v1/files?name=proof.txt", content).OkAsync(HttpStatusCode.Created);
        return (long)answer["id"]!;
    }
}
