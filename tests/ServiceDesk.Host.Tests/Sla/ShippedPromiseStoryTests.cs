using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>What the shipped policies measure on tickets that live, with time moved by hand: each of the six metrics from its start to its end.</summary>
public sealed class ShippedPromiseStoryTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    [Fact]
    public async Task An_incident_is_answered_handed_over_solved_reopened_and_closed()
    {
        var people = company.Get<IPeopleStore>();
        var second = await people.CreateTeamAsync("Second line of the story");
        var ticket = await OpenAsync("incident", Priority.High);
        await IsAsync(ticket, ("time-to-first-response", 1, Running, 0), ("time-to-resolution", 1, Running, 0));

        await PassAsync(20);
        await SendAsync(ticket, company.Agent, new AssignTicket(company.Agent.Id, company.Team.Id));
        await MoveAsync(ticket, "in-progress", null);
        await PassAsync(20);
        await SayAsync(ticket, company.Agent);
        await IsAsync(ticket, ("time-to-first-response", 1, Met, 40), ("time-in-team", 1, Running, 20));

        await PassAsync(30);
        await SayAsync(ticket, company.Customer);
        await PassAsync(10);
        // Once more asked is the same question still.
        await SayAsync(ticket, company.Customer);
        await PassAsync(20);
        await SayAsync(ticket, company.Agent);
        await IsAsync(ticket, ("time-to-next-response", 1, Met, 30));

        await PassAsync(20);
        await SayAsync(ticket, company.Customer);
        await PassAsync(150);
        await SayAsync(ticket, company.Agent);
        await SendAsync(ticket, company.Agent, new AssignTicket(null, second.Id));
        await IsAsync(
            ticket,
            ("time-to-next-response", 2, Breached, 150),
            ("time-in-team", 1, Breached, 250),
            ("time-in-team", 2, Running, 0)
        );

        await PassAsync(30);
        await MoveAsync(ticket, "resolved", "solved");
        await IsAsync(
            ticket,
            ("time-to-resolution", 1, Met, 300),
            ("time-in-team", 2, Met, 30),
            ("time-to-close", 1, Running, 0)
        );

        await PassAsync(30);
        await SayAsync(ticket, company.Customer);
        await IsAsync(
            ticket,
            ("time-to-close", 1, Cancelled, 30),
            ("time-to-resolution", 2, Running, 0),
            ("time-to-next-response", 3, Running, 0),
            // It is the team's again, though nobody gave it to the team.
            ("time-in-team", 3, Running, 0)
        );

        await PassAsync(30);
        await SayAsync(ticket, company.Agent);
        await PassAsync(60);
        await MoveAsync(ticket, "waiting-for-customer", null);
        await PassAsync(600);
        await MoveAsync(ticket, "in-progress", null);
        await MoveAsync(ticket, "resolved", "solved");
        await IsAsync(
            ticket,
            ("time-to-next-response", 3, Met, 30),
            ("time-to-resolution", 2, Met, 90),
            ("time-to-close", 2, Running, 0)
        );

        // It closes by itself after a week, within the eight days that are promised.
        company.Time.Move(Duration.FromDays(7));
        await company.Get<TimerSweeper>().SweepAsync(CancellationToken.None);
        await company.UntilAsync(async () => (await NowAsync(ticket)).State.ClosedAt is not null);
        await IsAsync(
            ticket,
            ("time-to-first-response", 1, Met, 40),
            ("time-to-next-response", 1, Met, 30),
            ("time-to-next-response", 2, Breached, 150),
            ("time-to-next-response", 3, Met, 30),
            ("time-to-resolution", 1, Met, 300),
            ("time-to-resolution", 2, Met, 90),
            ("time-in-team", 1, Breached, 250),
            ("time-in-team", 2, Met, 30),
            ("time-in-team", 3, Met, 90),
            ("time-to-close", 1, Cancelled, 30),
            ("time-to-close", 2, Met, 7 * 24 * 60)
        );
        Assert.Equal(11, (await NowAsync(ticket)).Clocks.Count);
        Assert.All((await NowAsync(ticket)).Clocks, clock => Assert.Equal(ClockStatus.Stopped, clock.Status));
    }

    [Fact]
    public async Task A_change_is_approved_in_time_and_the_next_one_declined_too_late()
    {
        var ticket = await OpenAsync("change", Priority.Critical);
        Assert.DoesNotContain((await NowAsync(ticket)).Clocks, clock => clock.Metric == "time-to-approve");

        await SendAsync(ticket, company.Agent, new RequestApproval { Policy = "change-board" });
        await PassAsync(60);
        await IsAsync(ticket, ("time-to-approve", 1, Running, 60));
        await AnswerAsync(ticket, approves: true);
        await IsAsync(ticket, ("time-to-approve", 1, Met, 60));

        await PassAsync(60);
        await SendAsync(ticket, company.Agent, new RequestApproval { Policy = "change-board" });
        await PassAsync(150);
        await AnswerAsync(ticket, approves: false);
        await IsAsync(ticket, ("time-to-approve", 1, Met, 60), ("time-to-approve", 2, Breached, 150));
    }

    private const ClockVerdict Running = ClockVerdict.Open;
    private const ClockVerdict Met = ClockVerdict.Met;
    private const ClockVerdict Breached = ClockVerdict.Breached;
    private const ClockVerdict Cancelled = ClockVerdict.Cancelled;

    private Task PassAsync(int minutes)
    {
        company.Time.Move(Duration.FromMinutes(minutes));
        return company.Get<TimerSweeper>().SweepAsync(CancellationToken.None);
    }

    private async Task<TicketSnapshot> NowAsync(TicketId ticket) =>
        (await company.Get<ITicketGrains>().GetAsync(ticket))!;

    private async Task IsAsync(
        TicketId ticket,
        params (string Metric, int Cycle, ClockVerdict Verdict, int Minutes)[] expected
    )
    {
        var configuration = company.Get<ServiceDesk.Host.Configuration.ICurrentConfiguration>().Snapshot;
        var told = (await NowAsync(ticket))
            .Clocks.Select(clock => Core.Sla.ClockReading.Of(clock, company.Time.Now, configuration))
            .Select(one => (one.Metric, one.Cycle, one.Verdict, (int)one.Elapsed.TotalMinutes))
            .ToList();
        Assert.All(expected, one => Assert.Contains(one, told));
    }

    private async Task<TicketId> OpenAsync(string type, Priority priority)
    {
        var command = new OpenTicket(
            "ITSD",
            type,
            null,
            $"The story of a {type}",
            "",
            company.Customer.Id,
            null,
            priority,
            ValueMap<FieldValue>.Empty,
            Channel.Portal
        );
        var answer = await company.Get<ITicketGrains>().OpenAsync(new CommandEnvelope(command, Actor.System));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State.Id;
    }

    private async Task SendAsync(TicketId ticket, Person by, TicketCommand command)
    {
        var viewer = await company.Get<IViewers>().OfAsync(by.Id);
        var answer = await company.Get<ITicketGrains>().SendAsync(ticket, CommandEnvelope.By(viewer!, command));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    private Task SayAsync(TicketId ticket, Person by) => SendAsync(ticket, by, new AddPublicComment("Well?", []));

    private Task MoveAsync(TicketId ticket, string to, string? resolution) =>
        SendAsync(ticket, company.Agent, new TransitionTicket(to, resolution, ValueMap<FieldValue?>.Empty));

    private async Task AnswerAsync(TicketId ticket, bool approves)
    {
        var approval = (await NowAsync(ticket)).State.Approvals[^1].Id;
        await SendAsync(ticket, company.Admin, new AnswerApproval(approval, approves, "So be it"));
    }
}
