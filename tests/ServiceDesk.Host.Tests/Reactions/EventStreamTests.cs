using System.IO.Pipelines;
using System.Text;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using static ServiceDesk.Host.Tests.Fixtures.TestConfiguration;

namespace ServiceDesk.Host.Tests.Reactions;

public sealed class EventStreamTests
{
    [Fact]
    public async Task An_agent_hears_of_a_ticket_and_of_lists()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var agent = Viewer(await host.CustomerAsync("Agent"), desks: ["ITSD"]);
        await using var stream = await ListeningStream.OpenAsync(host, agent);

        var ticket = await host.OpenAsync();

        Assert.Equal(["event: ticket:ITSD-1", "data: ITSD-1"], await stream.NextAsync());
        Assert.Equal(["event: list", "data: ITSD", "id: 1"], await stream.NextAsync());
        Assert.Equal("ITSD-1", ticket.State.Key.ToString());
    }

    [Fact]
    public async Task A_customer_hears_of_own_tickets_only_and_never_of_internal_notes()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var foreign = await host.OpenAsync();
        var own = await host.OpenAsync();
        var requester = Viewer((await host.Get<IPeople>().FindAsync(own.State.Requester))!, desks: []);
        await using var stream = await ListeningStream.OpenAsync(host, requester);

        await host.Grains.SendAsync(foreign.State.Id, Public("For somebody else."));
        await host.Grains.SendAsync(own.State.Id, Note("Internal."));
        await host.Grains.SendAsync(own.State.Id, Public("For the customer."));

        Assert.Equal(["event: ticket:ITSD-2", "data: ITSD-2"], await stream.NextAsync());
        Assert.Equal(["event: list", "data: ITSD", "id: 5"], await stream.NextAsync());
        Assert.DoesNotContain("ITSD-1", stream.Everything, StringComparison.Ordinal);
        Assert.Equal(1, stream.Everything.Split("event: ticket:").Length - 1);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public async Task A_customer_hears_that_the_expected_time_moved_and_never_why(bool isSeen, int first)
    {
        await using var host = await HostUnderTest.CreateAsync();
        var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
        Assert.True(configuration.Snapshot.TryGet<SlaPolicyDocument>("standard", out var policy));
        var metric = policy.Metrics[0] with { CustomersSee = isSeen };
        configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot).With(
            policy with
            {
                Metrics = [metric],
            }
        );
        var own = await host.OpenAsync();
        var requester = Viewer((await host.Get<IPeople>().FindAsync(own.State.Requester))!, desks: []);
        host.Time.Advance(Duration.FromMinutes(61));
        await host.Get<TimerSweeper>().SweepAsync(default);
        Assert.IsType<SlaBreached>(Assert.Single(await host.EventsAsync(own.State.Id), e => e.Position == 2).Event);

        await using var stream = await ListeningStream.OpenAsync(host, new KnownViewers(requester), since: 1);
        if (!isSeen)
        {
            await host.Grains.SendAsync(own.State.Id, Public("For the customer."));
        }

        Assert.Equal(["event: ticket:ITSD-1", "data: ITSD-1"], await stream.NextAsync());
        Assert.Equal(["event: list", "data: ITSD", $"id: {first}"], await stream.NextAsync());
        Assert.DoesNotContain("breach", stream.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_stream_begins_where_the_page_was_drawn_with_the_same_sight()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var foreign = await host.OpenAsync();
        var own = await host.OpenAsync();
        await host.Grains.SendAsync(own.State.Id, Public("Before the page."));
        var requester = Viewer((await host.Get<IPeople>().FindAsync(own.State.Requester))!, desks: []);
        await host.Grains.SendAsync(foreign.State.Id, Public("For somebody else."));
        await host.Grains.SendAsync(own.State.Id, Note("Internal."));
        var another = await host.OpenAsync();
        await host.Grains.SendAsync(own.State.Id, Public("After the page."));

        await using var late = await ListeningStream.OpenAsync(host, new KnownViewers(requester), since: 3);
        Assert.Equal(["event: ticket:ITSD-2", "data: ITSD-2"], await late.NextAsync());
        Assert.Equal(["event: list", "data: ITSD", "id: 7"], await late.NextAsync());

        // What followed the last line it was told is nothing that it may know.
        await host.Grains.SendAsync(another.State.Id, Public("Again for somebody else."));
        await using var later = await ListeningStream.OpenAsync(host, new KnownViewers(requester), since: 7);
        await host.Grains.SendAsync(own.State.Id, Public("News."));
        Assert.Equal(["event: ticket:ITSD-2", "data: ITSD-2"], await later.NextAsync());
        Assert.Equal(["event: list", "data: ITSD", "id: 9"], await later.NextAsync());
    }

    [Fact]
    public async Task Where_too_much_happened_the_page_is_told_to_fetch_everything_once()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var agent = Viewer(await host.CustomerAsync("Agent"), desks: ["ITSD"]);
        var ticket = (await host.OpenAsync()).State.Id;
        for (var note = 0; note < EventStream.MostMissed; note++)
        {
            await host.Grains.SendAsync(ticket, Note("Note."));
        }

        await using var just = await ListeningStream.OpenAsync(host, new KnownViewers(agent), since: 1);
        Assert.Equal(["event: ticket:ITSD-1", "data: ITSD-1"], await just.NextAsync());
        await using var old = await ListeningStream.OpenAsync(host, new KnownViewers(agent), since: 0);
        Assert.Equal(["event: refresh", "data: "], (await old.NextAsync())[..2]);

        await host.Grains.SendAsync(ticket, Note("One more."));
        string[] told;
        do
        {
            var next = old.NextAsync();
            while (!next.IsCompleted)
            {
                // The pause between lists is of this clock.
                host.Time.Advance(Duration.FromSeconds(1));
                await Task.Delay(1);
            }

            told = await next;
        } while (told is [": still here"]);

        Assert.Equal(["event: ticket:ITSD-1", "data: ITSD-1"], told);
    }

    [Fact]
    public async Task A_stream_without_news_sends_a_line_now_and_then()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var agent = Viewer(await host.CustomerAsync("Agent"), desks: ["ITSD"]);
        await using var stream = await ListeningStream.OpenAsync(host, agent);

        var next = stream.NextAsync();
        while (!next.IsCompleted)
        {
            host.Time.Advance(Duration.FromTimeSpan(EventStream.Heartbeat));
            await Task.Delay(1);
        }

        Assert.Equal([": still here"], await next);
    }

    [Fact]
    public async Task A_person_who_may_no_longer_see_anything_is_sent_away()
    {
        await using var host = await HostUnderTest.CreateAsync();
        var viewers = new KnownViewers(Viewer(await host.CustomerAsync("Agent"), desks: ["ITSD"]));
        await using var stream = await ListeningStream.OpenAsync(host, viewers);
        viewers.Viewer = null;

        await host.OpenAsync();

        await stream.Ended;
        Assert.DoesNotContain("ITSD-1", stream.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public void One_person_cannot_hold_every_connection()
    {
        var open = new OpenStreams();
        var place = open.Take(new PersonId(1), 1);

        Assert.Null(open.Take(new PersonId(1), 1));
        Assert.NotNull(open.Take(new PersonId(2), 1));
        place!.Dispose();
        Assert.NotNull(open.Take(new PersonId(1), 1));
    }

    private static CommandEnvelope Public(string text) => new(new AddPublicComment(text, []), Actor.System);

    private static Viewer Viewer(Person person, string[] desks) => new(person, [], [.. desks], [], [], []);

    private sealed class KnownViewers(Viewer? viewer) : IViewers
    {
        public Viewer? Viewer { get; set; } = viewer;

        public ValueTask<Viewer?> OfAsync(PersonId person, CancellationToken cancellation = default) =>
            ValueTask.FromResult(Viewer);
    }

    /// <summary>A stream as a browser holds it.</summary>
    private sealed class ListeningStream : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
        private readonly CancellationTokenSource end = new();
        private readonly StringBuilder everything = new();
        private readonly TicketFeed feed;
        private readonly StreamReader reader;

        private ListeningStream(HostUnderTest host, IViewers viewers, long? since)
        {
            var pipe = new Pipe();
            reader = new StreamReader(pipe.Reader.AsStream());
            feed = host.Get<TicketFeed>();
            Ended = RunAsync(
                new EventStream(feed, host.Get<NotificationFeed>(), host.Get<Presence>(), viewers, host.Time),
                since,
                pipe.Writer
            );
        }

        public Task Ended { get; }

        public string Everything => everything.ToString();

        public static Task<ListeningStream> OpenAsync(HostUnderTest host, Viewer viewer) =>
            OpenAsync(host, new KnownViewers(viewer));

        public static async Task<ListeningStream> OpenAsync(HostUnderTest host, IViewers viewers, long? since = null)
        {
            var stream = new ListeningStream(host, viewers, since);
            await stream.NextAsync();
            await stream.feed.StartAsync(CancellationToken.None);
            await stream.feed.Following;
            return stream;
        }

        /// <summary>The lines up to the next empty one.</summary>
        public async Task<string[]> NextAsync()
        {
            var lines = new List<string>();
            while (await reader.ReadLineAsync().WaitAsync(Patience) is { Length: > 0 } line)
            {
                lines.Add(line);
                everything.AppendLine(line);
            }

            return [.. lines];
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await Ended;
            await feed.StopAsync(CancellationToken.None);
            reader.Dispose();
            end.Dispose();
        }

        private async Task RunAsync(EventStream stream, long? since, PipeWriter writer)
        {
            try
            {
                await stream.WriteAsync(new PersonId(1), since, at: null, writer.AsStream(), end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Closed by the test.
            }

            await writer.CompleteAsync();
        }
    }
}
