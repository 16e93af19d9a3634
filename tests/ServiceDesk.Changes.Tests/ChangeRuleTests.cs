using ServiceDesk.Changes.Planning;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Core.Automation;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Tests.Shared;

namespace ServiceDesk.Changes.Tests;

/// <summary>What rules do with changes.</summary>
public sealed class ChangeRuleTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person customer = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        agent = await server.PersonAsync("Alex Agent", "agent");
        customer = await server.PersonAsync("Kim Minji", "customer");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_rule_opens_one_change_of_a_kind_for_the_ticket_as_private_as_that_and_relates_both()
    {
        var incident = await server.OpenPrivatelyAsync(customer, "Mail is down");
        await server.SendAsync(agent, incident.Id, new AssignTicket(agent.Id, null));
        var rules = new RuleOnServer(server);

        var opened = Assert.Single(
            await rules.DoAsync(
                agent,
                incident,
                agent,
                Do("changes.open", ("kind", "emergency"), ("summary", "Fix {{ticket.key}}"))
            )
        );
        await server.UntilAsync(async () => (await StateAsync(incident)).Links().Links.Count == 1);

        var change = (await server.Tickets.GetAsync(opened.Made!.Value))!.State;
        Assert.Equal(("change", "emergency"), (change.Type, change.ChangeKind()));
        Assert.Equal(($"Fix {incident.Key}", agent.Id), (change.Summary, change.Requester));
        Assert.True(change.IsPrivate);
        Assert.Equal([change.Id], (await StateAsync(incident)).Links().Others);
    }

    [Fact]
    public async Task A_rule_brings_a_change_before_its_board_once_and_not_around_its_plan()
    {
        var rules = new RuleOnServer(server);
        await server.PersonAsync("Bea Board", "administrator");
        var change = await server.OpenAsync(agent, "Update", "change");
        await server.SendAsync(agent, change.Id, Planned.To("assess"));

        var early = Assert.Single(await rules.DoAsync(agent, change, agent, Do("changes.submit")));
        await server.SendAsync(agent, change.Id, new EditTicket(Fields: Values(Planned.Fields())));
        var unplanned = Assert.Single(await rules.DoAsync(agent, change, agent, Do("changes.submit")));
        await server.SendAsync(agent, change.Id, new AssessRisk(Planned.Answers()));
        var submitted = Assert.Single(await rules.DoAsync(agent, change, agent, Do("changes.submit")));
        await server.UntilAsync(async () => (await StateAsync(change)).Approvals.Count == 1);
        var again = Assert.Single(await rules.DoAsync(agent, change, agent, Do("changes.submit")));

        Assert.Equal(
            (ActionStatus.Nothing, ActionStatus.Refused, ActionStatus.Done, ActionStatus.Nothing),
            (early.Status, unplanned.Status, submitted.Status, again.Status)
        );
        Assert.Equal("changes.refusal.risk-missing", unplanned.Refusals[0].Code);
        Assert.Equal(ChangeReading.AwaitingApproval, (await StateAsync(change)).Status);
        Assert.Single((await StateAsync(change)).Approvals);
    }

    [Fact]
    public async Task A_rule_asks_for_approval_by_a_policy_and_not_twice_while_it_is_pending()
    {
        var incident = await server.OpenAsync(customer, "Buy a new printer");
        var rules = new RuleOnServer(server);
        var ask = new RuleAction { Do = "approval", Approval = "change-board" };
        var nobody = Assert.Single(await rules.DoAsync(agent, incident, agent, ask));
        await server.PersonAsync("Bea Board", "administrator");

        var byCustomer = Assert.Single(await rules.DoAsync(agent, incident, customer, ask));
        var asked = Assert.Single(await rules.DoAsync(agent, incident, agent, ask));
        var again = Assert.Single(await rules.DoAsync(agent, incident, null, ask));

        Assert.Equal(
            (ActionStatus.Refused, ActionStatus.Refused, ActionStatus.Done, ActionStatus.Nothing),
            (nobody.Status, byCustomer.Status, asked.Status, again.Status)
        );
        Assert.Equal("refusal.agents-only", byCustomer.Refusals[0].Code);
        var approval = Assert.Single((await StateAsync(incident)).Approvals);
        Assert.Equal(("change-board", agent.Id), (approval.Policy, approval.RequestedBy));
    }

    private async Task<TicketState> StateAsync(TicketState ticket) => (await server.Tickets.GetAsync(ticket.Id))!.State;

    private static ValueMap<FieldValue?> Values(ValueMap<FieldValue> fields) =>
        ValueMap<FieldValue?>.From(fields.Select(one => KeyValuePair.Create(one.Key, (FieldValue?)one.Value)));

    private static RuleAction Do(string word, params (string Name, string Value)[] with) =>
        new() { Do = word, With = ValueMap<string>.From(with.Select(one => KeyValuePair.Create(one.Name, one.Value))) };
}
