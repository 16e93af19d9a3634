using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Reactions;
using static ServiceDesk.Host.Tests.Fixtures.TestConfiguration;

namespace ServiceDesk.Host.Tests.Reactions;

public sealed class ReactionReaderTests
{
    private static readonly PumpedReaction Recording = new("tests.recording", typeof(RecordingReaction));
    private static readonly Duration[] Pauses =
    [
        Duration.FromSeconds(5),
        Duration.FromSeconds(30),
        Duration.FromMinutes(2),
        Duration.FromMinutes(10),
        Duration.FromHours(1),
    ];

    [Theory]
    [OnBothDatabases]
    public async Task Events_of_a_ticket_are_taken_in_order(DatabaseProvider provider)
    {
        var script = new ReactionScript();
        await using var host = await HostAsync(script, provider);
        var tickets = new[] { (await host.OpenAsync()).State.Id, (await host.OpenAsync()).State.Id };
        for (var number = 0; number < 5; number++)
        {
            await host.Grains.SendAsync(tickets[number % 2], Note($"note {number}"));
        }

        await WorkAsync(Reader(host));

        Assert.Equal([1, 2, 3, 4], script.Of(tickets[0]));
        Assert.Equal([1, 2, 3], script.Of(tickets[1]));
    }

    [Fact]
    public async Task A_reaction_that_is_new_does_not_react_to_the_past()
    {
        var script = new ReactionScript();
        await using var host = await HostAsync(script, reactions: []);
        await host.OpenAsync();
        var reader = Reader(host);
        await WorkAsync(reader);

        var later = (await host.OpenAsync()).State.Id;
        await WorkAsync(reader);

        Assert.Equal(later, Assert.Single(script.Taken).Ticket);
    }

    [Fact]
    public async Task What_was_taken_is_not_taken_again_after_a_restart()
    {
        var script = new ReactionScript();
        var host = await HostAsync(script);
        await host.OpenAsync();
        await WorkAsync(Reader(host));
        await ReleaseAsync(host);
        await using var restarted = await host.RestartAsync(services => Configure(services, script, [Recording]));
        await restarted.OpenAsync();

        await WorkAsync(Reader(restarted));

        Assert.Equal([1, 2], script.Taken.Select(e => e.Position));
    }

    [Fact]
    public async Task A_failure_holds_up_its_ticket_and_no_other()
    {
        var script = new ReactionScript();
        await using var host = await HostAsync(script);
        var (broken, whole) = ((await host.OpenAsync()).State.Id, (await host.OpenAsync()).State.Id);
        await host.Grains.SendAsync(broken, Note("behind"));
        await host.Grains.SendAsync(whole, Note("not behind"));
        script.Do = (e, _) =>
            e.Ticket == broken && e.Version == 1 ? throw new IOException("No route.") : Task.CompletedTask;
        var reader = Reader(host);

        await WorkAsync(reader);

        Assert.Empty(script.Of(broken));
        Assert.Equal([1, 2], script.Of(whole));
        script.Do = (_, _) => Task.CompletedTask;
        await host.Grains.SendAsync(broken, Note("still behind"));
        await WorkAsync(reader);
        Assert.Empty(script.Of(broken));

        await PassAsync(host, reader, Pauses[0]);

        Assert.Equal([1, 2, 3], script.Of(broken));
    }

