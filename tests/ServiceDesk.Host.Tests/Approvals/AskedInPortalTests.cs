using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>A change that an agent opened, without a request type, comes before somebody who is no agent and of another house.</summary>
public sealed class AskedInPortalTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person approver = null!;
    private Person other = null!;
    private TicketState change = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        var people = server.Services.GetRequiredService<IPeopleStore>();
        var ours = await people.CreateOrganizationAsync("ours", "Ours", false);
        var theirs = await people.CreateOrganizationAsync("theirs", "Theirs", true);
        agent = await server.PersonAsync("Alex Agent", "agent");
        var requester = await CustomerAsync("Kim Requester", ours);
        var participant = await CustomerAsync("Pat Participant", ours);
        approver = await CustomerAsync("Ava Approver", theirs);
        other = await CustomerAsync("Otto Other", theirs);
        await PolicyAsync();
        change = await server.OpenAsync(requester, "A new core switch", "change");
        await DoAsync(
            new EditTicket(
                Description: "The old one is at its end",
                Fields: ValueMap<FieldValue?>
                    .Empty.SetItem("implementation-plan", new TextValue("Swap at midnight"))
                    .SetItem("change-review", new TextValue("Nobody else's business"))
            )
        );
        await DoAsync(new AddPublicComment("Between requester and desk", []));
        await DoAsync(new AddInternalNote("Between agents", []));
        await DoAsync(new AddParticipants([participant.Id]));

        Task<Person> CustomerAsync(string name, Organization organization) =>
            people.CreateAsync(
                new NewPerson(name, $"{name.Split(' ')[0]}@example.com".ToLowerInvariant(), "customer")
                {
                    Organizations = [organization.Id],
                }
            );
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Who_is_asked_sees_what_was_asked_for_and_answers_and_sees_nothing_else()
    {
        Assert.Null(change.RequestType);
        var page = $"/portal/requests/{change.Key}";
        using var deciding = server.ClientOf(approver);
        using var looking = server.ClientOf(other);
        Assert.Equal(HttpStatusCode.NotFound, (await deciding.GetAsync(page)).StatusCode);

        await DoAsync(new RequestApproval { Policy = "works-council" });

        Assert.Equal(HttpStatusCode.NotFound, (await looking.GetAsync(page)).StatusCode);
        Assert.Contains(
            $"{page}#approval-",
            await deciding.GetStringAsync("/portal/approvals"),
            StringComparison.Ordinal
        );
        var shown = await deciding.GetStringAsync(page);
        foreach (
            var seen in (string[])
                ["A new core switch", "at its end", "Works council", "Swap at midnight", "Ava Approver"]
        )
        {
            Assert.Contains(seen, shown, StringComparison.Ordinal);
        }

        foreach (var hidden in (string[])["Between", "Pat Participant", "Nobody else", "id=\"answer\"", "invite"])
        {
            Assert.DoesNotContain(hidden, shown, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await deciding.GetAsync($"{page}/promises")).StatusCode);

        var wordless = await deciding.PostAsync(page, "answerApproval", Answer(approves: false, ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wordless.Status);
        var strange = await deciding.PostAsync(page, "comment", ("body", "Hello"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, strange.Status);
        Assert.DoesNotContain("Between", strange.Text, StringComparison.Ordinal);
        var refused = await deciding.PostAsync(page, "answerApproval", Answer(approves: false, "Not at midnight"));
        Assert.Equal(HttpStatusCode.Found, refused.Status);

        var approval = (await server.Tickets.GetAsync(change.Id))!.State.Approvals[0];
        Assert.Equal((ApprovalState.Declined, "Not at midnight"), (approval.State, approval.Answers[0].Comment));
        var after = await deciding.GetStringAsync(page);
        Assert.Contains("Not at midnight", after, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"approves\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_REST_the_same_is_seen_and_no_word_of_the_conversation_is_found()
    {
        await DoAsync(new RequestApproval { Policy = "works-council" });
        var token = await server
            .Services.GetRequiredService<ITokenStore>()
            .CreateAsync(approver.Id, "test", [.. Scopes.All], null);
        using var api = server.ClientOf(null);
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        var key = change.Key;

        var ticket = await api.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{key}");

        Assert.Equal(0, ticket.GetProperty("comments").GetInt32());
        Assert.Empty(ticket.GetProperty("participants").EnumerateArray());
        Assert.Equal("Swap at midnight", ticket.GetProperty("fields").GetProperty("implementation-plan").GetString());
        Assert.False(ticket.GetProperty("fields").TryGetProperty("change-review", out _));
        Assert.DoesNotContain(
            "Between",
            await api.GetStringAsync($"/api/v1/tickets/{key}/comments"),
            StringComparison.Ordinal
        );
        var history = await api.GetStringAsync($"/api/v1/tickets/{key}/history");
        Assert.DoesNotContain("Between", history, StringComparison.Ordinal);
        Assert.DoesNotContain("participants", history, StringComparison.Ordinal);
        Assert.Contains($"{key}", await Found("summary ~ switch"), StringComparison.Ordinal);
        Assert.DoesNotContain($"{key}", await Found("text ~ Between"), StringComparison.Ordinal);
        Assert.DoesNotContain($"{key}", await Found("NOT text ~ nothing"), StringComparison.Ordinal);

        Task<string> Found(string query) => api.GetStringAsync($"/api/v1/tickets?query={Uri.EscapeDataString(query)}");
    }

    private static (string, string)[] Answer(bool approves, string comment) =>
        [("approval", "7"), ("approves", approves ? "true" : "false"), ("comment", comment)];

    private async Task DoAsync(TicketCommand command)
    {
        var answer = await server.SendAsync(agent, change.Id, command);
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    private async Task PolicyAsync()
    {
        var outcome = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                """
                kind: approval
                id: works-council
                name: Works council
                steps:
                  - people:
                      - ava@example.com
                shows:
                  - implementation-plan
                """,
                null,
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
    }
}
