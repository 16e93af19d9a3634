using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Incidents.Major;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Incidents.Tests;

public sealed class MajorIncidentTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person customer = null!;
    private Person agent = null!;
    private TicketState ticket = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        customer = await server.PersonAsync("Kim Minji", "customer");
        agent = await server.PersonAsync("Alex Agent", "agent");
        ticket = await server.OpenAsync(customer, "Network down in the Seoul office");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Declaring_is_recorded_and_found_by_the_query_language()
    {
        var answer = await server.SendAsync(agent, ticket.Id, new DeclareMajor("  We are\n on it.  "));

        Assert.Equal(new MajorDeclared("We are on it."), answer.Events[0].Event);
        Assert.Equal("We are on it.", answer.Ticket!.State.Major()!.Notice);
        Assert.Equal([ticket.Key], await FindAsync("major = true"));
        Assert.Empty(await FindAsync("major = false"));
    }

    [Fact]
    public async Task Declaring_twice_with_the_same_words_changes_nothing()
    {
        await server.SendAsync(agent, ticket.Id, new DeclareMajor("We are on it."));

        Assert.Empty((await server.SendAsync(agent, ticket.Id, new DeclareMajor("We are on it."))).Events);
    }

    [Fact]
    public async Task A_customer_cannot_declare_and_does_not_learn_more()
    {
        var answer = await server.SendAsync(customer, ticket.Id, new DeclareMajor("Hurry!"));

        Assert.False(answer.IsAccepted);
        Assert.Equal(RefusalKind.NotFound, answer.Refusals[0].Kind);
    }

    [Fact]
    public async Task A_notice_that_is_too_long_is_refused_at_its_field()
    {
        var answer = await server.SendAsync(agent, ticket.Id, new DeclareMajor(new string('x', 501)));

        Assert.Equal(
            ("incidents.refusal.notice-too-long", "notice"),
            (answer.Refusals[0].Code, answer.Refusals[0].Field)
        );
    }

    [Fact]
    public async Task A_solved_incident_cannot_be_declared()
    {
        await server.SendAsync(
            agent,
            ticket.Id,
            new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty)
        );

        var answer = await server.SendAsync(agent, ticket.Id, new DeclareMajor(""));

        Assert.Equal("incidents.refusal.already-solved", answer.Refusals[0].Code);
    }

    [Fact]
    public async Task Over_rest_it_is_declared_listed_and_withdrawn()
    {
        using var client = server.ClientOf(agent);

        var declared = await client.PutAsJsonAsync(
            $"/api/v1/plugins/incidents/tickets/{ticket.Key}/major",
            new { notice = "We are on it." }
        );
        Assert.True(declared.StatusCode == HttpStatusCode.OK, await declared.Content.ReadAsStringAsync() + server.Log);
        var list = await client.GetFromJsonAsync<JsonElement>("/api/v1/plugins/incidents/major");
        Assert.Equal(ticket.Key.ToString(), list.GetProperty("items")[0].GetProperty("key").GetString());

        var withdrawn = await client.DeleteAsync($"/api/v1/plugins/incidents/tickets/{ticket.Key}/major");
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        Assert.Empty(await FindAsync("major = true"));
    }

    [Fact]
    public async Task Over_rest_nobody_else_gets_in()
    {
        var path = $"/api/v1/plugins/incidents/tickets/{ticket.Key}/major";
        using var stranger = server.ClientOf(null);
        using var asking = server.ClientOf(customer);
        using var working = server.ClientOf(agent);

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PutAsJsonAsync(path, new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await asking.PutAsJsonAsync(path, new { })).StatusCode);
        var missing = await working.PutAsJsonAsync("/api/v1/plugins/incidents/tickets/ITSD-9999/major", new { });
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("application/problem+json", missing.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Customers_of_the_desk_read_the_notice_and_nothing_else_of_the_ticket()
    {
        var other = await server.PersonAsync("Somebody Else", "customer");
        await server.SendAsync(agent, ticket.Id, new DeclareMajor("The network is slow today."));

        var notice = Assert.Single(await NoticesAsync(other));
        Assert.Equal(("ITSD", "The network is slow today."), (notice.Desk, notice.Notice));

        await server.SendAsync(
            agent,
            ticket.Id,
            new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty)
        );
        Assert.Empty(await NoticesAsync(other));
    }

    [Fact]
    public async Task Without_a_notice_customers_are_told_nothing()
    {
        await server.SendAsync(agent, ticket.Id, new DeclareMajor(""));

        Assert.Empty(await NoticesAsync(customer));
    }

    [Fact]
    public async Task It_survives_a_restart()
    {
        await server.SendAsync(agent, ticket.Id, new DeclareMajor("We are on it."));
        await server.RestartAsync();

        Assert.Equal("We are on it.", (await server.Tickets.GetAsync(ticket.Id))!.State.Major()!.Notice);
    }

    [Fact]
    public async Task The_page_shows_the_form_to_agents_alone()
    {
        var path = $"/plugins/incidents/major?key={ticket.Key}";
        using var working = server.ClientOf(agent);
        using var asking = server.ClientOf(customer);

        var page = await working.GetAsync(path);
        Assert.True(page.StatusCode == HttpStatusCode.OK, await page.Content.ReadAsStringAsync() + server.Log);
        Assert.Contains("name=\"notice\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var refused = await asking.GetAsync(path);
        Assert.True(refused.StatusCode == HttpStatusCode.Forbidden, await refused.Content.ReadAsStringAsync());
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await working.GetAsync("/plugins/incidents/major?key=ITSD-999")).StatusCode
        );
    }

    [Fact]
    public async Task Everybody_sees_a_banner_until_it_is_solved()
    {
        await server.SendAsync(agent, ticket.Id, new DeclareMajor("The network is slow today."));
        using var working = server.ClientOf(agent);
        using var asking = server.ClientOf(customer);

        var page = await working.GetStringAsync($"/workspace/tickets/{ticket.Key}?lang=en");
        Assert.Contains("Major incidents in progress", page, StringComparison.Ordinal);
        Assert.Contains("Customers read in the portal:", page, StringComparison.Ordinal);
        Assert.Contains($"/plugins/incidents/major?key={ticket.Key}", page, StringComparison.Ordinal);
        Assert.Contains("The network is slow today.", await asking.GetStringAsync("/portal"), StringComparison.Ordinal);
        var request = await asking.GetStringAsync($"/portal/requests/{ticket.Key}?lang=en");
        Assert.Contains("is being handled as a major incident", request, StringComparison.Ordinal);

        await server.SendAsync(
            agent,
            ticket.Id,
            new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty)
        );
        Assert.DoesNotContain(
            "The network is slow today.",
            await asking.GetStringAsync("/portal"),
            StringComparison.Ordinal
        );
        page = await working.GetStringAsync($"/workspace/tickets/{ticket.Key}?lang=en");
        Assert.DoesNotContain("Major incidents in progress", page, StringComparison.Ordinal);
        Assert.Empty(server.Plugins.Find("incidents")!.Health.Handlers);
    }

    private async Task<IReadOnlyList<TicketKey>> FindAsync(string query)
    {
        var queries = server.Services.GetRequiredService<ITicketQueries>();
        var page = await queries.FindAsync(await server.ViewerAsync(agent), query, 50, cursor: null);
        return [.. page.Items.Select(item => item.State.Key)];
    }

    private async Task<IReadOnlyList<PublicNotice>> NoticesAsync(Person person)
    {
        using var scope = server.Services.CreateScope();
        var board = scope.ServiceProvider.GetRequiredService<MajorBoard>();
        return await board.NoticesForAsync(await server.ViewerAsync(person));
    }
}
