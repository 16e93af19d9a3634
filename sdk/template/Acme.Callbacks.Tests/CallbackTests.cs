using System.Net;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace Acme.Callbacks.Tests;

/// <summary>What the plugin does, on the real server in memory.</summary>
public sealed class CallbackTests
{
    [Fact]
    public async Task A_promised_call_stands_on_the_ticket_until_it_is_made()
    {
        await using var server = await ServiceDeskServer.StartAsync();
        var customer = await server.PersonAsync("Kim Minji", "customer");
        var agent = await server.PersonAsync("Alex Agent", "agent");
        var ticket = await server.OpenAsync(customer, "The printer is on fire");
        using var working = server.ClientOf(agent);
        using var asking = server.ClientOf(customer);
        var page = $"/workspace/tickets/{ticket.Key}?lang=en";

        var promised = await server.SendAsync(agent, ticket.Id, new PromiseCallback(" 02-312-0000 "));

        Assert.Equal(new CallbackPromised("02-312-0000"), promised.Events[0].Event);
        Assert.Contains("A call to 02-312-0000 was promised.", await working.GetStringAsync(page));
        Assert.Contains(
            "value=\"02-312-0000\"",
            await working.GetStringAsync($"/plugins/acme-callbacks/callback?key={ticket.Key}")
        );

        var refused = await server.SendAsync(customer, ticket.Id, new MakeCallback());
        Assert.Equal(RefusalKind.NotFound, refused.Refusals[0].Kind);
        var closed = await asking.GetAsync($"/plugins/acme-callbacks/callback?key={ticket.Key}");
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);

        await server.SendAsync(agent, ticket.Id, new MakeCallback());

        Assert.DoesNotContain("was promised", await working.GetStringAsync(page));
        Assert.Null((await server.Tickets.GetAsync(ticket.Id))!.State.Callback());
    }
}
