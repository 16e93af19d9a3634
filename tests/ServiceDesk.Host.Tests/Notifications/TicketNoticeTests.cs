using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Notifications;

/// <summary>What people are told of their tickets and of those that they watch, once, as they like it, and never of the own act.</summary>
public sealed class TicketNoticeTests
{
    [Fact]
    public async Task Each_is_told_what_concerns_that_one_and_nobody_of_the_own_act()
    {
        await using var server = await ServiceDeskServer.StartAsync();
        var agent = await server.PersonAsync("Alex Agent", "agent");
        var watcher = await server.PersonAsync("Wanda Watcher", "agent");
        var idle = await server.PersonAsync("Ida Idle", "agent");
        var customer = await server.PersonAsync("Kim Customer", "customer");
        var people = server.Services.GetRequiredService<IPeopleStore>();
        var team = await people.CreateTeamAsync("Notice team");
        await people.SetTeamMembersAsync(team.Id, [agent.Id, idle.Id]);
        using var wandas = await server.RestAsync(watcher);
        using var agents = await server.RestAsync(agent);
        using var idles = await server.RestAsync(idle);
        using var customers = await server.RestAsync(customer);

        // The team is a choice, and only who made it is told.
        var choices = await idles.PutAsJsonAsync("/api/v1/notifications/choices", new { team = true });
        var chosen = (await choices.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((true, true), ((bool?)chosen["team"], (bool?)chosen["assigned"]));
        await customers
            .PutAsJsonAsync("/api/v1/notifications/choices", new { team = true })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "notifications.choice-unknown");

        var ticket = await server.OpenAsync(customer, "Broken", "incident", "ITSD");
        var key = ticket.Key.ToString();
        await server.SendAsync(watcher, ticket.Id, new WatchTicket(watcher.Id, true));
        await server.SendAsync(watcher, ticket.Id, new AssignTicket(null, team.Id));
        await server.UntilAsync(async () => (await TextsAsync(idles)).Count == 1);
        await server.SendAsync(watcher, ticket.Id, new AssignTicket(agent.Id, team.Id));
        await server.SendAsync(customer, ticket.Id, new AddPublicComment("Still broken", []));
        await server.SendAsync(agent, ticket.Id, new AddPublicComment("We look at it", []));
        await server.SendAsync(agent, ticket.Id, new AddInternalNote("Odd", []));
        await server.SendAsync(agent, ticket.Id, new AddInternalNote($"[@Wanda](person:{watcher.Id}) see", []));
        await server.SendAsync(
            agent,
            ticket.Id,
            new TransitionTicket("in-progress", null, ServiceDesk.Sdk.Values.ValueMap<FieldValue?>.Empty)
        );
        await server.UntilAsync(async () =>
            (await TextsAsync(wandas)).Any(text => text.Contains("is now", StringComparison.Ordinal))
        );

        Assert.Equal([$"{key} was assigned to you", $"The customer answered on {key}"], await TextsAsync(agents));
        Assert.Equal([$"{key} came to your team Notice team, and nobody has it yet"], await TextsAsync(idles));
        Assert.Equal([$"The desk answered on {key}"], await TextsAsync(customers));
        await server.UntilAsync(async () => (await TextsAsync(wandas)).Count == 5);
        // The mention is told by another reaction, which may be ahead.
        Assert.Equal(
            [
                $"Alex Agent mentioned you in {key}",
                $"{key}, which you watch, has a new comment",
                $"{key}, which you watch, has a new comment",
                $"{key}, which you watch, has a new internal note",
                $"{key}, which you watch, is now “In progress”",
            ],
            (await TextsAsync(wandas)).Order(StringComparer.Ordinal)
        );

        // Who no longer works there reads of it no more, and whom it does not please is not told.
        await customers.PutAsJsonAsync("/api/v1/notifications/choices", new { desk = false });
        await people.UpdateAsync(watcher.Id, new PersonChange { Role = "customer" });
        await server.SendAsync(agent, ticket.Id, new AddPublicComment("Done soon", []));
        await server.SendAsync(agent, ticket.Id, new AssignTicket(idle.Id, team.Id));
        await server.UntilAsync(async () => (await TextsAsync(idles)).Count == 2);
        Assert.Single(await TextsAsync(customers));
        Assert.Empty(await TextsAsync(wandas));

        // The page says and keeps the same, in both languages, and the ticket says who watches.
        using var pages = server.ClientOf(agent);
        Assert.Contains(
            "A ticket came to my team",
            await pages.GetStringAsync("/account/notifications?lang=en"),
            StringComparison.Ordinal
        );
        var korean = WebUtility.HtmlDecode(await pages.GetStringAsync("/account/notifications?lang=ko"));
        Assert.Contains("담당자 없는 티켓이 내 팀에", korean, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.Found,
            (await pages.PostAsync("/account/notifications", "", ("kind", "team"))).Status
        );
        Assert.Equal(
            [NoticeKind.Team],
            await server.Services.GetRequiredService<NoticeChoices>().OfAsync(agent.Id, default)
        );
        var page = await pages.GetStringAsync($"/workspace/tickets/{key}");
        Assert.Contains(
            "Wanda Watcher",
            page[page.IndexOf("id=\"watcher-list\"", StringComparison.Ordinal)..],
            StringComparison.Ordinal
        );
    }

    // Oldest first.
    private static async Task<IReadOnlyList<string>> TextsAsync(HttpClient client) =>
        [
            .. (await client.GetFromJsonAsync<JsonObject>("/api/v1/notifications"))!["items"]!
                .AsArray()
                .Select(one => (string)one!["text"]!)
                .Reverse(),
        ];
}
