using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Tests.Shared;

/// <summary>Tickets that are kept from colleagues.</summary>
internal static class PrivateTickets
{
    /// <summary>Opens an incident that is private from its first moment.</summary>
    public static async Task<TicketState> OpenPrivatelyAsync(
        this ServiceDeskServer server,
        Person requester,
        string summary
    )
    {
        var command = new OpenTicket(
            "ITSD",
            "incident",
            RequestType: null,
            summary,
            Description: "",
            requester.Id,
            Organization: null,
            Priority: null,
            ValueMap<FieldValue>.Empty,
            Channel.Workspace
        )
        {
            IsPrivate = true,
        };
        var answer = await server.Tickets.OpenAsync(new CommandEnvelope(command, Actor.System));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }
}
