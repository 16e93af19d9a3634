using NodaTime;
using ServiceDesk.Incidents.Major;
using ServiceDesk.Incidents.Priorities;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Incidents.Tests;

public sealed class PriorityTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person customer = null!;
    private Person agent = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        customer = await server.PersonAsync("Kim Minji", "customer");
        agent = await server.PersonAsync("Alex Agent", "agent");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("high", "high", Priority.Critical)]
    [InlineData("high", "medium", Priority.High)]
    [InlineData("medium", "high", Priority.High)]
    [InlineData("medium", "medium", Priority.Medium)]
    [InlineData("low", "high", Priority.Medium)]
    [InlineData("low", "low", Priority.Low)]
    public void The_matrix_as_it_ships(string impact, string urgency, Priority expected) =>
        Assert.Equal(expected, new IncidentSettings().PriorityFor(impact, urgency));

    [Fact]
    public async Task An_incident_opened_with_impact_and_urgency_gets_their_priority()
    {
        var ticket = await server.OpenAsync(customer, "Mail is down", fields: Fields("high", "high"));

        Assert.Equal(Priority.Critical, ticket.Priority);
    }

    [Fact]
    public async Task A_priority_that_is_given_when_it_is_opened_stands()
    {
        var ticket = await server.OpenAsync(
            customer,
            "Mail is down",
            fields: Fields("high", "high"),
            priority: Priority.Low
        );

        Assert.Equal(Priority.Low, ticket.Priority);
    }

    [Fact]
    public async Task An_agents_priority_stands_until_impact_or_urgency_change()
    {
        var ticket = await server.OpenAsync(customer, "Slow printer", fields: Fields("low", "low"));
        Assert.Equal(Priority.Low, ticket.Priority);

        Assert.Equal(Priority.High, (await SendAsync(ticket, new SetPriority(Priority.High))).Priority);
        Assert.Equal(Priority.High, (await SendAsync(ticket, new EditTicket(Summary: "Slower printer"))).Priority);
        Assert.Equal(Priority.Medium, (await SendAsync(ticket, Edit("urgency", "high"))).Priority);
    }

    [Fact]
    public async Task Without_one_of_the_two_the_priority_stays()
    {
        var ticket = await server.OpenAsync(customer, "Slow printer", priority: Priority.High);

        Assert.Equal(Priority.High, (await SendAsync(ticket, Edit("impact", "low"))).Priority);
    }

    [Fact]
    public async Task A_major_incident_is_critical_and_stays_so_while_it_is_major()
    {
        var ticket = await server.OpenAsync(customer, "Network down", fields: Fields("low", "low"));

        Assert.Equal(Priority.Critical, (await SendAsync(ticket, new DeclareMajor(""))).Priority);
        Assert.Equal(Priority.Critical, (await SendAsync(ticket, Edit("impact", "medium"))).Priority);
        Assert.Equal(Priority.Critical, (await SendAsync(ticket, new WithdrawMajor())).Priority);
        Assert.Equal(Priority.Low, (await SendAsync(ticket, Edit("impact", "low"))).Priority);
    }

    [Fact]
    public async Task Other_ticket_types_are_left_alone()
    {
        var policy = new PriorityFromImpactAndUrgency();
        var ticket = await server.OpenAsync(customer, "Slow printer");
        var request = ticket with { Type = "service-request", Fields = Fields("high", "high") };
        var context = new Sdk.Plugins.DecisionContext(
            Instant.FromUtc(2026, 3, 2, 9, 0),
            new CommandEnvelope(new WatchTicket(customer.Id, true), Actor.Of(agent.Id)),
            Core.Configuration.ConfigurationSnapshot.Empty
        );

        Assert.Empty(policy.Follow(null, request, [], context));
        Assert.Single(policy.Follow(null, request with { Type = "incident" }, [], context));
    }

    private async Task<TicketState> SendAsync(TicketState ticket, TicketCommand command)
    {
        var answer = await server.SendAsync(agent, ticket.Id, command);
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }

    private static EditTicket Edit(string field, string choice) =>
        new(Fields: ValueMap<FieldValue?>.Empty.SetItem(field, new ChoiceValue(choice)));

    private static ValueMap<FieldValue> Fields(string impact, string urgency) =>
        ValueMap<FieldValue>
            .Empty.SetItem("impact", new ChoiceValue(impact))
            .SetItem("urgency", new ChoiceValue(urgency));
}