    [Fact]
    public async Task A_failure_is_tried_again_after_each_pause_and_then_is_a_dead_letter()
    {
        var script = new ReactionScript { Do = (_, _) => throw new IOException("No route.") };
        await using var host = await HostAsync(script);
        await host.OpenAsync();
        var reader = Reader(host);
        await WorkAsync(reader);
        for (var attempt = 0; attempt < Pauses.Length; attempt++)
        {
            await PassAsync(host, reader, Pauses[attempt] - Duration.FromSeconds(1));
            Assert.Equal(attempt + 1, script.Attempts[1]);
            await PassAsync(host, reader, Duration.FromSeconds(1));
            Assert.Equal(attempt + 2, script.Attempts[1]);
        }

        await PassAsync(host, reader, Duration.FromDays(30));

        Assert.Equal(6, script.Attempts[1]);
        var dead = Assert.Single(await DeadAsync(host));
        Assert.Equal((6, "tests.recording"), (dead.Attempts, dead.Reaction));
        Assert.Contains("No route.", dead.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pauses_outlast_a_restart()
    {
        var script = new ReactionScript { Do = (_, _) => throw new IOException("No route.") };
        var host = await HostAsync(script);
        await host.OpenAsync();
        await WorkAsync(Reader(host));
        await ReleaseAsync(host);
        await using var restarted = await host.RestartAsync(services => Configure(services, script, [Recording]));
        var reader = Reader(restarted);
        await WorkAsync(reader);
        Assert.Equal(1, script.Attempts[1]);

        await PassAsync(restarted, reader, Pauses[0]);

        Assert.Equal(2, script.Attempts[1]);
    }

    [Fact]
    public async Task A_dead_letter_lets_its_ticket_go_on_and_can_be_replayed()
    {
        var script = new ReactionScript
        {
            Do = (e, _) => e.Version == 1 ? throw new IOException("No route.") : Task.CompletedTask,
        };
        await using var host = await HostAsync(script);
        var ticket = (await host.OpenAsync()).State.Id;
        await host.Grains.SendAsync(ticket, Note("behind"));
        var reader = Reader(host);
        await WorkAsync(reader);
        foreach (var pause in Pauses)
        {
            await PassAsync(host, reader, pause);
        }

        Assert.Equal([2], script.Of(ticket));
        script.Do = (_, _) => Task.CompletedTask;
        Assert.True(
            await host.Get<IDeadLetters>().ReplayAsync("tests.recording", 1, host.Time.Wall, CancellationToken.None)
        );
        await WorkAsync(reader);

        Assert.Equal([2, 1], script.Of(ticket));
        Assert.Empty(await DeadAsync(host));
    }

    [Fact]
    public async Task A_reaction_that_hangs_is_ended_after_its_limit_and_holds_up_no_other_ticket()
    {
        var script = new ReactionScript();
        await using var host = await HostAsync(script);
        var (slow, quick) = ((await host.OpenAsync()).State.Id, (await host.OpenAsync()).State.Id);
        var (begun, taken) = (new TaskCompletionSource(), new TaskCompletionSource());
        script.Took = e =>
        {
            if (e.Ticket == quick)
            {
                taken.TrySetResult();
            }
        };
        script.Do = async (e, _) =>
        {
            if (e.Ticket == slow)
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }
        };
        var reader = Reader(host);
        var working = reader.WorkAsync(CancellationToken.None);
        await Task.WhenAll(begun.Task, taken.Task);
        host.Time.Advance(Duration.FromTimeSpan(ReactionReader.Patience));
        await working;
        Assert.Equal([1], script.Of(quick));
        await host.Grains.SendAsync(quick, Note("while the other hangs"));
        await reader.WorkAsync(CancellationToken.None);
        Assert.Equal([1, 2], script.Of(quick));

        host.Time.Advance(Duration.FromTimeSpan(ReactionCall.Limit));
        await reader.QuietAsync();

        var parked = await host.Get<IDeadLetters>()
            .DueAsync("tests.recording", host.Time.Wall + Pauses[0], 10, CancellationToken.None);
        Assert.Equal((slow, 1), (Assert.Single(parked).Ticket, parked[0].Attempts));
        Assert.Contains("longer than 30 seconds", parked[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_call_that_ends_well_is_not_made_again()
    {
        var script = new ReactionScript();
        await using var host = await HostAsync(script);
        var ticket = (await host.OpenAsync()).State.Id;
        await host.Grains.SendAsync(ticket, Note("behind the slow one"));
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        script.Do = async (e, _) =>
        {
            if (e.Version == 1)
            {
                begun.TrySetResult();
                await end.Task;
            }
        };
        var reader = Reader(host);
        var working = reader.WorkAsync(CancellationToken.None);
        await begun.Task;
        host.Time.Advance(Duration.FromTimeSpan(ReactionReader.Patience));
        await working;

        end.SetResult();
        await reader.QuietAsync();
        await WorkAsync(reader);

        Assert.Equal([1, 2], script.Of(ticket));
        Assert.Equal(1, script.Attempts[1]);
    }

    [Theory]
    [OnBothDatabases]
    public async Task One_node_reads_for_a_reaction_at_a_time(DatabaseProvider provider)
    {
        var script = new ReactionScript();
        await using var host = await HostAsync(script, provider);
        await host.OpenAsync();
        var (first, second) = (Reader(host), Reader(host, "node-2"));
        await WorkAsync(first);

        Assert.Equal(ReadingState.NotReading, await second.WorkAsync(CancellationToken.None));
        await ReleaseAsync(host);
        await host.OpenAsync();
        await WorkAsync(second);

        Assert.Equal([1, 2], script.Taken.Select(e => e.Position));
    }

    [Fact]
    public async Task A_node_that_lost_its_lease_writes_nothing_any_more()
    {
        var script = new ReactionScript();
        await using var host = await HostAsync(script);
        await host.OpenAsync();
        var (first, second) = (Reader(host), Reader(host, "node-2"));
        await WorkAsync(first);
        await ReleaseAsync(host);
        await WorkAsync(second);
        await host.OpenAsync();

        // The first still believes that it owns the reaction.
        await WorkAsync(first);
        await WorkAsync(second);

        var positions = await host.Get<ICursorStore>().PositionsAsync(CancellationToken.None);
        Assert.Equal(2, positions["tests.recording"]);
        Assert.Equal(ReadingState.NotReading, await first.WorkAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Reactions_that_answer_each_other_end_after_ten_with_a_report()
    {
        var script = new ReactionScript();
        await using var host = await HostAsync(script);
        script.Do = async (e, _) =>
        {
            // Says neither cause nor depth: the product counts all the same.
            await host.Grains.SendAsync(e.Ticket, Note($"answer to {e.Version}"));
        };
        var ticket = (await host.OpenAsync()).State.Id;
        var reader = Reader(host);
        for (var round = 0; round < 30; round++)
        {
            await WorkAsync(reader);
        }

        var events = await host.EventsAsync(ticket);
        Assert.Equal(Enumerable.Range(0, 11), events.Select(e => e.Depth));
        Assert.Equal(Enumerable.Range(1, 10).Select(p => (long?)p), events.Skip(1).Select(e => e.Cause));
        var dead = Assert.Single(await DeadAsync(host));
        Assert.Equal((11, 1), (dead.Position, dead.Attempts));
        Assert.Contains("circle", dead.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reaction_that_fails_leaves_the_others_alone()
    {
        var (good, bad) = (
            new ReactionScript(),
            new ReactionScript { Do = (_, _) => throw new IOException("No route.") }
        );
        await using var host = await HostAsync(good);
        await host.OpenAsync();
        var failing = host.Get<ReactionReaderFactory>();
        var other = new PumpedReaction("tests.throwing", typeof(ThrowingReaction));
        await host.Get<ICursorStore>()
            .AcquireAsync(other.Name, host.Options.Node, Duration.FromSeconds(30), 0, CancellationToken.None);

        await WorkAsync(failing.Create(other));
        await WorkAsync(Reader(host));

        Assert.Single(good.Taken);
        Assert.Contains(
            new TicketId(1),
            await host.Get<IDeadLetters>().BlockedAsync(other.Name, CancellationToken.None)
        );
        Assert.Empty(await host.Get<IDeadLetters>().BlockedAsync(Recording.Name, CancellationToken.None));
        Assert.Empty(bad.Taken);
    }

    private static Task<HostUnderTest> HostAsync(
        ReactionScript script,
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        PumpedReaction[]? reactions = null
    ) => HostUnderTest.CreateAsync(provider, services => Configure(services, script, reactions ?? [Recording]));

    private static void Configure(IServiceCollection services, ReactionScript script, PumpedReaction[] reactions)
    {
        services.AddSingleton(script);
        foreach (var reaction in reactions)
        {
            services.AddSingleton(reaction);
        }
    }

    private static ReactionReader Reader(HostUnderTest host, string? node = null) =>
        (
            node is null
                ? host.Get<ReactionReaderFactory>()
                : ActivatorUtilities.CreateInstance<ReactionReaderFactory>(
                    host.Services,
                    host.Options with
                    {
                        Node = node,
                    }
                )
        ).Create(Recording);

    // Reads and retries until nothing more is due at this instant.
    private static async Task WorkAsync(ReactionReader reader)
    {
        for (var round = 0; round < 4; round++)
        {
            await reader.WorkAsync(CancellationToken.None);
            await reader.QuietAsync();
        }
    }

    private static async Task PassAsync(HostUnderTest host, ReactionReader reader, Duration time)
    {
        host.Time.Advance(time);
        await WorkAsync(reader);
    }

    // As a node does when it stops.
    private static async Task ReleaseAsync(HostUnderTest host)
    {
        var cursors = host.Get<ICursorStore>();
        var lease = Duration.FromSeconds(30);
        var held = await cursors.AcquireAsync(Recording.Name, host.Options.Node, lease, 0, CancellationToken.None);
        await cursors.ReleaseAsync(held!, CancellationToken.None);
    }

    private static Task<IReadOnlyList<ParkedEvent>> DeadAsync(HostUnderTest host) =>
        host.Get<IDeadLetters>().DeadAsync(10, CancellationToken.None);

    private sealed class ThrowingReaction : Sdk.Plugins.IReaction
    {
        public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) =>
            throw new IOException("No route.");
    }
}
