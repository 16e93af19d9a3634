using ServiceDesk.Core.Automation;
using ServiceDesk.Incidents.Major;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Tests.Shared;

namespace ServiceDesk.Incidents.Tests;

/// <summary>What rules do with major incidents.</summary>
public sealed class MajorRuleTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person customer = null!;
    private Person agent = null!;
    private TicketState ticket = null!;
    private RuleOnServer rules = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        customer = await server.PersonAsync("Kim Minji", "customer");
        agent = await server.PersonAsync("Alex Agent", "agent");
        ticket = await server.OpenAsync(customer, "Network down in the Seoul office");
        rules = new RuleOnServer(server);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_rule_declares_a_major_incident_with_words_for_customers_and_ends_it()
    {
        var declared = await rules.DoAsync(agent, ticket, null, Declare("{{ticket.key}}: we are on it."));
        Assert.Equal(ActionStatus.Done, Assert.Single(declared).Status);
        Assert.Equal($"{ticket.Key}: we are on it.", (await StateAsync()).Major()!.Notice);

        // Without words those that customers read stay.
        var again = await rules.DoAsync(agent, ticket, agent, Declare(null));
        Assert.Empty(Assert.Single(again).Refusals);
        Assert.Equal($"{ticket.Key}: we are on it.", (await StateAsync()).Major()!.Notice);

        await rules.DoAsync(agent, ticket, null, Do("incidents.withdraw-major"));
        Assert.Null((await StateAsync()).Major());
        var nothing = await rules.DoAsync(agent, ticket, null, Do("incidents.withdraw-major"));
        Assert.Equal(ActionStatus.Nothing, Assert.Single(nothing).Status);
    }

    [Fact]
    public async Task A_rule_that_acts_as_somebody_may_no_more_than_that_one()
    {
        var refused = await rules.DoAsync(agent, ticket, customer, Declare("Hurry!"));

        Assert.Equal(ActionStatus.Refused, Assert.Single(refused).Status);
        Assert.Null((await StateAsync()).Major());
    }

    private static RuleAction Declare(string? notice) =>
        Do("incidents.declare-major") with
        {
            With = notice is null ? ValueMap<string>.Empty : ValueMap<string>.Empty.SetItem("notice", notice),
        };

    private static RuleAction Do(string action) => new() { Do = action };

    private async Task<TicketState> StateAsync() => (await server.Tickets.GetAsync(ticket.Id))!.State;
}
