using NodaTime;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Requests.Tests;

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
        ticket = await server.OpenAsync(customer, "A second screen, please", "service-request");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_request_is_fulfilled_and_closes_after_five_days()
    {
        await MoveAsync(agent, "in-progress");
        await MoveAsync(agent, "waiting-for-approval");
        await MoveAsync(agent, "in-progress");
        Assert.Equal(StatusCategory.Done, (await MoveAsync(agent, "fulfilled", "done")).Category);

        server.Clock.Advance(Duration.FromDays(5) + Duration.FromMinutes(1));
        await server.UntilAsync(async () => (await server.Tickets.GetAsync(ticket.Id))!.State.Status == "closed");
    }

    [Fact]
    public async Task The_requester_takes_a_request_back()
    {
        var state = await MoveAsync(customer, "closed");

        Assert.NotNull(state.ClosedAt);
    }

    [Fact]
    public async Task The_requester_cannot_fulfil_it()
    {
        var answer = await server.SendAsync(
            customer,
            ticket.Id,
            new TransitionTicket("fulfilled", "done", ValueMap<FieldValue?>.Empty)
        );

        Assert.False(answer.IsAccepted);
    }

    private async Task<TicketState> MoveAsync(Person person, string to, string? resolution = null)
    {
        var answer = await server.SendAsync(
            person,
            ticket.Id,
            new TransitionTicket(to, resolution, ValueMap<FieldValue?>.Empty)
        );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }
}
