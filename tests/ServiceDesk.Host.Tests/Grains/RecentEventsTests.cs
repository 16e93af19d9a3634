using NodaTime;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Tests.Grains;

public sealed class RecentEventsTests
{
    private readonly LogThatCounts log = new();
    private readonly CommitSignal signal = new(TimeProvider.System);

    [Fact]
    public async Task What_was_committed_here_is_not_read_again()
    {
        using var recent = new RecentEvents(log, signal);
        signal.Publish([At(1), At(2)]);
        signal.Publish([At(3)]);

        Assert.Equal([1, 2, 3], await ReadAsync(recent, 0, 10));
        Assert.Equal([2], await ReadAsync(recent, 1, 1));
        Assert.Equal(0, log.Asked);
    }

    [Fact]
    public async Task Commits_of_different_tickets_may_be_announced_in_any_order()
    {
        using var recent = new RecentEvents(log, signal);
        signal.Publish([At(3), At(4)]);
        signal.Publish([At(1), At(2)]);

        Assert.Equal([1, 2, 3, 4], await ReadAsync(recent, 0, 10));
        Assert.Equal(0, log.Asked);
    }

    [Fact]
    public async Task What_another_node_committed_between_is_read_from_the_log()
    {
        using var recent = new RecentEvents(log, signal);
        log.Head = 5;
        signal.Publish([At(1)]);
        signal.Publish([At(4), At(5)]);

        Assert.Equal([1], await ReadAsync(recent, 0, 10));
        Assert.Equal([2, 3, 4, 5], await ReadAsync(recent, 1, 10));
        Assert.Equal(1, log.Asked);
        Assert.Equal([4, 5], await ReadAsync(recent, 3, 10));
        Assert.Equal(1, log.Asked);
    }

    [Fact]
    public async Task One_far_behind_reads_the_log()
    {
        using var recent = new RecentEvents(log, signal);
        log.Head = RecentEvents.Kept + 10;
        for (var position = 1; position <= log.Head; position++)
        {
            signal.Publish([At(position)]);
        }

        Assert.Equal([1, 2, 3], await ReadAsync(recent, 0, 3));
        Assert.Equal(1, log.Asked);
        Assert.Equal([11, 12], await ReadAsync(recent, 10, 2));
        Assert.Equal(1, log.Asked);
    }

    private static async Task<IEnumerable<long>> ReadAsync(RecentEvents recent, long after, int limit) =>
        (await recent.ReadAsync(after, limit, default)).Select(one => one.Position);

    private static RecordedEvent At(long position) =>
        new(
            new TicketId(1),
            (int)position,
            position,
            new WatchChanged(new(1), true),
            default,
            Actor.System,
            1,
            null,
            0
        );

    private sealed class LogThatCounts : IEventLog
    {
        public long Head { get; set; }

        public int Asked { get; private set; }

        public Task<long> HeadAsync(CancellationToken cancellation) => Task.FromResult(Head);

        public Task<IReadOnlyList<RecordedEvent>> ReadAsync(long after, int limit, CancellationToken cancellation)
        {
            Asked++;
            return Task.FromResult<IReadOnlyList<RecordedEvent>>([
                .. Enumerable.Range(1, (int)Head).Where(one => one > after).Take(limit).Select(one => At(one)),
            ]);
        }

        public Task<IReadOnlyList<RecordedEvent>> ReadTicketAsync(TicketId ticket, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
