using NodaTime;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Incidents.Tests;

public sealed class WorkflowTests : IAsyncLifetime
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
        ticket = await server.OpenAsync(customer, "Mail does not arrive");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("waiting-for-customer")]
    [InlineData("waiting-for-supplier")]
    [InlineData("waiting-for-problem")]
    public async Task An_incident_waits_and_goes_on(string waiting)
    {
        Assert.Equal("new", ticket.Status);
        Assert.Equal(StatusCategory.Active, (await MoveAsync("in-progress")).Category);
        Assert.Equal(StatusCategory.Waiting, (await MoveAsync(waiting)).Category);
        Assert.Equal("in-progress", (await MoveAsync("in-progress")).Status);
    }

    [Fact]
    public async Task Resolving_asks_for_a_resolution()
    {
        var refused = await server.SendAsync(
            agent,
            ticket.Id,
            new TransitionTicket("resolved", null, ValueMap<FieldValue?>.Empty)
        );
        Assert.False(refused.IsAccepted);

        Assert.Equal("solved", (await MoveAsync("resolved", "solved")).Resolution);
    }

    [Fact]
    public async Task A_resolved_incident_closes_by_itself_after_seven_days()
    {
        await MoveAsync("resolved", "solved");

        server.Clock.Advance(Duration.FromDays(7) - Duration.FromMinutes(1));
        Assert.Equal("resolved", (await server.Tickets.GetAsync(ticket.Id))!.State.Status);

        server.Clock.Advance(Duration.FromMinutes(2));
        await server.UntilAsync(async () => (await server.Tickets.GetAsync(ticket.Id))!.State.Status == "closed");
    }

    [Fact]
    public async Task The_requester_opens_a_resolved_incident_again()
    {
        await MoveAsync("resolved", "solved");

        var answer = await server.SendAsync(customer, ticket.Id, new ReopenTicket("It happens again."));

        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        Assert.Equal(("in-progress", 1), (answer.Ticket!.State.Status, answer.Ticket.State.ReopenCount));
    }

    private async Task<TicketState> MoveAsync(string to, string? resolution = null)
    {
        var answer = await server.SendAsync(
            agent,
            ticket.Id,
            new TransitionTicket(to, resolution, ValueMap<FieldValue?>.Empty)
        );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }
}
