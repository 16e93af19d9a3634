using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Tests.Connections;

/// <summary>What waits at the same moment is done together: how commits come to share a transaction.</summary>
public sealed class GatheredTests
{
    private readonly TaskCompletionSource begun = new();
    private readonly TaskCompletionSource released = new();
    private readonly List<int[]> rounds = [];

    [Fact]
    public async Task What_waits_while_one_is_done_shares_the_next_round()
    {
        await using var gathered = Doubling();
        var alone = gathered.DoAsync(1, CancellationToken.None);
        await begun.Task;
        var waiting = Enumerable.Range(2, 30).Select(one => gathered.DoAsync(one, CancellationToken.None)).ToList();

        released.SetResult();

        Assert.Equal(2, await alone);
        Assert.Equal(Enumerable.Range(2, 30).Select(one => one * 2), await Task.WhenAll(waiting));
        Assert.Equal([1, 30], rounds.Select(round => round.Length));
    }

    [Fact]
    public async Task More_than_a_round_holds_and_much_at_once_goes_into_the_next_ones()
    {
        await using var gathered = Doubling(one => one == 500 ? 5_000_000 : 1);
        var first = gathered.DoAsync(1, CancellationToken.None);
        await begun.Task;
        var many = Enumerable.Range(100, 70).Append(500).Append(501).ToList();
        var waiting = many.Select(one => gathered.DoAsync(one, CancellationToken.None)).ToList();

        released.SetResult();
        await first;
        await Task.WhenAll(waiting);

        Assert.Equal([1, 64, 7, 1], rounds.Select(round => round.Length));
    }

    [Fact]
    public async Task The_fault_of_one_is_its_own()
    {
        await using var gathered = Doubling();
        var first = gathered.DoAsync(1, CancellationToken.None);
        await begun.Task;
        var bad = gathered.DoAsync(-1, CancellationToken.None);
        var good = gathered.DoAsync(2, CancellationToken.None);

        released.SetResult();

        Assert.Equal((2, 4), (await first, await good));
        await Assert.ThrowsAnyAsync<StorageUnavailableException>(() => bad);
    }

    [Fact]
    public async Task Who_gave_up_before_the_round_is_left_out_of_it()
    {
        using var givenUp = new CancellationTokenSource();
        await using var gathered = Doubling();
        var first = gathered.DoAsync(1, CancellationToken.None);
        await begun.Task;
        var gone = gathered.DoAsync(2, givenUp.Token);
        var stays = gathered.DoAsync(3, CancellationToken.None);
        await givenUp.CancelAsync();

        released.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(6, await stays);
        Assert.Equal([3], rounds[^1]);
        await first;
    }

    [Fact]
    public async Task What_comes_after_the_end_is_refused_and_what_waited_is_done()
    {
        var gathered = Doubling();
        var first = gathered.DoAsync(1, CancellationToken.None);
        await begun.Task;
        released.SetResult();
        await gathered.DisposeAsync();

        Assert.Equal(2, await first);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => gathered.DoAsync(2, CancellationToken.None));
    }

    // The first round waits until it is released.
    private Gathered<int, int> Doubling(Func<int, int>? bytes = null) =>
        new(
            async work =>
            {
                rounds.Add([.. work]);
                if (rounds.Count == 1)
                {
                    begun.SetResult();
                    await released.Task;
                }

                return work.Any(one => one < 0)
                    ? throw new FormatException("One of them is wrong.")
                    : [.. work.Select(one => one * 2)];
            },
            error => error is FormatException,
            bytes ?? (_ => 1)
        );
}
