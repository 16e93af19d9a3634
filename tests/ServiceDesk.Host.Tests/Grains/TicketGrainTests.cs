using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Log;
using static ServiceDesk.Host.Tests.Fixtures.TestConfiguration;

namespace ServiceDesk.Host.Tests.Grains;

public sealed class TicketGrainTests
{
    [Fact]
    public async Task Commands_to_one_ticket_are_decided_one_at_a_time()
    {
        await using var host = await WatchedAsync();
        var ticket = (await host.OpenAsync()).State.Id;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(number => host.Grains.SendAsync(ticket, Note($"note {number}")))
        );

        Assert.All(answers, answer => Assert.True(answer.IsAccepted));
        Assert.Equal(Enumerable.Range(2, 30).Select(v => (long)v), Versions(answers).Order());
        Assert.Equal(0, Store(host).Conflicts);
        Assert.Equal(0, Store(host).Loads);
    }

    [Theory]
    [OnBothDatabases]
    public async Task Of_two_processes_that_change_a_ticket_the_later_decides_again(DatabaseProvider provider)
    {
        await using var host = await WatchedAsync(provider);
        var other = Neighbour(host);
        var ticket = (await host.OpenAsync()).State.Id;
        await other.SendAsync(ticket, Note("from the other"));

        var answer = await host.Grains.SendAsync(ticket, Note("from here"));

        Assert.True(answer.IsAccepted);
        Assert.Equal(1, Store(host).Conflicts);
        Assert.Equal(3, answer.Ticket!.State.Version);
        Assert.Equal(2, answer.Ticket.State.InternalNotes);
    }

    [Theory]
    [OnBothDatabases]
    public async Task Many_commands_from_two_processes_all_happen_once(DatabaseProvider provider)
    {
        await using var host = await WatchedAsync(provider);
        var other = Neighbour(host);
        var ticket = (await host.OpenAsync()).State.Id;

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(number => (number % 2 == 0 ? host.Grains : other).SendAsync(ticket, Note($"note {number}")))
        );

        Assert.All(answers, answer => Assert.True(answer.IsAccepted));
        var notes = (await host.EventsAsync(ticket)).Select(e => e.Event).OfType<InternalNoteAdded>().ToList();
        Assert.Equal(Enumerable.Range(0, 16).Select(n => $"note {n}").Order(), notes.Select(note => note.Body).Order());
    }

    [Fact]
    public async Task A_no_is_never_said_from_memory_that_another_process_has_overtaken()
    {
        await using var host = await WatchedAsync();
        var other = Neighbour(host);
        var ticket = (await host.OpenAsync()).State.Id;
        await other.SendAsync(ticket, Transition("resolved"));

        var closed = await host.Grains.SendAsync(ticket, Transition("closed"));

        Assert.True(closed.IsAccepted, closed.Refusals.ToString());
    }

    [Fact]
    public async Task The_same_key_again_has_no_second_effect_and_gets_the_first_answer()
    {
        await using var host = await WatchedAsync();
        var ticket = (await host.OpenAsync()).State.Id;
        var first = await host.Grains.SendAsync(ticket, Note("once", "key-1"));
        await host.Grains.SendAsync(ticket, Note("between"));

        var again = await host.Grains.SendAsync(ticket, Note("once", "key-1"));

        Assert.Equal(first.Events, again.Events);
        Assert.Equal(3, (await host.EventsAsync(ticket)).Count);
    }

    [Fact]
    public async Task Two_openings_with_one_key_at_the_same_moment_make_one_ticket()
    {
        await using var host = await WatchedAsync();
        var requester = (await host.CustomerAsync()).Id;
        var envelope = new CommandEnvelope(Open("Twice", requester), Actor.System) { IdempotencyKey = "open-1" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Grains.OpenAsync(envelope)));

        Assert.Single(answers.Select(answer => answer.Ticket!.State.Key).Distinct());
        Assert.Equal(1, await host.Get<IEventLog>().HeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_refused_opening_uses_no_number_up()
    {
        await using var host = await WatchedAsync();
        var requester = (await host.CustomerAsync()).Id;
        var refused = await host.Grains.OpenAsync(new CommandEnvelope(Open("  ", requester), Actor.System));

        var opened = await host.OpenAsync();

        Assert.False(refused.IsAccepted);
        Assert.Equal("ITSD-1", opened.State.Key.ToString());
    }

    [Fact]
    public async Task After_an_unknown_outcome_the_next_command_sees_what_the_database_has()
    {
        await using var host = await WatchedAsync();
        var ticket = (await host.OpenAsync()).State.Id;
        Store(host).AfterCommit = _ => throw new StorageUnavailableException("The answer was lost.");
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            host.Grains.SendAsync(ticket, Note("was it written?", "key-1"))
        );
        Store(host).AfterCommit = null;

        var again = await host.Grains.SendAsync(ticket, Note("was it written?", "key-1"));

        Assert.Equal(1, again.Ticket!.State.InternalNotes);
        Assert.Equal(2, Assert.Single(again.Events).Version);
    }

    [Fact]
    public async Task A_number_whose_commit_has_an_unknown_outcome_is_not_given_to_another_ticket()
    {
        await using var host = await WatchedAsync();
        Store(host).AfterCommit = _ => throw new StorageUnavailableException("The answer was lost.");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => host.OpenAsync());
        Store(host).AfterCommit = null;

        Assert.Equal("ITSD-2", (await host.OpenAsync()).State.Key.ToString());
    }

    [Fact]
    public async Task A_ticket_that_nobody_used_for_a_while_leaves_the_memory()
    {
        await using var host = await WatchedAsync();
        var idle = (await host.OpenAsync()).State.Id;
        host.Time.Advance(Duration.FromMinutes(8));
        var used = (await host.OpenAsync()).State.Id;

        host.Time.Advance(Duration.FromMinutes(8));

        Assert.Equal(1, host.Get<HotTickets>().Count);
        await host.Grains.SendAsync(used, Note("remembered"));
        Assert.Equal(0, Store(host).Loads);
        await host.Grains.SendAsync(idle, Note("loaded"));
        Assert.Equal(1, Store(host).Loads);
    }

    [Fact]
    public async Task Above_the_memory_limit_the_longest_unused_tickets_leave()
    {
        await using var host = await WatchedAsync(options: options => options with { GrainMemory = 8_000 });
        for (var number = 0; number < 20; number++)
        {
            await host.OpenAsync($"Ticket {number}");
        }

        var hot = host.Get<HotTickets>();
        Assert.InRange(hot.Count, 1, 8);
        Assert.InRange(hot.Memory, 1, 8_000);
    }

    [Fact]
    public async Task A_command_to_a_ticket_that_does_not_exist_is_refused()
    {
        await using var host = await WatchedAsync();

        var answer = await host.Grains.SendAsync(new TicketId(4711), Note("anybody?"));

        Assert.Equal(RefusalKind.NotFound, Assert.Single(answer.Refusals).Kind);
        Assert.Equal(0, host.Get<HotTickets>().Count);
    }

    [Fact]
    public async Task The_signal_tells_committed_events_with_their_positions()
    {
        await using var host = await WatchedAsync();
        var told = new List<long>();
        using var subscription = host.Get<ICommitSignal>()
            .Subscribe(events => told.AddRange(events.Select(e => e.Position)));

        var ticket = (await host.OpenAsync()).State.Id;
        await host.Grains.SendAsync(ticket, Note("second"));

        Assert.Equal([1, 2], told);
    }

    private static Task<HostUnderTest> WatchedAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        Func<HostOptions, HostOptions>? options = null
    ) =>
        HostUnderTest.CreateAsync(
            provider,
            services =>
            {
                services.AddSingleton<TicketStore>();
                services.AddSingleton<WatchedStore>();
                services.AddSingleton<ITicketStore>(provider => provider.GetRequiredService<WatchedStore>());
            },
            options
        );

    [Fact]
    public async Task Tickets_that_are_needed_at_once_are_read_together()
    {
        await using var host = await WatchedAsync();
        TicketId[] tickets = [(await host.OpenAsync()).State.Id, (await host.OpenAsync()).State.Id];
        var hot = new HotTickets(host.Options, host.Time);

        await new TicketWarming(hot, host.Get<ITicketSnapshots>()).WarmAsync(tickets, CancellationToken.None);
        var answers = await Task.WhenAll(tickets.Select(ticket => Grains(host, hot).SendAsync(ticket, Note("now"))));

        Assert.All(answers, answer => Assert.True(answer.IsAccepted));
        Assert.Equal((0, 0), (Store(host).Loads, Store(host).Conflicts));
    }

    [Fact]
    public async Task What_is_in_memory_is_not_overwritten_by_what_was_read_before()
    {
        await using var host = await WatchedAsync();
        var before = await host.OpenAsync();
        await host.Grains.SendAsync(before.State.Id, Note("newer"));

        host.Get<HotTickets>().Offer(before);
        var answer = await host.Grains.SendAsync(before.State.Id, Note("and on"));

        Assert.Equal((3L, 0), (answer.Ticket!.State.Version, Store(host).Conflicts));
    }

    private static WatchedStore Store(HostUnderTest host) => host.Get<WatchedStore>();

    // Grains of a second process: the same database, but a memory of its own.
    private static InProcessTicketGrains Neighbour(HostUnderTest host) =>
        Grains(host, new HotTickets(host.Options, host.Time));

    private static InProcessTicketGrains Grains(HostUnderTest host, HotTickets hot) =>
        new(
            hot,
            host.Get<TicketDecisions>(),
            host.Get<ITicketStore>(),
            host.Get<CommittedAnswers>(),
            host.Get<CommitAnnouncer>()
        );

    private static IEnumerable<long> Versions(IEnumerable<GrainAnswer> answers) =>
        answers.SelectMany(answer => answer.Events).Select(e => e.Version);
}
