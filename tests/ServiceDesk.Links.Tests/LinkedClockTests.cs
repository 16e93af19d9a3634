using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Tests;

/// <summary>Clocks that go by linked tickets.</summary>
public sealed class LinkedClockTests : LinkWorld
{
    [Fact]
    public async Task A_clock_stops_when_what_blocks_its_ticket_is_done_and_at_no_other_link()
    {
        await SaveAsync(Waiting());
        var (blocker, related, blocked) = (
            await OpenAsync("Network"),
            await OpenAsync("Other"),
            await OpenAsync("Printer")
        );
        await LinkedAsync(Agent, blocker, "blocks", blocked);
        await LinkedAsync(Agent, related, "relates", blocked);
        Server.Clock.Advance(Duration.FromHours(1));

        await ResolveAsync(related);
        await UntilAsync(
            blocked,
            links => links.Links.Any(link => link.Other == related.Id && link.Category == StatusCategory.Done)
        );
        Assert.Equal(ClockStatus.Running, (await ClockAsync(blocked)).Status);
        Server.Clock.Advance(Duration.FromHours(1));
        await ResolveAsync(blocker);
        await Server.UntilAsync(async () => (await ClockAsync(blocked)).Status == ClockStatus.Stopped);

        var clock = await ClockAsync(blocked);
        // Waiting moves the server's clock by seconds.
        Assert.Equal((ClockVerdict.Met, 120), (clock.Verdict, (int)clock.Elapsed.TotalMinutes));
        Assert.Equal(ClockStatus.Running, (await ClockAsync(related)).Status);
    }

    private static SlaPolicyDocument Waiting() =>
        new()
        {
            Id = "blocked",
            Name = LocalizedText.Of("Blocked"),
            Metrics =
            [
                new SlaMetric
                {
                    Id = "time-blocked",
                    Name = LocalizedText.Of("Time blocked"),
                    Start = [new SlaCondition { On = "opened" }],
                    Stop =
                    [
                        new SlaCondition
                        {
                            On = "links.linked-ticket-changed",
                            With = ValueMap<string>.Empty.SetItem("as", "blocks:in").SetItem("status", "done"),
                        },
                    ],
                    Goals = [new SlaGoal { Target = Duration.FromHours(8), Calendar = "24x7" }],
                },
            ],
        };

    private async Task<SlaClock> ClockAsync(TicketState ticket) =>
        (await Server.Tickets.GetAsync(ticket.Id))!.Clocks.Single(clock => clock.Metric == "time-blocked");
}
