using NodaTime;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Tests.Shared;

namespace ServiceDesk.Host.Tests.Reactions;

public sealed class TimerBacklogTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void While_few_are_due_nothing_waits()
    {
        var backlog = new TimerBacklog(time);
        Assert.True(backlog.YieldAsync(CancellationToken.None).IsCompletedSuccessfully);
        backlog.Begin();
        backlog.End();
        Assert.True(backlog.YieldAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task While_many_are_due_what_follows_waits_until_they_are_worked_off()
    {
        var backlog = new TimerBacklog(time);
        backlog.Begin();
        backlog.Begin();
        var waiting = backlog.YieldAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        backlog.End();

        await waiting;
    }

    [Fact]
    public async Task However_many_are_due_what_follows_has_its_turn()
    {
        var backlog = new TimerBacklog(time);
        backlog.Begin();
        var waiting = backlog.YieldAsync(CancellationToken.None);

        time.Advance(Duration.FromTimeSpan(TimerBacklog.LongestWait));

        await waiting;
    }

    [Fact]
    public async Task Whoever_stops_does_not_wait()
    {
        var backlog = new TimerBacklog(time);
        backlog.Begin();
        using var stop = new CancellationTokenSource();
        var waiting = backlog.YieldAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
