using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Log;
using static ServiceDesk.Host.Tests.Fixtures.TestConfiguration;

namespace ServiceDesk.Host.Tests.Reactions;

public sealed class TimerSweeperTests
{
    private static readonly Duration Year = Duration.FromDays(365);

    [Fact]
    public async Task A_breach_is_recorded_at_the_instant_it_was_due_however_late_the_sweep()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var ticket = await host.OpenAsync();
        host.Time.Advance(Target + Duration.FromHours(5));

        await Sweeper(host).SweepAsync(CancellationToken.None);

        var breach = Assert.Single(await BreachesAsync(host, ticket.State.Id));
        Assert.Equal(ticket.State.CreatedAt + Target, breach.At);
        Assert.Null(await NextDueAsync(host));
    }

    [Fact]
    public async Task Nothing_happens_before_a_timer_is_due()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var ticket = await host.OpenAsync();
        host.Time.Advance(Target - Duration.FromMilliseconds(1));

        Assert.Equal(0, await Sweeper(host).SweepAsync(CancellationToken.None));
        Assert.Empty(await BreachesAsync(host, ticket.State.Id));
    }

    [Theory]
    [OnBothDatabases]
    public async Task Two_sweepers_side_by_side_let_each_timer_take_effect_once(DatabaseProvider provider)
    {
        await using var host = await HostUnderTest.CreateAsync(provider);
        var tickets = new List<TicketId>();
        for (var number = 0; number < 24; number++)
        {
            tickets.Add((await host.OpenAsync($"Ticket {number}")).State.Id);
        }

        host.Time.Advance(Target);
        await Task.WhenAll(
            Sweeper(host).SweepAsync(CancellationToken.None),
            Neighbour(host).SweepAsync(CancellationToken.None)
        );

        foreach (var ticket in tickets)
        {
            Assert.Single(await BreachesAsync(host, ticket));
        }

        Assert.Null(await NextDueAsync(host));
    }

    [Fact]
    public async Task A_timer_that_two_nodes_hold_at_once_takes_effect_once()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var ticket = (await host.OpenAsync()).State.Id;
        host.Time.Advance(Target);
        var command = new CommandEnvelope(
            new FireTimer("sla:time-to-resolution:1:breach", host.Time.Wall),
            Actor.System
        );

        // Both were told that it is theirs: one overslept its lease.
        var answers = await Task.WhenAll(
            host.Grains.SendAsync(ticket, command),
            OtherGrains(host).SendAsync(ticket, command)
        );

        Assert.Single(answers, answer => answer.IsAccepted);
        Assert.Single(await BreachesAsync(host, ticket));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-24 * 365)]
    public async Task A_clock_set_back_delays_a_timer_and_never_fires_it_twice(int hours)
    {
        await using var host = await HostUnderTest.CreateAsync();
        var ticket = (await host.OpenAsync()).State.Id;
        host.Time.SetWall(Duration.FromHours(hours));
        var sweeper = Sweeper(host);
        Assert.Equal(0, await sweeper.SweepAsync(CancellationToken.None));

        host.Time.SetWall(-Duration.FromHours(hours) + Target);
        await sweeper.SweepAsync(CancellationToken.None);
        host.Time.SetWall(Duration.FromHours(hours));
        await sweeper.SweepAsync(CancellationToken.None);
        host.Time.SetWall(-Duration.FromHours(hours) + Year);
        await sweeper.SweepAsync(CancellationToken.None);

        Assert.Single(await BreachesAsync(host, ticket));
    }

    [Fact]
    public async Task A_clock_set_back_between_claim_and_effect_loses_no_timer()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var ticket = (await host.OpenAsync()).State.Id;
        host.Time.Advance(Target);
        var jumping = new BeforeSending(host.Grains, () => host.Time.SetWall(-Duration.FromHours(1)));
        Assert.Equal(1, await Sweeper(host, jumping, host.Options).SweepAsync(CancellationToken.None));
        Assert.Empty(await BreachesAsync(host, ticket));

        host.Time.SetWall(Duration.FromHours(1));
        await Sweeper(host).SweepAsync(CancellationToken.None);

        Assert.Single(await BreachesAsync(host, ticket));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24 * 365)]
    public async Task A_clock_set_on_fires_once_what_is_due_by_it(int hours)
    {
        await using var host = await HostUnderTest.CreateAsync();
        var ticket = await host.OpenAsync();
        host.Time.SetWall(Duration.FromHours(hours));

        await Sweeper(host).SweepAsync(CancellationToken.None);
        host.Time.SetWall(-Duration.FromHours(hours));
        await Sweeper(host).SweepAsync(CancellationToken.None);
        var note = await host.Grains.SendAsync(ticket.State.Id, Note("after the clock was corrected"));
        host.Time.Advance(Target + Target);
        await Sweeper(host).SweepAsync(CancellationToken.None);

        Assert.Single(await BreachesAsync(host, ticket.State.Id));
        Assert.True(note.IsAccepted);
        Assert.True(
            (await host.EventsAsync(ticket.State.Id))
                .Zip((await host.EventsAsync(ticket.State.Id)).Skip(1))
                .All(p => p.First.At <= p.Second.At)
        );
    }

    [Fact]
    public async Task What_fell_due_while_the_server_was_down_happens_once_after_the_restart()
    {
        var host = await HostUnderTest.CreateAsync();
        var ticket = await host.OpenAsync();
        host.Time.Advance(Target + Duration.FromDays(1));

        await using var restarted = await host.RestartAsync();
        await Sweeper(restarted).SweepAsync(CancellationToken.None);
        await Sweeper(restarted).SweepAsync(CancellationToken.None);

        var breach = Assert.Single(await BreachesAsync(restarted, ticket.State.Id));
        Assert.Equal(ticket.State.CreatedAt + Target, breach.At);
    }

    [Fact]
    public async Task A_timer_of_a_node_that_died_is_taken_over_when_its_lease_ends()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var ticket = (await host.OpenAsync()).State.Id;
        host.Time.Advance(Target);
        var lease = Duration.FromMilliseconds(50);
        var dead = await host.Get<ITimerStore>()
            .ClaimDueAsync("dead", host.Time.Wall, 10, lease, CancellationToken.None);

        // Leases end by the database's clock, which nobody here can move.
        while (await Sweeper(host).SweepAsync(CancellationToken.None) == 0)
        {
            await Task.Delay(lease.ToTimeSpan());
        }

        Assert.Single(dead);
        Assert.Single(await BreachesAsync(host, ticket));
    }

    [Fact]
    public async Task A_resolved_ticket_closes_by_itself_after_its_days()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var ticket = (await host.OpenAsync()).State.Id;
        await host.Grains.SendAsync(ticket, Transition("resolved"));
        host.Time.Advance(Duration.FromDays(7));

        await Sweeper(host).SweepAsync(CancellationToken.None);

        Assert.Equal("closed", (await host.Grains.GetAsync(ticket))!.State.Status);
    }

    [Fact]
    public async Task The_running_sweeper_wakes_for_a_timer_that_was_committed_while_it_waited()
    {
        await using var host = await HostUnderTest.CreateAsync();
        using var sweeper = Sweeper(host);
        var breached = new TaskCompletionSource();
        using var subscription = host.Get<ICommitSignal>()
            .Subscribe(events =>
            {
                if (events.Any(e => e.Event is SlaBreached))
                {
                    breached.TrySetResult();
                }
            });
        await sweeper.StartAsync(CancellationToken.None);
        await host.OpenAsync();

        // Each wait of the sweeper is at most ten seconds of this clock.
        while (!breached.Task.IsCompleted)
        {
            await Task.Delay(1);
            if (host.Time.Waiting > 0)
            {
                host.Time.Advance(Duration.FromSeconds(1));
            }
        }

        await sweeper.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void The_watch_tells_a_clock_that_was_set_from_one_that_went_on()
    {
        var time = new ServiceDesk.Tests.Shared.ManualTime();
        var watch = new ClockWatch(new ServiceDesk.Tests.Shared.ManualClock(time), time);

        time.Advance(Duration.FromDays(2));
        Assert.Null(watch.Jump());
        time.SetWall(-Duration.FromHours(1));
        Assert.Equal(-Duration.FromHours(1), watch.Jump());
        Assert.Null(watch.Jump());
    }

    private static TimerSweeper Sweeper(HostUnderTest host) => Sweeper(host, host.Grains, host.Options);

    // A second process on the same database, with a memory of its own.
    private static TimerSweeper Neighbour(HostUnderTest host) =>
        Sweeper(host, OtherGrains(host), host.Options with { Node = "node-2" });

    private static InProcessTicketGrains OtherGrains(HostUnderTest host) =>
        new(
            new HotTickets(host.Options, host.Time),
            host.Get<TicketDecisions>(),
            host.Get<ITicketStore>(),
            host.Get<CommittedAnswers>(),
            host.Get<CommitAnnouncer>()
        );

    private static TimerSweeper Sweeper(HostUnderTest host, ITicketGrains grains, HostOptions options) =>
        new(
            host.Get<ITimerStore>(),
            grains,
            host.Get<TicketEngine>(),
            host.Get<ICurrentConfiguration>(),
            host.Get<TicketWarming>(),
            host.Get<TimerAlarm>(),
            new TimerBacklog(host.Time),
            host.Get<HistoryUnderWay>(),
            options,
            host.Get<IClock>(),
            host.Time,
            NullLogger<TimerSweeper>.Instance
        );

    private static async Task<IReadOnlyList<RecordedEvent>> BreachesAsync(HostUnderTest host, TicketId ticket) =>
        [.. (await host.EventsAsync(ticket)).Where(e => e.Event is SlaBreached)];

    private static Task<Instant?> NextDueAsync(HostUnderTest host) =>
        host.Get<ITimerStore>().NextDueAsync(CancellationToken.None);

    private sealed class BeforeSending(ITicketGrains grains, Action act) : ITicketGrains
    {
        public Task<GrainAnswer> SendAsync(
            TicketId ticket,
            CommandEnvelope envelope,
            CancellationToken cancellation = default
        )
        {
            act();
            return grains.SendAsync(ticket, envelope, cancellation);
        }

        public Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation = default) =>
            grains.OpenAsync(envelope, cancellation);

        public Task<TicketSnapshot?> GetAsync(TicketId ticket, CancellationToken cancellation = default) =>
            grains.GetAsync(ticket, cancellation);
    }
}
