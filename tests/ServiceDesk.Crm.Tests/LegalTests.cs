using NodaTime;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Crm.Tests;

/// <summary>An escalation goes up to whom the contract names for legal matters, and stops before where it names nobody.</summary>
public sealed class LegalTests
{
    private const string Escalating = """
        kind: sla-policy
        id: penal
        name: Penal
        order: 1
        query: account IS NOT EMPTY
        metrics:
          - id: time-to-resolution
            name: Time to resolution
            start:
              - "on": opened
            stop:
              - "on": resolved
            goals:
              - target: PT1H
                calendar: "24x7"
                escalations:
                  - at: 150%
                    do:
                      - do: notify
                        people:
                          - crm.legal
        """;

    [Theory]
    [OnBothDatabases]
    public async Task A_level_tells_the_legal_contact_of_the_contract_that_covers_the_ticket(DatabaseProvider provider)
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        await world.DocumentAsync(Escalating);
        await world.AccountAsync();
        await world.AccountAsync("daon", "다온로지스", "daon");
        await world.ContractAsync(CrmWorld.Gold() with { Legal = "Admin@example.com" });
        await world.ContractAsync(CrmWorld.Gold("DA-1", "daon"));
        var named = await world.Server.OpenAsync(world.Customer, "Printer burns");
        var unnamed = await world.Server.OpenAsync(world.Stranger, "Printer smokes");

        world.Server.Clock.Advance(Duration.FromMinutes(91));
        await world.Server.UntilAsync(async () => await ActedAsync(world, named) && await ActedAsync(world, unnamed));

        var told = (await world.ToldAsync(world.Admin)).Where(one =>
            one.Text.Contains("150%", StringComparison.Ordinal)
        );
        Assert.Equal([named.Id], told.Select(one => one.Ticket!.Value));
    }

    [Fact]
    public async Task The_legal_contact_is_an_agent_and_stays_until_somebody_says_otherwise()
    {
        await using var world = await CrmWorld.CreateAsync();
        await world.AccountAsync();
        var id = await world.ContractAsync(CrmWorld.Gold() with { Legal = "emily@example.com" });
        var writing = world.Get<ContractWriting>();
        var viewer = await world.Server.ViewerAsync(world.Admin);

        var refused = await writing.SaveAsync(
            viewer,
            id,
            CrmWorld.Gold() with
            {
                Legal = "jimin@example.com",
            },
            null,
            default
        );
        Assert.Equal([("crm.refusal.no-owner", "legal")], refused.Refusals.Select(one => (one.Code, one.Field!)));

        CrmWorld.Done(await writing.SaveAsync(viewer, id, CrmWorld.Gold(), null, default));
        Assert.Equal("emily@example.com", (await world.DetailAsync(id)).LegalEmail);
        CrmWorld.Done(await writing.SaveAsync(viewer, id, CrmWorld.Gold() with { Legal = "" }, null, default));
        Assert.Null((await world.DetailAsync(id)).LegalEmail);
    }

    private static async Task<bool> ActedAsync(CrmWorld world, TicketState ticket)
    {
        var events = await world.Get<IEventLog>().ReadTicketAsync(ticket.Id, default);
        return events.Any(one => one.Event is EscalationActed);
    }
}
